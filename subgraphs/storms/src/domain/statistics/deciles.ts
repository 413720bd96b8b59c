/** Predicted against realised lift, decile by decile of the score; decile 1 holds the highest scores. */
import type { DecileTally } from '../pilot-measurements.ts'
import type { DecileReport } from '../pilot-report.ts'
import { newcombe } from './newcombe.ts'

/** One row per decile, highest scores first, with Newcombe's interval. */
export function decileReports(deciles: readonly DecileTally[]): DecileReport[] {
  return deciles
    .map(({ decile, treat, control, predictedMean }) => ({
      decile,
      treatN: treat.n,
      controlN: control.n,
      predicted: predictedMean,
      realised: newcombe(treat, control),
    }))
    .sort((one, other) => one.decile - other.decile)
}
