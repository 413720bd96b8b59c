/** The other side of the comparison: graphile-worker over the same server, with jobs that do nothing. */
import { Logger, makeWorkerUtils, run } from 'graphile-worker'

/** One way of doing jobs. Nothing works between turns. */
export type Side = {
  readonly what: string
  readonly handIn: (jobs: number) => Promise<void>
  /** Seconds to do what was handed in. */
  readonly drain: (jobs: number) => Promise<number>
}

const quiet = new Logger(() => () => undefined)

export const graphileSide = (connectionString: string, concurrency: number, what: string): Side => ({
  what,
  handIn: async (jobs) => {
    const utils = await makeWorkerUtils({ connectionString, logger: quiet })
    await utils.addJobs(Array.from({ length: jobs }, (_, n) => ({ identifier: 'idle', payload: { n } })))
    await utils.release()
  },
  drain: async (jobs) => {
    let left = jobs
    const { promise, resolve } = Promise.withResolvers<void>()
    const startedAt = performance.now()
    const runner = await run({
      connectionString,
      // Everything else as it comes.
      ...(concurrency === 1 ? {} : { concurrency, maxPoolSize: concurrency }),
      logger: quiet,
      noHandleSignals: true,
      taskList: {
        idle: async () => {
          left -= 1
          if (left === 0) resolve()
        },
      },
    })
    await promise
    await runner.stop()
    return (performance.now() - startedAt) / 1_000
  },
})
