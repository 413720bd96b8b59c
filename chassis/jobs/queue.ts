/** Producers' side of the queue: a job or an event is written in the transaction that makes it necessary. */
import type { PgBoss } from 'pg-boss'
import type { LedgerTx, Tx } from '../database/transaction.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import { cancelJob, redriveJobs, rerunJob } from './administration.ts'
import type { Cancelled, Rerun } from './administration.ts'
import type { EventDefinition, JobDefinition } from './define-job.ts'
import { noTracer } from '../telemetry/tracer.ts'
import type { Tracer } from '../telemetry/tracer.ts'
import { newId } from '../values/ids.ts'
import { groupOf, openLines, sendJob, traceOf } from './send-job.ts'
import type { Envelope, LineToOpen } from './send-job.ts'

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
  /** As `publish`, for events of many tenants at once: one statement for each subscribed job, and one for all lines. */
  readonly publishMany: <Payload extends { readonly tenantId: string }>(
    tx: LedgerTx,
    event: EventDefinition<Payload>,
    payloads: readonly Payload[],
  ) => Promise<void>
  /** Calls a job of the transaction's company off: at once while it waits, within seconds while it is done. */
  readonly cancel: (tx: Tx, jobId: string) => Promise<Cancelled>
  /** Has a job that ended done again, with the payload that was kept. */
  readonly rerun: (tx: Tx, jobId: string) => Promise<Rerun>
  /** Has dead letters done again, all of them or none. */
  readonly redrive: (tx: Tx, jobIds: readonly string[]) => Promise<readonly Rerun[]>
}

const SUBSCRIBED = `select name from ${QUEUE_SCHEMA}.subscription where event = $1 order by name`

export const createQueue = (boss: PgBoss, { traceparent }: Tracer = noTracer): Queue => ({
  enqueue: (tx, { name, payload: schema, priority }, payload) =>
    sendJob(boss, tx, {
      name,
      payload: schema.parse(payload),
      priority,
      rerunOf: null,
      trace: traceparent(),
    }),
  publish: async (tx, event, given) => {
    const payload = event.payload.parse(given)
    const { rows } = await tx.queue().executeSql(SUBSCRIBED, [event.name])
    for (const { name } of rows) {
      await sendJob(boss, tx, {
        name: String(name),
        payload,
        priority: 0,
        rerunOf: null,
        trace: traceparent(),
      })
    }
  },
  publishMany: async (tx, event, payloads) => {
    if (payloads.length === 0) return
    const db = tx.queue()
    const { rows } = await db.executeSql(SUBSCRIBED, [event.name])
    const trace = traceOf(traceparent())
    const lines: LineToOpen[] = []
    for (const { name } of rows) {
      const ofName = payloads.map((payload) => ({
        tenantId: payload.tenantId,
        id: newId(),
        name: String(name),
        payload: event.payload.parse(payload),
        priority: 0,
      }))
      const jobs = ofName.map(({ id, tenantId, payload }) => {
        const data: Envelope = { tenantId, payload, ...trace }
        return { id, data, ...groupOf(tenantId) }
      })
      await boss.insert(String(name), jobs, { db })
      lines.push(...ofName)
    }
    if (lines.length > 0) await openLines(tx, lines)
  },
  cancel: (tx, jobId) => cancelJob(boss, tx, jobId),
  rerun: (tx, jobId) => rerunJob(boss, tx, jobId, traceparent()),
  redrive: (tx, jobIds) => redriveJobs(boss, tx, jobIds, traceparent()),
})
