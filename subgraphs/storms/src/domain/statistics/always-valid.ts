/** An interval that may be read every day: it covers the true lift at all looks at once, not only at the last. */
import type { Interval } from '../pilot-report.ts'
import { differenceVariance, type Proportion, rateDifference, SIGNIFICANCE } from './proportion.ts'

/** Below this an arm is too small for the normal limit that the sequence rests on. */
export const SMALLEST_ARM = 30

/** Sample size for which the sequence is tightest when no size was planned. */
const DEFAULT_TUNING = 1000

/**
 * 95 % asymptotic confidence sequence for the difference of two rates: Robbins' normal mixture, as in
 * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences" (2021), theorem 2.2, with the mixture's parameter of their appendix on tuning; the same mixture as
 * Johari, Koomen, Pekelis and Walsh, "Always valid inference" (2015).
 *
 * `plannedN` (both arms together, fixed before the first outcome) is where the sequence is tightest.
 * null while an arm has fewer than 30 outcomes or there is no variance.
 */
export function alwaysValid(treat: Proportion, control: Proportion, plannedN: number): Interval | null {
  const lift = rateDifference(treat, control)
  if (lift === null || treat.n < SMALLEST_ARM || control.n < SMALLEST_ARM) return null
  const variance = differenceVariance(treat, control)
  if (variance <= 0) return null
  const n = treat.n + control.n
  const tuned = mixtureVariance(plannedN > 0 ? plannedN : DEFAULT_TUNING)
  const spread = n * tuned + 1
  const reach = Math.sqrt(
    n * variance * ((2 * spread) / (n * n * tuned)) * Math.log(Math.sqrt(spread) / SIGNIFICANCE),
  )
  return { low: Math.max(-1, lift - reach), high: Math.min(1, lift + reach) }
}

/** ρ² that makes the sequence tightest at n outcomes. */
function mixtureVariance(n: number): number {
  const twice = -2 * Math.log(SIGNIFICANCE)
  return (twice + Math.log(twice) + 1) / n
}
