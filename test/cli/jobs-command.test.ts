import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { readConfig } from '@stormops/chassis/config'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { appConnection } from '@stormops/chassis/database/migrate'
import { idCodec, newId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findDatabaseHome } from '../../cli/database-home.ts'
import { until } from '@stormops/chassis/testing/until'
import { uuidOf } from '../world/world.ts'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')
const INSTALL = 'models.install-reference-models'
const jobIds = idCodec('job')

/** Two cores may be busy with other tests. */
const STARTED_WITHIN_MS = 60_000
const COMMANDS_WITHIN_MS = 120_000

let environment: Record<string, string>
let home: string
let server: ReturnType<typeof started>
let tenantId: string
beforeAll(async () => {
  // A home and a database of its own, as somebody has who types the command beside a platform that serves.
  home = mkdtempSync(join(tmpdir(), 'stormops-home-'))
  environment = { PATH: process.env['PATH'] ?? '', STORMOPS_HOME: home, PORT: '0' }
  server = started('serve')
  server.stdout.resume()
  server.stderr.resume()
  await until(async () => existsSync(join(home, 'server.json')), STARTED_WITHIN_MS)
  const opened = await command(
    'tenant',
    'provision',
    'Plains Roofing',
    '--email',
    'owner@example.com',
    '--json',
  )
  tenantId = uuidOf(JSON.parse(opened.output).id)
})
afterAll(async () => {
  const ended = once(server, 'close')
  server.kill('SIGTERM')
  await ended
  rmSync(home, { recursive: true, force: true })
})

const started = (...parameters: readonly string[]) =>
  spawn(process.execPath, [MAIN, ...parameters], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })

const command = async (...parameters: readonly string[]) => {
  const child = started(...parameters)
  const ended = once(child, 'close')
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code]: unknown[] = await ended
  return { code, output, complaint }
}

const jobs = (...parameters: readonly string[]) => command('jobs', ...parameters)
const asJson = async (...parameters: readonly string[]): Promise<any> =>
  JSON.parse((await jobs(...parameters, '--json')).output)

/** As the platform of this home keeps it. */
const inDatabase = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
  const place = findDatabaseHome(readConfig({ STORMOPS_HOME: home }))
  if (place === null) throw new Error('No database runs in the home.')
  const database = await openDatabase({
    name: 'test',
    connection: appConnection(place.admin, place.secret),
    entities: [],
    poolSize: 1,
  })
  try {
    return await database.withTenant(tenantId, work)
  } finally {
    await database.close()
  }
}

const aDeadLetter = async (): Promise<string> => {
  const id = newId()
  await inDatabase((tx) =>
    tx.change(
      `insert into chassis.job_run (tenant_id, id, name, state, payload, attempts, error, ended_at)
       values ($1, $2, $3, 'FAILED', $4, 4, 'The files of the models are missing.', now())`,
      [tenantId, id, INSTALL, JSON.stringify({ tenantId, tier: 'TRIAL' })],
    ),
  )
  return jobIds.encode(id)
}

describe('stormops jobs', () => {
  it(
    'lists a company’s jobs, shows one, and does it again',
    async () => {
      await until(async () => {
        const found = await asJson('list', '--tenant', 'plains-roofing', '--state', 'SUCCEEDED')
        return found.length >= 2
      }, STARTED_WITHIN_MS)
      const listed = await jobs('list', '--tenant', 'plains-roofing', '--name', INSTALL, '--since', '1h')
      expect(listed.output).toMatch(
        new RegExp(`^JOB +KIND +STATE +TRIES +ASKED FOR +ERROR\\njob_\\w+ +${INSTALL} +SUCCEEDED`),
      )
      const [{ id }] = await asJson('list', '--tenant', 'plains-roofing', '--name', INSTALL)
      const shown = await jobs('show', id)
      expect(shown.output).toContain('payload {')
      expect(shown.output).toMatch(/SUCCEEDED +try 1/)
      expect(shown.output).toContain(`Do it again:  stormops jobs rerun ${id}`)
      const again = await asJson('rerun', id, '--tenant', 'plains-roofing')
      expect(again).toMatchObject({ name: INSTALL })
      expect(again.id).not.toBe(id)
      const off = await jobs('cancel', id)
      expect([off.code, off.complaint]).toEqual([
        1,
        'The job has ended (succeeded) and cannot be cancelled.\n',
      ])
    },
    COMMANDS_WITHIN_MS,
  )

  it(
    'lists dead letters, and does them again by name or by kind',
    async () => {
      const [one, other] = [await aDeadLetter(), await aDeadLetter()]
      const dead = await jobs('dead', '--name', INSTALL)
      expect(dead.output).toContain(`${one}  ${INSTALL}  DEAD`)
      expect(dead.output).toContain('The files of the models are missing.')
      expect((await jobs('redrive', one)).output).toContain('1 dead letters are done again.')
      expect((await asJson('redrive', '--name', INSTALL)).map(({ rerunOf }: any) => rerunOf.id)).toEqual([
        other,
      ])
      expect((await jobs('dead')).output).toBe('No dead letters.\n')
      expect((await asJson('show', one)).redrivenAt).toEqual(expect.any(String))
    },
    COMMANDS_WITHIN_MS,
  )

  it(
    'says how the platform fares',
    async () => {
      const stats = await jobs('stats')
      expect([stats.code, stats.complaint]).toEqual([0, ''])
      expect(stats.output).toMatch(/^Last hour \d+ attempts succeeded, 0 failed \(0%\)$/m)
      expect(await asJson('stats')).toMatchObject({ deadLetters: 0, scaling: { advice: 'STEADY' } })
      const alerts = await jobs('alerts', '--all')
      expect(alerts.output).toMatch(/^(No alerts: everything|Watched not yet)/)
    },
    COMMANDS_WITHIN_MS,
  )

  it(
    'says what it cannot take',
    async () => {
      expect(await jobs('redrive')).toMatchObject({
        code: 1,
        complaint: 'Name the jobs, or say which kind with --name.\n',
      })
      expect(await jobs('list', '--since', 'yesterday')).toMatchObject({
        code: 1,
        complaint: 'yesterday is no time such as 30m, 6h or 2d.\n',
      })
      expect((await jobs('list', '--limit', '0')).complaint).toContain('Give a whole number from 1 to 100.')
      expect(await jobs('show', 'job_1')).toMatchObject({ code: 1, complaint: 'There is no job job_1.\n' })
    },
    COMMANDS_WITHIN_MS,
  )
})
