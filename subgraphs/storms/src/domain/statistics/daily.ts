/** How the lift settled, day by day: every day shows all outcomes up to and including it. */
import type { DayTally } from '../pilot-measurements.ts'
import type { DayReport } from '../pilot-report.ts'
import { newcombe } from './newcombe.ts'

/** Conversions of each day and the lift so far, in order of the day. */
export function dayReports(days: readonly DayTally[]): DayReport[] {
  let treat = { n: 0, conversions: 0 }
  let control = { n: 0, conversions: 0 }
  return [...days]
    .sort((one, other) => (one.day === other.day ? 0 : one.day < other.day ? -1 : 1))
    .map((day) => {
      treat = { n: treat.n + day.treat.n, conversions: treat.conversions + day.treat.conversions }
      control = { n: control.n + day.control.n, conversions: control.conversions + day.control.conversions }
      return {
        day: day.day,
        treatConversions: day.treat.conversions,
        controlConversions: day.control.conversions,
        cumulativeLift: newcombe(treat, control),
      }
    })
}
