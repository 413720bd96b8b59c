/** Consumers' side of the queue: takes jobs, runs their handlers, writes down what happened. */
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { failpoint } from '../failpoint.ts'
import { tellable } from '../fault.ts'
import type { Actor } from '../identity.ts'
import { systemActor } from '../identity.ts'
import type { Database } from '../database/database.ts'
import type { Log } from '../telemetry/log.ts'
import type { EventDefinition, JobDefinition } from './define-job.ts'
import type { Envelope } from './queue.ts'
import { declareSchedules } from './schedules.ts'
import { stepRunner } from './steps.ts'
import type { RunStep } from './steps.ts'

export type JobContext = {
  readonly tenantId: string
  readonly jobId: string
  /** 1 on the first try. */
  readonly attempt: number
  readonly actor: Actor
  readonly log: Log
  readonly signal: AbortSignal
  readonly steps: (subject: string) => RunStep
}

export type JobHandler = {
  readonly definition: JobDefinition<object>
  readonly on: EventDefinition<object> | null
  readonly run: (context: JobContext, payload: unknown) => Promise<void>
}

/** Binds a definition to the function that does it. */
export const handleJob = <Payload extends object>(
  definition: JobDefinition<Payload>,
  run: (context: JobContext, payload: Payload) => Promise<void>,
): JobHandler => ({
  definition,
  on: null,
  run: (context, payload) => run(context, definition.payload.parse(payload)),
})

/** A job that runs once for every event published. */
export const handleEvent = <Payload extends object>(
  event: EventDefinition<Payload>,
  definition: JobDefinition<Payload>,
  run: (context: JobContext, payload: Payload) => Promise<void>,
): JobHandler => ({ ...handleJob(definition, run), on: event })

export const DEAD_LETTER_QUEUE = 'dead-letters'

/** The shortest heartbeat the queue takes; a killed worker's jobs are taken over after about this long. */
const HEARTBEAT_SECONDS = 10
/**
 * Of one kind, in one process. One at a time each, since a batch is taken as a whole: a long import in it would keep
 * the next ones waiting; and fewer than a pool has connections, since requests need some too.
 */
const JOBS_AT_ONCE = 4
const POLL_SECONDS = 0.5
const FIRST_RETRY_SECONDS = 1

/**
 * Must run before anything is enqueued: a queue has to exist for a job to be taken. Takes the handlers of all
 * subgraphs together, since a schedule that none of them has is taken back.
 */
export const declareQueues = async (boss: PgBoss, handlers: readonly JobHandler[]): Promise<void> => {
  await boss.createQueue(DEAD_LETTER_QUEUE)
  for (const { definition, on } of handlers) {
    const options = {
      retryLimit: definition.retries,
      retryDelay: FIRST_RETRY_SECONDS,
      retryBackoff: true,
      expireInSeconds: definition.timeoutSeconds,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      notify: true,
    }
    await boss.createQueue(definition.name, { ...options, deadLetter: DEAD_LETTER_QUEUE })
    await boss.updateQueue(definition.name, options)
    if (on !== null) await boss.subscribe(on.name, definition.name)
  }
  await declareSchedules(
    boss,
    handlers.map(({ definition }) => definition),
  )
}

export const startWorking = async (
  boss: PgBoss,
  database: Database,
  handlers: readonly JobHandler[],
  log: Log,
): Promise<void> => {
  for (const handler of handlers) {
    await boss.work(
      handler.definition.name,
      {
        includeMetadata: true,
        perJobResults: true,
        localConcurrency: JOBS_AT_ONCE,
        pollingIntervalSeconds: POLL_SECONDS,
        notifyPollingIntervalSeconds: POLL_SECONDS,
      },
      (jobs: JobWithMetadata<Envelope>[]) =>
        Promise.all(jobs.map((job) => runOne(database, handler, job, log))),
    )
  }
}

type Outcome = { readonly id: string; readonly status: 'completed' | 'failed'; readonly output?: object }

const runOne = async (
  database: Database,
  handler: JobHandler,
  job: JobWithMetadata<Envelope>,
  parentLog: Log,
): Promise<Outcome> => {
  const { tenantId, payload } = job.data
  const attempt = job.retryCount + 1
  const log = parentLog.child({ jobId: job.id, job: job.name, tenantId, attempt })
  const journal = jobJournal(database, tenantId, job, attempt)
  try {
    await journal.started(payload)
    await handler.run(
      {
        tenantId,
        jobId: job.id,
        attempt,
        actor: systemActor(tenantId, job.name),
        log,
        signal: job.signal,
        steps: (subject) => stepRunner(database, tenantId, subject),
      },
      payload,
    )
    await failpoint(`job.${job.name}.worked`)
    await journal.succeeded()
    await failpoint(`job.${job.name}.told`)
    log.info('job done')
    return { id: job.id, status: 'completed' }
  } catch (error) {
    const message = tellable(error)
    const final = attempt > job.retryLimit
    log.error({ err: error }, final ? 'job failed for good' : 'job failed, will be tried again')
    await journal
      .failed(message, final)
      .catch((cause: unknown) => log.error({ err: cause }, 'job journal failed'))
    return { id: job.id, status: 'failed', output: { message } }
  }
}

const jobJournal = (
  database: Database,
  tenantId: string,
  job: JobWithMetadata<Envelope>,
  attempt: number,
) => {
  const write = (kind: string, state: string, detail: object, ended: boolean): Promise<void> =>
    database.withTenant(tenantId, async (tx) => {
      await tx.change(
        `update chassis.job_run set state = $3, attempts = $4, error = $5, ended_at = case when $6 then clock_timestamp() end
         where tenant_id = $1 and id = $2`,
        [tenantId, job.id, state, attempt, 'message' in detail ? detail.message : null, ended],
      )
      await tx.change(
        `insert into chassis.job_event (tenant_id, job_id, attempt, kind, detail, at) values ($1, $2, $3, $4, $5, clock_timestamp())`,
        [tenantId, job.id, attempt, kind, JSON.stringify(detail)],
      )
    })
  return {
    started: (payload: unknown): Promise<void> =>
      database.withTenant(tenantId, async (tx) => {
        // A job that an event fanned out or a schedule sent has no line of its own until it starts.
        await tx.change(
          `insert into chassis.job_run (tenant_id, id, name, state, payload, attempts, started_at)
           values ($1, $2, $3, 'RUNNING', $4, $5, clock_timestamp())
           on conflict (tenant_id, id) do update set state = 'RUNNING', attempts = excluded.attempts,
             started_at = coalesce(job_run.started_at, excluded.started_at), error = null`,
          [tenantId, job.id, job.name, JSON.stringify(payload), attempt],
        )
        await tx.change(
          `insert into chassis.job_event (tenant_id, job_id, attempt, kind, at) values ($1, $2, $3, 'STARTED', clock_timestamp())`,
          [tenantId, job.id, attempt],
        )
      }),
    succeeded: () => write('SUCCEEDED', 'SUCCEEDED', {}, true),
    failed: (message: string, final: boolean) =>
      write(final ? 'GAVE_UP' : 'FAILED', final ? 'FAILED' : 'RETRYING', { message }, final),
  }
}
