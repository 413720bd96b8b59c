/**
 * How a figure reads to a contractor: percent with one decimal, lifts in signed points, money in whole dollars
 * once it is large. What is undefined reads "not available", never NaN or a blank.
 */
import type { Estimate, Interval } from '../domain/pilot-report.ts'

export const NOT_AVAILABLE = 'not available'

const MINUS = '\u2212'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
/** From here on cents say nothing about a decision. */
const WHOLE_MONEY_FROM = 100
/** Below this a decimal p-value is a row of zeros; powers of ten are readable. */
const SMALLEST_DECIMAL_P = 0.001
/** A probability this near to certainty would be printed as 100.0%, which no experiment can show. */
const NEAR_CERTAIN = 0.999

function decimal(value: number, digits: number): string {
  const text = Math.abs(value).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text
}

function signed(value: number, digits: number): string {
  const text = decimal(value, digits)
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

/** A whole number with thousands separators. */
export function count(value: number): string {
  return Number.isFinite(value) ? decimal(value, 0) : NOT_AVAILABLE
}

/** A number with a fixed count of decimals. */
export function number(value: number | null, digits: number): string {
  return value !== null && Number.isFinite(value) ? decimal(value, digits) : NOT_AVAILABLE
}

/** A rate of 0–1 as percent with one decimal. */
export function percent(rate: number | null): string {
  return rate !== null && Number.isFinite(rate) ? `${decimal(rate * 100, 1)}%` : NOT_AVAILABLE
}

/** A ratio such as 57.82 as whole percent: 5,782%. */
export function ratio(value: number): string {
  return Number.isFinite(value) ? `${decimal(value * 100, 0)}%` : NOT_AVAILABLE
}

/** A difference of rates (0.077) as signed points, without the unit: +7.7. */
export function signedPoints(lift: number): string {
  return Number.isFinite(lift) ? signed(lift * 100, 1) : NOT_AVAILABLE
}

/** A difference of rates (0.077) as "+7.7 points". */
export function points(lift: number | null): string {
  return lift !== null && Number.isFinite(lift) ? `${signedPoints(lift)} points` : NOT_AVAILABLE
}

/** "+4.1 to +11.2 points". */
export function pointsInterval({ low, high }: Interval): string {
  return between(signedPoints(low), signedPoints(high), ' points')
}

/** "16.1% to 20.7%". */
export function percentInterval({ low, high }: Interval): string {
  return between(percent(low), percent(high), '')
}

/** "+7.7 points (95% interval +4.1 to +11.2 points)". */
export function pointsWithInterval({ value, interval }: Estimate): string {
  return `${points(value)} (95% interval ${pointsInterval(interval)})`
}

/** A relative lift of 0.72 as "+72.6%". */
export function relative(value: number): string {
  return Number.isFinite(value) ? `${signed(value * 100, 1)}%` : NOT_AVAILABLE
}

/** Joins both ends; not available when either is. */
export function between(low: string, high: string, unit: string): string {
  return low === NOT_AVAILABLE || high === NOT_AVAILABLE ? NOT_AVAILABLE : `${low} to ${high}${unit}`
}

function moneyFormat(currency: string, whole: boolean): Intl.NumberFormat | null {
  try {
    return new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
      ...(whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
    })
  } catch {
    return null
  }
}

/** Minor units of an ISO 4217 currency as "$1,234,500" or "$38.21"; an unknown code stands behind the number. */
export function money(minorUnits: number | null, currency: string): string {
  if (minorUnits === null || !Number.isFinite(minorUnits)) return NOT_AVAILABLE
  const exact = moneyFormat(currency, false)
  if (exact === null) return `${decimal(minorUnits / 100, 2)} ${currency}`
  const units = minorUnits / 10 ** (exact.resolvedOptions().maximumFractionDigits ?? 2)
  const whole = Math.abs(units) >= WHOLE_MONEY_FROM || units === 0
  const text = (whole ? moneyFormat(currency, true) : exact)?.format(Math.abs(units)) ?? NOT_AVAILABLE
  return units < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text
}

/** Both ends in money. */
export function moneyInterval({ low, high }: Interval, currency: string): string {
  return between(money(low, currency), money(high, currency), '')
}

/** A p-value: three decimals, or a power of ten when it is smaller than that. */
export function pValue(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOT_AVAILABLE
  if (value >= SMALLEST_DECIMAL_P) return value.toFixed(3)
  if (value <= 0) return 'below 10⁻³⁰⁰'
  const [mantissa = '1', exponent = '0'] = value.toExponential(1).split('e')
  const raised = [...String(Math.abs(Number(exponent)))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')
  return `${mantissa} × 10⁻${raised}`
}

/** A probability as percent that never claims certainty. */
export function probability(value: number): string {
  if (!Number.isFinite(value)) return NOT_AVAILABLE
  if (value > NEAR_CERTAIN) return 'over 99.9%'
  if (value < 1 - NEAR_CERTAIN) return 'under 0.1%'
  return percent(value)
}

/** An ISO instant as "March 4, 2026, 6:00 PM CST" in the zone given. */
export function instant(iso: string | null, timeZone: string): string {
  const at = iso === null ? Number.NaN : Date.parse(iso)
  if (Number.isNaN(at)) return NOT_AVAILABLE
  const formatted = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at)
  // Releases of the locale data differ in which space stands before AM and PM; the document must not.
  return formatted.replaceAll(/\s/gu, ' ').replace(/ at /u, ', ')
}

/** A calendar day (2026-03-04) as "Mar 4"; anything else stays as it is. */
export function shortDay(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(at)) return day
  return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric' }).format(at)
}
