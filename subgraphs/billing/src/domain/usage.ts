/**
 * Usage is work that counts: so much of one metric, at a time. It is written into a ledger that only grows; what was
 * counted wrongly is corrected by counting again, and never changed.
 */
import type { UsageMetric } from './plan.ts'

/** What one piece of work, or one report of a client, counts for. */
export type UsageRecord = {
  /** A UUID in version 7. The same id is counted once, for ever. */
  readonly eventId: string
  /** The client's own name for it, which also is counted once, for ever. */
  readonly clientEventId: string | null
  readonly metric: UsageMetric
  /** Whole units of the metric; negative only in a correction. */
  readonly quantity: bigint
  /** Null for the moment it is recorded. */
  readonly occurredAt: Date | null
  /** Which work it is of, such as `storms.createStorm`. */
  readonly source: string
  /** What the work was done on. */
  readonly subject: string | null
  /** The event that this one corrects. */
  readonly corrects: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
}

/** A line of the ledger. */
export type UsageEvent = {
  readonly id: string
  readonly clientEventId: string | null
  readonly metric: UsageMetric
  readonly quantity: bigint
  readonly occurredAt: Date
  /** The first day of the month it is counted in. */
  readonly month: string
  /** The month it belongs to, where that was closed before it came. */
  readonly lateFor: string | null
  readonly source: string
  readonly subject: string | null
  readonly corrects: string | null
  readonly recordedAt: Date
}

/** What a record turned out to be: new, the same again, or another under an id that is taken. */
export type RecordOutcome = 'RECORDED' | 'REPEATED' | 'CONFLICTING'

export type UsageFault = { readonly field: string; readonly message: string }

/** A hundred times the largest storm; more in one report is a slip of the keyboard or of a unit. */
export const MOST_QUANTITY = 100_000_000
/** Clocks of other systems run a little ahead. */
const CLOCK_SKEW_MS = 5 * 60 * 1000
/** A leap year: what is reported later than this is no usage but bookkeeping. */
const OLDEST_MS = 366 * 24 * 3_600_000
const CLIENT_EVENT_ID_LENGTH = 200

export type ReportedUsage = {
  readonly quantity: number
  readonly clientEventId: string
  readonly at: Date | null
}

/** What is wrong with usage that a client reports, or null. */
export const reportFault = ({ quantity, clientEventId, at }: ReportedUsage, now: Date): UsageFault | null => {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST_QUANTITY) {
    return { field: 'quantity', message: `A quantity is a whole number from 1 to ${MOST_QUANTITY}.` }
  }
  if (
    clientEventId.length === 0 ||
    clientEventId.length > CLIENT_EVENT_ID_LENGTH ||
    clientEventId.includes('\0')
  ) {
    return { field: 'clientEventId', message: `An id has 1 to ${CLIENT_EVENT_ID_LENGTH} characters.` }
  }
  if (at !== null && at.getTime() > now.getTime() + CLOCK_SKEW_MS) {
    return { field: 'at', message: `${at.toISOString()} is in the future.` }
  }
  if (at !== null && at.getTime() < now.getTime() - OLDEST_MS) {
    return { field: 'at', message: `${at.toISOString()} is more than a year ago, too long for its invoice.` }
  }
  return null
}
