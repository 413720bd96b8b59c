/** Figures over all companies, read with the platform's rights. Times are compared by the database's clock, which wrote them. */
import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import { LIVE_SECONDS } from '../domain/platform-figures.ts'
import type { AttemptTally, DeadLetters, JobFlow, QueueDepth, Worker } from '../domain/platform-figures.ts'

type WorkerRow = Omit<Worker, 'jobsDone' | 'jobsFailed'> & {
  readonly jobsDone: string
  readonly jobsFailed: string
}

/** The longest at work first. */
export const workers = async (tx: PlatformTx): Promise<readonly Worker[]> => {
  const rows = await tx.rows<WorkerRow>(
    `select id, host, process_id as "processNumber", started_at as "startedAt", seen_at as "seenAt",
            seen_at > now() - make_interval(secs => $1) as "isLive", busy, capacity,
            done as "jobsDone", failed as "jobsFailed", last_job_at as "lastJobAt"
       from chassis.worker order by started_at, id`,
    [LIVE_SECONDS],
  )
  return rows.map((row) => ({ ...row, jobsDone: Number(row.jobsDone), jobsFailed: Number(row.jobsFailed) }))
}

/** Null when no worker has left a line. */
export const secondsSinceWorkerSeen = async (tx: PlatformTx): Promise<number | null> => {
  const [row] = await tx.rows<{ seconds: number | null }>(
    `select extract(epoch from now() - max(seen_at))::float8 as seconds from chassis.worker`,
  )
  return row?.seconds ?? null
}

export const attemptsOfLastHour = async (tx: PlatformTx): Promise<AttemptTally> => {
  const [row] = await tx.rows<AttemptTally>(
    `select count(*) filter (where kind = 'SUCCEEDED')::int as succeeded,
            count(*) filter (where kind = 'FAILED')::int as failed,
            count(*) filter (where kind = 'GAVE_UP')::int as "gaveUp",
            count(*) filter (where kind = 'LOST')::int as lost,
            count(*) filter (where kind = 'CANCELLED')::int as cancelled
       from chassis.job_event where at > now() - interval '1 hour'`,
  )
  return row ?? { succeeded: 0, failed: 0, gaveUp: 0, lost: 0, cancelled: 0 }
}

export const deadLetters = async (tx: PlatformTx): Promise<DeadLetters> => {
  const [row] = await tx.rows<DeadLetters>(
    `select count(*)::int as count,
            count(*) filter (where ended_at < now() - interval '1 day')::int as "olderThanADay"
       from chassis.job_run where state = 'FAILED' and redriven_at is null`,
  )
  return row ?? { count: 0, olderThanADay: 0 }
}

/** `watch` is the job that asks: it ends every minute, whatever becomes of the others. */
export const jobFlow = async (tx: PlatformTx, watch: string): Promise<JobFlow> => {
  const [row] = await tx.rows<JobFlow>(
    `select extract(epoch from now() - (select ended_at from chassis.job_run
                                         where ended_at is not null and name <> $1
                                         order by ended_at desc limit 1))::float8 as "lastEndedSeconds",
            (select extract(epoch from now() - min(started_at))::float8 from chassis.worker
              where seen_at > now() - make_interval(secs => $2)) as "longestWorkerSeconds"`,
    [watch, LIVE_SECONDS],
  )
  return row ?? { lastEndedSeconds: null, longestWorkerSeconds: null }
}

/**
 * The longest queue first. The app alone may read the queue, which keeps every company's jobs; of them come only counts.
 * What waits is counted by the index that hands jobs out; ended jobs, of which there are many, are not looked at. How
 * many are under way is what the queue itself counted some seconds ago. Queues without a dot in their names are the
 * library's own.
 */
export const queueDepths = (tx: Tx): Promise<readonly QueueDepth[]> =>
  tx.rows<QueueDepth>(
    `with waiting as (
       select name,
              count(*) filter (where start_after <= now())::int as ready,
              count(*) filter (where start_after > now())::int as delayed,
              extract(epoch from now() - min(start_after) filter (where start_after <= now()))::float8 as oldest
         from pgboss.job where state < 'active' and not blocked group by name)
     select q.name, coalesce(w.ready, 0) as ready, coalesce(w.delayed, 0) as delayed, q.active_count as active,
            w.oldest as "oldestSeconds"
       from pgboss.queue q left join waiting w using (name)
      where position('.' in q.name) > 0 and (w.name is not null or q.active_count > 0)
      order by ready desc, active desc, q.name`,
  )
