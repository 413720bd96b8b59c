/** Amounts in minor units. A unit price may have twelve decimal places; what is charged for it is whole. */
const PLACES = 12
const SCALE = 10n ** BigInt(PLACES)

const scaled = (decimal: string): bigint => {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  if (sign === undefined) throw new Error(`${decimal} is no decimal.`)
  const value = BigInt(whole) * SCALE + BigInt(fraction.padEnd(PLACES, '0'))
  return sign === '-' ? -value : value
}

/** Half away from zero. */
const rounded = (numerator: bigint, denominator: bigint): number => {
  const magnitude = numerator < 0n ? -numerator : numerator
  const whole = Number((magnitude * 2n + denominator) / (denominator * 2n))
  return numerator < 0n && whole !== 0 ? -whole : whole
}

/** `decimal` minor units times `quantity`, rounded once. */
export const timesQuantity = (decimal: string, quantity: number): number =>
  rounded(scaled(decimal) * BigInt(quantity), SCALE)

/** The part of an amount that falls on `seconds` of `all` seconds. */
export const shareOf = (amount: number, seconds: number, all: number): number =>
  rounded(BigInt(amount) * BigInt(seconds), BigInt(all))

/** `1000.500` is `1000.5`, as Stripe writes it. */
export const plainDecimal = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/0+$/, '').replace(/\.$/, '') : decimal

/** The whole amount, or null when the decimal has a fraction. */
export const wholeAmount = (decimal: string): number | null => {
  const plain = plainDecimal(decimal)
  return plain.includes('.') ? null : Number(plain)
}

/** The largest charge Stripe takes has eight digits. */
export const LARGEST_AMOUNT = 99_999_999
