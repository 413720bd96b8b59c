/**
 * What a month will have counted at its end if it goes on as it began: in proportion to the seconds. What is a
 * maximum stays what it is, since storage that was filled once does not fill again.
 */
import { localDaysBetween } from '@stormops/chassis/values/periods'
import type { Period } from '@stormops/chassis/values/periods'
import { rational, roundHalfAwayFromZero } from '@stormops/chassis/values/rational'
import type { Metric } from './charge.ts'
import { secondsBetween } from './phases.ts'
import type { DayUsage, PhaseUsage } from './rating.ts'

export type MonthToProject = {
  readonly period: Period
  readonly now: Date
  /** The company's, for the days that are still to come. */
  readonly timeZone: string
  readonly metrics: readonly Metric[]
  /** What was counted until now. */
  readonly usage: readonly PhaseUsage[]
  /** The phase the month is in, which is taken to last to its end. */
  readonly phase: number
}

/** The usage until now and, as further entries, what is still to come; `rateMonth` rates both together. */
export const projectedUsage = (month: MonthToProject): readonly PhaseUsage[] => {
  const { period, now, usage, metrics } = month
  const elapsed = secondsBetween(period.startsAt, now)
  const remaining = secondsBetween(now, period.endsAt)
  if (elapsed <= 0n || remaining <= 0n) return usage
  const toCome = metrics.flatMap((metric): readonly PhaseUsage[] => {
    const entries = usage.filter((entry) => entry.metric === metric.key)
    const soFar = entries.reduce((sum, { quantity }) => sum + quantity, 0n)
    if (metric.aggregation === 'MAX' || soFar <= 0n) return []
    const quantity = proportion(soFar, remaining, elapsed)
    const entry = { metric: metric.key, phase: month.phase, quantity }
    const isByDay = entries.some(({ perDay }) => perDay !== undefined)
    return [isByDay ? { ...entry, perDay: spreadOverDays(quantity, month) } : entry]
  })
  return [...usage, ...toCome]
}

const proportion = (quantity: bigint, part: bigint, whole: bigint): bigint =>
  roundHalfAwayFromZero(rational(quantity * part, whole))

/** Each day gets what lies between two rounded running totals, so that the days sum to exactly the quantity. */
const spreadOverDays = (quantity: bigint, { period, now, timeZone }: MonthToProject): readonly DayUsage[] => {
  const remaining = secondsBetween(now, period.endsAt)
  const until = (at: Date): bigint => proportion(quantity, secondsBetween(now, at), remaining)
  return localDaysBetween(now, period.endsAt, timeZone).map(({ day, from, to }) => ({
    day,
    quantity: until(to) - until(from),
  }))
}
