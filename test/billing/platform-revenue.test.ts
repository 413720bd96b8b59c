import type { Database } from '@stormops/chassis/database/database'
import { newId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { setClock } from './plan-builders.ts'

const clock = setClock('2026-11-11T12:00:00Z')
let world: World
let database: Database
let plains: TestTenant
let lakes: TestTenant
let trial: TestTenant

type Invoice = {
  readonly month: string
  readonly status: 'DRAFT' | 'OPEN' | 'PAID' | 'VOID' | 'UNCOLLECTIBLE'
  readonly total: number
  readonly credited?: number
  readonly dueAt?: string
}

type Change = readonly [from: string, tier: string]

const held = ({ uuid }: TestTenant, ...changes: readonly Change[]) =>
  database.withTenant(uuid, async (tx) => {
    await tx.change(`delete from billing.subscription where tenant_id = $1`, [uuid])
    for (const [place, [from, tier]] of changes.entries()) {
      await tx.change(
        `insert into billing.subscription (tenant_id, starts_at, ends_at, tier, version) values ($1, $2, $3, $4, 1)`,
        [uuid, from, changes[place + 1]?.[0] ?? null, tier],
      )
    }
  })

let numbers = 0

const invoice = ({ uuid }: TestTenant, { month, status, total, credited = 0, dueAt }: Invoice) =>
  database.withTenant(uuid, (tx) =>
    tx.change(
      `insert into billing.invoice (tenant_id, id, status, issuer, number, month, starts_at, ends_at, time_zone, currency,
                                    total, credited, content_hash, created_at, finalized_at, due_at)
       values ($1, $2, $3, 'stormops', $4, $5, $5::date, $5::date + 28, 'UTC', 'USD', $6, $7, repeat('0', 64), $8,
               case when $4::text is not null then $8::timestamptz end, $9)`,
      [
        uuid,
        newId(),
        status,
        status === 'DRAFT' ? null : `T-${++numbers}`,
        month,
        total,
        credited,
        clock.now(),
        dueAt ?? null,
      ],
    ),
  )

beforeAll(async () => {
  world = await openWorld({ clock })
  database = await world.database.open()
  plains = await world.tenant()
  lakes = await world.tenant()
  trial = await world.tenant({ tier: 'TRIAL' })
  await held(plains, ['2026-08-10T12:00:00Z', 'STANDARD'], ['2026-09-10T12:00:00Z', 'ENTERPRISE'])
  // Midnight of the first of October in Chicago.
  await held(lakes, ['2026-08-10T12:00:00Z', 'ENTERPRISE'], ['2026-10-01T05:00:00Z', 'TRIAL'])
  await world.staff.data(
    `mutation ($id: ID!) { suspendTenant(input: { tenantId: $id, reason: "Debt" }) { __typename } }`,
    { id: plains.id },
  )
  await invoice(plains, { month: '2026-08-01', status: 'PAID', total: 50_000 })
  await invoice(plains, { month: '2026-09-01', status: 'PAID', total: 155_000, credited: 5_000 })
  await invoice(plains, {
    month: '2026-10-01',
    status: 'OPEN',
    total: 200_000,
    dueAt: '2026-11-04T00:00:00Z',
  })
  await invoice(plains, { month: '2026-11-01', status: 'DRAFT', total: 999 })
  await invoice(lakes, { month: '2026-08-01', status: 'VOID', total: 777 })
  await invoice(lakes, { month: '2026-08-01', status: 'UNCOLLECTIBLE', total: 200_000, credited: 20_000 })
  await invoice(lakes, { month: '2026-09-01', status: 'OPEN', total: 1_000, dueAt: '2026-12-04T00:00:00Z' })
})
afterAll(() => world.close())

const REVENUE = `query ($months: Int) {
  platformRevenue(months: $months) {
    at
    currencies {
      currency payingTenants
      mrr { minorUnits } openReceivables { minorUnits } overdueReceivables { minorUnits } uncollectible { minorUnits }
      topTenants { tenant { id name } billed { minorUnits currency } }
      months {
        monthStartsOn openingTenants newTenants churnedTenants tenantChurnRate revenueChurnRate netRevenueRetentionRate
        billed { minorUnits } openingMrr { minorUnits } newMrr { minorUnits } expansionMrr { minorUnits }
        contractionMrr { minorUnits } churnedMrr { minorUnits } closingMrr { minorUnits }
      }
    }
  }
}`

const amounts = ({ billed, openingMrr, newMrr, expansionMrr, contractionMrr, churnedMrr, closingMrr }: any) =>
  [billed, openingMrr, newMrr, expansionMrr, contractionMrr, churnedMrr, closingMrr].map(
    ({ minorUnits }: any) => minorUnits,
  )

describe('the platform’s revenue', () => {
  it('is what plans in force cost, how that moved, what was billed and what is owed', async () => {
    const { platformRevenue } = await world.staff.data(REVENUE, { months: 4 })
    const [usd, ...others] = platformRevenue.currencies
    expect([platformRevenue.at, usd.currency, others]).toEqual(['2026-11-11T12:00:00.000Z', 'USD', []])
    expect([usd.mrr.minorUnits, usd.payingTenants]).toEqual([200_000, 1])
    expect(usd.months.map(({ monthStartsOn }: any) => monthStartsOn)).toEqual([
      '2026-08-01',
      '2026-09-01',
      '2026-10-01',
      '2026-11-01',
    ])
    expect(usd.months.map(amounts)).toEqual([
      [230_000, 0, 250_000, 0, 0, 0, 250_000],
      [151_000, 250_000, 0, 150_000, 0, 0, 400_000],
      [200_000, 400_000, 0, 0, 0, 200_000, 200_000],
      [0, 200_000, 0, 0, 0, 0, 200_000],
    ])
    expect(usd.months[2]).toMatchObject({
      openingTenants: 2,
      churnedTenants: 1,
      tenantChurnRate: 0.5,
      revenueChurnRate: 0.5,
      netRevenueRetentionRate: 0.5,
    })
    expect([usd.openReceivables, usd.overdueReceivables, usd.uncollectible]).toEqual([
      { minorUnits: 201_000 },
      { minorUnits: 200_000 },
      { minorUnits: 180_000 },
    ])
    expect(usd.topTenants).toEqual([
      { tenant: { id: plains.id, name: plains.name }, billed: { minorUnits: 400_000, currency: 'USD' } },
      { tenant: { id: lakes.id, name: lakes.name }, billed: { minorUnits: 181_000, currency: 'USD' } },
    ])
  })

  it('is of as many months as are asked for', async () => {
    const { platformRevenue } = await world.staff.data(REVENUE, { months: 1 })
    expect(platformRevenue.currencies[0].months.map(({ monthStartsOn }: any) => monthStartsOn)).toEqual([
      '2026-11-01',
    ])
    expect(platformRevenue.currencies[0].topTenants).toEqual([])
    for (const months of [0, 37, -1]) {
      const { errors } = await world.staff.send(REVENUE, { months })
      expect(errors[0]?.extensions.code).toBe('BAD_INPUT')
    }
  })

  it('is shown to staff alone', async () => {
    for (const role of ['OWNER', 'BILLING'] as const) {
      const { errors } = await trial.as(role).send(REVENUE)
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })
})
