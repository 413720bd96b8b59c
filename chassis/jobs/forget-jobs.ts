/**
 * What ended long ago is forgotten: jobs with their events, steps that nobody is shown any more, and keys that nobody
 * repeats. A nightly job deletes it, a batch in each transaction, so that nothing waits for it.
 */
import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { PLATFORM_TENANT_ID } from '../values/ids.ts'
import { defineJob } from './define-job.ts'
import { handleJob } from './handle-job.ts'
import type { JobHandler } from './handle-job.ts'

export const forgetJobs = defineJob({
  name: 'platform.forget-jobs',
  payload: z.object({}),
  timeoutSeconds: 3_600,
  schedule: { cron: '40 3 * * *', timeZone: 'UTC' },
  atOnceOverall: 1,
})

const KEPT_DAYS = 30
/** Jobs that run by the clock every few minutes, and went well, are of no interest after a weekend. */
const PLATFORM_KEPT_DAYS = 3
/** What failed for good, and that nobody has taken up, waits for somebody. */
const DEAD_LETTER_KEPT_DAYS = 90
/** Longer than any client repeats a request. */
const KEY_KEPT_DAYS = 7

const ROWS_OF_A_BATCH = 1_000

/** A job that another one does again is kept as long as that one says so. */
const FORGET_JOBS = `
  with old as (
    select tenant_id, id from chassis.job_run
     where ended_at < now() - case
             when state = 'FAILED' and redriven_at is null then interval '${DEAD_LETTER_KEPT_DAYS} days'
             when tenant_id = '${PLATFORM_TENANT_ID}' and state = 'SUCCEEDED' then interval '${PLATFORM_KEPT_DAYS} days'
             else interval '${KEPT_DAYS} days' end
     order by ended_at limit $1
  ), events as (
    delete from chassis.job_event event using old where event.tenant_id = old.tenant_id and event.job_id = old.id
  )
  delete from chassis.job_run run using old where run.tenant_id = old.tenant_id and run.id = old.id`

const FORGET_STEPS = `
  delete from chassis.job_step where (tenant_id, subject, step) in (
    select tenant_id, subject, step from chassis.job_step
     where ended_at < now() - interval '${KEPT_DAYS} days' and job is not null and job <> all($2::text[])
     order by ended_at limit $1)`

const FORGET_KEYS = `
  delete from chassis.idempotency_key where (tenant_id, key) in (
    select tenant_id, key from chassis.idempotency_key
     where created_at < now() - interval '${KEY_KEPT_DAYS} days' order by created_at limit $1)`

export type Forgotten = { readonly jobs: number; readonly steps: number; readonly keys: number }

/** `keepsSteps` names the jobs whose steps are kept for good. */
export const forgetOnce = async (
  database: Database,
  keepsSteps: readonly string[],
  rowsOfABatch: number = ROWS_OF_A_BATCH,
): Promise<Forgotten> => {
  const forget = async (sql: string, ...parameters: readonly unknown[]): Promise<number> => {
    let forgotten = 0
    for (;;) {
      const rows = await database.withLedger((tx) => tx.change(sql, [rowsOfABatch, ...parameters]))
      forgotten += rows
      if (rows < rowsOfABatch) return forgotten
    }
  }
  return {
    jobs: await forget(FORGET_JOBS),
    steps: await forget(FORGET_STEPS, keepsSteps),
    keys: await forget(FORGET_KEYS),
  }
}

/** `jobs` are those of the whole platform. */
export const forgetJobsHandler = (database: Database, jobs: readonly JobHandler[]): JobHandler => {
  const keepsSteps = jobs.flatMap(({ definition }) => (definition.keepsSteps ? [definition.name] : []))
  return handleJob(forgetJobs, async ({ log }) => {
    log.info({ forgotten: await forgetOnce(database, keepsSteps) }, 'what ended long ago is forgotten')
  })
}
