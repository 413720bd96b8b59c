import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMoney,
  amountFault,
  compareMoney,
  CurrenciesMixed,
  formatMinorUnits,
  formatMoney,
  isZeroMoney,
  minorUnitDigits,
  minorUnitsOfDecimal,
  money,
  moneyFromDecimalText,
  negateMoney,
  NotACurrency,
  subtractMoney,
  sumMoney,
} from './money.ts'
import { rational } from './rational.ts'

const usd = (minorUnits: bigint) => money(minorUnits, 'USD')
const NO_BREAK_SPACE = '\u{A0}'

describe('money', () => {
  it('adds, subtracts and negates whole minor units, beyond what a double holds', () => {
    const large = 2n ** 60n + 1n
    expect(addMoney(usd(large), usd(2n))).toEqual(usd(large + 2n))
    expect(subtractMoney(usd(5n), usd(large))).toEqual(usd(4n - 2n ** 60n))
    expect(negateMoney(usd(-5n))).toEqual(usd(5n))
    expect(isZeroMoney(subtractMoney(usd(large), usd(large)))).toBe(true)
  })

  it('sums nothing to zero of the currency that is named', () => {
    expect(sumMoney([], 'EUR')).toEqual(money(0n, 'EUR'))
    expect(sumMoney([usd(50_000n), usd(20_000n), usd(-1n)], 'USD')).toEqual(usd(69_999n))
  })

  it('compares amounts of one currency', () => {
    expect([
      compareMoney(usd(1n), usd(2n)),
      compareMoney(usd(2n), usd(2n)),
      compareMoney(usd(3n), usd(2n)),
    ]).toEqual([-1, 0, 1])
  })

  it.each([
    ['add', addMoney],
    ['subtract', subtractMoney],
    ['compare', compareMoney],
  ])('refuses to %s dollars and euros', (_name, operation) => {
    expect(() => operation(usd(1n), money(1n, 'EUR'))).toThrow(CurrenciesMixed)
  })

  it('refuses to sum euros as dollars', () => {
    expect(() => sumMoney([money(1n, 'EUR')], 'USD')).toThrow(CurrenciesMixed)
  })

  it.each(['usd', 'US', 'DOLLARS', ''])('has no currency %j', (currency) => {
    expect(() => money(1n, currency)).toThrow(NotACurrency)
  })
})

describe('an amount for people', () => {
  it.each([
    [123_450n, 'USD', '$1,234.50'],
    [-5n, 'USD', '-$0.05'],
    [0n, 'USD', '$0.00'],
    [1235n, 'JPY', '¥1,235'],
    [1_234_567n, 'KWD', `KWD${NO_BREAK_SPACE}1,234.567`],
    [9_007_199_254_740_993n, 'USD', '$90,071,992,547,409.93'],
  ])('of %i %s reads %s', (minorUnits, currency, expected) => {
    expect(formatMoney(money(minorUnits, currency))).toBe(expected)
  })

  it('shows a unit price with all its decimals, and never fewer than the currency has', () => {
    expect(formatMinorUnits(rational(1n, 20n), 'USD')).toBe('$0.0005')
    expect(formatMinorUnits(rational(10_000n), 'USD')).toBe('$100.00')
    expect(formatMinorUnits(rational(1n, 4n), 'JPY')).toBe('¥0.25')
    expect(() => formatMinorUnits(rational(1n, 3n), 'USD')).toThrow(RangeError)
  })

  it('has the decimals of its currency', () => {
    expect(['USD', 'JPY', 'KWD'].map(minorUnitDigits)).toEqual([2, 0, 3])
  })
})

describe('an amount from decimal text', () => {
  it.each([
    ['1234.5', 'USD', 123_450n],
    ['-0.05', 'USD', -5n],
    ['1235', 'JPY', 1235n],
    ['1.234', 'KWD', 1234n],
    ['90071992547409.93', 'USD', 9_007_199_254_740_993n],
  ])('%s %s is %i minor units', (text, currency, minorUnits) => {
    expect(moneyFromDecimalText(text, currency)).toEqual(money(minorUnits, currency))
  })

  it.each([
    ['0.005', 'USD'],
    ['1.5', 'JPY'],
    ['1.2345', 'KWD'],
    ['$5', 'USD'],
    ['', 'USD'],
  ])('%j is no amount of %s', (text, currency) => {
    expect(moneyFromDecimalText(text, currency)).toBeNull()
  })

  it('keeps parts of a minor unit where a price may have them', () => {
    expect(minorUnitsOfDecimal('0.0005', 'USD')).toEqual(rational(1n, 20n))
    expect(minorUnitsOfDecimal('five', 'USD')).toBeNull()
  })

  it('reads what people are shown', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (minorUnits) => {
        const shown = formatMoney(usd(minorUnits)).replaceAll(/[$,]/g, '')
        expect(moneyFromDecimalText(shown, 'USD')).toEqual(usd(minorUnits))
      }),
    )
  })
})

describe('an amount from outside', () => {
  it.each([
    [{ minorUnits: 5, currency: 'USD' }, null],
    [{ minorUnits: Number.MAX_SAFE_INTEGER, currency: 'USD' }, null],
    [{ minorUnits: 10.5, currency: 'USD' }, 'NOT_WHOLE'],
    [{ minorUnits: -1, currency: 'USD' }, 'NEGATIVE'],
    [{ minorUnits: 2 ** 53, currency: 'USD' }, 'TOO_LARGE'],
    [{ minorUnits: 5, currency: 'dollars' }, 'UNKNOWN_CURRENCY'],
  ])('%j: %s', (amount, fault) => {
    expect(amountFault(amount)).toBe(fault)
  })
})
