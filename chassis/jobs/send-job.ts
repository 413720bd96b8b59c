/** Puts a job into the queue and opens its line, in the transaction of whoever needs it done. */
import type { PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { failpoint } from '../failpoint.ts'
import { Fault } from '../fault.ts'
import { PLATFORM_TENANT_ID } from '../values/ids.ts'

/** What the queue stores around a payload. */
export type Envelope = {
  readonly tenantId: string
  readonly payload: unknown
  /** The span that the job goes on from; none where nothing is traced. */
  readonly trace?: string
}

export const traceOf = (traceparent: string | null): Pick<Envelope, 'trace'> =>
  traceparent === null ? {} : { trace: traceparent }

const envelopeSchema = z.object({
  tenantId: z.guid(),
  payload: z.unknown(),
  trace: z.string().exactOptional(),
})

/** Null for what is none: somebody who puts jobs into the queue by hand may put anything there. */
export const envelopeOf = (data: unknown): Envelope | null => {
  const read = envelopeSchema.safeParse(data)
  return read.success ? read.data : null
}

/** Workers listen here; what is said is the name of a job of which there is one to do. */
export const JOBS_CHANNEL = 'stormops_jobs'

export type JobToSend = {
  /** Default one of its own. A job of an id that the queue has is not sent a second time. */
  readonly id?: string
  readonly name: string
  readonly payload: object
  readonly priority: number
  /** The job that this one does again. */
  readonly rerunOf: string | null
  readonly trace: string | null
}

/** Jobs of one company are a group, of which only so many are done at once. The platform's own are nobody's. */
export const groupOf = (tenantId: string): { readonly group?: { readonly id: string } } =>
  tenantId === PLATFORM_TENANT_ID ? {} : { group: { id: tenantId } }

/** Returns the job's id. Workers hear of it when the transaction commits. */
export const sendJob = async (boss: PgBoss, tx: Tx, job: JobToSend): Promise<string> => {
  const { name, payload, priority, rerunOf, trace } = job
  const envelope: Envelope = { tenantId: tx.tenantId, payload, ...traceOf(trace) }
  const id = await boss.send(name, envelope, {
    db: tx.queue(),
    priority,
    ...groupOf(tx.tenantId),
    ...(job.id === undefined ? {} : { id: job.id }),
  })
  if (id === null) {
    if (job.id !== undefined) return job.id
    throw new Fault('INTERNAL', `The queue took no job ${name}.`)
  }
  await failpoint(`job.${name}.sent`)
  const line = [tx.tenantId, id, name, JSON.stringify(payload), priority, rerunOf]
  await tx.rows(OPEN_LINE, [...line, JOBS_CHANNEL])
  return id
}

/** For one, since most jobs come alone: unpacking a list costs a fifth more. */
const OPEN_LINE = `
  with line as (
    insert into chassis.job_run (tenant_id, id, name, state, payload, priority, rerun_of)
    values ($1, $2, $3, 'QUEUED', $4, $5, $6) returning tenant_id, id
  ), event as (
    insert into chassis.job_event (tenant_id, job_id, attempt, kind) select tenant_id, id, 0, 'QUEUED' from line
    returning job_id
  )
  select pg_notify($7, $3) from event`

export type LineToOpen = Pick<JobToSend, 'name' | 'payload' | 'priority'> & {
  readonly tenantId: string
  readonly id: string
}

/** The lines of many jobs that the transaction has put into the queue, and word of them to the workers. */
export const openLines = async (tx: Pick<Tx, 'rows'>, lines: readonly LineToOpen[]): Promise<void> => {
  const rows = lines.map(({ tenantId, ...line }) => ({ ...line, tenant_id: tenantId }))
  await tx.rows(OPEN_LINES, [JSON.stringify(rows), JOBS_CHANNEL])
}

const OPEN_LINES = `
  with line as (
    insert into chassis.job_run (tenant_id, id, name, state, payload, priority)
    select tenant_id, id, name, 'QUEUED', payload, priority
      from jsonb_to_recordset($1::jsonb) as l (tenant_id uuid, id uuid, name text, payload jsonb, priority integer)
    returning tenant_id, id, name
  ), event as (
    insert into chassis.job_event (tenant_id, job_id, attempt, kind) select tenant_id, id, 0, 'QUEUED' from line
  )
  select pg_notify($2, name) from (select distinct name from line) as names`
