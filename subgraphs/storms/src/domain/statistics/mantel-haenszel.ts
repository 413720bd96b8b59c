/** One lift over several strata, each compared within itself: selection between strata is not read as effect. */
import type { Estimate } from '../pilot-report.ts'
import { differenceVariance, type Proportion, rateDifference, Z_95 } from './proportion.ts'

export type Stratum = { readonly treat: Proportion; readonly control: Proportion }

/**
 * Mantel–Haenszel risk difference with the variance of Greenland and Robins, Biometrics 41 (1985) 55–68, 95 %.
 *
 * Theirs rather than Sato's (1989): a pilot has two large strata whose lifts are expected to differ, and Sato's
 * variance assumes that they do not. Strata with an empty arm carry no comparison and are left out; null when none
 * is left.
 */
export function mantelHaenszel(strata: readonly Stratum[]): Estimate | null {
  let totalWeight = 0
  let weighted = 0
  let variance = 0
  for (const { treat, control } of strata) {
    const difference = rateDifference(treat, control)
    if (difference === null) continue
    const weight = (treat.n * control.n) / (treat.n + control.n)
    totalWeight += weight
    weighted += weight * difference
    variance += weight ** 2 * differenceVariance(treat, control)
  }
  if (totalWeight === 0) return null
  const value = Math.min(1, Math.max(-1, weighted / totalWeight))
  const reach = (Z_95 * Math.sqrt(variance)) / totalWeight
  return { value, interval: { low: Math.max(-1, value - reach), high: Math.min(1, value + reach) } }
}
