/**
 * Money is whole minor units of one ISO 4217 currency. It is never a float, and currencies never mix: an amount in
 * one is never added to, nor compared with, an amount in another.
 */
import { compareRationals, decimalText, rational, rationalOfDecimal, times } from './rational.ts'
import type { Rational } from './rational.ts'

export type Money = { readonly minorUnits: bigint; readonly currency: string }

/** An amount as it comes from outside, where whole numbers are doubles; `amountFault` says whether it is one. */
export type MoneyInput = { readonly minorUnits: number; readonly currency: string }

export type MoneyFault = 'NOT_WHOLE' | 'NEGATIVE' | 'TOO_LARGE' | 'UNKNOWN_CURRENCY'

const CURRENCY = /^[A-Z]{3}$/

export const isCurrency = (text: string): boolean => CURRENCY.test(text)

/** What is wrong with an amount that came from outside, or null. Amounts that come in are never negative. */
export const amountFault = (amount: MoneyInput): MoneyFault | null => {
  if (!isCurrency(amount.currency)) return 'UNKNOWN_CURRENCY'
  if (Math.abs(amount.minorUnits) > Number.MAX_SAFE_INTEGER) return 'TOO_LARGE'
  if (!Number.isInteger(amount.minorUnits)) return 'NOT_WHOLE'
  return amount.minorUnits < 0 ? 'NEGATIVE' : null
}

/** A fault of the program, since what comes from outside is asked first. */
export class NotACurrency extends Error {
  override readonly name = 'NotACurrency'
  constructor(currency: string) {
    super(`${JSON.stringify(currency)} is not the ISO 4217 code of a currency.`)
  }
}

/** A fault of the program: nobody asked for dollars and euros in one sum. */
export class CurrenciesMixed extends Error {
  override readonly name = 'CurrenciesMixed'
  constructor(a: string, b: string) {
    super(`An amount in ${a} and an amount in ${b} have no sum and no order.`)
  }
}

export const money = (minorUnits: bigint, currency: string): Money => {
  if (!isCurrency(currency)) throw new NotACurrency(currency)
  return { minorUnits, currency }
}

const oneCurrency = (a: Money, b: Money): string => {
  if (a.currency !== b.currency) throw new CurrenciesMixed(a.currency, b.currency)
  return a.currency
}

export const addMoney = (a: Money, b: Money): Money => ({
  currency: oneCurrency(a, b),
  minorUnits: a.minorUnits + b.minorUnits,
})

export const subtractMoney = (a: Money, b: Money): Money => ({
  currency: oneCurrency(a, b),
  minorUnits: a.minorUnits - b.minorUnits,
})

export const negateMoney = ({ minorUnits, currency }: Money): Money => ({ currency, minorUnits: -minorUnits })

export const isZeroMoney = ({ minorUnits }: Money): boolean => minorUnits === 0n

/** Below, at or above zero as `a` is less than, equal to or more than `b`. */
export const compareMoney = (a: Money, b: Money): -1 | 0 | 1 => {
  oneCurrency(a, b)
  return compareRationals(rational(a.minorUnits), rational(b.minorUnits))
}

/** The currency is named because a sum of nothing has one too. */
export const sumMoney = (amounts: readonly Money[], currency: string): Money =>
  amounts.reduce(addMoney, money(0n, currency))

/** How many decimals a currency is written with: 2 for USD, 0 for JPY, 3 for KWD. */
export const minorUnitDigits = (currency: string): number => {
  const known = digitsOf.get(currency)
  if (known !== undefined) return known
  if (!isCurrency(currency)) throw new NotACurrency(currency)
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0
  digitsOf.set(currency, digits)
  return digits
}

/** There are fewer than two hundred currencies, and to ask for one takes longer than to rate a line of a bill. */
const digitsOf = new Map<string, number>()
const formats = new Map<string, Intl.NumberFormat>()

const formatOf = (
  currency: string,
  minimumFractionDigits: number,
  maximumFractionDigits: number,
): Intl.NumberFormat => {
  const key = `${currency} ${minimumFractionDigits} ${maximumFractionDigits}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits,
    maximumFractionDigits,
  })
  formats.set(key, format)
  return format
}

const minorPerMajor = (currency: string): Rational => rational(10n ** BigInt(minorUnitDigits(currency)))

/** `1234.50` of USD in minor units, which may be parts of one: a unit price of 0.0005 is a twentieth of a cent. */
export const minorUnitsOfDecimal = (text: string, currency: string): Rational | null => {
  const major = rationalOfDecimal(text)
  return major === null ? null : times(major, minorPerMajor(currency))
}

/** The amount that a decimal text writes; null for a text that is none, or that has more decimals than the currency. */
export const moneyFromDecimalText = (text: string, currency: string): Money | null => {
  const minorUnits = minorUnitsOfDecimal(text, currency)
  if (minorUnits === null || minorUnits.denominator !== 1n) return null
  return money(minorUnits.numerator, currency)
}

/** For people: `$1,234.50`, `¥1,235`, `KWD 1.234` (with the no-break space that Intl writes). */
export const formatMoney = ({ minorUnits, currency }: Money): string =>
  formatMinorUnits(rational(minorUnits), currency)

/** As `formatMoney`, with as many decimals more as the price of one unit needs: `$0.0005`. */
export const formatMinorUnits = (minorUnits: Rational, currency: string): string => {
  const digits = minorUnitDigits(currency)
  const major = times(minorUnits, rational(1n, 10n ** BigInt(digits)))
  const text = decimalText(major)
  if (text === null)
    throw new RangeError(`${minorUnits.numerator}/${minorUnits.denominator} has no decimals.`)
  const decimals = text.split('.')[1]?.length ?? 0
  const most = Math.min(Math.max(digits, decimals), MAXIMUM_DECIMALS)
  return formatOf(currency, digits, most).format(numeric(text))
}

/** What Intl writes at most. */
const MAXIMUM_DECIMALS = 100

/** Intl takes a decimal text exactly, where a double would lose its last digits. */
const numeric = (text: string): Intl.StringNumericLiteral => {
  if (!isNumeric(text)) throw new RangeError(`${text} is not a decimal number.`)
  return text
}

const isNumeric = (text: string): text is Intl.StringNumericLiteral => rationalOfDecimal(text) !== null
