import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { Database } from '@stormops/chassis/database/database'
import { QUEUE_SCHEMA } from '@stormops/chassis/database/migrate'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { anAccount, openCloser } from './closing.ts'
import type { Closer } from './closing.ts'
import type { ClosePlace } from './close-month.fixture.ts'
import { EXAMPLE, IN_OCTOBER, NOW, use } from './invoice-builders.ts'

let place: TestDatabase
let database: Database
let rows: Rows
let closer: Closer

beforeAll(async () => {
  place = await cloneDatabase()
  database = await place.open()
  rows = await openRows(place.admin)
  closer = await openCloser(place, database)
})
afterAll(async () => {
  await closer.close()
  await rows.close()
  await place.close()
})
// Every test closes all that there is, so each has companies of its own.
beforeEach(async () => {
  await rows.many(`set session_replication_role = replica`)
  await rows.many(
    `truncate billing.account, billing.subscription, billing.closed_month, billing.usage_event, billing.usage_counter`,
  )
  await rows.many(`delete from billing.invoice_line`)
  await rows.many(`delete from billing.invoice`)
  await rows.many(`update billing.issuer set next_invoice = 1`)
  await rows.many(`set session_replication_role = origin`)
})

const NOVEMBER_BEGINS = new Date('2026-11-01T05:00:00Z')
const afterHours = (hours: number): Date => new Date(NOVEMBER_BEGINS.getTime() + hours * 3_600_000)

const numbers = async (): Promise<readonly string[]> =>
  (await rows.many<{ number: string }>(`select number from billing.invoice order by number`)).map(
    ({ number }) => number,
  )

const numbersFrom1To = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `INV-${String(index + 1).padStart(6, '0')}`)

const totals = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await rows.many<{ tenant_id: string; total: string }>(`select tenant_id, total from billing.invoice`)
    ).map(({ tenant_id: tenantId, total }) => [tenantId, total]),
  )

describe('the month close', () => {
  it('asks every company for its month, some hours after it ended in its own days', async () => {
    const chicago = await anAccount(database)
    const kolkata = await anAccount(database, { timeZone: 'Asia/Kolkata' })
    const enterprise = await anAccount(database, { tier: 'ENTERPRISE' })
    const trial = await anAccount(database, { tier: 'TRIAL' })
    await use(database, chicago, EXAMPLE)
    await use(database, kolkata, { STORMS: 6 })
    expect(await closer.run(new Date('2026-11-01T00:29:59Z'))).toEqual([])
    expect(await closer.run(new Date('2026-11-01T00:30:00Z'))).toMatchObject([
      { kind: 'opened', tenantId: kolkata.uuid, month: '2026-10-01' },
    ])
    expect(await closer.run(afterHours(5.9))).toEqual([])
    expect(await closer.run(afterHours(6))).toHaveLength(3)
    expect(await totals()).toEqual({
      [chicago.uuid]: '85000',
      [kolkata.uuid]: '60000',
      [enterprise.uuid]: '200000',
    })
    expect(await numbers()).toEqual(numbersFrom1To(3))
    const closed = await rows.many(`select from billing.closed_month where tenant_id = $1`, [trial.uuid])
    expect(closed).toHaveLength(1)
    expect(await closer.run(NOW)).toEqual([])
    const proofs = await closer.prove()
    expect(proofs.map(({ faults }) => faults)).toEqual([[], [], []])
  })

  it('makes up for every month that was missed, the oldest first', async () => {
    const company = await anAccount(database, { openedAt: '2026-08-20T00:00:00Z' })
    await use(database, company, { STORMS: 7 })
    await closer.run(NOW)
    const invoices = await rows.many(`select month::text, number, total from billing.invoice order by number`)
    expect(invoices).toEqual([
      { month: '2026-08-01', number: 'INV-000001', total: '50000' },
      { month: '2026-09-01', number: 'INV-000002', total: '50000' },
      { month: '2026-10-01', number: 'INV-000003', total: '70000' },
    ])
  })

  it('does nothing when it is only asked what it would do', async () => {
    const company = await anAccount(database)
    await use(database, company, EXAMPLE)
    expect(await closer.run(NOW, { dryRun: true })).toMatchObject([
      { kind: 'opened', invoice: { number: 'INV-000001', total: { minorUnits: 85_000n } } },
    ])
    expect(await numbers()).toEqual([])
    expect(await rows.many(`select from billing.closed_month`)).toEqual([])
    await closer.run(NOW)
    expect(await numbers()).toEqual(['INV-000001'])
  })

  it('leaves a company open whose counters are not what its ledger sums to, and closes the others', async () => {
    const [sound, torn] = [await anAccount(database), await anAccount(database)]
    await use(database, sound, { STORMS: 6 })
    await use(database, torn, { STORMS: 6 })
    await rows.many(`update billing.usage_counter set used = used + 1 where tenant_id = $1`, [torn.uuid])
    const closed = await closer.run(NOW)
    expect(closed.find(({ tenantId }) => tenantId === torn.uuid)).toMatchObject({
      kind: 'counters-differ',
      metrics: ['STORMS'],
    })
    expect(await totals()).toEqual({ [sound.uuid]: '60000' })
    await rows.many(`update billing.usage_counter set used = used - 1 where tenant_id = $1`, [torn.uuid])
    await closer.run(NOW)
    expect(await totals()).toEqual({ [sound.uuid]: '60000', [torn.uuid]: '60000' })
    expect(await numbers()).toEqual(numbersFrom1To(2))
  })

  it('asks a company that left until the second it left, and no more', async () => {
    const company = await anAccount(database, { openedAt: '2026-08-20T00:00:00Z' })
    const half = new Date('2026-09-16T05:00:00Z')
    await rows.many(`update billing.subscription set ends_at = $2 where tenant_id = $1`, [company.uuid, half])
    await use(database, company, { STORMS: 7 }, new Date('2026-09-10T00:00:00Z'))
    await use(database, company, { STORMS: 7 }, IN_OCTOBER)
    await closer.run(NOW)
    expect(await rows.many(`select month::text, total from billing.invoice order by month`)).toEqual([
      { month: '2026-08-01', total: '50000' },
      { month: '2026-09-01', total: '45000' },
    ])
    expect(await rows.many(`select from billing.closed_month`)).toHaveLength(3)
    expect((await closer.prove()).flatMap(({ faults }) => faults)).toEqual([])
  })

  it('hands a job to whoever collects, for each invoice', async () => {
    await rows.many(`select ${QUEUE_SCHEMA}.create_queue('test.collect', '{"policy": "standard"}'::jsonb)`)
    await rows.many(
      `insert into ${QUEUE_SCHEMA}.subscription (event, name) values ('billing.invoice-opened', 'test.collect')`,
    )
    const companies = [await anAccount(database), await anAccount(database)]
    await closer.run(NOW)
    const jobs = await rows.many<{ data: any }>(
      `select data from ${QUEUE_SCHEMA}.job where name = 'test.collect'`,
    )
    const invoices = await rows.many<{ tenant_id: string; id: string }>(
      `select tenant_id, id from billing.invoice`,
    )
    expect(companies).toHaveLength(jobs.length)
    expect(jobs.map(({ data }) => data).toSorted(byTenant)).toEqual(
      invoices
        .map(({ tenant_id: tenantId, id }) => ({ tenantId, payload: { tenantId, invoiceId: id } }))
        .toSorted(byTenant),
    )
  })

  it('waits for whoever still counts, and what comes after it is of the next month', async () => {
    const company = await anAccount(database)
    const { promise: told, resolve: tell } = Promise.withResolvers<void>()
    const { promise: may, resolve: allow } = Promise.withResolvers<void>()
    const counting = database.withTenant(company.uuid, async (tx) => {
      await tx.rows(`select pg_advisory_xact_lock_shared(billing.month_key($1, '2026-10-01'))`, [
        company.uuid,
      ])
      tell()
      await may
      await tx.rows(
        `select * from billing.record_usage(array[$1]::uuid[], array[uuidv7()], array[null]::text[], array['STORMS'],
           array[6]::bigint[], array[$2]::timestamptz[], array['test'], array[null]::text[], array[null]::uuid[],
           array[null]::jsonb[], $3)`,
        [company.uuid, IN_OCTOBER, NOW],
      )
    })
    await told
    const closing = closer.run(NOW)
    await until(async () => (await waiting()).length > 0)
    allow()
    await Promise.all([counting, closing])
    expect(await totals()).toEqual({ [company.uuid]: '60000' })
    await use(database, company, { STORMS: 1 })
    const months = await rows.many(`select month::text, used from billing.usage_counter order by month`)
    expect(months).toEqual([
      { month: '2026-10-01', used: '6' },
      { month: '2026-11-01', used: '1' },
    ])
  })

  it('runs twice at once, and asks once', async () => {
    for (let place = 0; place < 12; place += 1) await anAccount(database)
    await Promise.all([1, 2, 3].map(() => closer.run(NOW, { companiesOfABatch: 5 })))
    expect(await numbers()).toEqual(numbersFrom1To(12))
  })
})

