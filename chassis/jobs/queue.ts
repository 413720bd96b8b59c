/** Producers' side of the queue: a job or an event is written in the transaction that makes it necessary. */
import type { PgBoss } from 'pg-boss'
import type { LedgerTx, Tx } from '../database/database.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import { failpoint } from '../failpoint.ts'
import { Fault } from '../fault.ts'
import type { EventDefinition, JobDefinition } from './define-job.ts'

/** What the queue stores around a payload. */
export type Envelope = { readonly tenantId: string; readonly payload: unknown }

export type Queue = {
  /** Returns the job's id. The job exists if and only if the transaction commits. */
  readonly enqueue: <Payload extends object>(
    tx: Tx,
    job: JobDefinition<Payload>,
    payload: Payload,
  ) => Promise<string>
  /** Hands the event to every subscribed job. */
  readonly publish: <Payload extends object>(
    tx: Tx,
    event: EventDefinition<Payload>,
    payload: Payload,
  ) => Promise<void>
  /** As `publish`, for events of many tenants at once: one statement for each subscribed job. */
  readonly publishMany: <Payload extends { readonly tenantId: string }>(
    tx: LedgerTx,
    event: EventDefinition<Payload>,
    payloads: readonly Payload[],
  ) => Promise<void>
}

/** Jobs that subscribed to an event; the queue has no word for publishing many. */
const SUBSCRIBED = `select name from ${QUEUE_SCHEMA}.subscription where event = $1`

export const createQueue = (boss: PgBoss): Queue => ({
  enqueue: async (tx, job, payload) => {
    const envelope: Envelope = { tenantId: tx.tenantId, payload: job.payload.parse(payload) }
    const id = await boss.send(job.name, envelope, { db: tx.queue() })
    if (id === null) throw new Fault('INTERNAL', `The queue took no job ${job.name}.`)
    await failpoint(`job.${job.name}.sent`)
    await tx.change(
      `insert into chassis.job_run (tenant_id, id, name, state, payload) values ($1, $2, $3, 'QUEUED', $4)`,
      [tx.tenantId, id, job.name, JSON.stringify(envelope.payload)],
    )
    await tx.change(
      `insert into chassis.job_event (tenant_id, job_id, attempt, kind) values ($1, $2, 0, 'QUEUED')`,
      [tx.tenantId, id],
    )
    return id
  },
  publish: async (tx, event, payload) => {
    const envelope: Envelope = { tenantId: tx.tenantId, payload: event.payload.parse(payload) }
    await boss.publish(event.name, envelope, { db: tx.queue() })
  },
  publishMany: async (tx, event, payloads) => {
    if (payloads.length === 0) return
    const db = tx.queue()
    const { rows } = await db.executeSql(SUBSCRIBED, [event.name])
    const jobs = payloads.map((payload) => {
      const data: Envelope = { tenantId: payload.tenantId, payload: event.payload.parse(payload) }
      return { data }
    })
    for (const { name } of rows) await boss.insert(String(name), jobs, { db })
  },
})
