/**
 * Months as a company lives them: from the first local midnight of a calendar month to that of the next, half-open,
 * in the company's own time zone. A March in Chicago has 743 hours, a November 721.
 */
import { Temporal } from 'temporal-polyfill'

export type Period = {
  /** The month's first local day, `YYYY-MM-01`. */
  readonly month: string
  readonly startsAt: Date
  /** The first instant that no longer belongs to it, which is where the next one starts. */
  readonly endsAt: Date
}

/** A fault of the program: months from outside go through `monthOfBoundary` first. */
export class NotAMonth extends Error {
  override readonly name = 'NotAMonth'
  constructor(month: string) {
    super(`${JSON.stringify(month)} is not the first day of a month, such as 2026-11-01.`)
  }
}

const FIRST_OF_MONTH = /^\d{4}-(0[1-9]|1[0-2])-01$/

/** The period of a month that is named by its first day. Throws a RangeError for a zone the IANA database lacks. */
export const periodOfMonth = (month: string, timeZone: string): Period => {
  if (!FIRST_OF_MONTH.test(month)) throw new NotAMonth(month)
  const first = Temporal.PlainDate.from(month)
  return {
    month,
    startsAt: startOfDay(first, timeZone),
    endsAt: startOfDay(first.add({ months: 1 }), timeZone),
  }
}

/** The first instant of a local day: midnight, or where clocks leap over it the instant they leap. */
const startOfDay = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.toZonedDateTime(timeZone).epochMilliseconds)

/** The period an instant belongs to. */
export const periodAt = (instant: Date, timeZone: string): Period => {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone)
  const period = periodOfMonth(firstDayOf(local.toPlainDate()), timeZone)
  // Clocks put back across a midnight read the old month again after the new one began: St John's, 1 November 2009.
  return instant >= period.endsAt ? nextPeriod(period, timeZone) : period
}

const firstDayOf = (day: Temporal.PlainDate): string => day.with({ day: 1 }).toString()

export const nextPeriod = ({ month }: Period, timeZone: string): Period => neighbour(month, 1, timeZone)

export const previousPeriod = ({ month }: Period, timeZone: string): Period => neighbour(month, -1, timeZone)

const neighbour = (month: string, months: number, timeZone: string): Period =>
  periodOfMonth(Temporal.PlainDate.from(month).add({ months }).toString(), timeZone)

/** No local midnight is further from the same day's midnight in UTC: Kiritimati is 14 hours ahead. */
const FURTHEST_FROM_UTC_MS = 14 * 60 * 60 * 1000

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/

/**
 * The month that begins where a caller says a period starts or ends; null for what is near no month's beginning.
 * Partners send midnights of UTC for companies in Chicago, and mean the company's own month.
 */
export const monthOfBoundary = (text: string, timeZone: string): string | null => {
  if (FIRST_OF_MONTH.test(text)) return text
  const at = instantOf(text)
  if (at === null) return null
  const period = periodAt(at, timeZone)
  const next = nextPeriod(period, timeZone)
  if (at.getTime() - period.startsAt.getTime() <= FURTHEST_FROM_UTC_MS) return period.month
  return next.startsAt.getTime() - at.getTime() <= FURTHEST_FROM_UTC_MS ? next.month : null
}

const instantOf = (text: string): Date | null => {
  if (!RFC_3339.test(text)) return null
  try {
    return new Date(Temporal.Instant.from(text.toUpperCase()).epochMilliseconds)
  } catch (error) {
    // The 31st of February: in the form, but no instant.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** A local day, or as much of it as lies between two instants. */
export type LocalDay = { readonly day: string; readonly from: Date; readonly to: Date }

/** The local days from one instant until just before another, in order and without a gap. */
export const localDaysBetween = (from: Date, to: Date, timeZone: string): readonly LocalDay[] => {
  const days: LocalDay[] = []
  let start = from
  let date = localDate(from, timeZone)
  while (start < to) {
    const next = date.add({ days: 1 })
    const midnight = startOfDay(next, timeZone)
    const end = midnight < to ? midnight : to
    // A day that a zone skipped, as Samoa did the 30th of December 2011, has no length.
    if (end > start) days.push({ day: date.toString(), from: start, to: end })
    start = end > start ? end : start
    date = next
  }
  return days
}

const localDate = (at: Date, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
