/**
 * Takes jobs of one name out of the queue. Where only so many of a name are done at once over all processes, whoever
 * takes some holds the key of the name, counts the places that are had, and takes no more than are left. A place ends
 * with the queue's own claim, so that a killed worker's are free once its jobs are anybody's again.
 */
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type { Database } from '../database/database.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import type { LedgerTx } from '../database/transaction.ts'

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
    return database.withLedger(async (tx) => {
      const left = await placesLeft(tx, name, atOnceOverall)
      if (left === 0) return []
      const batchSize = Math.min(most, left)
      const jobs = await boss.fetch<object>(name, { ...options, batchSize, db: tx.queue() })
      await takePlaces(tx, name, jobs)
      return jobs
    })
  }

type Place = { readonly job_id: string; readonly retry: number }

/** Of the keys with two parts; the other is made of the name. */
const PLACES_KEY = 4_107

/** None, too, while somebody else takes some: the next look comes within half a second. */
const placesLeft = async (tx: LedgerTx, name: string, atOnceOverall: number): Promise<number> => {
  const [key] = await tx.rows<{ had: boolean }>('select pg_try_advisory_xact_lock($1, hashtext($2)) as had', [
    PLACES_KEY,
    name,
  ])
  if (key?.had !== true) return 0
  const places = await tx.rows<Place>('select job_id, retry from chassis.job_place where name = $1', [name])
  if (places.length === 0) return atOnceOverall
  const had = await underWay(tx, name, places)
  const free = places.filter(({ job_id: id }) => !had.has(id)).map(({ job_id: id }) => id)
  if (free.length > 0) {
    await tx.change('delete from chassis.job_place where name = $1 and job_id = any($2::uuid[])', [
      name,
      free,
    ])
  }
  return Math.max(0, atOnceOverall - had.size)
}

/** A place whose attempt the queue has under way no more is nobody's. */
const UNDER_WAY = `
  select job.id from ${QUEUE_SCHEMA}.job join unnest($2::uuid[], $3::integer[]) as place (id, retry) using (id)
   where job.name = $1 and job.state = 'active' and job.retry_count = place.retry`

const underWay = async (
  tx: LedgerTx,
  name: string,
  places: readonly Place[],
): Promise<ReadonlySet<string>> => {
  const { rows } = await tx
    .queue()
    .executeSql(UNDER_WAY, [name, places.map(({ job_id: id }) => id), places.map(({ retry }) => retry)])
  return new Set(rows.map((row: { readonly id: string }) => row.id))
}

const takePlaces = async (tx: LedgerTx, name: string, jobs: readonly JobWithMetadata[]): Promise<void> => {
  if (jobs.length === 0) return
  await tx.change(
    'insert into chassis.job_place (name, job_id, retry) select $1, * from unnest($2::uuid[], $3::integer[])',
    [name, jobs.map(({ id }) => id), jobs.map(({ retryCount }) => retryCount)],
  )
}
