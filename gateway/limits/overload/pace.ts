/**
 * How many operations at once leave the turns of the event loop short. All that are under way take a step in each turn, so
 * a turn is as long as they are many; and in a turn only one new connection is taken in, and each answer waits for
 * several turns. More at once than keep the process busy make everything late and nothing more.
 */
import { performance } from 'node:perf_hooks'

/** Of the event loop, since the process began. */
export type Turns = { readonly count: number; readonly busyMilliseconds: number }

export type Pace = {
  /** How many may be under way now. `executing` is how many are. */
  readonly places: (executing: number) => number
}

/** A question takes some six turns of its own, so at ten milliseconds a busy process still answers in a tenth of a second. */
const LONGEST_TURN_MS = 10
const LOOK_EVERY_MS = 100
const FIRST = 32
/** What waits for others, and not for this process, leaves the turns short and is let in quickly. */
const GROWTH = 1.25
const SHRINKS_AT_MOST_TO = 0.5

export const loopPace = (
  most: number,
  fewest: number,
  read: () => Turns = turnsOfLoop,
  now: () => number = () => performance.now(),
): Pace => {
  let places = Math.min(most, Math.max(fewest, FIRST))
  let seen = read()
  let seenAt = now()
  let wasReached = false
  const look = (): void => {
    const turns = read()
    const turn = (turns.busyMilliseconds - seen.busyMilliseconds) / Math.max(1, turns.count - seen.count)
    if (turn > LONGEST_TURN_MS) places *= Math.max(SHRINKS_AT_MOST_TO, LONGEST_TURN_MS / turn)
    // What was not used says nothing of what would be if it were.
    else if (wasReached) places *= GROWTH
    places = Math.min(most, Math.max(fewest, places))
    seen = turns
    seenAt = now()
    wasReached = false
  }
  return {
    places: (executing) => {
      if (executing >= Math.floor(places)) wasReached = true
      if (now() - seenAt >= LOOK_EVERY_MS) look()
      return Math.floor(places)
    },
  }
}

const turnsOfLoop = (): Turns => ({
  count: performance.nodeTiming.uvMetricsInfo.loopCount,
  busyMilliseconds: performance.eventLoopUtilization().active,
})
