import { money } from '@stormops/chassis/values/money'
import { compareRationals, minus, plus, rational, times, ZERO } from '@stormops/chassis/values/rational'
import type { Rational } from '@stormops/chassis/values/rational'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOfLine, priceOf, unitsOver } from './charge.ts'
import type { Charge, Price, PriceTier } from './charge.ts'

const aTier = (upTo: bigint | null, unitPrice: bigint, flatFee = 0n): PriceTier => ({
  upTo,
  unitPrice: rational(unitPrice),
  flatFee,
})

const aCharge = (price: Price, difference: { included?: bigint; unitSize?: bigint } = {}): Charge => ({
  metric: 'STORMS',
  window: 'PERIOD',
  limit: 'SOFT',
  included: 0n,
  unitSize: 1n,
  price,
  ...difference,
})

/** To 10 units at 5, to 100 at 4, then at 3, with a fee of 50 for the second and of 200 for the third. */
const TIERS = [aTier(10n, 5n), aTier(100n, 4n, 50n), aTier(null, 3n, 200n)]

const prices = (charge: Charge, quantities: readonly bigint[]): readonly Rational[] =>
  quantities.map((used) => priceOf(charge, used))
const whole = (...values: readonly bigint[]): readonly Rational[] => values.map((value) => rational(value))

describe('a charge per unit', () => {
  const storms = aCharge({ model: 'PER_UNIT', unitPrice: rational(10_000n) }, { included: 5n })

  it('prices what goes over the included amount, and nothing before', () => {
    expect(prices(storms, [0n, 5n, 6n, 7n])).toEqual(whole(0n, 0n, 10_000n, 20_000n))
  })

  it('takes corrections below nothing for nothing', () => {
    expect(priceOf(storms, -3n)).toEqual(ZERO)
    expect(unitsOver(storms, -3n)).toBe(0n)
    expect(priceOf(aCharge({ model: 'PER_UNIT', unitPrice: rational(1n) }), -3n)).toEqual(ZERO)
  })

  it('prices parts of the unit in proportion, and exactly', () => {
    const events = aCharge(
      { model: 'PER_UNIT', unitPrice: rational(5n) },
      { included: 1_000_000n, unitSize: 1000n },
    )
    expect(priceOf(events, 1_000_001n)).toEqual(rational(1n, 200n))
    expect(priceOf(events, 1_001_500n)).toEqual(rational(15n, 2n))
  })
})

describe('a charge per package', () => {
  it('prices each package that was begun', () => {
    const events = aCharge(
      { model: 'PACKAGE', unitPrice: rational(5n) },
      { included: 1000n, unitSize: 1000n },
    )
    expect(prices(events, [1000n, 1001n, 2000n, 2001n])).toEqual(whole(0n, 5n, 5n, 10n))
  })
})

describe('a graduated charge', () => {
  const charge = aCharge({ model: 'GRADUATED', tiers: TIERS })

  it('prices each slice by its own tier, with the fee of each tier that was entered', () => {
    // 10 × 5; + 50 + 1 × 4; 50 + 50 + 90 × 4; + 200 + 1 × 3
    expect(prices(charge, [10n, 11n, 100n, 101n])).toEqual(whole(50n, 104n, 460n, 663n))
  })

  it('costs nothing when nothing was used, not even the fee of its first tier', () => {
    expect(priceOf(aCharge({ model: 'GRADUATED', tiers: [aTier(null, 1n, 99n)] }), 0n)).toEqual(ZERO)
  })

  it('begins its tiers over the included amount', () => {
    const included = aCharge({ model: 'GRADUATED', tiers: TIERS }, { included: 1000n })
    expect(prices(included, [1000n, 1011n])).toEqual(whole(0n, 104n))
  })

  it('is the sum of its units one by one', () => {
    const price = (used: number): Rational => priceOf(charge, BigInt(used))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (used) => {
        const unit = used <= 10 ? 5n : used <= 100 ? 4n : 3n
        const fee = used === 11 ? 50n : used === 101 ? 200n : 0n
        expect(minus(price(used), price(used - 1))).toEqual(rational(unit + fee))
      }),
    )
  })
})

describe('a charge by volume', () => {
  const charge = aCharge({ model: 'VOLUME', tiers: TIERS })

  it('prices all of it by the tier its last unit lies in, with the fee of that tier alone', () => {
    expect(prices(charge, [10n, 11n, 100n, 101n])).toEqual(whole(50n, 94n, 450n, 503n))
  })

  it('costs nothing when nothing was used', () => {
    expect(priceOf(aCharge({ model: 'VOLUME', tiers: [aTier(null, 1n, 99n)] }), 0n)).toEqual(ZERO)
  })
})

describe('a charge that charges nothing', () => {
  it.each([
    { metric: 'STORMS', window: 'PERIOD', unitSize: 1n, limit: 'HARD', included: 1n, price: null },
    { metric: 'STORMS', window: 'PERIOD', unitSize: 1n, limit: 'UNLIMITED', included: null, price: null },
  ] as const satisfies readonly Charge[])('is free over its limit when it is $limit', (charge) => {
    expect(priceOf(charge, 1_000_000n)).toEqual(ZERO)
  })

  it('has no unit over where there is no limit', () => {
    const unlimited = { metric: 'STORMS', window: 'PERIOD', unitSize: 1n } as const
    expect(unitsOver({ ...unlimited, limit: 'UNLIMITED', included: null, price: null }, 99n)).toBe(0n)
    expect(unitsOver({ ...unlimited, limit: 'HARD', included: 1n, price: null }, 3n)).toBe(2n)
  })
})

describe('every model', () => {
  const models: readonly Price[] = [
    { model: 'PER_UNIT', unitPrice: rational(7n, 20n) },
    { model: 'PACKAGE', unitPrice: rational(7n, 20n) },
    { model: 'GRADUATED', tiers: [aTier(null, 7n)] },
    { model: 'VOLUME', tiers: [aTier(null, 7n)] },
  ]

  it.each(models)('$model never costs less for more at one price', (price) => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -50n, max: 10_000n }),
        fc.bigInt({ min: 0n, max: 100n }),
        fc.bigInt({ min: 1n, max: 50n }),
        (used, more, unitSize) => {
          const charge = aCharge(price, { included: 20n, unitSize })
          expect(
            compareRationals(priceOf(charge, used + more), priceOf(charge, used)),
          ).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it('with one open tier is a charge per unit and one fee', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.bigInt({ min: 1n, max: 50n }),
        (used, unitSize) => {
          const flat = [{ ...aTier(null, 0n, 30n), unitPrice: rational(7n, 20n) }]
          const expected = plus(times(rational(7n, 20n), rational(used, unitSize)), rational(30n))
          expect(priceOf(aCharge({ model: 'GRADUATED', tiers: flat }, { unitSize }), used)).toEqual(expected)
          expect(priceOf(aCharge({ model: 'VOLUME', tiers: flat }, { unitSize }), used)).toEqual(expected)
        },
      ),
    )
  })
})

describe('a line', () => {
  it('is rounded to whole minor units, half away from zero, a credit as its charge', () => {
    expect(amountOfLine(rational(1n, 2n), 'USD')).toEqual(money(1n, 'USD'))
    expect(amountOfLine(rational(-1n, 2n), 'USD')).toEqual(money(-1n, 'USD'))
    expect(amountOfLine(rational(49n, 100n), 'JPY')).toEqual(money(0n, 'JPY'))
  })
})
