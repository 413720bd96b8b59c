/** Waiting in tests for what comes about by itself. */
import { setTimeout as sleep } from 'node:timers/promises'

/** On a machine that is busy with other tests; and less than what tests let hang, which would end by itself. */
const PATIENCE_MS = 30_000

/** Looks until it is so; throws after half a minute. `milliseconds` are given where sooner is the claim, or where it takes long. */
export const until = async (
  look: () => boolean | Promise<boolean>,
  milliseconds = PATIENCE_MS,
): Promise<void> => {
  const end = performance.now() + milliseconds
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`It did not come to be within ${milliseconds} ms.`)
    await sleep(10)
  }
}
