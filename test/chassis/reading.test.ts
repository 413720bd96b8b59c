import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@stormops/chassis/fault'
import { openReading } from '@stormops/chassis/graphql/reading'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { openRows } from '../storms/rows.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.close())

describe('the reads of one fetch', () => {
  it('share one transaction, and begin another once they were told to forget', async () => {
    const reading = openReading(await database.open(), randomUUID())
    const transaction = () => reading.read((tx) => tx.rows<{ at: Date }>('select now() as at'))
    const [first, second] = [await transaction(), await transaction()]
    expect(first).toEqual(second)
    await reading.forget()
    expect(await transaction()).not.toEqual(first)
    await reading.close()
  })

  it('end with the fetch: work that goes on after it opens nothing again', async () => {
    const reading = openReading(await database.open(), randomUUID())
    await reading.read((tx) => tx.rows('select 1'))
    await reading.close()
    await expect(reading.read((tx) => tx.rows('select 1'))).rejects.toMatchObject({ code: 'TIMEOUT' })
  })
})

describe('a read that nobody waits for any more', () => {
  const running = async (): Promise<number> => {
    const rows = await openRows(database.admin)
    const [found] = await rows.many<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and query like 'select pg_sleep(30)%' and state = 'active'`,
    )
    await rows.close()
    return Number(found?.n)
  }

  it('is ended in the database too, and its connection serves the next one', async () => {
    const open = await database.open()
    const [tenant, gone] = [randomUUID(), new AbortController()]
    const reading = openReading(open, tenant, gone.signal)
    const slow = reading.read((tx) => tx.rows('select pg_sleep(30)'))
    const told = slow.catch((error: unknown) => error)
    while ((await running()) === 0) await sleep(10)
    gone.abort(new Fault('TIMEOUT', 'Nobody waits.'))
    expect(await told).toMatchObject({ code: 'TIMEOUT' })
    await reading.close()
    while ((await running()) > 0) await sleep(10)
    for (let count = 0; count < 10; count += 1) {
      expect(await open.withTenant(tenant, (tx) => tx.rows('select 1 as one'))).toEqual([{ one: 1 }])
    }
  })

  it('does not begin', async () => {
    const gone = AbortSignal.abort(new Fault('TIMEOUT', 'Nobody waits.'))
    const reading = openReading(await database.open(), randomUUID(), gone)
    await expect(reading.read((tx) => tx.rows('select 1'))).rejects.toMatchObject({ code: 'TIMEOUT' })
    await reading.close()
  })
})

describe('work that waits for a row', () => {
  it('gives up, and its connection back, when the other work takes too long', async () => {
    const open = await database.open()
    const tenant = randomUUID()
    const lock = 'select pg_advisory_xact_lock(1)'
    const held = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const holding = open.withTenant(tenant, async (tx) => {
      await tx.rows(lock)
      begun.resolve()
      await held.promise
    })
    await begun.promise
    const waiting = open.withTenant(tenant, (tx) => tx.rows(lock), { lockTimeoutMs: 50 })
    await expect(waiting).rejects.toMatchObject({ name: 'Fault', code: 'UNAVAILABLE' })
    held.resolve()
    await holding
  })
})
