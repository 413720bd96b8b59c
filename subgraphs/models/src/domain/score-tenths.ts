/**
 * The scores of a version on rows it was tried on, cut into ten equal parts. When the scores of a later storm fall
 * into these parts in other shares, the storm or the model has drifted.
 */
import type { ScoreReference } from './model.ts'

const PARTS = 10

/**
 * Nine cut points and the number of scores, or null for fewer scores than parts. A cut point is the linear
 * quantile between order statistics at (n − 1)·k/10 (Hyndman and Fan 1996, definition 7). Scores are finite.
 */
export const scoreTenths = (scores: ArrayLike<number>): ScoreReference | null => {
  const n = scores.length
  if (n < PARTS) return null
  const sorted = Float64Array.from(scores).sort()
  const cutPoints = Array.from({ length: PARTS - 1 }, (_, part) => {
    const position = (n - 1) * (part + 1)
    const below = sorted[Math.floor(position / PARTS)]!
    // The highest cut point lies below the last score, so there is always one above.
    const above = sorted[Math.floor(position / PARTS) + 1]!
    return below + ((position % PARTS) / PARTS) * (above - below)
  })
  return { cutPoints, n }
}
