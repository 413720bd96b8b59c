/** The effect on the properties that were really touched, where not all of TREAT was and some of the control was. */
import type { Estimate } from '../pilot-report.ts'
import { differenceVariance, type Proportion, rateDifference, Z_95 } from './proportion.ts'

export type Touches = {
  readonly assigned: { readonly treat: number; readonly control: number }
  readonly touched: { readonly treat: number; readonly control: number }
}

/**
 * Wald ratio: intent-to-treat lift over the difference of the touched shares (Angrist, Imbens and Rubin 1996), with
 * the delta-method 95 % interval. The covariance of touch and conversion is not in the counts and is taken as 0,
 * which makes the interval too wide rather than too narrow when touched properties convert more often.
 *
 * null while an arm is empty, and when the difference of the touched shares cannot be told from 0: a ratio to it
 * would say nothing.
 */
export function complierEffect(
  treat: Proportion,
  control: Proportion,
  { assigned, touched }: Touches,
): Estimate | null {
  const lift = rateDifference(treat, control)
  const touchedTreat = { n: assigned.treat, conversions: Math.min(touched.treat, assigned.treat) }
  const touchedControl = { n: assigned.control, conversions: Math.min(touched.control, assigned.control) }
  const reached = rateDifference(touchedTreat, touchedControl)
  if (lift === null || reached === null) return null
  const reachedVariance = differenceVariance(touchedTreat, touchedControl)
  if (reached <= Z_95 * Math.sqrt(reachedVariance)) return null
  const value = lift / reached
  const variance = (differenceVariance(treat, control) + value ** 2 * reachedVariance) / reached ** 2
  const reach = Z_95 * Math.sqrt(variance)
  return { value, interval: { low: value - reach, high: value + reach } }
}
