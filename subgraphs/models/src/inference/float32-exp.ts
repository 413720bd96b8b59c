/**
 * e^x in single precision, to the bit as the C library computes it under XGBoost on Linux.
 * Rounding a double's exponential is not enough: `expf` of glibc (2.27 and later) and musl is not correctly rounded,
 * and about one value in 1,700 comes out 1 ulp away from it.
 *
 * Source of the method: the single-precision exponential of Arm's Optimized Routines. In doubles,
 * x = (k + r) · ln 2 / 32 with k whole and |r| ≤ 1/2; e^x = 2^(k/32) · 2^(r/32), the second factor by a cubic.
 */

const STEPS = 32
const STEPS_BITS = 5
// Its digits are part of the method that is followed; a library's constant could differ in the last.
// oxlint-disable-next-line approx-constant
const STEPS_PER_LN2 = 1.4426950408889634 * STEPS
/** Adding and taking away 1.5 · 2^52 rounds a double to the nearest whole number, ties to even. */
const ROUNDING_SHIFT = 1.5 * 2 ** 52

/** Minimax coefficients of 2^t, for t = r / 32: linear, quadratic, cubic. */
const LINEAR = 0.6931471806916203 / STEPS
const QUADRATIC = 0.2402284522445722 / STEPS ** 2
const CUBIC = 0.05550361559341535 / STEPS ** 3

const POWERS = Float64Array.from({ length: STEPS }, (_, step) => 2 ** (step / STEPS))

/** Beyond these, float32 has only 0 and Infinity left. */
const SMALLEST_EXPONENT = -104
const LARGEST_EXPONENT = 89

/** e^x for a float32 `x`, as a float32. */
export function float32Exp(x: number): number {
  if (x < SMALLEST_EXPONENT) return 0
  if (x > LARGEST_EXPONENT) return Number.POSITIVE_INFINITY
  const scaled = x * STEPS_PER_LN2
  const whole = scaled + ROUNDING_SHIFT - ROUNDING_SHIFT
  const rest = scaled - whole
  const fraction = (CUBIC * rest + QUADRATIC) * (rest * rest) + (LINEAR * rest + 1)
  return Math.fround(fraction * (POWERS[whole & (STEPS - 1)]! * 2 ** (whole >> STEPS_BITS)))
}
