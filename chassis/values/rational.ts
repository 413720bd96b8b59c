/**
 * Exact fractions of whole numbers. Prices, shares of a month and what comes of them stay fractions until the one
 * rounding of a line, so that no amount depends on the order in which it was computed.
 */

/** In lowest terms, with a denominator above zero; two equal numbers are equal member by member. */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint }

export class DivisionByZero extends Error {
  override readonly name = 'DivisionByZero'
  constructor() {
    super('A fraction cannot have the denominator 0.')
  }
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [larger, smaller] = [absolute(a), absolute(b)]
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}

export const rational = (numerator: bigint, denominator = 1n): Rational => {
  if (denominator === 0n) throw new DivisionByZero()
  // Most of what is priced is whole.
  if (denominator === 1n) return { numerator, denominator }
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

export const ZERO: Rational = rational(0n)

export const plus = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

export const minus = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)

export const times = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)

export const dividedBy = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator)

/** Below, at or above zero as `a` is less than, equal to or greater than `b`. */
export const compareRationals = (a: Rational, b: Rational): -1 | 0 | 1 => {
  const left = a.numerator * b.denominator
  const right = b.numerator * a.denominator
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** The nearest whole number; a half goes away from zero, so that a credit is rounded as its charge was. */
export const roundHalfAwayFromZero = ({ numerator, denominator }: Rational): bigint => {
  const rounded = (2n * absolute(numerator) + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** The number that a decimal text such as `0.05` or `-12` writes; null for a text that is none (no exponent, no sign +). */
export const rationalOfDecimal = (text: string): Rational | null => {
  const [, sign, whole, fraction = ''] = DECIMAL.exec(text) ?? []
  if (whole === undefined) return null
  const digits = BigInt(whole + fraction)
  return rational(sign === '-' ? -digits : digits, 10n ** BigInt(fraction.length))
}

/** The shortest decimal text of a number; null for one that has none, such as a third. */
export const decimalText = ({ numerator, denominator }: Rational): string | null => {
  const places = decimalPlaces(denominator)
  if (places === null) return null
  const digits = ((absolute(numerator) * 10n ** places) / denominator)
    .toString()
    .padStart(Number(places) + 1, '0')
  const sign = numerator < 0n ? '-' : ''
  if (places === 0n) return sign + digits
  return `${sign}${digits.slice(0, -Number(places))}.${digits.slice(-Number(places))}`
}

/** How many decimals a fraction in lowest terms needs: a power of 10 is a multiple of 2ᵃ·5ᵇ from max(a, b) on. */
const decimalPlaces = (denominator: bigint): bigint | null => {
  const [withoutTwos, twos] = withoutFactor(denominator, 2n)
  const [rest, fives] = withoutFactor(withoutTwos, 5n)
  if (rest !== 1n) return null
  return twos > fives ? twos : fives
}

const withoutFactor = (value: bigint, factor: bigint): readonly [rest: bigint, times: bigint] => {
  let [rest, count] = [value, 0n]
  while (rest % factor === 0n) [rest, count] = [rest / factor, count + 1n]
  return [rest, count]
}
