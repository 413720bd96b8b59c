/**
 * Lines of jobs that say they are open while the queue knows better: it lost the job, ended it, or never heard of it.
 * Such a line would say RUNNING for ever. A job of the platform looks for them.
 */
import type { PgBoss } from 'pg-boss'
import type { Database } from '../database/database.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import { defineJob } from './define-job.ts'
import { z } from 'zod'
import { sendNotice } from './given-up-jobs.ts'
import { handleJob } from './handle-job.ts'
import type { JobHandler } from './handle-job.ts'

export const reconcileJobs = defineJob({
  name: 'platform.reconcile-jobs',
  payload: z.object({}),
  schedule: { cron: '*/5 * * * *', timeZone: 'UTC' },
  atOnceOverall: 1,
})

/** A worker that is about to write a line is given this long, and a letter that is under way. */
const QUIET_MINUTES = 2
const LINES_OF_A_BATCH = 1_000

type OpenLine = {
  readonly tenant_id: string
  readonly id: string
  readonly name: string
  readonly payload: object
}

/** The queue's own row of a job that may still be done. */
const STILL_THERE = `
  select job.id from ${QUEUE_SCHEMA}.job join unnest($1::text[], $2::uuid[]) as line (name, id)
    on job.name = line.name and job.id = line.id
  where job.state in ('created', 'retry', 'active')`

/** Gives a notice of each job that is gone from the queue, and returns how many there are. */
export const reconcileOnce = async (
  database: Database,
  boss: PgBoss,
  quietMinutes: number = QUIET_MINUTES,
): Promise<number> => {
  let gone = 0
  let after: string | null = null
  for (;;) {
    const lines: readonly OpenLine[] = await database.withLedger((tx) =>
      tx.rows<OpenLine>(
        `select tenant_id, id, name, payload from chassis.job_run
         where ended_at is null and coalesce(started_at, created_at) < now() - $1 * interval '1 minute'
           -- What waits while its company moves is not in the queue for a while.
           and not exists (select from chassis.held_job held where held.tenant_id = job_run.tenant_id and held.id = job_run.id)
           and ($2::uuid is null or id > $2) order by id limit $3`,
        [quietMinutes, after, LINES_OF_A_BATCH],
      ),
    )
    const there = await stillThere(database, lines)
    for (const { tenant_id: tenantId, id, name, payload } of lines) {
      if (there.has(id)) continue
      await sendNotice(boss, { id, name, data: { tenantId, payload } })
      gone += 1
    }
    after = lines.at(-1)?.id ?? null
    if (lines.length < LINES_OF_A_BATCH) return gone
  }
}

const stillThere = async (database: Database, lines: readonly OpenLine[]): Promise<ReadonlySet<string>> => {
  if (lines.length === 0) return new Set()
  const { rows } = await database.withLedger((tx) =>
    tx.queue().executeSql(STILL_THERE, [lines.map(({ name }) => name), lines.map(({ id }) => id)]),
  )
  return new Set(rows.map((row: { readonly id: string }) => row.id))
}

export const reconcileJobsHandler = (database: Database, boss: PgBoss): JobHandler =>
  handleJob(reconcileJobs, async ({ log }) => {
    const gone = await reconcileOnce(database, boss)
    if (gone > 0) log.warn({ gone }, 'jobs were gone from the queue, and are given up')
  })
