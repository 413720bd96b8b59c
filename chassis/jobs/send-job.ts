/** Puts a job into the queue and opens its line, in the transaction of whoever needs it done. */
import type { PgBoss } from 'pg-boss'
import type { Tx } from '../database/database.ts'
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

export type JobToSend = {
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

/** Returns the job's id. */
export const sendJob = async (boss: PgBoss, tx: Tx, job: JobToSend): Promise<string> => {
  const { name, payload, priority, rerunOf, trace } = job
  const envelope: Envelope = { tenantId: tx.tenantId, payload, ...traceOf(trace) }
  const id = await boss.send(name, envelope, { db: tx.queue(), priority, ...groupOf(tx.tenantId) })
  if (id === null) throw new Fault('INTERNAL', `The queue took no job ${name}.`)
  await tx.change(
    `with line as (
       insert into chassis.job_run (tenant_id, id, name, state, payload, priority, rerun_of)
       values ($1, $2, $3, 'QUEUED', $4, $5, $6) returning tenant_id, id)
     insert into chassis.job_event (tenant_id, job_id, attempt, kind) select tenant_id, id, 0, 'QUEUED' from line`,
    [tx.tenantId, id, name, JSON.stringify(payload), priority, rerunOf],
  )
  return id
}
