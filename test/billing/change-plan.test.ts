import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@stormops/chassis/values/ids'
import { tenantIds } from '@stormops/tenancy/port'
import { PlanChargeEntity, PlanVersionEntity } from '../../subgraphs/billing/src/store/entities.ts'
import { writeUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import { countedMonthStore } from '../../subgraphs/billing/src/store/counted-month-store.ts'
import { planCatalogue } from '../../subgraphs/billing/src/store/plan-store.ts'
import { subscriptionStore } from '../../subgraphs/billing/src/store/subscription-store.ts'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { cancelPlanChange, CHANGE_PLAN, changePlan, historyOf, setClock, use } from './plan-builders.ts'

/** Noon of the 11th in Chicago, where November begins at 05:00 and ends at 06:00 in UTC. */
const MIDDLE = '2026-11-11T18:00:00.000Z'
const END = '2026-12-01T06:00:00.000Z'

const clock = setClock(MIDDLE)
let world: World
beforeAll(async () => {
  world = await openWorld({ clock })
})
beforeEach(() => clock.set(MIDDLE))
afterAll(() => world.close())

type Tier = 'TRIAL' | 'STANDARD' | 'ENTERPRISE'
const owner = async (tier: Tier) => (await world.tenant({ tier })).as('OWNER')

describe('a dearer plan', () => {
  it('takes effect at once, and costs its share of the month by the second', async () => {
    clock.set('2026-10-15T12:00:00Z')
    const company = await owner('STANDARD')
    clock.set(MIDDLE)
    const changed = await changePlan(company, { tier: 'ENTERPRISE' })
    // November has 2,595,600 s in Chicago, since its first day has an hour more; 910,800 of them are over.
    const [standard, enterprise] = [
      Math.round((50_000 * 910_800) / 2_595_600),
      Math.round((200_000 * 1_684_800) / 2_595_600),
    ]
    expect(changed).toMatchObject({
      __typename: 'ChangePlanSuccess',
      plan: { tier: 'ENTERPRISE', version: 1 },
      effectiveAt: MIDDLE,
      waiting: false,
      cancelledWaiting: false,
      prorationPreview: { monthStartsOn: '2026-11-01', total: { minorUnits: standard + enterprise } },
    })
    expect(changed.prorationPreview.lines).toMatchObject([
      { tier: 'STANDARD', endsAt: MIDDLE, amount: { minorUnits: standard, currency: 'USD' } },
      { tier: 'ENTERPRISE', startsAt: MIDDLE, endsAt: END, amount: { minorUnits: enterprise } },
    ])
    expect(await historyOf(company)).toEqual(['ENTERPRISE CURRENT', 'STANDARD PAST'])
  })

  it('waits for the month to end where that is asked for', async () => {
    const company = await owner('TRIAL')
    const changed = await changePlan(company, { tier: 'STANDARD', when: 'AT_PERIOD_END' })
    expect(changed).toMatchObject({
      effectiveAt: END,
      waiting: true,
      prorationPreview: {
        monthStartsOn: '2026-12-01',
        lines: [{ description: 'Standard plan, December 2026', amount: { minorUnits: 50_000 } }],
        total: { minorUnits: 50_000 },
      },
    })
    expect(await historyOf(company)).toEqual(['STANDARD WAITING', 'TRIAL CURRENT'])
    clock.set('2026-12-01T05:59:59.999Z')
    expect(await historyOf(company)).toEqual(['STANDARD WAITING', 'TRIAL CURRENT'])
    clock.set(END)
    expect(await historyOf(company)).toEqual(['STANDARD CURRENT', 'TRIAL PAST'])
  })

  it('takes the place of a change that waits', async () => {
    const company = await owner('STANDARD')
    await changePlan(company, { tier: 'TRIAL' })
    expect(await changePlan(company, { tier: 'ENTERPRISE' })).toMatchObject({ cancelledWaiting: true })
    clock.set(END)
    expect((await historyOf(company))[0]).toBe('ENTERPRISE CURRENT')
  })
})

describe('a cheaper plan', () => {
  it('takes effect when the month ends in the company’s own zone', async () => {
    const company = await owner('ENTERPRISE')
    expect(await changePlan(company, { tier: 'STANDARD' })).toMatchObject({ effectiveAt: END, waiting: true })
    expect(await historyOf(company)).toEqual(['STANDARD WAITING', 'ENTERPRISE CURRENT'])
  })

  it('is refused now where the month already exceeds what it allows, and taken for the month’s end', async () => {
    const company = await owner('STANDARD')
    await use(company, 'PROPERTIES', 501)
    await use(company, 'STORMS', 1)
    const now = await changePlan(company, { tier: 'TRIAL', when: 'NOW' })
    expect(now).toMatchObject({
      __typename: 'PlanLimitsExceeded',
      exceeded: [{ metric: 'PROPERTIES', used: 501, included: 500 }],
      possibleAt: END,
    })
    expect(now.message).toContain('501 properties are used this month and it allows 500')
    expect(await historyOf(company)).toEqual(['STANDARD CURRENT'])
    expect(await changePlan(company, { tier: 'TRIAL' })).toMatchObject({ waiting: true })
  })

  it('takes effect now where the month fits, and holds what is used after to its limits', async () => {
    const company = await owner('STANDARD')
    await use(company, 'PROPERTIES', 500)
    expect(await changePlan(company, { tier: 'TRIAL', when: 'NOW' })).toMatchObject({ waiting: false })
    expect(await use(company, 'PROPERTIES', 1)).toMatchObject({ code: 'QUOTA_EXHAUSTED', allowed: 500 })
  })

  it('never leaves more used than it allows, however much is being used as it takes effect', async () => {
    for (let round = 0; round < 4; round += 1) {
      const tenant = await world.tenant()
      const company = tenant.as('OWNER')
      // Whoever waits for the change looked at the clock before it was made.
      clock.tick(1)
      const outcomes = await Promise.all([
        ...Array.from({ length: 12 }, () => use(company, 'PROPERTIES', 100)),
        changePlan(company, { tier: 'TRIAL', when: 'NOW' }),
        ...Array.from({ length: 12 }, () => use(company, 'PROPERTIES', 100)),
      ])
      const { quotas } = await company.data(`{ quotas { metric used limit } }`)
      const properties = quotas.find(({ metric }: any) => metric === 'PROPERTIES')
      const changed = outcomes.find((outcome) => outcome.__typename !== undefined)
      if (changed.__typename === 'ChangePlanSuccess') {
        expect(properties).toMatchObject({ limit: 'HARD', used: 500 })
      } else {
        expect(changed.__typename).toBe('PlanLimitsExceeded')
        expect(properties).toMatchObject({ limit: 'SOFT', used: 2_400 })
      }
    }
  })
})

describe('usage that waited for a change of plan', () => {
  it('is held to the new plan, although it looked at the clock before', async () => {
    const tenant = await world.tenant()
    const database = await world.database.open([PlanVersionEntity, PlanChargeEntity])
    const [before, after] = [new Date(MIDDLE), new Date('2026-11-11T18:00:00.005Z')]
    const record = {
      tenantId: tenant.uuid,
      eventId: newId(),
      clientEventId: null,
      metric: 'PROPERTIES',
      quantity: 501n,
      occurredAt: null,
      source: 'test',
      subject: null,
      corrects: null,
      detail: null,
    } as const
    const counting = await database.withTenant(tenant.uuid, async (tx) => {
      await countedMonthStore(tx).lock('2026-11-01', 'ALONE')
      const usage = database.withTenant(tenant.uuid, (other) => writeUsage(other, [record], before))
      const trial = (await planCatalogue(tx)).find(({ tier }) => tier === 'TRIAL')
      if (trial === undefined) throw new Error('There is no trial.')
      await subscriptionStore(tx).change(trial, after, after)
      // Kept in an object: a promise that is returned would be waited for, and it waits for this transaction.
      return { refusal: usage.then(() => null).catch((fault: unknown) => fault) }
    })
    expect(await counting.refusal).toMatchObject({ code: 'QUOTA_EXHAUSTED', facts: { allowed: 500 } })
  })
})

describe('the plan a company is on', () => {
  it('asked for again takes back the change that waits', async () => {
    const company = await owner('STANDARD')
    await changePlan(company, { tier: 'TRIAL' })
    expect(await changePlan(company, { tier: 'STANDARD' })).toMatchObject({
      effectiveAt: MIDDLE,
      waiting: false,
      cancelledWaiting: true,
    })
    expect(await historyOf(company)).toEqual(['STANDARD CURRENT'])
    clock.set(END)
    expect(await historyOf(company)).toEqual(['STANDARD CURRENT'])
  })

  it('stays when a change is taken back, of which there must be one', async () => {
    const company = await owner('STANDARD')
    expect(await cancelPlanChange(company)).toMatchObject({ __typename: 'NoPlanChangeWaits' })
    await changePlan(company, { tier: 'ENTERPRISE', when: 'AT_PERIOD_END' })
    expect(await cancelPlanChange(company)).toEqual({
      __typename: 'CancelPlanChangeSuccess',
      plan: { tier: 'STANDARD' },
      cancelled: { tier: 'ENTERPRISE' },
    })
    expect(await historyOf(company)).toEqual(['STANDARD CURRENT'])
  })

  it('is the one before again after two changes in one instant', async () => {
    const company = await owner('STANDARD')
    clock.set('2026-11-12T00:00:00Z')
    await changePlan(company, { tier: 'ENTERPRISE' })
    await changePlan(company, { tier: 'STANDARD', when: 'NOW' })
    expect(await historyOf(company)).toEqual(['STANDARD CURRENT'])
    await changePlan(company, { tier: 'TRIAL' })
    expect(await historyOf(company)).toEqual(['TRIAL WAITING', 'STANDARD CURRENT'])
  })
})

describe('a plan that nobody can sign for', () => {
  it('is refused with those one can', async () => {
    const company = await owner('TRIAL')
    expect(await changePlan(company, { tier: 'STANDARD', version: 7 })).toEqual({
      __typename: 'PlanNotOffered',
      tier: 'STANDARD',
      version: 7,
      offered: ['TRIAL', 'STANDARD', 'ENTERPRISE'].map((tier) => ({ tier, version: 1 })),
      message:
        'Nobody can sign for version 7 of the plan STANDARD today. Leave the version out for the newest.',
    })
    expect(await changePlan(company, { tier: 'STANDARD', version: 0 })).toMatchObject({
      __typename: 'InvalidInput',
    })
    expect(await historyOf(company)).toEqual(['TRIAL CURRENT'])
  })
})

describe('the last second of a month', () => {
  it('is this month’s, and the next one the next month’s', async () => {
    const [first, second] = [await owner('STANDARD'), await owner('STANDARD')]
    clock.set('2026-12-01T05:59:59.999Z')
    expect(await changePlan(first, { tier: 'TRIAL' })).toMatchObject({ effectiveAt: END })
    clock.set(END)
    expect(await changePlan(second, { tier: 'TRIAL' })).toMatchObject({
      effectiveAt: '2027-01-01T06:00:00.000Z',
    })
    expect(await historyOf(first)).toEqual(['TRIAL CURRENT', 'STANDARD PAST'])
  })

  it('leaves a month that is closed as it is', async () => {
    const tenant = await world.tenant()
    const database = await world.database.open()
    clock.set('2026-12-01T05:59:59.999Z')
    await database.withTenant(tenant.uuid, (tx) =>
      tx.change(`insert into billing.closed_month values ($1, '2026-11-01', now())`, [tenant.uuid]),
    )
    expect(await changePlan(tenant.as('OWNER'), { tier: 'ENTERPRISE' })).toMatchObject({
      effectiveAt: END,
      waiting: true,
    })
  })
})

describe('changes at once', () => {
  it('are made one after the other, and leave one plan', async () => {
    const tenant = await world.tenant()
    const company = tenant.as('OWNER')
    const wanted = Array.from({ length: 24 }, (_, place) =>
      changePlan(company, {
        tier: ['TRIAL', 'STANDARD', 'ENTERPRISE'][place % 3],
        when: place % 2 === 0 ? 'NOW' : 'AT_PERIOD_END',
      }),
    )
    const changes = await Promise.all(wanted)
    expect(new Set(changes.map(({ __typename }) => __typename))).toEqual(new Set(['ChangePlanSuccess']))
    const database = await world.database.open()
    const rows = await database.withTenant(tenant.uuid, (tx) =>
      tx.rows<{ starts_at: Date; ends_at: Date | null }>(
        `select starts_at, ends_at from billing.subscription order by starts_at`,
      ),
    )
    expect(rows.map(({ ends_at: end }) => end?.toISOString())).toEqual([
      ...rows.slice(1).map(({ starts_at: start }) => start.toISOString()),
      undefined,
    ])
    expect(rows.length).toBeLessThanOrEqual(2)
  })

  it('are one change for whoever clicks twice', async () => {
    clock.set('2026-11-02T00:00:00Z')
    const company = await owner('STANDARD')
    clock.set(MIDDLE)
    const [once, twice] = await Promise.all(
      [1, 2].map(() => changePlan(company, { tier: 'ENTERPRISE' }, 'click')),
    )
    expect(once).toEqual(twice)
    clock.set('2026-11-20T00:00:00Z')
    expect(await changePlan(company, { tier: 'ENTERPRISE' }, 'click')).toEqual(once)
    expect(await changePlan(company, { tier: 'TRIAL' }, 'click')).toMatchObject({
      __typename: 'IdempotencyKeyReused',
    })
    expect(await historyOf(company)).toEqual(['ENTERPRISE CURRENT', 'STANDARD PAST'])
  })
})

describe('whoever may change plans', () => {
  it('is who manages the bill, and staff for the company they name', async () => {
    const tenant = await world.tenant()
    const { send } = tenant.as('ADMIN')
    const refused = await send(CHANGE_PLAN, { input: { tier: 'ENTERPRISE' } })
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect(await changePlan(tenant.as('BILLING'), { tier: 'ENTERPRISE' })).toMatchObject({ waiting: false })
    const { id: tenantId } = tenant
    expect(await changePlan(world.staff, { tier: 'STANDARD', tenantId })).toMatchObject({ waiting: true })
    expect(await cancelPlanChange(world.staff, { tenantId })).toMatchObject({
      cancelled: { tier: 'STANDARD' },
    })
    const stranger = (await world.tenant()).as('OWNER')
    const named = await stranger.send(CHANGE_PLAN, { input: { tier: 'TRIAL', tenantId } })
    expect(named.errors[0]?.extensions.code).toBe('FORBIDDEN')
    const nobody = await changePlan(world.staff, { tier: 'TRIAL', tenantId: tenantIds.encode(newId()) })
    expect(nobody.__typename).toBe('NotFound')
    const unnamed = await world.staff.send(CHANGE_PLAN, { input: { tier: 'TRIAL' } })
    expect(unnamed.errors[0]?.extensions.code).toBe('FORBIDDEN')
    const database = await world.database.open()
    const lines = await database.withTenant(tenant.uuid, (tx) =>
      tx.rows<{ line: string }>(
        `select action || ' ' || actor_kind as line from tenancy.audit_event
          where action like 'billing.%' order by line`,
      ),
    )
    expect(lines.map(({ line }) => line)).toEqual([
      'billing.cancelPlanChange STAFF',
      'billing.changePlan STAFF',
      'billing.changePlan USER',
    ])
  })
})
