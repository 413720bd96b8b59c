/** Small work is answered whole: a request waits a little for the job it started before it answers as things stand. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Well inside the deadline of a fetch; longer work is followed by asking again. */
const PATIENCE_MS = 4_000
const LOOK_EVERY_MS = 40

/** Looks until `done`, or until patience ends; returns what the last look saw. */
export const awaiting = async <Value>(
  look: () => Promise<Value>,
  done: (value: Value) => boolean,
): Promise<Value> => {
  const until = performance.now() + PATIENCE_MS
  let seen = await look()
  while (!done(seen) && performance.now() < until) {
    await sleep(LOOK_EVERY_MS)
    seen = await look()
  }
  return seen
}
