import { money } from '@stormops/chassis/values/money'
import { periodOfMonth } from '@stormops/chassis/values/periods'
import { describe, expect, it } from 'vitest'
import {
  allNovember,
  aMonth,
  aRatablePlan,
  changedAt,
  november,
  perDay,
  perUnit,
  unlimited,
} from './a-month.ts'
import { rateMonth } from './rating.ts'
import type { MonthToRate, RatedLine } from './rating.ts'
import { UnratableMonth } from './unratable-month.ts'

const usd = (minorUnits: bigint) => money(minorUnits, 'USD')
const amountsOf = (month: MonthToRate): readonly bigint[] =>
  rateMonth(month).lines.map(({ amount }) => amount.minorUnits)
const used = (quantity: bigint, phase = 0, metric = 'STORMS') => ({ metric, phase, quantity })
const told = ({ kind, metric, quantity, included, unitPrice, amount }: RatedLine) => [
  kind,
  metric,
  quantity,
  included,
  unitPrice,
  amount.minorUnits,
]

describe('a month on one plan', () => {
  it('costs its base and what goes over, line by line', () => {
    const { lines, base, overage, total } = rateMonth(aMonth({ usage: [used(7n)] }))
    expect(lines.map(told)).toEqual([
      ['BASE', null, 1n, null, '50000', 50_000n],
      ['USAGE', 'STORMS', 7n, 5n, '10000', 20_000n],
    ])
    expect([base, overage, total]).toEqual([usd(50_000n), usd(20_000n), usd(70_000n)])
  })

  it('has a line for each charge, also where nothing was used', () => {
    const plan = aRatablePlan({ charges: [perUnit('STORMS', 5n, 10_000n), unlimited('EVENTS')] })
    const { lines } = rateMonth(aMonth({ phases: allNovember(plan) }))
    expect(lines.map(told)).toEqual([
      ['BASE', null, 1n, null, '50000', 50_000n],
      ['USAGE', 'STORMS', 0n, 5n, '10000', 0n],
      ['USAGE', 'EVENTS', 0n, null, null, 0n],
    ])
  })

  it('has its lines in the order of the metrics, whatever the order of charges and usage', () => {
    const plan = aRatablePlan({ charges: [unlimited('STORAGE'), unlimited('EVENTS'), unlimited('STORMS')] })
    const usage = [used(1n, 0, 'EVENTS'), used(1n, 0, 'STORAGE'), used(1n)]
    const { lines } = rateMonth(aMonth({ phases: allNovember(plan), usage }))
    expect(lines.map(({ metric }) => metric)).toEqual([null, 'STORMS', 'EVENTS', 'STORAGE'])
  })

  it('takes a metric that its version does not mention as free, and shows it once it is used', () => {
    const { lines, total } = rateMonth(aMonth({ usage: [used(12n, 0, 'EVENTS')] }))
    expect(lines.map(({ description }) => description)).toEqual([
      'Standard plan, November 2026',
      'Storms: 0 used, 5 included',
      'Events: 12 used, free of charge',
    ])
    expect(total).toEqual(usd(50_000n))
  })

  it('adds up several entries, corrections too', () => {
    expect(amountsOf(aMonth({ usage: [used(9n), used(-2n), used(1n)] }))).toEqual([50_000n, 30_000n])
    expect(amountsOf(aMonth({ usage: [used(3n), used(-4n)] }))).toEqual([50_000n, 0n])
  })

  it('rounds each line once', () => {
    const plan = aRatablePlan({ charges: [perUnit('STORMS', 0n, 1n, 2n), perUnit('EVENTS', 0n, 1n, 2n)] })
    const month = aMonth({ phases: allNovember(plan), usage: [used(3n), used(5n, 0, 'EVENTS')] })
    expect(amountsOf(month)).toEqual([50_000n, 2n, 3n])
  })

  it('counts the most that was stored, and no sum', () => {
    const plan = aRatablePlan({ charges: [perUnit('STORAGE', 10n, 200n)] })
    const usage = [used(12n, 0, 'STORAGE'), used(15n, 0, 'STORAGE'), used(11n, 0, 'STORAGE')]
    expect(amountsOf(aMonth({ phases: allNovember(plan), usage }))).toEqual([50_000n, 1000n])
  })

  it('costs nothing without a plan', () => {
    expect(rateMonth(aMonth({ phases: [] }))).toEqual({
      lines: [],
      base: usd(0n),
      overage: usd(0n),
      total: usd(0n),
    })
  })

  it('has the price that was agreed, where the plan has none', () => {
    const plan = aRatablePlan({ tier: 'ENTERPRISE', monthlyPrice: null, charges: [] })
    const [phase] = allNovember(plan)
    const phases = phase === undefined ? [] : [{ ...phase, agreedPrice: usd(500_000n) }]
    expect(amountsOf(aMonth({ phases }))).toEqual([500_000n])
    expect(() => rateMonth(aMonth({ phases: allNovember(plan) }))).toThrow(/No price is agreed.*ENTERPRISE/)
  })
})

