/**
 * Which backups are kept. Of the last seven days, four weeks and twelve months that have a base backup the newest one
 * each; any moment of those seven days can be had back, and of the older ones the moment they were taken. The newest
 * that was verified stays whatever its age, since it is the only one known to work.
 */
import { Temporal } from 'temporal-polyfill'
import { walPosition } from './wal-archive.ts'

export const KEPT_DAYS = 7
export const KEPT_WEEKS = 4
export const KEPT_MONTHS = 12
/** Of the exports of companies. */
export const KEPT_EXPORTS = 14

export type KeptFor = 'NEWEST' | 'VERIFIED' | 'DAY' | 'WEEK' | 'MONTH'

export type Dated = { readonly id: string; readonly endedAt: Date; readonly isVerified: boolean }

/** Why each backup is kept; what is not in it may go. Days are those of the zone. */
export const keptBackups = (
  backups: readonly Dated[],
  timeZone: string,
): ReadonlyMap<string, readonly KeptFor[]> => {
  const newestFirst = backups.toSorted((a, b) => b.endedAt.getTime() - a.endedAt.getTime())
  const kept = new Map<string, KeptFor[]>()
  const keep = (backup: Dated | undefined, reason: KeptFor): void => {
    if (backup !== undefined) kept.set(backup.id, [...(kept.get(backup.id) ?? []), reason])
  }
  keep(newestFirst[0], 'NEWEST')
  keep(
    newestFirst.find(({ isVerified }) => isVerified),
    'VERIFIED',
  )
  const spans: readonly (readonly [KeptFor, number, (day: Temporal.PlainDate) => string])[] = [
    ['DAY', KEPT_DAYS, (day) => day.toString()],
    ['WEEK', KEPT_WEEKS, (day) => `${day.yearOfWeek}-${day.weekOfYear}`],
    ['MONTH', KEPT_MONTHS, (day) => `${day.year}-${day.month}`],
  ]
  for (const [reason, count, spanOf] of spans) {
    const newestOf = new Map<string, Dated>()
    for (const backup of newestFirst) {
      const span = spanOf(dayOf(backup.endedAt, timeZone))
      if (!newestOf.has(span)) newestOf.set(span, backup)
    }
    for (const backup of [...newestOf.values()].slice(0, count)) keep(backup, reason)
  }
  return kept
}

const dayOf = (at: Date, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()

export type KeptBase = {
  readonly startWal: string
  readonly stopWal: string
  readonly reasons: readonly KeptFor[]
}

/**
 * Which pieces of the log are kept: all since the oldest base backup that is kept for its day, and of the others those
 * between their begin and their end. Without any base backup all are kept: the first one may be under way.
 */
export const keptWal = (bases: readonly KeptBase[]): ((position: string) => boolean) => {
  if (bases.length === 0) return () => true
  const daily = bases.filter(({ reasons }) => reasons.includes('DAY') || reasons.includes('NEWEST'))
  const since = daily.map(({ startWal }) => walPosition(startWal)).toSorted()[0]
  const spans = bases.map(({ startWal, stopWal }) => [walPosition(startWal), walPosition(stopWal)] as const)
  return (position) =>
    since === undefined ||
    position >= since ||
    spans.some(([first, last]) => position >= first && position <= last)
}

export type KeptExport = { readonly id: string; readonly endedAt: Date }

/** The newest exports, one for each of the last days that have one. */
export const keptExports = (exports: readonly KeptExport[], timeZone: string): ReadonlySet<string> => {
  const newestFirst = exports.toSorted((a, b) => b.endedAt.getTime() - a.endedAt.getTime())
  const byDay = new Map<string, string>()
  for (const { id, endedAt } of newestFirst) {
    const day = dayOf(endedAt, timeZone).toString()
    if (!byDay.has(day)) byDay.set(day, id)
  }
  return new Set([...byDay.values()].slice(0, KEPT_EXPORTS))
}
