import { setTimeout as sleep } from 'node:timers/promises'
import { clientConfig } from '@stormops/chassis/database/connection'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { logLines } from '@stormops/gateway/testing/log-lines'
import pg from 'pg'
import { expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'

/** How long the server's last words take at most. */
const LAST_WORDS_MS = 500

it('says nothing of a connection that the server ends before it has read its goodbye', async () => {
  const database = await cloneDatabase()
  const admin = new pg.Client(clientConfig(database.admin))
  await admin.connect()
  const { log, lines } = logLines()
  const boss = await openBoss(database.app, log, 'sends')
  await boss.getQueues()
  const { rows: backends } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'stormops jobs' and datname = current_database()`,
  )
  for (const { pid } of backends) process.kill(pid, 'SIGSTOP')
  await boss.stop({ graceful: false })
  await admin.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [
    backends.map(({ pid }) => pid),
  ])
  for (const { pid } of backends) process.kill(pid, 'SIGCONT')
  await sleep(LAST_WORDS_MS)
  expect(backends.length).toBeGreaterThan(0)
  expect(lines()).toEqual([])
  await admin.end()
  await database.close()
})
