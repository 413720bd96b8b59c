/** How an amount and a day read on paper. Amounts never pass through a float. */
import { PrintError } from '@stormops/chassis/pdf/print-error'
import type { MinorUnits } from './document.ts'

const MINUS = '\u2212'
const WHOLE = /^(-?)0*(\d+)$/

/** "$1,234.56", "¥1,235", "KWD 1.234", "−$50.00". Throws PrintError INPUT for what is no amount of a currency. */
export const moneyText = (amount: MinorUnits, currency: string): string => {
  const [, sign, digits] = WHOLE.exec(amount) ?? []
  if (digits === undefined) throw new PrintError('INPUT', `an amount is not in whole minor units: ${amount}`)
  const format = currencyFormat(currency)
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2
  const padded = digits.padStart(decimals + 1, '0')
  const point = padded.length - decimals
  const text = format.format(`${padded.slice(0, point)}.${padded.slice(point)}0` as Intl.StringNumericLiteral)
  return sign === '-' && digits !== '0' ? `${MINUS}${text}` : text
}

/** The same amount with the other sign. */
export const negated = (amount: MinorUnits): MinorUnits =>
  amount.startsWith('-') ? amount.slice(1) : `-${amount}`

export const isZero = (amount: MinorUnits): boolean => /^-?0+$/.test(amount)

const currencyFormat = (currency: string): Intl.NumberFormat => {
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency })
  } catch (cause) {
    throw new PrintError('INPUT', `no currency: ${currency}`, { cause })
  }
}

type Day = { readonly day: string; readonly month: string; readonly year: string }

/** "1 December 2026" in the zone. */
export const dayText = (instant: string, timeZone: string): string => {
  const { day, month, year } = dayOf(timeOf(instant), timeZone)
  return `${day} ${month} ${year}`
}

/** "1 – 30 November 2026": the days from `start` up to and without `end`, saying month and year once where it can. */
export const periodText = (start: string, end: string, timeZone: string): string => {
  const first = dayOf(timeOf(start), timeZone)
  const last = dayOf(Math.max(timeOf(end) - 1, timeOf(start)), timeZone)
  const until = `${last.day} ${last.month} ${last.year}`
  if (first.year !== last.year) return `${first.day} ${first.month} ${first.year} – ${until}`
  if (first.month !== last.month) return `${first.day} ${first.month} – ${until}`
  return first.day === last.day ? until : `${first.day} – ${until}`
}

const timeOf = (instant: string): number => {
  const time = Date.parse(instant)
  if (Number.isNaN(time)) throw new PrintError('INPUT', `no instant: ${instant}`)
  return time
}

const dayOf = (time: number, timeZone: string): Day => {
  const parts = dayFormat(timeZone).formatToParts(time)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return { day: part('day'), month: part('month'), year: part('year') }
}

const dayFormat = (timeZone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'long', day: 'numeric' })
  } catch (cause) {
    throw new PrintError('INPUT', `no time zone: ${timeZone}`, { cause })
  }
}
