import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database, WorkOptions } from '@stormops/chassis/database/database'
import { GRACE_MS } from '@stormops/chassis/database/silent-connections'
import { endOf } from '../faults/faulty-platform.ts'
import { openFaultProxy } from '../faults/fault-proxy.ts'
import type { FaultProxy } from '../faults/fault-proxy.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'

let server: TestDatabase
let line: FaultProxy
let database: Database
beforeAll(async () => {
  server = await cloneDatabase()
  line = await openFaultProxy(endOf(server.app))
  const { host, port } = line
  const connection = { ...server.app, host, port }
  database = await openDatabase({ name: 'silences', connection, entities: [], poolSize: 2 })
})
afterAll(async () => {
  await database?.close()
  await line?.close()
  await server?.close()
})

const TENANT = '00000000-0000-7000-8000-000000000001'
const OTHER_TENANT = '00000000-0000-7000-8000-000000000002'
const QUICK_MS = 300

const slept = (seconds: number, options: WorkOptions): Promise<readonly object[]> =>
  database.withTenant(TENANT, (tx) => tx.rows('select pg_sleep($1)', [seconds]), options)

/** A statement whose answer is still on its way when `isAsked` resolves. */
const ask = (signal?: AbortSignal) => {
  const begun = Promise.withResolvers<void>()
  const asked = database.withTenant(
    TENANT,
    async (tx) => {
      begun.resolve()
      return tx.rows('select pg_sleep(0.2)')
    },
    { statementTimeoutMs: QUICK_MS, ...(signal === undefined ? {} : { signal }) },
  )
  return { asked, isAsked: begun.promise }
}

describe('a connection', () => {
  it('that falls silent in the middle of a statement is given up, and its place is free', async () => {
    const { asked, isAsked } = ask()
    await isAsked
    const { accepted } = line.counts()
    await line.during({ kind: 'black-hole' }, async () => {
      await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      // Of the pool, a company has one place, so that it opens another only where that one is gone.
      const next = slept(0, {})
      await until(async () => line.counts().accepted > accepted)
      await line.during({ kind: 'pass' }, () => expect(next).resolves.toHaveLength(1))
    })
    await expect(slept(0, {})).resolves.toHaveLength(1)
  })

  it('that falls silent does not keep a wish to cancel waiting either', async () => {
    const gone = new AbortController()
    const { asked, isAsked } = ask(gone.signal)
    await isAsked
    await line.during({ kind: 'black-hole' }, async () => {
      gone.abort()
      await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
    await expect(slept(0, {})).resolves.toHaveLength(1)
  })

  it('is left alone while a long statement may be silent, and while nothing is asked', async () => {
    const long = slept((GRACE_MS + 3 * QUICK_MS) / 1000, { statementTimeoutMs: 20_000 })
    const resting = database.withTenant(
      OTHER_TENANT,
      async (tx) => {
        await tx.rows('select 1')
        await sleep(GRACE_MS + 2 * QUICK_MS)
        return tx.rows('select 1')
      },
      { statementTimeoutMs: QUICK_MS },
    )
    await expect(Promise.all([long, resting])).resolves.toHaveLength(2)
  })
})
