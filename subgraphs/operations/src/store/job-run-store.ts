/** Reads what the chassis writes down of every job. A tenant's transaction sees its own, the platform's sees all. */
import { raw } from '@mikro-orm/postgresql'
import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import type { JobEvent, JobRun, JobState, JobStep } from '../domain/job-run.ts'
import { JobEventEntity, JobRunEntity } from './entities.ts'

export type JobRunFilter = {
  readonly state: JobState | null
  readonly name: string | null
  readonly tenantId: string | null
  readonly isDead: boolean | null
  readonly since: Date | null
  readonly before: Date | null
}

export type DeadLetterFilter = Pick<JobRunFilter, 'name' | 'tenantId'>

/** Where a job stands in a list: `at` sorts as text, to the microsecond that JavaScript's own times do not have. */
export type JobPlace = { readonly at: string; readonly id: string }

/** From after a job of this very database, by its id, or from after the place that a job of another one has. */
export type JobPage = { readonly first: number; readonly after: string | JobPlace | null }

/** What a list goes by, the latest first, then the id. */
export type JobOrder = 'created_at' | 'ended_at'

/**
 * Newest first, from after `page.after`, one more than the page holds. After a job that is not there, or not the
 * reader's, comes nothing.
 */
export const pageOfJobRuns = async (
  tx: PlatformTx,
  { state, name, tenantId, isDead, since, before }: JobRunFilter,
  page: JobPage,
): Promise<readonly JobRun[]> =>
  tx.em.find(
    JobRunEntity,
    {
      ...(state === null ? {} : { state }),
      ...(name === null ? {} : { name }),
      ...(tenantId === null ? {} : { tenantId }),
      $and: [
        isDead === null ? {} : isDead ? DEAD : { $not: DEAD },
        since === null ? {} : { createdAt: { $gte: since } },
        before === null ? {} : { createdAt: { $lt: before } },
        page.after === null ? {} : after('created_at', page.after),
      ],
    },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit: page.first + 1 },
  )

/** As `pageOfJobRuns`, the latest failure first. */
export const pageOfDeadLetters = async (
  tx: PlatformTx,
  { name, tenantId }: DeadLetterFilter,
  page: JobPage,
): Promise<readonly JobRun[]> =>
  tx.em.find(
    JobRunEntity,
    {
      ...DEAD,
      ...(name === null ? {} : { name }),
      ...(tenantId === null ? {} : { tenantId }),
      ...(page.after === null ? {} : after('ended_at', page.after)),
    },
    { orderBy: { endedAt: 'desc', id: 'desc' }, limit: page.first + 1 },
  )

const DEAD = { state: 'FAILED' as const, redrivenAt: null }

/** Compared where it is stored: a time read into JavaScript has lost its microseconds. */
const after = (column: JobOrder, from: string | JobPlace) => ({
  [raw((job) => `(${job}.${column}, ${job}.id)`)]: {
    $lt:
      typeof from === 'string'
        ? raw(`(select ${column}, id from chassis.job_run where id = ?)`, [from])
        : raw('(?::timestamptz, ?::uuid)', [from.at, from.id]),
  },
})

const placeIn = (column: JobOrder): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, id`

/** Null for a job that is not here. */
export const maybePlaceOfJob = async (
  tx: PlatformTx,
  order: JobOrder,
  id: string,
): Promise<JobPlace | null> => {
  const [place] = await tx.rows<JobPlace>(`select ${placeIn(order)} from chassis.job_run where id = $1`, [id])
  return place ?? null
}

/** Where jobs stand that were read in this transaction, in no order. */
export const placesOfJobs = (
  tx: PlatformTx,
  order: JobOrder,
  jobs: readonly Pick<JobRun, 'tenantId' | 'id'>[],
): Promise<readonly JobPlace[]> =>
  tx.rows<JobPlace>(
    `select ${placeIn(order)} from chassis.job_run
       join unnest($1::uuid[], $2::uuid[]) as asked (tenant_id, id) using (tenant_id, id)`,
    [jobs.map(({ tenantId }) => tenantId), jobs.map(({ id }) => id)],
  )

export const jobRunsById = async (tx: PlatformTx, ids: readonly string[]): Promise<readonly JobRun[]> =>
  tx.em.find(JobRunEntity, { id: { $in: [...ids] } })

/** By the id of the job that is done again, each oldest first; jobs that nobody had done again are left out. */
export const rerunsByJob = async (
  tx: PlatformTx,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, readonly JobRun[]>> => {
  const found = await tx.em.find(
    JobRunEntity,
    { rerunOf: { $in: [...jobIds] } },
    { orderBy: { createdAt: 'asc', id: 'asc' } },
  )
  return Map.groupBy(found, ({ rerunOf }) => rerunOf ?? '')
}

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

type StepRow = JobStep & { readonly tenantId: string; readonly subject: string }

/** By `stepsKey`, each in the order they began. */
export const stepsByKey = async (
  tx: PlatformTx,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly JobStep[]>> => {
  const pairs = keys.map((key) => splitStepsKey(key))
  const rows = await tx.rows<StepRow>(
    `select s.tenant_id as "tenantId", s.subject, s.step as name, s.status, s.attempts, s.error,
            s.started_at as "startedAt", s.ended_at as "endedAt"
       from unnest($1::uuid[], $2::text[]) as asked (tenant_id, subject)
       join chassis.job_step s using (tenant_id, subject)
      order by s.started_at, s.step`,
    [pairs.map(({ tenantId }) => tenantId), pairs.map(({ subject }) => subject)],
  )
  return Map.groupBy(rows, ({ tenantId, subject }) => stepsKey(tenantId, subject))
}

export const stepsKey = (tenantId: string, subject: string): string => `${tenantId} ${subject}`

const splitStepsKey = (key: string): { readonly tenantId: string; readonly subject: string } => {
  const space = key.indexOf(' ')
  return { tenantId: key.slice(0, space), subject: key.slice(space + 1) }
}

/** What commands ask of a company's jobs; the queue changes them. */
export type JobRunStore = {
  readonly maybe: (id: string) => Promise<JobRun | null>
  /** The ids of the oldest dead letters of a kind, which nobody else takes up until the transaction ends. */
  readonly takeDead: (name: string, limit: number) => Promise<readonly string[]>
}

export const jobRunStore = (tx: Tx): JobRunStore => ({
  maybe: (id) => tx.em.findOne(JobRunEntity, { tenantId: tx.tenantId, id }),
  takeDead: async (name, limit) => {
    const rows = await tx.rows<{ id: string }>(
      `select id from chassis.job_run
        where tenant_id = $1 and name = $2 and state = 'FAILED' and redriven_at is null
        order by ended_at, id limit $3 for update skip locked`,
      [tx.tenantId, name, limit],
    )
    return rows.map(({ id }) => id)
  },
})
