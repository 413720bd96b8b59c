/** What is read of jobs for one fetch, out of one database. What was read is kept until something is changed. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import DataLoader from 'dataloader'
import type { JobReads } from './context.ts'
import {
  eventsByJob,
  jobRunsById,
  pageOfDeadLetters,
  pageOfJobRuns,
  rerunsByJob,
  stepsByKey,
  stepsKey,
} from './store/job-run-store.ts'

export type ReadJobs = <T>(work: (tx: PlatformTx) => Promise<T>) => Promise<T>

/** `cellOf` names the cell of that database. */
export const jobReads = (readJobs: ReadJobs, cellOf: () => string): JobReads => {
  const byKey = <Value>(
    find: (tx: PlatformTx, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  ): DataLoader<string, Value | null> =>
    new DataLoader(async (keys) => {
      const found = await readJobs((tx) => find(tx, keys))
      return keys.map((key) => found.get(key) ?? null)
    })
  const jobRunById = byKey(
    async (tx, ids) => new Map((await jobRunsById(tx, ids)).map((job) => [job.id, job])),
  )
  const steps = byKey(stepsByKey)
  const reruns = byKey(rerunsByJob)
  const events = byKey(eventsByJob)
  return {
    pageOfJobRuns: (filter, page) => readJobs((tx) => pageOfJobRuns(tx, filter, page)),
    pageOfDeadLetters: (filter, page) => readJobs((tx) => pageOfDeadLetters(tx, filter, page)),
    jobRunById,
    rerunsByJob: reruns,
    eventsByJob: events,
    stepsOf: async ({ tenantId }, subject) => (await steps.load(stepsKey(tenantId, subject))) ?? [],
    cellOf,
    forget: () => {
      for (const loader of [jobRunById, steps, reruns, events]) loader.clearAll()
    },
  }
}