const byTenant = (a: { tenantId: string }, b: { tenantId: string }): number =>
  a.tenantId < b.tenantId ? -1 : 1

const waiting = (): Promise<object[]> =>
  rows.many(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' limit 1`,
  )

describe('a month close that is killed', () => {
  it('leaves whole batches only, and the next one goes on without a gap', async () => {
    const companies = []
    for (let count = 0; count < 9; count += 1) companies.push(await anAccount(database))
    for (const company of companies) await use(database, company, EXAMPLE)
    // The second batch stands still in the middle: its months are closed and its numbers taken, nothing is committed.
    const blocked = companies.map(({ uuid }) => uuid).toSorted()[4] ?? ''
    const holder = new pg.Client(clientConfig(place.admin))
    await holder.connect()
    await holder.query('begin')
    await holder.query('set local session_replication_role = replica')
    await holder.query(
      `insert into billing.invoice (tenant_id, id, status, issuer, month, starts_at, ends_at, time_zone, currency, total, content_hash, created_at)
       values ($1, uuidv7(), 'DRAFT', 'stormops', '2026-10-01', now(), now() + interval '1 day', 'UTC', 'USD', 0, repeat('0', 64), now())`,
      [blocked],
    )
    const program = fileURLToPath(new URL('./close-month.fixture.ts', import.meta.url))
    const { admin, secret } = place
    const where: ClosePlace = { admin, secret, now: NOW.toISOString(), companiesOfABatch: 3 }
    const child = spawn(process.execPath, [program, JSON.stringify(where)], { stdio: 'inherit' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await until(async () => (await waiting()).length > 0, 60_000)
    expect(await numbers()).toEqual(numbersFrom1To(3))
    child.kill('SIGKILL')
    await ended
    await holder.query('rollback')
    await holder.end()

    await closer.run(NOW, { companiesOfABatch: 3 })
    expect(await numbers()).toEqual(numbersFrom1To(9))
    expect(new Set(Object.values(await totals()))).toEqual(new Set(['85000']))
    expect(Object.keys(await totals())).toHaveLength(9)
    expect((await closer.prove()).flatMap(({ faults }) => faults)).toEqual([])
  })
})