describe('an allowance of each day', () => {
  const plan = aRatablePlan({ charges: [perDay(perUnit('EVENTS', 100n, 10n, 10n))] })
  const day = (date: string, quantity: bigint) => ({ day: date, quantity })
  const events = (...days: readonly { day: string; quantity: bigint }[]) => ({
    metric: 'EVENTS',
    phase: 0,
    quantity: days.reduce((sum, { quantity }) => sum + quantity, 0n),
    perDay: days,
  })

  it('pays what each day exceeds, and quiet days make up for nothing', () => {
    const usage = [events(day('2026-11-01', 150n), day('2026-11-02', 20n), day('2026-11-03', 103n))]
    const [, line] = rateMonth(aMonth({ phases: allNovember(plan), usage })).lines
    expect(line).toMatchObject({ window: 'DAY', quantity: 273n, included: 100n, over: 53n, amount: usd(53n) })
    expect(line?.description).toBe('Events: 273 used, 100 included each day, 53 over at $0.10 per 10')
  })

  it('is rounded once for all days', () => {
    const third = aRatablePlan({ charges: [perDay(perUnit('EVENTS', 0n, 1n, 3n))] })
    const usage = [events(day('2026-11-01', 1n), day('2026-11-02', 1n), day('2026-11-03', 1n))]
    expect(amountsOf(aMonth({ phases: allNovember(third), usage }))).toEqual([50_000n, 1n])
  })

  it('belongs to the day also when the plan changes in the middle of it', () => {
    const dearer = aRatablePlan({ tier: 'PRO', charges: [perDay(perUnit('EVENTS', 100n, 20n, 10n))] })
    const phases = changedAt(november('02T12:00:00'), plan, dearer)
    const morning = events(day('2026-11-02', 120n))
    const evening = { ...events(day('2026-11-02', 30n)), phase: 1 }
    const lines = rateMonth(aMonth({ phases, usage: [morning, evening] })).lines.slice(2)
    expect(lines.map(({ amount }) => amount.minorUnits)).toEqual([20n, 60n])
  })

  it('cannot be rated from the month’s count alone', () => {
    const usage = [{ metric: 'EVENTS', phase: 0, quantity: 5n }]
    expect(() => rateMonth(aMonth({ phases: allNovember(plan), usage }))).toThrow(/by the day/)
  })
})

