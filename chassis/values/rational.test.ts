import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareRationals,
  decimalText,
  dividedBy,
  DivisionByZero,
  minus,
  plus,
  rational,
  rationalOfDecimal,
  roundHalfAwayFromZero,
  times,
} from './rational.ts'
import type { Rational } from './rational.ts'

const aWhole = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
const aFraction = fc
  .tuple(aWhole, fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.boolean())
  .map(([numerator, denominator, isTurned]) =>
    isTurned ? rational(-numerator, -denominator) : rational(numerator, denominator),
  )

/** A number with `places` decimals as the whole number that its digits write: another way to compute with it. */
const aDecimal = fc.record({ digits: aWhole, places: fc.integer({ min: 0, max: 12 }) })
const written = ({ digits, places }: { readonly digits: bigint; readonly places: number }): string => {
  const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0')
  const cut = text.length - places
  return `${digits < 0n ? '-' : ''}${text.slice(0, cut)}${places === 0 ? '' : `.${text.slice(cut)}`}`
}
const read = (text: string): Rational =>
  rationalOfDecimal(text) ?? expect.unreachable(`${text} is a decimal.`)

const hasCommonFactor = (a: bigint, b: bigint): boolean => {
  let [x, y] = [a < 0n ? -a : a, b]
  while (x !== 0n) [x, y] = [y % x, x]
  return y !== 1n
}

describe('a fraction', () => {
  it('is kept in lowest terms, with its sign above', () => {
    expect(rational(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n })
    expect(rational(0n, -7n)).toEqual({ numerator: 0n, denominator: 1n })
    fc.assert(
      fc.property(aFraction, aFraction, (a, b) => {
        for (const { numerator, denominator } of [plus(a, b), minus(a, b), times(a, b)]) {
          expect(denominator > 0n && !hasCommonFactor(numerator, denominator)).toBe(true)
        }
      }),
    )
  })

  it('has no denominator of zero', () => {
    expect(() => rational(1n, 0n)).toThrow(DivisionByZero)
    expect(() => dividedBy(rational(1n), rational(0n))).toThrow(DivisionByZero)
  })

  it('adds, subtracts and multiplies as the digits of decimals do', () => {
    fc.assert(
      fc.property(aDecimal, aDecimal, (a, b) => {
        const places = a.places + b.places
        const [left, right] = [a.digits * 10n ** BigInt(b.places), b.digits * 10n ** BigInt(a.places)]
        const [x, y] = [read(written(a)), read(written(b))]
        expect(plus(x, y)).toEqual(read(written({ digits: left + right, places })))
        expect(minus(x, y)).toEqual(read(written({ digits: left - right, places })))
        expect(times(x, y)).toEqual(read(written({ digits: a.digits * b.digits, places })))
        expect(compareRationals(x, y)).toBe(left === right ? 0 : left < right ? -1 : 1)
      }),
    )
  })

  it('divides back what it multiplied', () => {
    fc.assert(
      fc.property(aFraction, aFraction, (a, b) => {
        fc.pre(b.numerator !== 0n)
        expect(dividedBy(times(a, b), b)).toEqual(a)
      }),
    )
  })
})

describe('rounding', () => {
  it.each([
    [1n, 2n, 1n],
    [-1n, 2n, -1n],
    [3n, 2n, 2n],
    [-3n, 2n, -2n],
    [5n, 2n, 3n],
    [49n, 100n, 0n],
    [-49n, 100n, 0n],
    [51n, 100n, 1n],
    [-7n, 1n, -7n],
  ])('takes %i/%i to %i', (numerator, denominator, expected) => {
    expect(roundHalfAwayFromZero(rational(numerator, denominator))).toBe(expected)
  })

  it('takes the nearest whole number, and of two equally near ones the one further from zero', () => {
    fc.assert(
      fc.property(aFraction, (exact) => {
        const rounded = roundHalfAwayFromZero(exact)
        const off = minus(exact, rational(rounded))
        const twice = times(off, rational(exact.numerator < 0n ? -2n : 2n))
        expect(compareRationals(twice, rational(1n))).toBe(-1)
        expect(compareRationals(twice, rational(-1n))).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('rounds a credit as it rounds the charge', () => {
    fc.assert(
      fc.property(aFraction, (exact) => {
        const credit = { ...exact, numerator: -exact.numerator }
        expect(roundHalfAwayFromZero(credit)).toBe(-roundHalfAwayFromZero(exact))
      }),
    )
  })
})

describe('decimal text', () => {
  it.each([
    ['0.05', 1n, 20n],
    ['-12', -12n, 1n],
    ['007.50', 15n, 2n],
    ['-0.0', 0n, 1n],
  ])('%s is %i/%i', (text, numerator, denominator) => {
    expect(rationalOfDecimal(text)).toEqual({ numerator, denominator })
  })

  it.each(['', '.5', '5.', '1e3', '+1', ' 1', '1,000', '0x10', '١', 'NaN', '1\n'])('%j is none', (text) => {
    expect(rationalOfDecimal(text)).toBeNull()
  })

  it('comes back as the number it was read from', () => {
    fc.assert(
      fc.property(aDecimal, (decimal) => {
        const value = read(written(decimal))
        expect(read(decimalText(value) ?? 'no text')).toEqual(value)
      }),
    )
  })

  it('is as short as can be, and there is none of a third', () => {
    expect(decimalText(read('10.500'))).toBe('10.5')
    expect(decimalText(read('-0.050'))).toBe('-0.05')
    expect(decimalText(read('100'))).toBe('100')
    expect(decimalText(rational(1n, 3n))).toBeNull()
    expect(decimalText(rational(7n, 30n))).toBeNull()
  })
})
