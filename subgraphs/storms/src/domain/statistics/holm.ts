/** Many segments, many chances to be fooled: p-values raised so that one false alarm among all stays at 5 %. */

/** Holm's step-down adjustment (Holm 1979), in the order of the input; each result is in [p, 1]. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p)
  const adjusted = pValues.map(() => 1)
  let running = 0
  for (const [rank, { p, index }] of order.entries()) {
    running = Math.max(running, Math.min(1, p * (pValues.length - rank)))
    adjusted[index] = running
  }
  return adjusted
}
