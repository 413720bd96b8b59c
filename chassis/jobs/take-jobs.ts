/**
 * Takes jobs of one name out of the queue. Where only so many of a name are done at once over all processes, whoever
 * takes some holds the key of the name, counts the places that are had, and takes no more than are left. A place ends
 * with the queue's own claim, so that a killed worker's are free once its jobs are anybody's again.
 */
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type { Database } from '../database/database.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import type { Tx } from '../database/transaction.ts'
import { PLATFORM_TENANT_ID } from '../values/ids.ts'

export type Taking = {
  readonly name: string
  /** Null where companies do not matter. */
  readonly atOnceForCompany: number | null
  /** Over all processes; null for any number. */
  readonly atOnceOverall: number | null
}

export type TakeJobs = (of: Taking, most: number) => Promise<readonly JobWithMetadata[]>

export const takingFrom =
  (boss: PgBoss, database: Database): TakeJobs =>
  async ({ name, atOnceForCompany, atOnceOverall }, most) => {
    const options = {
      includeMetadata: true,
      ...(atOnceForCompany === null ? {} : { groupConcurrency: atOnceForCompany }),
    } as const
    if (atOnceOverall === null) return boss.fetch<object>(name, { ...options, batchSize: most })
    return database.withTenant(PLATFORM_TENANT_ID, async (tx) => {
      const left = await placesLeft(tx, name, atOnceOverall)
      if (left === 0) return []
      const jobs = await boss.fetch<object>(name, {
        ...options,
        batchSize: Math.min(most, left),
        db: tx.queue(),
      })
      await takePlaces(tx, name, jobs)
      return jobs
    })
  }

/** Of the keys with two parts; the other is made of the name. */
const PLACES_KEY = 4_107

/** A place whose attempt the queue has under way no more is nobody's. */
const FORGET_FREE = `
  delete from chassis.job_place place where place.name = $1 and not exists (
    select from ${QUEUE_SCHEMA}.job
     where job.name = place.name and job.id = place.job_id and job.state = 'active' and job.retry_count = place.retry)`

/** None, too, while somebody else takes some: the next look comes within half a second. */
const placesLeft = async (tx: Tx, name: string, atOnceOverall: number): Promise<number> => {
  const [key] = await tx.rows<{ had: boolean }>('select pg_try_advisory_xact_lock($1, hashtext($2)) as had', [
    PLACES_KEY,
    name,
  ])
  if (key?.had !== true) return 0
  await tx.change(FORGET_FREE, [name])
  const [places] = await tx.rows<{ had: number }>(
    'select count(*)::int as had from chassis.job_place where name = $1',
    [name],
  )
  return Math.max(0, atOnceOverall - (places?.had ?? 0))
}

const takePlaces = async (tx: Tx, name: string, jobs: readonly JobWithMetadata[]): Promise<void> => {
  if (jobs.length === 0) return
  await tx.change(
    'insert into chassis.job_place (name, job_id, retry) select $1, * from unnest($2::uuid[], $3::integer[])',
    [name, jobs.map(({ id }) => id), jobs.map(({ retryCount }) => retryCount)],
  )
}
