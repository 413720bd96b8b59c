/**
 * The probability distributions that the reports and the drift checks read.
 *
 * Tails are computed as survival functions, never as 1 − cdf, and a tail at a finite point is never 0: where it is
 * smaller than a double can hold it is the smallest positive double, so that no report ever prints p = 0.
 */
import betainc from '@stdlib/math-base-special-betainc'
import erfc from '@stdlib/math-base-special-erfc'
import erfcinv from '@stdlib/math-base-special-erfcinv'
import gammainc from '@stdlib/math-base-special-gammainc'

/** From here on the expansion of the t quantile around the normal one is exact to a double's last digits. */
const LARGE_DEGREES_OF_FREEDOM = 2000

/** Halvings that take any bracket of doubles down to neighbouring values. */
const BISECTION_STEPS = 200

/** P(Z ≤ z) of the standard normal. */
export function normalCdf(z: number): number {
  return normalSf(-z)
}

/** P(Z > z) of the standard normal; positive for every finite z. */
export function normalSf(z: number): number {
  return neverZero(erfc(z / Math.SQRT2) / 2, z)
}

/** The z with P(Z ≤ z) = p, for p in (0, 1); ±Infinity at the ends. */
export function normalQuantile(p: number): number {
  return p < 0.5 ? -Math.SQRT2 * erfcinv(2 * p) : Math.SQRT2 * erfcinv(2 * (1 - p))
}

/** P(X > x) of χ² with `degreesOfFreedom` > 0; 1 for x ≤ 0, positive for every finite x. */
export function chiSquareSf(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1
  if (degreesOfFreedom === 1) return neverZero(erfc(Math.sqrt(x / 2)), x)
  return neverZero(gammainc(x / 2, degreesOfFreedom / 2, true, true), x)
}

/** The x with P(X ≤ x) = p of χ², p in (0, 1); by bisection. */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  const upper = 1 - p
  let high = Math.max(1, degreesOfFreedom)
  while (chiSquareSf(high, degreesOfFreedom) > upper && high < Number.MAX_VALUE / 2) high *= 2
  return bisect(0, high, (x) => chiSquareSf(x, degreesOfFreedom) > upper)
}

/** P(T > t) of Student's t with `degreesOfFreedom` > 0; positive for every finite t. */
export function studentSf(t: number, degreesOfFreedom: number): number {
  const tail = betainc(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2
  return t < 0 ? 1 - tail : neverZero(tail, t)
}

/**
 * The t with P(T ≤ t) = p, p in (0, 1), degrees of freedom > 0 (they need not be whole).
 *
 * Bisection on the survival function; for many degrees of freedom the expansion of Abramowitz and Stegun 26.7.5.
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, degreesOfFreedom)
  if (p === 0.5) return 0
  if (degreesOfFreedom >= LARGE_DEGREES_OF_FREEDOM) return nearNormalQuantile(p, degreesOfFreedom)
  const upper = 1 - p
  let high = 1
  while (studentSf(high, degreesOfFreedom) > upper && high < Number.MAX_VALUE / 2) high *= 2
  return bisect(0, high, (t) => studentSf(t, degreesOfFreedom) > upper)
}

/** P(X ≥ successes) for X ~ Binomial(trials, probability), 0 < probability < 1; 0 only when successes > trials. */
export function binomialUpperTail(successes: number, trials: number, probability: number): number {
  if (successes <= 0) return 1
  if (successes > trials) return 0
  return neverZero(betainc(probability, successes, trials - successes + 1), successes)
}

/** P(X ≤ x) for X ~ Beta(a, b), a and b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  return betainc(x, a, b)
}

/** P(X > x) for X ~ Beta(a, b), a and b > 0. */
export function betaSf(x: number, a: number, b: number): number {
  if (x <= 0) return 1
  if (x >= 1) return 0
  return betainc(x, a, b, true, true)
}

function nearNormalQuantile(p: number, degreesOfFreedom: number): number {
  const z = normalQuantile(p)
  const z2 = z * z
  const first = (z * (z2 + 1)) / 4
  const second = (z * ((5 * z2 + 16) * z2 + 3)) / 96
  const third = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384
  const v = degreesOfFreedom
  return z + first / v + second / v ** 2 + third / v ** 3
}

function neverZero(tail: number, at: number): number {
  return tail === 0 && Number.isFinite(at) ? Number.MIN_VALUE : tail
}

/** The point where `isBelow` turns false, for a predicate that is true on the left and false on the right. */
function bisect(low: number, high: number, isBelow: (x: number) => boolean): number {
  let left = low
  let right = high
  for (let step = 0; step < BISECTION_STEPS; step += 1) {
    const middle = left + (right - left) / 2
    if (middle === left || middle === right) break
    if (isBelow(middle)) left = middle
    else right = middle
  }
  return left + (right - left) / 2
}
