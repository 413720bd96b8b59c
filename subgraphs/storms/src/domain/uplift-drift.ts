/**
 * Whether a storm's scores have moved away from what their model was made for: by their mean, and by the population
 * stability index over tenths of the reference. With few scores the index is noise, so it must also pass its critical
 * value before it counts.
 */
import { chiSquareQuantile } from '@stormops/chassis/values/distributions'

export type DriftStatus = 'STABLE' | 'WARN' | 'DRIFTED' | 'UNKNOWN'

/** The seeds' bounds on the mean uplift; strictly outside is drift. */
const MEAN_BOUNDS = { low: 0.1, high: 0.3 } as const
const PSI_WARN = 0.1
const PSI_FAIL = 0.25
/** Stands for an empty tenth, whose logarithm would be infinite. */
const EMPTY_SHARE = 1e-4
const CONFIDENCE = 0.99
/** Below this a mean says as much about the draw as about the storm. */
const SMALLEST_SAMPLE = 100

/** Σ (p − q)·ln(p/q) over the reference's tenths; `counts` has one count per tenth. */
export const stabilityIndex = (counts: readonly number[]): number => {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const expected = 1 / counts.length
  return counts.reduce((sum, count) => {
    const share = Math.max(count / n, EMPTY_SHARE)
    return sum + (share - expected) * Math.log(share / expected)
  }, 0)
}

/** (1/n + 1/m)·χ²(0.99, B − 1): what chance alone exceeds once in a hundred times. */
export const criticalIndex = (n: number, m: number, buckets: number): number =>
  (1 / n + 1 / m) * chiSquareQuantile(CONFIDENCE, buckets - 1)

export type Reference = { readonly counts: readonly number[]; readonly referenceN: number }

export const driftOf = (
  scored: number,
  mean: number,
  reference: Reference | null,
): { readonly psi: number | null; readonly drift: DriftStatus } => {
  const psi = reference === null || scored === 0 ? null : stabilityIndex(reference.counts)
  if (scored < SMALLEST_SAMPLE) return { psi, drift: 'UNKNOWN' }
  if (mean < MEAN_BOUNDS.low || mean > MEAN_BOUNDS.high) return { psi, drift: 'DRIFTED' }
  if (psi === null || reference === null || psi < PSI_WARN) return { psi, drift: 'STABLE' }
  const beyondChance = psi > criticalIndex(scored, reference.referenceN, reference.counts.length)
  return { psi, drift: psi >= PSI_FAIL && beyondChance ? 'DRIFTED' : 'WARN' }
}
