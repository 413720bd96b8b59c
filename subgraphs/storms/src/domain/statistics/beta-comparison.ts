/** How probable it is that treatment really helps, and that it helps by the goal. */
import { betaCdf } from '@stormops/chassis/values/distributions'
import type { Proportion } from './proportion.ts'

/** Density below e^-42 of its peak adds less than 1e-17 to a probability. */
const NEGLIGIBLE_LOG_DENSITY = -42

/** Pieces of the range, each with the ten-point rule: better than 1e-11 against exact sums. */
const PANELS = 24

/** Halvings for the edges of the range; the edges need no more than a panel's precision. */
const EDGE_STEPS = 60

/** Positive nodes and weights of the ten-point Gauss–Legendre rule on [−1, 1] (Abramowitz and Stegun, table 25.4). */
const GAUSS_LEGENDRE: readonly (readonly [node: number, weight: number])[] = [
  [0.1488743389816312, 0.2955242247147529],
  [0.4333953941292472, 0.2692667193099963],
  [0.6794095682990244, 0.219086362515982],
  [0.8650633666889845, 0.1494513491505806],
  [0.9739065285171717, 0.0666713443086881],
]

type Posterior = { readonly a: number; readonly b: number; readonly low: number; readonly high: number }

/**
 * P(rate of treat − rate of control > margin) for independent rates with Beta(1, 1) priors; margin in [−1, 1].
 *
 * Integrates the treat posterior against the control's distribution function, over the range in which either has
 * weight, and divides by the same integral of the treat posterior alone: no gamma function of a large count enters.
 * Empty arms are allowed (their posterior is the prior).
 */
export function probabilityAbove(treat: Proportion, control: Proportion, margin: number): number {
  const t = posterior(treat)
  const c = posterior(control)
  const edges = [t.low, t.high, c.low + margin, c.high + margin]
    .filter((end) => end >= t.low && end <= t.high)
    .sort((one, other) => one - other)
  let mass = 0
  let above = 0
  for (const [index, left] of edges.entries()) {
    const right = edges[index + 1]
    if (right === undefined || right <= left) continue
    for (const { x, weight } of nodesBetween(left, right)) {
      const density = weight * Math.exp(logDensity(t, x))
      mass += density
      above += density * betaCdf(x - margin, c.a, c.b)
    }
  }
  return Math.min(1, Math.max(0, above / mass))
}

function* nodesBetween(left: number, right: number): Generator<{ x: number; weight: number }> {
  const half = (right - left) / PANELS / 2
  for (let panel = 0; panel < PANELS; panel += 1) {
    const centre = left + (2 * panel + 1) * half
    for (const [node, weight] of GAUSS_LEGENDRE) {
      yield { x: centre - half * node, weight: half * weight }
      yield { x: centre + half * node, weight: half * weight }
    }
  }
}

function posterior({ n, conversions }: Proportion): Posterior {
  const a = conversions + 1
  const b = n - conversions + 1
  const mode = modeOf(a, b)
  return { a, b, low: edge(a, b, mode, 0), high: edge(a, b, mode, 1) }
}

function modeOf(a: number, b: number): number {
  return a + b === 2 ? 0.5 : (a - 1) / (a + b - 2)
}

/** Where the density has become negligible, going from the mode towards `end`. */
function edge(a: number, b: number, mode: number, end: 0 | 1): number {
  let inside = mode
  let outside: number = end
  if (logDensity({ a, b }, outside) > NEGLIGIBLE_LOG_DENSITY) return outside
  for (let step = 0; step < EDGE_STEPS; step += 1) {
    const middle = (inside + outside) / 2
    if (logDensity({ a, b }, middle) > NEGLIGIBLE_LOG_DENSITY) inside = middle
    else outside = middle
  }
  return outside
}

/** Log of the Beta density relative to its peak. */
function logDensity({ a, b }: { readonly a: number; readonly b: number }, x: number): number {
  const mode = modeOf(a, b)
  const hits = a === 1 ? 0 : (a - 1) * logRatio(x, mode)
  const misses = b === 1 ? 0 : (b - 1) * logRatio(1 - x, 1 - mode)
  return hits + misses
}

/** log(x / reference), exact near x = reference where both terms of the density nearly cancel. */
function logRatio(x: number, reference: number): number {
  return x <= 0 ? -Infinity : Math.log1p((x - reference) / reference)
}
