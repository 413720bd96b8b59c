/**
 * What a person may do about a job: call it off, or have it done again. Everything happens in the transaction of
 * whoever asks, beside the line that says who it was.
 */
import type { PgBoss } from 'pg-boss'
import type { Tx } from '../database/transaction.ts'
import { Fault, unreachable } from '../fault.ts'
import { sendNotice } from './given-up-jobs.ts'
import { sendJob } from './send-job.ts'

export type JobState = 'QUEUED' | 'RUNNING' | 'RETRYING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'

/** `asked`: a worker has it, learns within about two seconds, and ends it. */
export type Cancelled = { readonly kind: 'cancelled' } | { readonly kind: 'asked' }

/** The new job, and the one it does again. */
export type Rerun = { readonly jobId: string; readonly rerunOf: string }

type JobRow = {
  readonly name: string
  readonly state: JobState
  readonly payload: object
  readonly priority: number
  readonly attempts: number
  readonly redriven_at: Date | null
  readonly cancel_asked_at: Date | null
}

/** Throws `Fault` NOT_FOUND for a job the company does not have, and BAD_INPUT for one that has ended. */
export const cancelJob = async (boss: PgBoss, tx: Tx, jobId: string): Promise<Cancelled> => {
  const job = await lockJob(tx, jobId)
  switch (job.state) {
    case 'QUEUED':
    case 'RETRYING':
      // A worker that has fetched it meanwhile waits for the line of the job, and finds it cancelled.
      await boss.cancel(job.name, jobId, { db: tx.queue() })
      await sendNotice(
        boss,
        { id: jobId, name: job.name, data: { tenantId: tx.tenantId, payload: job.payload } },
        { db: tx.queue() },
      )
      await tx.change(
        `update chassis.job_run set state = 'CANCELLED', cancel_asked_at = clock_timestamp(), ended_at = clock_timestamp()
         where tenant_id = $1 and id = $2`,
        [tx.tenantId, jobId],
      )
      await writeEvent(tx, jobId, job.attempts, 'CANCELLED')
      return { kind: 'cancelled' }
    case 'RUNNING':
      await tx.change(
        `update chassis.job_run set cancel_asked_at = coalesce(cancel_asked_at, clock_timestamp())
         where tenant_id = $1 and id = $2`,
        [tx.tenantId, jobId],
      )
      return { kind: 'asked' }
    case 'SUCCEEDED':
    case 'FAILED':
    case 'CANCELLED':
      throw new Fault('BAD_INPUT', `The job has ended (${inWords(job.state)}) and cannot be cancelled.`)
    default:
      return unreachable(job.state)
  }
}

/**
 * A new job with the payload that was kept. Steps that are done stay done. Throws `Fault` NOT_FOUND for a job the
 * company does not have, and BAD_INPUT for one that has not ended or is being done again already.
 */
export const rerunJob = async (boss: PgBoss, tx: Tx, jobId: string, trace: string | null): Promise<Rerun> => {
  const job = await lockJob(tx, jobId)
  if (!hasEnded(job.state)) {
    throw new Fault('BAD_INPUT', `The job has not ended (${inWords(job.state)}), so it cannot be run again.`)
  }
  return rerun(boss, tx, jobId, job, trace)
}

/** As `rerunJob`, for dead letters only: what failed for good, and that nobody has taken up since. All or none. */
export const redriveJobs = async (
  boss: PgBoss,
  tx: Tx,
  jobIds: readonly string[],
  trace: string | null,
): Promise<readonly Rerun[]> => {
  const reruns = new Map<string, Rerun>()
  // In one order for all, so that two people who take up the same letters do not wait for each other.
  for (const jobId of [...new Set(jobIds)].toSorted()) {
    const job = await lockJob(tx, jobId)
    if (job.state !== 'FAILED' || job.redriven_at !== null) {
      const why = job.state === 'FAILED' ? 'was taken up already' : inWords(job.state)
      throw new Fault('BAD_INPUT', `A job is no dead letter (${why}).`, { facts: { jobId } })
    }
    reruns.set(jobId, await rerun(boss, tx, jobId, job, trace))
  }
  return jobIds.flatMap((jobId) => reruns.get(jobId) ?? [])
}

const rerun = async (
  boss: PgBoss,
  tx: Tx,
  rerunOf: string,
  job: JobRow,
  trace: string | null,
): Promise<Rerun> => {
  await refuseSecondRerun(tx, rerunOf)
  const { name, payload, priority } = job
  await requireQueue(boss, name)
  const jobId = await sendJob(boss, tx, { name, payload, priority, rerunOf, trace })
  await tx.change(
    `update chassis.job_run set redriven_at = case when state = 'FAILED' then clock_timestamp() end
     where tenant_id = $1 and id = $2`,
    [tx.tenantId, rerunOf],
  )
  await writeEvent(tx, rerunOf, job.attempts, 'RERUN', { jobId })
  return { jobId, rerunOf }
}

/** Somebody who clicks twice gets one job. */
const refuseSecondRerun = async (tx: Tx, jobId: string): Promise<void> => {
  const [running] = await tx.rows<{ id: string }>(
    `select id from chassis.job_run where tenant_id = $1 and rerun_of = $2 and ended_at is null limit 1`,
    [tx.tenantId, jobId],
  )
  if (running !== undefined) {
    throw new Fault('BAD_INPUT', 'The job is being run again already.', { facts: { jobId: running.id } })
  }
}

const requireQueue = async (boss: PgBoss, name: string): Promise<void> => {
  if ((await boss.getQueue(name)) === null) {
    throw new Fault('BAD_INPUT', `The platform has no job ${name} any more.`)
  }
}

/** Whoever changes a job's state holds its line, a worker too. */
const lockJob = async (tx: Tx, jobId: string): Promise<JobRow> => {
  const [job] = await tx.rows<JobRow>(
    `select name, state, payload, priority, attempts, redriven_at, cancel_asked_at
     from chassis.job_run where tenant_id = $1 and id = $2 for update`,
    [tx.tenantId, jobId],
  )
  if (job === undefined) throw new Fault('NOT_FOUND', 'There is no such job.')
  return job
}

const hasEnded = (state: JobState): boolean =>
  state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED'

const inWords = (state: JobState): string => state.toLowerCase()

const writeEvent = async (
  tx: Tx,
  jobId: string,
  attempt: number,
  kind: 'CANCELLED' | 'RERUN',
  detail: object = {},
): Promise<void> => {
  await tx.change(
    `insert into chassis.job_event (tenant_id, job_id, attempt, kind, detail, at)
     values ($1, $2, $3, $4, $5, clock_timestamp())`,
    [tx.tenantId, jobId, attempt, kind, JSON.stringify(detail)],
  )
}
