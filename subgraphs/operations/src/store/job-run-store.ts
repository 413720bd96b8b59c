/** Reads what the chassis writes down of every job. A tenant's transaction sees its own, the platform's sees all. */
import { raw } from '@mikro-orm/postgresql'
import type { PlatformTx } from '@stormops/chassis/database/database'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { JobEvent, JobRun, JobState } from '../domain/job-run.ts'
import { JobEventEntity, JobRunEntity } from './entities.ts'

export type JobRunFilter = {
  readonly state: JobState | null
  readonly name: string | null
  readonly tenantId: string | null
}

/**
 * Newest first, from after the job with the id `page.after`, one more than the page holds. After a job that is not
 * there, or not the reader's, comes nothing.
 */
export const pageOfJobRuns = async (
  tx: PlatformTx,
  { state, name, tenantId }: JobRunFilter,
  page: PageRequest,
): Promise<readonly JobRun[]> =>
  tx.em.find(
    JobRunEntity,
    {
      ...(state === null ? {} : { state }),
      ...(name === null ? {} : { name }),
      ...(tenantId === null ? {} : { tenantId }),
      ...(page.after === null ? {} : olderThan(page.after)),
    },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit: page.first + 1 },
  )

/** Compared where it is stored: a time read into JavaScript has lost its microseconds. */
const olderThan = (id: string) => ({
  [raw((job) => `(${job}.created_at, ${job}.id)`)]: {
    $lt: raw('(select created_at, id from chassis.job_run where id = ?)', [id]),
  },
})

export const maybeJobRun = async (tx: PlatformTx, id: string): Promise<JobRun | null> =>
  tx.em.findOne(JobRunEntity, { id })

/** By the job's id, each oldest first; jobs without events are left out. */
export const eventsByJob = async (
  tx: PlatformTx,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, readonly JobEvent[]>> => {
  const events = await tx.em.find(
    JobEventEntity,
    { jobId: { $in: [...jobIds] } },
    { orderBy: { at: 'asc', id: 'asc' } },
  )
  return new Map(
    [...Map.groupBy(events, ({ jobId }) => jobId)].map(([jobId, ofJob]) => [
      jobId,
      ofJob.map(({ at, attempt, kind, detail }) => ({ at, attempt, kind, message: detail.message ?? null })),
    ]),
  )
}
