import { newId } from '@stormops/chassis/values/ids'
import { periodOfMonth } from '@stormops/chassis/values/periods'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openCatalogue } from '../../subgraphs/billing/src/catalogue/read-catalogue.ts'
import { phasesOf } from '../../subgraphs/billing/src/domain/phases.ts'
import { rateMonth } from '../../subgraphs/billing/src/domain/rating.ts'
import { countedMonthStore } from '../../subgraphs/billing/src/store/counted-month-store.ts'
import { writeUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import type { TenantUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import { createStorm } from '../storms/storm-builders.ts'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { manyWriters } from './many-writers.ts'
import { changePlan, setClock, use } from './plan-builders.ts'

const MIDDLE = '2026-11-11T18:00:00.000Z'

const clock = setClock(MIDDLE)
let world: World
beforeAll(async () => {
  world = await openWorld({ clock })
})
beforeEach(() => clock.set(MIDDLE))
afterAll(() => world.close())

const SET_CAP = `mutation ($input: SetSpendCapInput!, $key: String) {
  setSpendCap(input: $input, idempotencyKey: $key) {
    __typename
    ... on SetSpendCapSuccess { cap { minorUnits currency } spent { minorUnits } }
    ... on InvalidInput { field }
    ... on UserError { message }
  }
}`
const cap = async (client: Client, minorUnits: number | null, more: object = {}) => {
  const input = { cap: minorUnits === null ? null : { minorUnits, currency: 'USD' }, ...more }
  return (await client.data(SET_CAP, { input })).setSpendCap
}

const shown = (client: Client) =>
  client.data(`{
    spendCap { cap { minorUnits } spent { minorUnits } remaining { minorUnits } renewsAt }
    viewer { tenant { spendCap { minorUnits currency } } }
  }`)

const aRecord = (tenant: TestTenant, over: Partial<TenantUsage>): TenantUsage => ({
  tenantId: tenant.uuid,
  eventId: newId(),
  clientEventId: null,
  metric: 'STORMS',
  quantity: 1n,
  occurredAt: clock.now(),
  source: 'test',
  subject: null,
  corrects: null,
  detail: null,
  ...over,
})

describe('a spend cap', () => {
  it('stops the usage that would cost more, to the cent, and says so', async () => {
    const company = (await world.tenant()).as('OWNER')
    expect(await cap(company, 25_000)).toEqual({
      __typename: 'SetSpendCapSuccess',
      cap: { minorUnits: 25_000, currency: 'USD' },
      spent: { minorUnits: 0 },
    })
    expect(await use(company, 'STORMS', 7)).toBe('RecordUsageSuccess')
    expect(await use(company, 'PROPERTIES', 5_500)).toBe('RecordUsageSuccess')
    expect(await use(company, 'MODEL_CALLS', 10_001)).toMatchObject({
      code: 'QUOTA_EXHAUSTED',
      metric: 'MODEL_CALLS',
      used: 0,
      requested: 10_001,
      cap: { minorUnits: 25_000, currency: 'USD' },
      wouldCost: { minorUnits: 25_001, currency: 'USD' },
      renewsAt: '2026-12-01T06:00:00.000Z',
      liftedBy: null,
    })
    expect(await use(company, 'MODEL_CALLS', 10_000)).toBe('RecordUsageSuccess')
    expect(await shown(company)).toEqual({
      spendCap: {
        cap: { minorUnits: 25_000 },
        spent: { minorUnits: 25_000 },
        remaining: { minorUnits: 0 },
        renewsAt: '2026-12-01T06:00:00.000Z',
      },
      viewer: { tenant: { spendCap: { minorUnits: 25_000, currency: 'USD' } } },
    })
  })

  it('undoes the work that would cost more', async () => {
    const company = (await world.tenant()).as('OWNER')
    await cap(company, 0)
    for (let storm = 0; storm < 5; storm += 1) await createStorm(company)
    await expect(createStorm(company)).rejects.toThrow('spend cap of $0.00 a month')
    const { storms } = await company.data(`{ storms(first: 10) { edges { node { id } } } }`)
    expect(storms.edges).toHaveLength(5)
  })

  it('below what is spent takes nothing back, and lets through what costs nothing', async () => {
    const company = (await world.tenant()).as('OWNER')
    await use(company, 'STORMS', 7)
    expect(await cap(company, 100)).toMatchObject({ spent: { minorUnits: 20_000 } })
    expect(await use(company, 'PROPERTIES', 5_000)).toBe('RecordUsageSuccess')
    expect(await use(company, 'STORMS', 1)).toMatchObject({ code: 'QUOTA_EXHAUSTED' })
    expect((await shown(company)).spendCap.remaining).toEqual({ minorUnits: 0 })
  })

  it('is taken away, holds for one month at a time, and goes with no plan', async () => {
    const company = (await world.tenant()).as('OWNER')
    await cap(company, 10_000)
    await use(company, 'STORMS', 6)
    expect(await use(company, 'STORMS', 1)).toMatchObject({ code: 'QUOTA_EXHAUSTED' })
    clock.set('2026-12-01T06:00:00Z')
    expect(await use(company, 'STORMS', 6)).toBe('RecordUsageSuccess')
    expect(await cap(company, null)).toMatchObject({ cap: null, spent: { minorUnits: 10_000 } })
    expect(await use(company, 'STORMS', 10)).toBe('RecordUsageSuccess')
    expect((await shown(company)).viewer.tenant.spendCap).toBeNull()
  })

  it.each([
    ['another currency', { cap: { minorUnits: 100, currency: 'EUR' } }, 'cap.currency'],
    ['no currency', { cap: { minorUnits: 100, currency: 'dollars' } }, 'cap.currency'],
    ['a negative amount', { cap: { minorUnits: -1, currency: 'USD' } }, 'cap.minorUnits'],
    ['nothing said', {}, 'cap'],
  ])('is refused with %s', async (_what, input, field) => {
    const company = (await world.tenant()).as('OWNER')
    const { setSpendCap } = await company.data(SET_CAP, { input })
    expect(setSpendCap).toMatchObject({ __typename: 'InvalidInput', field })
  })

  it('is set by staff for the company they name, and by nobody for another', async () => {
    const [tenant, other] = [await world.tenant(), await world.tenant()]
    expect(await cap(world.staff, 500, { tenantId: tenant.id })).toMatchObject({ cap: { minorUnits: 500 } })
    await expect(cap(other.as('OWNER'), 1, { tenantId: tenant.id })).rejects.toThrow('FORBIDDEN')
    await expect(cap(tenant.as('ANALYST'), 1)).rejects.toThrow('FORBIDDEN')
    expect((await shown(tenant.as('OWNER'))).spendCap.cap).toEqual({ minorUnits: 500 })
  })
})

describe('a spend cap under many writers', () => {
  it('is not passed by a cent, over several metrics and pools', async () => {
    const tenant = await world.tenant()
    // Storms at $100, properties at 10 ¢ and model calls at 1 ¢ do not come out even at $1,234.56.
    await cap(tenant.as('OWNER'), 123_456)
    const wanted = [
      { metric: 'STORMS', quantity: 1n },
      { metric: 'PROPERTIES', quantity: 613n },
      { metric: 'MODEL_CALLS', quantity: 1_979n },
    ] as const
    const tries = await manyWriters(world, tenant.uuid, 300, async (tx, place) => {
      const usage = wanted[Math.floor(place / 3) % 3] ?? expect.unreachable()
      await writeUsage(tx, [aRecord(tenant, usage)], clock.now())
      return usage
    })
    const codes = tries.flatMap((tried) => (tried.status === 'rejected' ? [tried.reason.code] : []))
    expect(new Set(codes)).toEqual(new Set(['QUOTA_EXHAUSTED']))
    const counted = tries.flatMap((tried) => (tried.status === 'fulfilled' ? [tried.value] : []))
    const over = (metric: (typeof wanted)[number]['metric'], included: bigint): bigint => {
      const quantity = counted
        .filter((usage) => usage.metric === metric)
        .reduce((sum, usage) => sum + usage.quantity, 0n)
      return quantity > included ? quantity - included : 0n
    }
    const spent =
      over('STORMS', 5n) * 10_000n + over('PROPERTIES', 5_000n) * 10n + over('MODEL_CALLS', 10_000n)
    expect(spent).toBeLessThanOrEqual(123_456n)
    // Whoever was refused had really no room: one more model call of the smallest batch does not fit.
    expect(spent).toBeGreaterThan(123_456n - 10_000n)
    expect((await shown(tenant.as('OWNER'))).spendCap.spent).toEqual({ minorUnits: Number(spent) })
  })

  it('counts from the moment it is set', async () => {
    const tenant = await world.tenant()
    const company = tenant.as('OWNER')
    await use(company, 'STORMS', 5)
    const using = Array.from({ length: 20 }, () => use(company, 'STORMS', 1))
    const { spent } = await cap(company, 0)
    // What had been counted when the cap was set is spent, and what comes after is refused.
    expect(await use(company, 'STORMS', 1)).toMatchObject({ code: 'QUOTA_EXHAUSTED' })
    expect(spent.minorUnits % 10_000).toBe(0)
    await Promise.all(using)
  })
})

describe('what usage costs over several plans', () => {
  const STORMOPS = openCatalogue('stormops')
  const plan = (tier: string) =>
    STORMOPS.plans.find((one) => one.tier === tier) ?? expect.unreachable(`There is a plan ${tier}.`)
  const NOVEMBER = periodOfMonth('2026-11-01', 'America/Chicago')
  const METRICS = ['STORMS', 'PROPERTIES', 'MODEL_CALLS', 'JOURNEY_EVENTS'] as const
  const MOST = { STORMS: 9, PROPERTIES: 4_000, MODEL_CALLS: 9_000, JOURNEY_EVENTS: 700_001 }

  /** The same numbers each time, and no pattern: a linear congruential generator. */
  const numbers = (seed: number) => {
    let state = seed
    return (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state % below
    }
  }

  it.each([1, 2, 3, 4, 5, 6])('is in the database what the invoice will say (%i)', async (seed) => {
    const next = numbers(seed * 7_919)
    clock.set('2026-11-02T00:00:00Z')
    const tenant = await world.tenant({ tier: 'ENTERPRISE' })
    const company = tenant.as('OWNER')
    const database = await world.database.open()
    const changes = [{ tier: 'ENTERPRISE', at: new Date('2026-11-02T00:00:00Z') }]
    for (const day of ['07', '14', '21']) {
      const at = `2026-11-${day}T0${next(10)}:00:00.000Z`
      clock.set(at)
      const tier = next(2) === 0 ? 'STANDARD' : 'ENTERPRISE'
      if (tier === changes.at(-1)?.tier) continue
      expect(await changePlan(company, { tier, when: 'NOW' })).toMatchObject({ waiting: false })
      changes.push({ tier, at: new Date(at) })
    }
    clock.set('2026-11-29T00:00:00Z')
    const records = Array.from({ length: 40 }, () => {
      const metric = METRICS[next(4)] ?? 'STORMS'
      const occurredAt = new Date(Date.UTC(2026, 10, 2 + next(26), next(24)))
      return aRecord(tenant, { metric, quantity: BigInt(1 + next(MOST[metric])), occurredAt })
    })
    const corrections = records
      .slice(0, 8)
      .map(({ metric, quantity, occurredAt, eventId }) =>
        aRecord(tenant, { metric, quantity: -quantity, occurredAt, corrects: eventId }),
      )
    const all = [...records, ...corrections]
    await database.withTenant(tenant.uuid, (tx) => writeUsage(tx, all, clock.now()))
    const phases = phasesOf(
      NOVEMBER,
      changes.map(({ tier, at }) => ({ plan: plan(tier), signedAt: at })),
    )
    const { overage } = rateMonth({
      period: NOVEMBER,
      currency: 'USD',
      metrics: STORMOPS.metrics,
      phases,
      usage: all.map(({ metric, quantity, occurredAt }) => ({
        metric,
        quantity,
        phase: phases.findIndex(
          ({ from, to }) => occurredAt !== null && from <= occurredAt && occurredAt < to,
        ),
      })),
    })
    const counted = await database.withTenant(tenant.uuid, (tx) =>
      countedMonthStore(tx).overage('2026-11-01'),
    )
    expect(counted).toBe(overage.minorUnits)
    const { spendCap } = await company.data(`{ spendCap { spent { minorUnits } } }`)
    expect(spendCap.spent.minorUnits).toBe(Number(overage.minorUnits))
  })

  it('holds to the cap what is late and belongs to a plan that is over', async () => {
    const company = (await world.tenant()).as('OWNER')
    await cap(company, 10_000)
    await use(company, 'STORMS', 6)
    clock.set('2026-11-20T00:00:00Z')
    await changePlan(company, { tier: 'ENTERPRISE' })
    expect(await use(company, 'STORMS', 50)).toBe('RecordUsageSuccess')
    expect(await use(company, 'STORMS', 1, { at: MIDDLE })).toMatchObject({ code: 'QUOTA_EXHAUSTED' })
    expect((await shown(company)).spendCap.spent).toEqual({ minorUnits: 10_000 })
  })
})

describe('quotas', () => {
  it('say what is used, what is left and when it starts again', async () => {
    const company = (await world.tenant({ tier: 'TRIAL' })).as('OWNER')
    await use(company, 'PROPERTIES', 499)
    const asked = `{ quotas { metric limit used included remaining percent renewsAt } }`
    const renewsAt = '2026-12-01T06:00:00.000Z'
    const { quotas } = await company.data(asked)
    expect(quotas.map(({ metric }: any) => metric)).toEqual([
      'STORMS',
      'PROPERTIES',
      'MODEL_CALLS',
      'JOURNEY_EVENTS',
      'API_CALLS',
    ])
    expect(quotas[1]).toEqual({
      metric: 'PROPERTIES',
      limit: 'HARD',
      used: 499,
      included: 500,
      remaining: 1,
      percent: 99,
      renewsAt,
    })
    expect(quotas[4]).toMatchObject({ limit: 'UNLIMITED', included: null, remaining: null, percent: null })
    await changePlan(company, { tier: 'STANDARD' })
    await use(company, 'PROPERTIES', 7_001)
    expect((await company.data(asked)).quotas[1]).toMatchObject({
      limit: 'SOFT',
      used: 7_500,
      included: 5_000,
      remaining: 0,
      percent: 150,
    })
    clock.set(renewsAt)
    expect((await company.data(asked)).quotas[1]).toMatchObject({ used: 0, percent: 0 })
  })
})
