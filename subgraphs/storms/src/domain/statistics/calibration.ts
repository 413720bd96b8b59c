/** Whether a predicted point of lift is a real point of lift: slope 1 and intercept 0 when the model is honest. */
import type { DecileTally } from '../pilot-measurements.ts'
import { rateDifference, Z_95 } from './proportion.ts'

export type Calibration = {
  readonly slope: number
  readonly intercept: number
  /** Standard error of the slope, from the sampling of the realised lifts. */
  readonly slopeError: number
}

/** Slopes a working model may show; outside, a predicted point is worth less than half or more than one and a half. */
const SLOPE_RANGE = { low: 0.5, high: 1.5 }

/** Predictions closer together than this are one point, and no line goes through one point. */
const NO_SPREAD = 1e-12

type Point = { readonly x: number; readonly y: number; readonly weight: number; readonly variance: number }

/**
 * Weighted least squares of realised on predicted lift by decile, weighted by n₁n₀/(n₁ + n₀): the inverse variance
 * of a difference of rates when the rates are alike, and defined where a decile has no conversion.
 * null with fewer than two deciles that have both arms, or when all predictions are the same.
 */
export function calibration(deciles: readonly DecileTally[]): Calibration | null {
  const points = deciles.flatMap(pointOf)
  const total = sum(points, ({ weight }) => weight)
  if (points.length < 2 || total <= 0) return null
  const x = sum(points, (point) => point.weight * point.x) / total
  const y = sum(points, (point) => point.weight * point.y) / total
  const spread = sum(points, (point) => point.weight * (point.x - x) ** 2)
  if (spread / total <= NO_SPREAD ** 2) return null
  const slope = sum(points, (point) => point.weight * (point.x - x) * (point.y - y)) / spread
  const slopeVariance =
    sum(points, (point) => (point.weight * (point.x - x)) ** 2 * point.variance) / spread ** 2
  return { slope, intercept: y - slope * x, slopeError: Math.sqrt(slopeVariance) }
}

/** Whether the slope is outside 0.5–1.5 by more than its sampling error explains. */
export function isPoorlyCalibrated({ slope, slopeError }: Calibration): boolean {
  return slope + Z_95 * slopeError < SLOPE_RANGE.low || slope - Z_95 * slopeError > SLOPE_RANGE.high
}

/** Mean predicted lift over all properties of the deciles; null without any. */
export function meanPrediction(deciles: readonly DecileTally[]): number | null {
  const size = (decile: DecileTally) => decile.treat.n + decile.control.n
  const n = sum(deciles, size)
  return n > 0 ? sum(deciles, (decile) => size(decile) * decile.predictedMean) / n : null
}

function pointOf({ treat, control, predictedMean }: DecileTally): Point[] {
  const y = rateDifference(treat, control)
  if (y === null) return []
  return [
    {
      x: predictedMean,
      y,
      weight: (treat.n * control.n) / (treat.n + control.n),
      variance: smoothedVariance(treat) + smoothedVariance(control),
    },
  ]
}

/** Variance of a rate with one success and one failure added, so that a decile without conversions is not certain. */
function smoothedVariance({ n, conversions }: { readonly n: number; readonly conversions: number }): number {
  const rate = (conversions + 1) / (n + 2)
  return (rate * (1 - rate)) / n
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
