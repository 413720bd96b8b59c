import { randomUUID } from 'node:crypto'
import { openReading } from '@stormops/chassis/graphql/reading'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

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
