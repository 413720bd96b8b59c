/** What treatment adds to the revenue of one property. */
import { studentQuantile } from '@stormops/chassis/values/distributions'
import type { ArmTally } from '../pilot-measurements.ts'
import type { Estimate } from '../pilot-report.ts'
import { SIGNIFICANCE } from './proportion.ts'

type Sums = Pick<ArmTally, 'n' | 'value' | 'valueSquares'>

/**
 * Difference of mean value per property, treat − control, in minor units, with Welch's unequal-variance 95 %
 * interval (Welch 1947, Satterthwaite's degrees of freedom). null while an arm has fewer than two properties.
 * Where neither arm varies the interval is the estimate itself.
 */
export function welch(treat: Sums, control: Sums): Estimate | null {
  if (treat.n < 2 || control.n < 2) return null
  const value = treat.value / treat.n - control.value / control.n
  const t = variance(treat) / treat.n
  const c = variance(control) / control.n
  const error = Math.sqrt(t + c)
  if (error === 0) return { value, interval: { low: value, high: value } }
  // As shares of the sum, so that squares of large amounts cannot overflow.
  const share = t / (t + c)
  const degrees = 1 / (share ** 2 / (treat.n - 1) + (1 - share) ** 2 / (control.n - 1))
  const reach = studentQuantile(1 - SIGNIFICANCE / 2, degrees) * error
  return { value, interval: { low: value - reach, high: value + reach } }
}

/**
 * Sample variance from a sum and a sum of squares. Σx² − (Σx)²/n cancels when the values hardly differ, so whole
 * minor units are subtracted as whole numbers; what then is below the rounding of Σx² itself counts as 0.
 */
function variance({ n, value, valueSquares }: Sums): number {
  const spread = spreadTimesN(n, value, valueSquares)
  const rounding = n * valueSquares * Number.EPSILON
  return spread > rounding || (spread > 0 && Number.isSafeInteger(valueSquares)) ? spread / n / (n - 1) : 0
}

function spreadTimesN(n: number, value: number, valueSquares: number): number {
  if (!Number.isInteger(value) || !Number.isInteger(valueSquares)) return n * valueSquares - value * value
  return Number(BigInt(n) * BigInt(valueSquares) - BigInt(value) ** 2n)
}
