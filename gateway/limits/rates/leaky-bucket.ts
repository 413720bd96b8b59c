/**
 * What an actor may spend. Each operation pours its cost into a bucket that leaks at a steady rate; what would make it
 * run over is refused. What an operation did not need after all is taken out again.
 */

/** Points; `restoreRate` is points a second. */
export type BucketSize = { readonly maximum: number; readonly restoreRate: number }

/** `at` in milliseconds, on any clock that does not go back. */
export type BucketState = { readonly level: number; readonly at: number }

export type Pour = { readonly accepted: boolean; readonly state: BucketState }

export const EMPTY: BucketState = { level: 0, at: 0 }

export const levelAt = ({ level, at }: BucketState, now: number, restoreRate: number): number =>
  Math.max(0, level - (Math.max(0, now - at) * restoreRate) / 1000)

/** A negative cost is a refund and always accepted. */
export const pour = (state: BucketState, cost: number, now: number, size: BucketSize): Pour => {
  const level = levelAt(state, now, size.restoreRate)
  if (cost > 0 && level + cost > size.maximum) return { accepted: false, state: { level, at: now } }
  return { accepted: true, state: { level: Math.max(0, level + cost), at: now } }
}

/** Milliseconds until `cost` fits; never does what is larger than the bucket. */
export const millisecondsUntil = (level: number, cost: number, size: BucketSize): number =>
  (Math.max(0, level + cost - size.maximum) / size.restoreRate) * 1000
