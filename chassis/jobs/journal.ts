/**
 * What became of each attempt, written down for many jobs in one statement: what comes in while a statement is under
 * way goes into the next. The line of a job is the truth about it; the queue only brings it to somebody.
 */
import type { Database } from '../database/database.ts'
import type { LedgerTx } from '../database/transaction.ts'
import { together } from './together.ts'

export type AttemptStart = {
  readonly tenantId: string
  readonly jobId: string
  readonly name: string
  readonly payload: unknown
  readonly priority: number
  readonly attempt: number
}

/** `begun`: it is this attempt's. `cancelled`: somebody called it off. `ended`: it needs nobody any more. */
export type Begun = 'begun' | 'cancelled' | 'ended'

export type AttemptEnd = Pick<AttemptStart, 'tenantId' | 'jobId' | 'attempt'> & {
  readonly state: 'SUCCEEDED' | 'RETRYING' | 'FAILED' | 'CANCELLED'
  /** What a person may read of why. */
  readonly message: string | null
}

export type Journal = {
  readonly begin: (start: AttemptStart) => Promise<Begun>
  /** Whether the attempt still had the job: another one may have taken it over. */
  readonly end: (end: AttemptEnd) => Promise<boolean>
  /** Of these, the ids that somebody asked to call off. */
  readonly cancelAsked: (running: readonly AttemptKey[]) => Promise<ReadonlySet<string>>
}

export type AttemptKey = Pick<AttemptStart, 'tenantId' | 'jobId'>

export const openJournal = (database: Database): Journal => ({
  begin: together((starts) => database.withLedger((tx) => beginAll(tx, starts))),
  end: together((ends) => database.withLedger((tx) => endAll(tx, ends))),
  cancelAsked: async (running) => {
    const rows = await database.withPlatform((tx) =>
      tx.rows<{ id: string }>(
        `select id from chassis.job_run where cancel_asked_at is not null and ended_at is null
           and (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
        [running.map(({ tenantId }) => tenantId), running.map(({ jobId }) => jobId)],
      ),
    )
    return new Set(rows.map(({ id }) => id))
  },
})

/**
 * A job has its line since it was handed in; one that somebody put into the queue by hand gets it here. Whoever was at
 * it before is gone when its attempt is still running.
 */
const BEGIN = `
  with asked as (
    -- A worker may hold an attempt that it lost, and the one after it, too.
    select distinct on (tenant_id, id) * from jsonb_to_recordset($1::jsonb)
      as a (tenant_id uuid, id uuid, name text, payload jsonb, priority integer, attempt integer)
    order by tenant_id, id, attempt desc
  ), begun as (
    insert into chassis.job_run as run (tenant_id, id, name, state, payload, priority, attempts, started_at)
    select tenant_id, id, name, 'RUNNING', payload, priority, attempt, clock_timestamp() from asked
    on conflict (tenant_id, id) do update
      set state = 'RUNNING', attempts = excluded.attempts, error = null,
          started_at = coalesce(run.started_at, excluded.started_at)
      where run.ended_at is null and run.cancel_asked_at is null and run.attempts < excluded.attempts
    returning run.tenant_id, run.id, run.attempts, old.state as was, old.attempts as before
  ), events as (
    insert into chassis.job_event (tenant_id, job_id, attempt, kind, at)
    select tenant_id, id, before, 'LOST', clock_timestamp() from begun where was = 'RUNNING'
    union all
    select tenant_id, id, attempts, 'STARTED', clock_timestamp() from begun
  )
  select id, attempts as attempt from begun`

/** One that was called off is told of again, since whoever called it off may have died before it told anybody. */
const WHY_NOT = `
  select run.id, run.state = 'CANCELLED' or run.ended_at is null and run.cancel_asked_at is not null as cancelled
  from chassis.job_run run join unnest($1::uuid[], $2::uuid[]) as t (tenant_id, id) using (tenant_id, id)`

const beginAll = async (tx: LedgerTx, starts: readonly AttemptStart[]): Promise<readonly Begun[]> => {
  const lines = starts.map(({ tenantId, jobId, name, payload, priority, attempt }) => ({
    tenant_id: tenantId,
    id: jobId,
    name,
    payload,
    priority,
    attempt,
  }))
  const begun = await written(tx, BEGIN, [JSON.stringify(lines)])
  const others = starts.filter((start) => !begun.has(keyOf(start)))
  if (others.length === 0) return starts.map(() => 'begun')
  const why = await tx.rows<{ id: string; cancelled: boolean }>(WHY_NOT, [
    others.map(({ tenantId }) => tenantId),
    others.map(({ jobId }) => jobId),
  ])
  const cancelled = new Set(why.filter((line) => line.cancelled).map(({ id }) => id))
  return starts.map((start) => {
    if (begun.has(keyOf(start))) return 'begun'
    return cancelled.has(start.jobId) ? 'cancelled' : 'ended'
  })
}

/** An attempt that was called off before it began has the attempts of the one before. */
const END = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb)
      as g (tenant_id uuid, id uuid, attempt integer, state text, message text)
    order by tenant_id, id
  ), ended as (
    update chassis.job_run run
       set state = g.state, error = g.message, attempts = g.attempt,
           ended_at = case when g.state = 'RETRYING' then null else clock_timestamp() end
      from given g
     where run.tenant_id = g.tenant_id and run.id = g.id and run.ended_at is null
       and (run.state = 'RUNNING' and run.attempts = g.attempt or g.state = 'CANCELLED')
    returning run.tenant_id, run.id, g.attempt, g.state, g.message
  ), events as (
    insert into chassis.job_event (tenant_id, job_id, attempt, kind, detail, at)
    select tenant_id, id, attempt,
           case state when 'RETRYING' then 'FAILED' when 'FAILED' then 'GAVE_UP' else state end,
           jsonb_strip_nulls(jsonb_build_object('message', message)), clock_timestamp()
      from ended
  )
  select id, attempt from ended`

const endAll = async (tx: LedgerTx, ends: readonly AttemptEnd[]): Promise<readonly boolean[]> => {
  const lines = ends.map(({ tenantId, jobId, attempt, state, message }) => ({
    tenant_id: tenantId,
    id: jobId,
    attempt,
    state,
    message,
  }))
  const ended = await written(tx, END, [JSON.stringify(lines)])
  return ends.map((end) => ended.has(keyOf(end)))
}

const keyOf = ({ jobId, attempt }: Pick<AttemptStart, 'jobId' | 'attempt'>): string => `${jobId} ${attempt}`

/** The attempts that were written, by their keys. */
const written = async (
  tx: LedgerTx,
  sql: string,
  parameters: readonly unknown[],
): Promise<ReadonlySet<string>> => {
  const rows = await tx.rows<{ id: string; attempt: number }>(sql, parameters)
  return new Set(rows.map(({ id, attempt }) => keyOf({ jobId: id, attempt })))
}
