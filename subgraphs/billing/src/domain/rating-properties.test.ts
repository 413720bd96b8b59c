import { money } from '@stormops/chassis/values/money'
import { rational } from '@stormops/chassis/values/rational'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allNovember, aMonth, aRatablePlan, NOVEMBER, perDay } from './a-month.ts'
import type { Charge, Price } from './charge.ts'
import type { Phase } from './phases.ts'
import type { RatablePlan } from './plan.ts'
import { rateMonth } from './rating.ts'
import type { PhaseUsage } from './rating.ts'

const aQuantity = fc.bigInt({ min: 0n, max: 500n })
const aUnitPrice = fc.bigInt({ min: 0n, max: 1000n }).map((price) => rational(price, 8n))

const aTierList = fc
  .tuple(
    fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 80n }), aUnitPrice, fc.bigInt({ min: 0n, max: 99n })), {
      maxLength: 3,
    }),
    aUnitPrice,
  )
  .map(([closed, last]) => [
    ...closed.map(([, unitPrice, flatFee], index) => ({
      upTo: closed.slice(0, index + 1).reduce((sum, [width]) => sum + width, 0n),
      unitPrice,
      flatFee,
    })),
    { upTo: null, unitPrice: last, flatFee: 0n },
  ])

const aPrice: fc.Arbitrary<Price> = fc.oneof(
  fc.record({ model: fc.constantFrom('PER_UNIT' as const, 'PACKAGE' as const), unitPrice: aUnitPrice }),
  fc.record({ model: fc.constantFrom('GRADUATED' as const, 'VOLUME' as const), tiers: aTierList }),
)

const aPriced = (metric: string): fc.Arbitrary<Charge> =>
  fc.record({
    metric: fc.constant(metric),
    window: fc.constant('PERIOD' as const),
    unitSize: fc.bigInt({ min: 1n, max: 30n }),
    limit: fc.constant('SOFT' as const),
    included: aQuantity,
    price: aPrice,
  })

const aPlan: fc.Arbitrary<RatablePlan> = fc
  .record({
    price: fc.bigInt({ min: 0n, max: 1_000_000n }),
    version: fc.integer({ min: 1, max: 3 }),
    storms: aPriced('STORMS'),
    events: aPriced('EVENTS'),
    storage: aPriced('STORAGE'),
  })
  .map(({ price, version, storms, events, storage }) =>
    aRatablePlan({
      version,
      monthlyPrice: money(price, 'USD'),
      charges: [storms, perDay(events), storage],
    }),
  )

/** Something counted at an instant; how instants fall into phases is not said yet. */
type Happening = {
  readonly metric: 'STORMS' | 'EVENTS' | 'STORAGE'
  readonly at: Date
  readonly quantity: bigint
}

const anInstant = fc.date({
  min: NOVEMBER.startsAt,
  max: new Date(NOVEMBER.endsAt.getTime() - 1),
  noInvalidDate: true,
})

const someHappenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.record({
    metric: fc.constantFrom('STORMS' as const, 'EVENTS' as const, 'STORAGE' as const),
    at: anInstant,
    quantity: fc.bigInt({ min: -40n, max: 200n }),
  }),
  { maxLength: 25 },
)

const usageOf = (happenings: readonly Happening[], phases: readonly Phase[]): readonly PhaseUsage[] =>
  happenings.map(({ metric, at, quantity }) => ({
    metric,
    phase: phases.findIndex(({ from, to }) => from <= at && at < to),
    quantity,
    perDay: [{ day: at.toISOString().slice(0, 10), quantity }],
  }))

const cutAt = (instants: readonly Date[], planOf: (index: number) => RatablePlan): readonly Phase[] => {
  const inside = [...new Set(instants.map((at) => at.getTime()))].filter(
    (at) => at > NOVEMBER.startsAt.getTime(),
  )
  const bounds = [NOVEMBER.startsAt.getTime(), ...inside.toSorted((a, b) => a - b), NOVEMBER.endsAt.getTime()]
  return bounds.slice(1).map((to, index) => ({
    plan: planOf(index),
    from: new Date(bounds[index] ?? to),
    to: new Date(to),
  }))
}

describe('a month', () => {
  it('is the same however often a company changes to the version it is on', () => {
    fc.assert(
      fc.property(
        aPlan,
        someHappenings,
        fc.array(anInstant, { maxLength: 5 }),
        (plan, happenings, instants) => {
          const whole = allNovember(plan)
          const cut = cutAt(instants, () => plan)
          expect(rateMonth(aMonth({ phases: cut, usage: usageOf(happenings, cut) }))).toEqual(
            rateMonth(aMonth({ phases: whole, usage: usageOf(happenings, whole) })),
          )
        },
      ),
    )
  })

  it('costs as much when the next version has the same prices, but for the rounding of its lines', () => {
    fc.assert(
      fc.property(aPlan, someHappenings, anInstant, (plan, happenings, at) => {
        const whole = allNovember(plan)
        const cut = cutAt([at], (index) => ({ ...plan, version: index + 10 }))
        const one = rateMonth(aMonth({ phases: whole, usage: usageOf(happenings, whole) }))
        const two = rateMonth(aMonth({ phases: cut, usage: usageOf(happenings, cut) }))
        const difference = one.total.minorUnits - two.total.minorUnits
        // Four lines against eight, each at most half a minor unit off.
        expect(difference >= -6n && difference <= 6n).toBe(true)
      }),
    )
  })

  it('is the sum of its lines, and no metric brings a company money', () => {
    fc.assert(
      fc.property(aPlan, aPlan, someHappenings, anInstant, (first, second, happenings, at) => {
        const phases = cutAt([at], (index) => (index === 0 ? first : second))
        const { lines, base, overage, total } = rateMonth(
          aMonth({ phases, usage: usageOf(happenings, phases) }),
        )
        const sum = (chosen: typeof lines): bigint =>
          chosen.reduce((all, { amount }) => all + amount.minorUnits, 0n)
        expect(total.minorUnits).toBe(sum(lines))
        expect(base.minorUnits + overage.minorUnits).toBe(total.minorUnits)
        for (const metric of ['STORMS', 'EVENTS', 'STORAGE']) {
          // Two roundings of half a minor unit.
          expect(sum(lines.filter((line) => line.metric === metric)) >= -1n).toBe(true)
        }
      }),
    )
  })

  it('costs one full price on one plan', () => {
    fc.assert(
      fc.property(aPlan, (plan) => {
        expect(rateMonth(aMonth({ phases: allNovember(plan) })).base).toEqual(plan.monthlyPrice)
      }),
    )
  })
})