describe('a change of plan inside the month', () => {
  const pro = aRatablePlan({
    tier: 'PRO',
    monthlyPrice: usd(200_000n),
    charges: [perUnit('STORMS', 20n, 5000n)],
  })
  const free = aRatablePlan({ tier: 'FREE', monthlyPrice: usd(0n), charges: [unlimited('STORMS')] })

  it('shares out the base by the second', () => {
    const phases = changedAt(november('16'), aRatablePlan({}), pro)
    const [first, second] = rateMonth(aMonth({ phases })).lines
    expect([first?.amount, second?.amount]).toEqual([usd(25_000n), usd(100_000n)])
    expect(first?.description).toBe('Standard plan, 1,296,000 of the 2,592,000 seconds of November 2026')
  })

  it('shares it out over the real length of a month in which clocks change', () => {
    const period = periodOfMonth('2026-11-01', 'America/Chicago')
    const at = new Date('2026-11-16T06:00:00Z')
    const phases = [
      { plan: aRatablePlan({ monthlyPrice: usd(72_100n) }), from: period.startsAt, to: at },
      { plan: pro, from: at, to: period.endsAt },
    ]
    // 361 of 721 hours, and 360.
    expect(amountsOf(aMonth({ period, phases })).slice(0, 2)).toEqual([36_100n, 99_861n])
  })

  it('does not wipe out on the last day what went over before', () => {
    const phases = changedAt(november('30'), aRatablePlan({}), pro)
    expect(amountsOf(aMonth({ phases, usage: [used(9n)] })).slice(2)).toEqual([40_000n, 0n])
  })

  it('renews no allowance', () => {
    const phases = changedAt(november('16'), aRatablePlan({}), pro)
    const usage = [used(18n), used(4n, 1)]
    // 13 over 5 at $100; then units 19 and 20 are included, 21 and 22 are over 20 at $50.
    expect(amountsOf(aMonth({ phases, usage })).slice(2)).toEqual([130_000n, 10_000n])
  })

  it('lets what was free count against the next allowance, and charges only what comes after', () => {
    const phases = changedAt(november('16'), free, aRatablePlan({}))
    expect(amountsOf(aMonth({ phases, usage: [used(50n), used(2n, 1)] })).slice(2)).toEqual([0n, 20_000n])
  })

  it('gives back for a correction what the month has charged, and no more', () => {
    const phases = changedAt(november('16'), free, aRatablePlan({}))
    expect(amountsOf(aMonth({ phases, usage: [used(50n), used(-30n, 1)] })).slice(2)).toEqual([0n, 0n])
    const charged = changedAt(november('16'), aRatablePlan({}), pro)
    expect(amountsOf(aMonth({ phases: charged, usage: [used(30n), used(-30n, 1)] })).slice(2)).toEqual([
      250_000n,
      -50_000n,
    ])
  })

  it('counts what is stored on through the change', () => {
    const [small, large] = [10n, 100n].map((included, index) =>
      aRatablePlan({ version: index + 1, charges: [perUnit('STORAGE', included, 200n)] }),
    )
    if (small === undefined || large === undefined) expect.unreachable()
    const phases = changedAt(november('16'), small, large)
    const usage = [used(30n, 0, 'STORAGE'), used(120n, 1, 'STORAGE')]
    expect(amountsOf(aMonth({ phases, usage })).slice(2)).toEqual([4000n, 4000n])
    const shrunk = [used(30n, 0, 'STORAGE'), used(5n, 1, 'STORAGE')]
    expect(amountsOf(aMonth({ phases, usage: shrunk })).slice(2)).toEqual([4000n, 0n])
  })
})

describe('a month that cannot be rated', () => {
  const plan = aRatablePlan({})
  const twice = { metric: 'EVENTS', phase: 0, quantity: 2n }

  it.each<readonly [string, Partial<MonthToRate>, RegExp]>([
    ['uses what nobody counts', { usage: [used(1n, 0, 'HAIL')] }, /HAIL/],
    ['uses something in a phase it lacks', { usage: [used(1n, 1)] }, /phase 1/],
    ['has phases that overlap', { phases: [...allNovember(plan), ...allNovember(plan)] }, /overlaps/],
    ['has an empty phase', { phases: [{ plan, from: november('02'), to: november('02') }] }, /empty/],
    [
      'has a phase of another month',
      { phases: [{ plan, from: november('02'), to: new Date('2026-12-02') }] },
      /leaves the month/,
    ],
    ['has a plan in another currency', { currency: 'EUR' }, /STANDARD is in USD, and the month in EUR/],
    [
      'has days that do not make its count',
      { usage: [{ ...twice, perDay: [{ day: '2026-11-01', quantity: 1n }] }] },
      /make 1, and the phase 2/,
    ],
    [
      'has a day twice',
      {
        usage: [{ ...twice, perDay: [1n, 1n].map((quantity) => ({ day: '2026-11-01', quantity })) }],
      },
      /twice/,
    ],
  ])('%s', (_name, difference, message) => {
    expect(() => rateMonth(aMonth(difference))).toThrow(message)
    expect(() => rateMonth(aMonth(difference))).toThrow(UnratableMonth)
  })

  it('has a maximum whose days have another', () => {
    const usage = [
      { metric: 'STORAGE', phase: 0, quantity: 7n, perDay: [{ day: '2026-11-01', quantity: 7n }] },
    ]
    expect(rateMonth(aMonth({ usage })).lines).toHaveLength(3)
    const other = usage.map((entry) => ({ ...entry, quantity: 8n }))
    expect(() => rateMonth(aMonth({ usage: other }))).toThrow(UnratableMonth)
  })
})
