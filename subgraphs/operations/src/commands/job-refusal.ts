/** The queue says by a fault what cannot be done to a job where it stands; here that is an answer like any other. */
import { Fault } from '@stormops/chassis/fault'
import type { OperationsStores } from '../context.ts'
import type { JobRun, JobState } from '../domain/job-run.ts'

export type JobRefused =
  | { readonly kind: 'not-found'; readonly jobId: string }
  | {
      readonly kind: 'refused'
      readonly jobId: string
      readonly state: JobState
      readonly message: string
    }

/** Whatever was written before a refusal goes with the transaction, as after any expected failure. */
export const unlessRefused = async <Result>(
  jobRuns: OperationsStores['jobRuns'],
  jobId: string,
  work: (job: JobRun) => Promise<Result>,
): Promise<Result | JobRefused> => {
  const job = await jobRuns.maybe(jobId)
  if (job === null) return { kind: 'not-found', jobId }
  try {
    return await work(job)
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'BAD_INPUT') throw error
    return { kind: 'refused', jobId, state: job.state, message: error.message }
  }
}
