/** Days of a time zone, and the instants they begin at. */
import { Temporal } from 'temporal-polyfill'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The instant a text names: a day's first one in the zone, or the instant itself. Throws RangeError for neither. */
export const instantOf = (dayOrInstant: string, timeZone: string): Date =>
  DAY.test(dayOrInstant)
    ? new Date(Temporal.PlainDate.from(dayOrInstant).toZonedDateTime(timeZone).epochMilliseconds)
    : new Date(Temporal.Instant.from(dayOrInstant).epochMilliseconds)
