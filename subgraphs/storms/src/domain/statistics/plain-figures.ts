/**
 * Figures as a contractor reads them. Written out by hand rather than with the machine's locale data, so that the
 * same report has the same bytes on every machine.
 */

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  BHD: 3,
  KWD: 3,
}

/** p-values below this are noise in their digits. */
const SMALLEST_PRINTED_P = 0.0001

/** 21307 → '21,307'. */
export function count(n: number): string {
  const [whole = '', fraction] = Math.abs(n).toString().split('.')
  const thousands = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${n < 0 ? '-' : ''}${thousands}${fraction === undefined ? '' : `.${fraction}`}`
}

/** 1, 'property', 'properties' → '1 property'. */
export function counted(n: number, one: string, many: string): string {
  return `${count(n)} ${n === 1 ? one : many}`
}

/** 0.18276 → '18.3 %'. */
export function percent(share: number, digits = 1): string {
  return `${grouped(share * 100, digits)} %`
}

/** 0.07659 → '7.7 points'. */
export function points(lift: number, digits = 1): string {
  return `${grouped(lift * 100, digits)} points`
}

/** 0.06995, 0.0832 → '7.0 to 8.3 points'. */
export function pointRange(low: number, high: number, digits = 1): string {
  return `${grouped(low * 100, digits)} to ${points(high, digits)}`
}

/** Minor units: 500000, 'USD' → '$5,000.00'; other currencies carry their code behind the amount. */
export function money(minorUnits: number, currency: string): string {
  const digits = MINOR_DIGITS[currency] ?? 2
  const amount = grouped(minorUnits / 10 ** digits, digits)
  if (currency !== 'USD') return `${amount} ${currency}`
  return amount.startsWith('-') ? `-$${amount.slice(1)}` : `$${amount}`
}

/** 0.0123 → 'p = 0.0123', 1e-113 → 'p < 0.0001'. */
export function probability(p: number): string {
  return p < SMALLEST_PRINTED_P ? `p < ${SMALLEST_PRINTED_P}` : `p = ${p.toFixed(4)}`
}

function grouped(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  const [whole = '', fraction] = text.split('.')
  const sign = value < 0 && /[1-9]/.test(text) ? '-' : ''
  const thousands = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${sign}${thousands}${fraction === undefined ? '' : `.${fraction}`}`
}
