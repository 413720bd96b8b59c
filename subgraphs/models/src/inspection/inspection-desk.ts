/** Few artifacts are inspected at once, however many arrive: each may take a core and a hundred megabytes. */
import { Fault } from '@stormops/chassis/fault'
import type { InspectArtifact } from '../domain/artifact.ts'

export type DeskSize = {
  readonly atOnce: number
  /** How many more may wait; whoever comes then is sent away. */
  readonly waiting: number
}

/** Two keep the other cores for requests; behind the worst artifacts, the last of eight waits about three seconds. */
const DESK_SIZE: DeskSize = { atOnce: 2, waiting: 8 }

/** Rejects with Fault UNAVAILABLE when all places are taken. */
export const inspectionDesk = (
  inspect: InspectArtifact,
  { atOnce, waiting }: DeskSize = DESK_SIZE,
): InspectArtifact => {
  const queue: (() => void)[] = []
  let busy = 0
  return async (texts) => {
    if (busy >= atOnce) {
      if (queue.length >= waiting) {
        throw new Fault('UNAVAILABLE', 'Many models are being registered just now. Try again in a minute.')
      }
      // Whoever leaves hands its place over, so `busy` already counts this one when it wakes.
      await new Promise<void>((wake) => queue.push(wake))
    } else busy += 1
    try {
      return await inspect(texts)
    } finally {
      const next = queue.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }
}
