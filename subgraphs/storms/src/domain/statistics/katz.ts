/** The relative lift: by which share treatment raises the control's conversion rate. */
import type { Estimate } from '../pilot-report.ts'
import { type Proportion, Z_95 } from './proportion.ts'

/**
 * Ratio of rates − 1 with the log interval of Katz et al., Biometrics 34 (1978) 469–474, 95 %.
 * null when a cell of the two-by-two table is 0: the logarithm or its variance is then undefined or understated.
 */
export function katz(treat: Proportion, control: Proportion): Estimate | null {
  const cells = [
    treat.conversions,
    treat.n - treat.conversions,
    control.conversions,
    control.n - control.conversions,
  ]
  if (cells.some((cell) => cell <= 0)) return null
  const ratio = (treat.conversions * control.n) / (control.conversions * treat.n)
  const error = Math.sqrt(1 / treat.conversions - 1 / treat.n + 1 / control.conversions - 1 / control.n)
  const reach = Math.exp(Z_95 * error)
  return { value: ratio - 1, interval: { low: ratio / reach - 1, high: ratio * reach - 1 } }
}
