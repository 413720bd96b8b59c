/**
 * A measurement is one thing that happened: an event stored, a query answered, a batch checked. Measurements are
 * counted by the minute, since only the counts are ever looked at again.
 */
import { liesOn, SLO_NAMES, SLOS } from './slo.ts'
import type { SloName } from './slo.ts'

export type Measurement = {
  readonly slo: SloName
  /** Seconds for latencies and freshness; 1 or 0 for UI_ERROR_RATE; a share of rows for DATA_QUALITY_SCORE. */
  readonly value: number
  readonly at: Date
}

/** What was measured of one SLO in the minute that begins at `minute`. */
export type MinuteOfMeasurements = {
  readonly slo: SloName
  readonly minute: Date
  readonly total: number
  readonly good: number
  readonly beyondAlertLine: number
  /** Of the values, in the SLO's own unit. */
  readonly sum: number
}

const MINUTE_MS = 60_000

/**
 * Counts measurements by SLO and minute, in the order of SLOs and then of minutes: whoever writes them in this
 * order can wait for another writer, and never in a circle. A value below 0 counts as 0, since clocks are set back
 * now and then.
 */
export const byMinute = (measurements: readonly Measurement[]): readonly MinuteOfMeasurements[] => {
  const minuteOf = ({ at }: Measurement): number => Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS
  return SLO_NAMES.flatMap((slo) => {
    const ofSlo = measurements.filter((measurement) => measurement.slo === slo)
    return [...Map.groupBy(ofSlo, minuteOf)]
      .toSorted(([a], [b]) => a - b)
      .map(([minute, inMinute]) => countOf(slo, new Date(minute), inMinute))
  })
}

const countOf = (slo: SloName, minute: Date, measurements: readonly Measurement[]): MinuteOfMeasurements => {
  const { good, beyondAlertLine } = SLOS[slo]
  const values = measurements.map(({ value }) => Math.max(0, value))
  return {
    slo,
    minute,
    total: values.length,
    good: values.filter((value) => liesOn(good, value)).length,
    beyondAlertLine: values.filter((value) => liesOn(beyondAlertLine, value)).length,
    sum: values.reduce((sum, value) => sum + value, 0),
  }
}
