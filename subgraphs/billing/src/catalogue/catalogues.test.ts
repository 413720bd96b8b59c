/** Typical months on every plan of every catalogue; the figures are worked out by hand. */
import { money } from '@stormops/chassis/values/money'
import { localDaysBetween } from '@stormops/chassis/values/periods'
import { describe, expect, it } from 'vitest'
import { allNovember, NOVEMBER } from '../domain/a-month.ts'
import type { Catalogue, CataloguePlan } from '../domain/catalogue.ts'
import { METRICS, PLAN_TIERS } from '../domain/plan.ts'
import { rateMonth } from '../domain/rating.ts'
import type { PhaseUsage, RatedMonth } from '../domain/rating.ts'
import { CATALOGUE_NAMES, openCatalogue } from './read-catalogue.ts'
import type { CatalogueName } from './read-catalogue.ts'

const planOf = ({ plans }: Catalogue, tier: string): CataloguePlan =>
  plans.find((plan) => plan.tier === tier) ?? expect.unreachable(`There is a plan ${tier}.`)

type Used = Readonly<Record<string, bigint>>

const usageOf = (used: Used): readonly PhaseUsage[] =>
  Object.entries(used).map(([metric, quantity]) => ({ metric, phase: 0, quantity }))

/** So much on each of November's 30 days. */
const everyDay = (metric: string, quantity: bigint): PhaseUsage => {
  const days = localDaysBetween(NOVEMBER.startsAt, NOVEMBER.endsAt, 'UTC')
  const perDay = days.map(({ day }) => ({ day, quantity }))
  return { metric, phase: 0, quantity: quantity * BigInt(days.length), perDay }
}

const rated = (
  name: CatalogueName,
  tier: string,
  usage: readonly PhaseUsage[],
  agreedPrice?: bigint,
): RatedMonth => {
  const catalogue = openCatalogue(name)
  const agreed = agreedPrice === undefined ? {} : { agreedPrice: money(agreedPrice, catalogue.currency) }
  return rateMonth({
    period: NOVEMBER,
    currency: catalogue.currency,
    metrics: catalogue.metrics,
    phases: allNovember(planOf(catalogue, tier)).map((phase) => ({ ...phase, ...agreed })),
    usage,
  })
}

const amountsOf = ({ lines, total }: RatedMonth): readonly [lines: readonly bigint[], total: bigint] => [
  lines.map(({ amount }) => amount.minorUnits),
  total.minorUnits,
]

describe('every catalogue', () => {
  it.each(CATALOGUE_NAMES)(
    '%s reads, and each plan says something about everything that is counted',
    (name) => {
      const catalogue = openCatalogue(name)
      // Operations of our own graph are counted, and no plan charges for them.
      const free = name === 'stormops' ? ['API_CALLS'] : []
      const keys = catalogue.metrics.map(({ key }) => key).filter((key) => !free.includes(key))
      expect(catalogue.name).toBe(name)
      expect(catalogue.plans.length).toBeGreaterThan(2)
      for (const plan of catalogue.plans) expect(plan.charges.map(({ metric }) => metric)).toEqual(keys)
    },
  )
})

describe('the platform’s own plans', () => {
  const stormops = openCatalogue('stormops')
  const month: Used = { STORMS: 7n, PROPERTIES: 6000n, MODEL_CALLS: 15_000n }

  it('count what the platform counts, from the smallest plan to the largest', () => {
    expect(stormops.metrics).toEqual(METRICS)
    expect(stormops.plans.map(({ tier }) => tier)).toEqual(PLAN_TIERS)
  })

  it('make 7 storms, 6,000 properties and 15,000 model calls on STANDARD $850', () => {
    const ruling = rated('stormops', 'STANDARD', usageOf(month))
    expect(amountsOf(ruling)).toEqual([[50_000n, 20_000n, 10_000n, 5000n, 0n], 85_000n])
    expect([ruling.base, ruling.overage]).toEqual([money(50_000n, 'USD'), money(35_000n, 'USD')])
    expect(ruling.lines.map(({ description }) => description)).toEqual([
      'Standard plan, November 2026',
      'Storms: 7 used, 5 included, 2 over at $100.00 each',
      'Properties: 6,000 used, 5,000 included, 1,000 over at $0.10 each',
      'Model calls: 15,000 used, 10,000 included, 5,000 over at $0.01 each',
      'Journey events: 0 used, 1,000,000 included',
    ])
  })

  it('charge journey events on STANDARD in proportion to a thousand', () => {
    const amounts = (events: bigint) =>
      amountsOf(rated('stormops', 'STANDARD', usageOf({ JOURNEY_EVENTS: events })))
    // 2,500 events at 5 cents a thousand are 12.5 cents.
    expect(amounts(1_002_500n)).toEqual([[50_000n, 0n, 0n, 0n, 13n], 50_013n])
    expect(amounts(1_002_499n)).toEqual([[50_000n, 0n, 0n, 0n, 12n], 50_012n])
  })

  it('cost nothing on TRIAL, and $2,000 on ENTERPRISE however much is used', () => {
    const full: Used = { STORMS: 1n, PROPERTIES: 500n, MODEL_CALLS: 1000n, JOURNEY_EVENTS: 10_000n }
    expect(amountsOf(rated('stormops', 'TRIAL', usageOf(full)))).toEqual([[0n, 0n, 0n, 0n, 0n], 0n])
    const [, total] = amountsOf(
      rated('stormops', 'ENTERPRISE', usageOf({ ...month, JOURNEY_EVENTS: 10n ** 10n })),
    )
    expect(total).toBe(200_000n)
  })
})

