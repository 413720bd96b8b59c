/**
 * What was let in once is not let in again. Each id is kept for longer than its context could be used, in one of two
 * halves, and the older half is dropped as a whole: nothing is counted or swept. The memory is of one process; behind
 * a balancer each copy of a subgraph lets a context in once.
 */
import type { Clock } from '../clock.ts'
import { Fault } from '../fault.ts'

/** A context lives 30 s, and clocks may be 5 s apart at either end. */
const HALF_LIFE_MS = 40_000

/** Of one half: 5,000 fetches a second. Only signed contexts get here, so nobody else can fill it. */
const MOST_REMEMBERED = 200_000

/** False for an id that it has seen. Throws UNAVAILABLE rather than forget one too early. */
export const replayMemory = (clock: Clock, most: number = MOST_REMEMBERED): ((id: string) => boolean) => {
  let recent = new Set<string>()
  let older = new Set<string>()
  let since = clock.now().getTime()
  return (id) => {
    const now = clock.now().getTime()
    if (now - since >= HALF_LIFE_MS) {
      older = now - since >= 2 * HALF_LIFE_MS ? new Set() : recent
      recent = new Set()
      since = now
    }
    if (recent.has(id) || older.has(id)) return false
    if (recent.size >= most) throw new Fault('UNAVAILABLE', 'This part of the platform is asked too often.')
    recent.add(id)
    return true
  }
}
