/** So many of so many: the conversions of one arm, and the numbers every comparison of two arms starts from. */

export type Proportion = { readonly n: number; readonly conversions: number }

/** Two-sided level of every interval and test in a report. */
export const SIGNIFICANCE = 0.05

/** Standard normal quantile at 97.5 %, for two-sided 95 % intervals. */
export const Z_95 = 1.959963984540054

/** conversions / n; null for an empty arm. */
export function rateOf(arm: Proportion): number | null {
  return arm.n > 0 ? arm.conversions / arm.n : null
}

/**
 * Difference of the two rates, treat − control, by one division of whole numbers; null while an arm is empty.
 *
 * 30/100 − 20/100 is exactly 0.1 this way and not 0.09999999999999998, so a lift on a threshold meets it.
 */
export function rateDifference(treat: Proportion, control: Proportion): number | null {
  if (treat.n <= 0 || control.n <= 0) return null
  return (treat.conversions * control.n - control.conversions * treat.n) / (treat.n * control.n)
}

/** Sampling variance of the difference of two rates, each with its own variance; both arms non-empty. */
export function differenceVariance(treat: Proportion, control: Proportion): number {
  return rateVariance(treat) + rateVariance(control)
}

function rateVariance({ n, conversions }: Proportion): number {
  return (conversions * (n - conversions)) / n ** 3
}