describe('the plans for graph analytics', () => {
  const catalogue = openCatalogue('graph-analytics')

  it.each([
    ['FREE', [10_000n, 100n, 1n, 10_000n], 'HARD'],
    ['BASIC', [100_000n, 1000n, 10n, 100_000n], 'SOFT'],
    ['PRO', [1_000_000n, 10_000n, 100n, 1_000_000n], 'SOFT'],
    ['ENTERPRISE', [null, null, null, null], 'UNLIMITED'],
  ] as const)('include on %s what the price list says, with events by the day', (tier, included, limit) => {
    const { charges } = planOf(catalogue, tier)
    expect(charges.map((charge) => charge.included)).toEqual(included)
    expect(charges[0]?.limit).toBe(limit)
    if (limit !== 'UNLIMITED') {
      expect(charges.map(({ window }) => window)).toEqual(['DAY', 'PERIOD', 'PERIOD', 'PERIOD'])
      expect(charges.at(-1)?.limit).toBe('HARD')
    }
  })

  it('charge on BASIC 10 cents a thousand events, 50 cents a query, $2 a gigabyte', () => {
    const usage = [
      everyDay('EVENTS', 120_000n),
      ...usageOf({ ROOT_CAUSE_QUERIES: 1100n, STORAGE_GIGABYTES: 15n, API_CALLS: 90_000n }),
    ]
    // 30 × 20 × $0.10 = $60; 100 × $0.50 = $50; 5 × $2 = $10
    expect(amountsOf(rated('graph-analytics', 'BASIC', usage))).toEqual([
      [9900n, 6000n, 5000n, 1000n, 0n],
      21_900n,
    ])
  })

  it('charge on PRO 5 cents a thousand events, 25 cents a query, $1 a gigabyte', () => {
    const usage = [
      everyDay('EVENTS', 1_050_000n),
      ...usageOf({ ROOT_CAUSE_QUERIES: 10_400n, STORAGE_GIGABYTES: 160n }),
    ]
    // 30 × 50 × $0.05 = $75; 400 × $0.25 = $100; 60 × $1 = $60
    expect(amountsOf(rated('graph-analytics', 'PRO', usage))).toEqual([
      [49_900n, 7500n, 10_000n, 6000n, 0n],
      73_400n,
    ])
  })

  it('cost nothing on FREE, and on ENTERPRISE what was agreed', () => {
    expect(amountsOf(rated('graph-analytics', 'FREE', [everyDay('EVENTS', 10_000n)]))).toEqual([
      [0n, 0n, 0n, 0n, 0n],
      0n,
    ])
    const usage = [everyDay('EVENTS', 9_000_000n), ...usageOf({ STORAGE_GIGABYTES: 5000n })]
    expect(amountsOf(rated('graph-analytics', 'ENTERPRISE', usage, 500_000n))).toEqual([
      [500_000n, 0n, 0n, 0n, 0n],
      500_000n,
    ])
  })

  it('bring $84,850 a month from 100 on BASIC, 50 on PRO and 10 on ENTERPRISE at $5,000', () => {
    const monthly = (tier: string, agreed?: bigint): bigint =>
      rated('graph-analytics', tier, [], agreed).total.minorUnits
    const [basic, pro, enterprise] = [
      100n * monthly('BASIC'),
      50n * monthly('PRO'),
      10n * monthly('ENTERPRISE', 500_000n),
    ]
    expect([basic, pro, enterprise]).toEqual([990_000n, 2_495_000n, 5_000_000n])
    expect(basic + pro + enterprise).toBe(8_485_000n)
  })
})

describe('the plans for video rendering', () => {
  const catalogue = openCatalogue('video-rendering')

  it.each([
    ['FREE', 0n, [500n, 60_000n, 500n, 100n]],
    ['PRO', null, [2500n, 300_000n, 2500n, 500n]],
    ['ENTERPRISE', null, [null, null, null, null]],
  ] as const)('include on %s what the price list says, and refuse more', (tier, price, included) => {
    const { monthlyPrice, charges } = planOf(catalogue, tier)
    expect(monthlyPrice?.minorUnits ?? null).toBe(price)
    expect(charges.map((charge) => charge.included)).toEqual(included)
    expect(new Set(charges.map(({ limit }) => limit))).toEqual(
      new Set([tier === 'ENTERPRISE' ? 'UNLIMITED' : 'HARD']),
    )
  })

  it.each([
    [
      'FREE',
      { IMAGES: 480n, SPEECH_SECONDS: 59_000n, RENDER_MINUTES: 500n, STORAGE_GIGABYTES: 80n },
      undefined,
      0n,
    ],
    [
      'PRO',
      { IMAGES: 2500n, SPEECH_SECONDS: 120_000n, RENDER_MINUTES: 900n, STORAGE_GIGABYTES: 410n },
      4900n,
      4900n,
    ],
    [
      'ENTERPRISE',
      { IMAGES: 90_000n, RENDER_MINUTES: 70_000n, STORAGE_GIGABYTES: 9000n },
      120_000n,
      120_000n,
    ],
  ] as const)('cost on %s its base price alone', (tier, used, agreed, total) => {
    expect(amountsOf(rated('video-rendering', tier, usageOf(used), agreed))).toEqual([
      [total, 0n, 0n, 0n, 0n],
      total,
    ])
  })
})
