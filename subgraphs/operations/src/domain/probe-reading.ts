/**
 * The platform watches itself: every minute each probe reads one figure and says whether it is out of bounds. One bad
 * reading may be chance, so an alert opens at the second in a row, unless it cannot wait; and it closes at the second
 * good one, so that it does not flicker.
 */

export type Severity = 'INFO' | 'WARNING' | 'CRITICAL'

/** `value` is null while there is nothing to measure, which is within bounds. */
export type Reading = {
  readonly value: number | null
  readonly threshold: number
  readonly isBreached: boolean
  readonly detail: string
}

/** Which probe read it, and what it watches. */
export type ProbeReading = Reading & {
  readonly key: string
  readonly severity: Severity
  readonly summary: string
  readonly runbook: string
}

/** Readings of one kind since the last of the other. */
export type InARow = { readonly breached: number; readonly good: number }

export const NO_READINGS: InARow = { breached: 0, good: 0 }

/** A second reading a minute later tells a trend from chance. */
export const READINGS_TO_TURN = 2

/** Reopening and closing by turns would tell nobody anything. */
export type Verdict = 'open' | 'stay-open' | 'close' | 'stay-closed'

/** What one more reading makes of the alert, and of the count. */
export const judge = (
  { isBreached, severity }: Pick<ProbeReading, 'isBreached' | 'severity'>,
  before: InARow,
  isOpen: boolean,
): { readonly verdict: Verdict; readonly inARow: InARow } => {
  const inARow = isBreached
    ? { breached: before.breached + 1, good: 0 }
    : { breached: 0, good: before.good + 1 }
  if (isOpen) return { inARow, verdict: inARow.good >= READINGS_TO_TURN ? 'close' : 'stay-open' }
  const opensAt = severity === 'CRITICAL' ? 1 : READINGS_TO_TURN
  return { inARow, verdict: inARow.breached >= opensAt ? 'open' : 'stay-closed' }
}
