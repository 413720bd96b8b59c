/** Billing periods by the calendar, in UTC, as Stripe counts them: a month from 31 January ends on 28 February. */
import type { Price } from '../store/objects.ts'

const DAY_SECONDS = 86_400

export const periodEnd = (start: number, recurring: Price['recurring'], count = 1): number => {
  const times = (recurring?.interval_count ?? 1) * count
  switch (recurring?.interval) {
    case 'day':
      return start + times * DAY_SECONDS
    case 'week':
      return start + times * 7 * DAY_SECONDS
    case 'year':
      return afterMonths(start, times * 12)
    default:
      return afterMonths(start, times)
  }
}

const afterMonths = (start: number, months: number): number => {
  const from = new Date(start * 1_000)
  const day = from.getUTCDate()
  const to = new Date(start * 1_000)
  to.setUTCDate(1)
  to.setUTCMonth(to.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate()
  to.setUTCDate(Math.min(day, lastDay))
  return to.getTime() / 1_000
}

/** The first end of a period that started at `anchor` which is after `now`, counted from the anchor. */
export const nextPeriodEnd = (anchor: number, now: number, recurring: Price['recurring']): number => {
  let count = 1
  while (periodEnd(anchor, recurring, count) <= now) count += 1
  return periodEnd(anchor, recurring, count)
}
