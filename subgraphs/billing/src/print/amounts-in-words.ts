/** How an amount and a day read on paper. Amounts never pass through a float. */
import { PrintError } from '@stormops/chassis/pdf/print-error'
import { formatMoney, isCurrency, money } from '@stormops/chassis/values/money'
import type { MinorUnits } from './document.ts'

const MINUS = '\u2212'
const WHOLE = /^-?\d+$/

/** "$1,234.56", "¥1,235", "KWD 1.234", "−$50.00". Throws PrintError INPUT for what is no amount of a currency. */
export const moneyText = (amount: MinorUnits, currency: string): string => {
  if (!WHOLE.test(amount)) {
    throw new PrintError('INPUT', `an amount is not in whole minor units: ${amount}`)
  }
  if (!isCurrency(currency)) throw new PrintError('INPUT', `no currency: ${currency}`)
  // Paper has room for a real minus, which the format of money writes as a hyphen.
  return formatMoney(money(BigInt(amount), currency)).replace('-', MINUS)
}

/** The same amount with the other sign. */
export const negated = (amount: MinorUnits): MinorUnits =>
  amount.startsWith('-') ? amount.slice(1) : `-${amount}`

export const isZero = (amount: MinorUnits): boolean => /^-?0+$/.test(amount)

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
