/** What is read of jobs for one fetch, out of one database. What was read is kept until something is changed. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import DataLoader from 'dataloader'
import type { JobEvent, JobRun, JobStep } from './domain/job-run.ts'
import {
  eventsByJob,
  jobRunsById,
  pageOfDeadLetters,
  pageOfJobRuns,
  rerunsByJob,
  stepsByKey,
  stepsKey,
} from './store/job-run-store.ts'
import type { DeadLetterFilter, JobRunFilter } from './store/job-run-store.ts'

/** As a DataLoader loads: null for what is not there. */
export type Loads<Value> = { readonly load: (key: string) => Promise<Value | null> }

export type JobReads = {
  /** Newest first, one more than the page holds. */
  readonly pageOfJobRuns: (filter: JobRunFilter, page: PageRequest) => Promise<readonly JobRun[]>
  /** The latest failure first, one more than the page holds. */
  readonly pageOfDeadLetters: (filter: DeadLetterFilter, page: PageRequest) => Promise<readonly JobRun[]>
  readonly jobRunById: Loads<JobRun>
  /** By the id of the job that is done again, oldest first. */
  readonly rerunsByJob: Loads<readonly JobRun[]>
  /** By the job's id. */
  readonly eventsByJob: Loads<readonly JobEvent[]>
  /** What is kept of the steps of a subject that a job works on. */
  readonly stepsOf: (job: Pick<JobRun, 'id' | 'tenantId'>, subject: string) => Promise<readonly JobStep[]>
  /** The cell that a job was found in by these reads; null where there is one database. */
  readonly cellOf: (jobId: string) => string | null
  /** What was read of jobs before a command is not what they are after it. */
  readonly forget: () => void
}

export type ReadJobs = <T>(work: (tx: PlatformTx) => Promise<T>) => Promise<T>

export const jobReads = (readJobs: ReadJobs): JobReads => {
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
    cellOf: () => null,
    forget: () => {
      for (const loader of [jobRunById, steps, reruns, events]) loader.clearAll()
    },
  }
}
