/** Whether two rates differ by more than chance. */
import { normalSf } from '@stormops/chassis/values/distributions'
import { type Proportion, rateDifference } from './proportion.ts'

/**
 * Two-sided p-value of the pooled z test of two rates, without continuity correction (Fleiss, Levin and Paik,
 * Statistical Methods for Rates and Proportions, 3rd ed., section 3.2).
 * null while an arm is empty and when both arms converted none or all: there is no variance to test against.
 */
export function twoProportionTest(treat: Proportion, control: Proportion): number | null {
  const difference = rateDifference(treat, control)
  if (difference === null) return null
  const n = treat.n + control.n
  const conversions = treat.conversions + control.conversions
  const variance = ((conversions * (n - conversions)) / n ** 2) * (1 / treat.n + 1 / control.n)
  if (variance <= 0) return null
  return Math.min(1, 2 * normalSf(Math.abs(difference) / Math.sqrt(variance)))
}
