/** A definition bound to the function that does it, and what that function is given. */
import type { WorkOptions } from '../database/database.ts'
import type { Tx } from '../database/transaction.ts'
import type { Actor } from '../identity.ts'
import type { Log } from '../telemetry/log.ts'
import type { EventDefinition, JobDefinition } from './define-job.ts'
import type { RunStep } from './steps.ts'

export type JobContext = {
  readonly tenantId: string
  readonly jobId: string
  /** 1 on the first try. */
  readonly attempt: number
  readonly actor: Actor
  readonly log: Log
  /** Aborts when the attempt is too long, is cancelled, or belongs to another worker by now. */
  readonly signal: AbortSignal
  readonly steps: (subject: string) => RunStep
  /**
   * The job's last act: what `work` does and the job's end commit together, or neither does, so that it is done exactly
   * once however often workers die. To be called once, and after it nothing is done any more.
   */
  readonly finish: <Result>(
    work: (tx: Tx) => Promise<Result>,
    options?: Pick<WorkOptions, 'statementTimeoutMs' | 'lockTimeoutMs'>,
  ) => Promise<Result>
}

/** A job that nobody tries again by itself: its last attempt failed or was lost, or somebody called it off. */
export type GivenUp = {
  readonly tenantId: string
  readonly jobId: string
  readonly reason: 'failed' | 'cancelled'
  readonly log: Log
}

export type JobHandler = {
  readonly definition: JobDefinition<object>
  readonly on: EventDefinition<object> | null
  readonly run: (context: JobContext, payload: unknown) => Promise<void>
  /** Null for a job that leaves nothing behind that waits for it. */
  readonly givenUp: ((end: GivenUp, payload: unknown) => Promise<void>) | null
}

export type HandlerOptions<Payload> = {
  /**
   * Says what else is so once a job was given up, such as that its pilot failed. It may be called more than once, and
   * late: it changes what still waits for the job, and nothing else.
   */
  readonly onGivenUp?: (end: GivenUp, payload: Payload) => Promise<void>
}

/** Binds a definition to the function that does it. */
export const handleJob = <Payload extends object>(
  definition: JobDefinition<Payload>,
  run: (context: JobContext, payload: Payload) => Promise<void>,
  { onGivenUp }: HandlerOptions<Payload> = {},
): JobHandler => ({
  definition,
  on: null,
  run: (context, payload) => run(context, definition.payload.parse(payload)),
  givenUp:
    onGivenUp === undefined ? null : (end, payload) => onGivenUp(end, definition.payload.parse(payload)),
})

/** For a job that is nothing but its effect in the database: the effect and the job's end are one transaction. */
export const handleInTransaction = <Payload extends object>(
  definition: JobDefinition<Payload>,
  work: (tx: Tx, context: Omit<JobContext, 'finish' | 'steps'>, payload: Payload) => Promise<void>,
  options: HandlerOptions<Payload> = {},
): JobHandler =>
  handleJob(definition, (context, payload) => context.finish((tx) => work(tx, context, payload)), options)

/** A job that runs once for every event published. */
export const handleEvent = <Payload extends object>(
  event: EventDefinition<Payload>,
  definition: JobDefinition<Payload>,
  run: (context: JobContext, payload: Payload) => Promise<void>,
  options: HandlerOptions<Payload> = {},
): JobHandler => ({ ...handleJob(definition, run, options), on: event })
