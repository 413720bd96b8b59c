/**
 * Jobs that nobody tries again by themselves: the queue puts a letter here for each that failed for good, also when its
 * worker was killed in the last attempt, and whoever cancels one puts a notice. What else is then so is said once more
 * until it is said.
 */
import type { ConnectionOptions, JobWithMetadata, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Database } from '../database/database.ts'
import type { LedgerTx } from '../database/transaction.ts'
import type { Log } from '../telemetry/log.ts'
import type { Attempted } from './attempt.ts'
import type { JobHandler } from './handle-job.ts'
import { envelopeOf } from './send-job.ts'
import type { Envelope } from './send-job.ts'

export const DEAD_LETTER_QUEUE = 'dead-letters'

/** A notice says itself which job it is about; a letter of the queue's own is about the job it was made from. */
type Notice = Envelope & { readonly about: { readonly jobId: string; readonly name: string } }

/** In the transaction of whoever cancels, when it is given. */
export const sendNotice = async (
  boss: PgBoss,
  job: { readonly id: string; readonly name: string; readonly data: object },
  options: ConnectionOptions = {},
): Promise<void> => {
  await boss.send(
    DEAD_LETTER_QUEUE,
    { ...job.data, about: { jobId: job.id, name: job.name } },
    { ...options },
  )
}

const noticeSchema = z.object({ about: z.object({ jobId: z.uuid(), name: z.string() }) })

const noticeOf = ({ data, sourceId, sourceName }: JobWithMetadata): Notice | null => {
  const envelope = envelopeOf(data)
  if (envelope === null) return null
  if (sourceId !== null && sourceName !== null) {
    return { ...envelope, about: { jobId: sourceId, name: sourceName } }
  }
  const read = noticeSchema.safeParse(data)
  return read.success ? { ...envelope, about: read.data.about } : null
}

export type GivingUp = {
  /** May write for all companies. */
  readonly database: Database
  readonly handlers: ReadonlyMap<string, JobHandler>
  readonly log: Log
}

/** What a worker does with a letter. */
export const giveUp = async (
  { database, handlers, log: parentLog }: GivingUp,
  letter: JobWithMetadata,
): Promise<Attempted> => {
  const notice = noticeOf(letter)
  if (notice === null) {
    parentLog.error({ jobId: letter.id }, 'a dead letter is of nobody, and is put away')
    return 'succeeded'
  }
  const { tenantId, payload, about } = notice
  const log = parentLog.child({ jobId: about.jobId, job: about.name, tenantId })
  const [line] = await database.withLedger((tx) => endLost(tx, tenantId, about.jobId))
  if (line === undefined || line.is_taken_up) return 'succeeded'
  const reason = line.state === 'FAILED' ? 'failed' : line.state === 'CANCELLED' ? 'cancelled' : null
  const givenUp = handlers.get(about.name)?.givenUp ?? null
  if (reason === null || givenUp === null) return 'succeeded'
  try {
    await givenUp({ tenantId, jobId: about.jobId, reason, log }, payload)
    return 'succeeded'
  } catch (error) {
    log.error(
      { err: error },
      'what follows from a job that was given up could not be done; it is tried again',
    )
    return 'failed'
  }
}

type Line = { readonly state: string; readonly is_taken_up: boolean }

/** A job that has not ended by its own account was lost by its last worker. Nobody gives up what is done again. */
export const endLost = (tx: LedgerTx, tenantId: string, jobId: string): Promise<readonly Line[]> =>
  tx.rows<Line>(
    `with lost as (
       update chassis.job_run
          set state = case when cancel_asked_at is null then 'FAILED' else 'CANCELLED' end,
              error = coalesce(error, $3), ended_at = clock_timestamp()
        where tenant_id = $1 and id = $2 and ended_at is null
       returning tenant_id, id, attempts, old.state as was, state
     ), events as (
       insert into chassis.job_event (tenant_id, job_id, attempt, kind, at)
       select tenant_id, id, attempts, 'LOST', clock_timestamp() from lost where was = 'RUNNING'
       union all
       select tenant_id, id, attempts, case state when 'FAILED' then 'GAVE_UP' else state end, clock_timestamp()
         from lost
     )
     select coalesce(lost.state, run.state) as state,
            exists (select from chassis.job_run again where again.tenant_id = $1 and again.rerun_of = $2) as is_taken_up
       from chassis.job_run run left join lost using (tenant_id, id) where run.tenant_id = $1 and run.id = $2`,
    [tenantId, jobId, LOST],
  )

const LOST = 'The worker was lost in the last attempt.'
