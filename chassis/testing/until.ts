/** Waiting in tests for what comes about by itself. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Longer than anything takes on a machine that is busy with other tests; what never comes fails all the same. */
const PATIENCE_MS = 90_000

/** Looks until it is so; throws after a minute and a half. `milliseconds` are given only where being sooner is the claim. */
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
