/** One try at a job: its line is begun, its handler runs within its time, and its line says how it ended. */
import type { JobWithMetadata } from 'pg-boss'
import type { Database } from '../database/database.ts'
import { failpoint } from '../failpoint.ts'
import { Fault, tellable } from '../fault.ts'
import { systemActor } from '../identity.ts'
import type { Log } from '../telemetry/log.ts'
import type { Tracer } from '../telemetry/tracer.ts'
import type { JobContext, JobHandler } from './handle-job.ts'
import type { AttemptOutcome, JobAttempt, JobObserver } from './job-observer.ts'
import { attemptInTrace, stepsInTrace } from './job-trace.ts'
import type { AttemptEnd, Journal } from './journal.ts'
import { envelopeOf } from './send-job.ts'
import { stepRunner, unlessAborted } from './steps.ts'

/** `lapsed`: the job needs nobody any more, and nothing was done. */
export type Attempted = AttemptOutcome | 'lapsed'

export type AttemptParts = {
  readonly handler: JobHandler
  /** Of the subgraph whose job it is. */
  readonly database: Database
  readonly journal: Journal
  readonly observer: JobObserver
  readonly tracer: Tracer
  readonly log: Log
}

/** Why an attempt is broken off before its time is over. */
export const cancelledByPerson = (): Fault => new Fault('UNAVAILABLE', 'The job was cancelled.')
export const takenOver = (): Fault => new Fault('UNAVAILABLE', 'Another worker has taken the job over.')
export const workerClosed = (): Fault => new Fault('UNAVAILABLE', 'The worker closed before the job ended.')

/** `stop` aborts with one of the reasons above. */
export const attemptJob = async (
  parts: AttemptParts,
  job: JobWithMetadata,
  stop: AbortSignal,
): Promise<Attempted> => {
  const envelope = envelopeOf(job.data)
  if (envelope === null) {
    parts.log.error({ jobId: job.id, job: job.name }, 'a job of nobody is in the queue, and is not done')
    return 'gave-up'
  }
  const { tenantId, payload } = envelope
  const attempt = job.retryCount + 1
  const key = { tenantId, jobId: job.id, attempt }
  const log = parts.log.child({ jobId: job.id, job: job.name, tenantId, attempt })
  const begun = await parts.journal.begin({ ...key, name: job.name, payload, priority: job.priority })
  if (begun === 'ended') return 'lapsed'
  if (begun === 'cancelled') {
    await parts.journal.end({ ...key, state: 'CANCELLED', message: null })
    return 'cancelled'
  }
  const told: JobAttempt = { ...key, name: job.name, waitedSeconds: waitedSeconds(job) }
  const startedAt = performance.now()
  parts.observer.started(told)
  const { id, name, retryCount } = job
  const outcome = await attemptInTrace(
    parts.tracer,
    { id, name, retryCount, data: envelope },
    async (span): Promise<AttemptOutcome> => {
      const ended = await runHandler(parts, { job, key, payload, log, stop })
      if (ended !== 'succeeded') span.fail(ended)
      return ended
    },
  )
  parts.observer.ended(told, outcome, (performance.now() - startedAt) / 1_000)
  return outcome
}

const waitedSeconds = ({ startAfter }: JobWithMetadata): number =>
  Math.max(0, (Date.now() - startAfter.getTime()) / 1_000)

type Running = {
  readonly job: JobWithMetadata
  readonly key: Pick<AttemptEnd, 'tenantId' | 'jobId' | 'attempt'>
  readonly payload: unknown
  readonly log: Log
  readonly stop: AbortSignal
}

const runHandler = async (parts: AttemptParts, running: Running): Promise<AttemptOutcome> => {
  const { handler, journal } = parts
  const { job, key, payload, log, stop } = running
  const limit = timeLimit(handler.definition.timeoutSeconds)
  const signal = AbortSignal.any([stop, limit.signal])
  const finish = finishing(parts, running, signal)
  try {
    await unlessAborted(handler.run(contextOf(parts, running, signal, finish.finish), payload), signal)
    await failpoint(`job.${job.name}.worked`)
    if (!finish.isFinished() && !(await journal.end({ ...key, state: 'SUCCEEDED', message: null }))) {
      throw takenOver()
    }
    await failpoint(`job.${job.name}.told`)
    log.info('job done')
    return 'succeeded'
  } catch (error) {
    if (finish.isFinished()) {
      log.error({ err: error }, 'job done, and something went wrong after it')
      return 'succeeded'
    }
    const outcome = outcomeOf(job, signal)
    log.error({ err: error }, IN_WORDS[outcome])
    await journal
      .end({ ...key, state: STATES[outcome], message: printable(signal.aborted ? signal.reason : error) })
      // What cannot be written now is found out when the queue counts the attempt as lost.
      .catch((cause: unknown) => log.error({ err: cause }, 'job journal failed'))
    return outcome
  } finally {
    limit.clear()
  }
}

type Failure = Exclude<AttemptOutcome, 'succeeded'>

const outcomeOf = (job: JobWithMetadata, signal: AbortSignal): Failure => {
  if (signal.aborted && isCancellation(signal.reason)) return 'cancelled'
  return job.retryCount >= job.retryLimit ? 'gave-up' : 'failed'
}

const isCancellation = (reason: unknown): boolean =>
  reason instanceof Fault && reason.message === cancelledByPerson().message

const STATES = { failed: 'RETRYING', 'gave-up': 'FAILED', cancelled: 'CANCELLED' } as const
const IN_WORDS: Readonly<Record<Failure, string>> = {
  failed: 'job failed, will be tried again',
  'gave-up': 'job failed for good',
  cancelled: 'job cancelled',
}

/** Longest text kept with a job; the log has the rest. */
const MESSAGE_LENGTH = 500

/** What the database takes as JSON: no zero characters, and no half of one. */
const printable = (error: unknown): string =>
  tellable(error).replaceAll('\0', '').toWellFormed().slice(0, MESSAGE_LENGTH).toWellFormed()

const timeLimit = (seconds: number): { readonly signal: AbortSignal; readonly clear: () => void } => {
  const controller = new AbortController()
  const timer = setTimeout(
    () => controller.abort(new Fault('TIMEOUT', `The job took longer than ${seconds} seconds.`)),
    seconds * 1_000,
  )
  return { signal: controller.signal, clear: () => clearTimeout(timer) }
}

const contextOf = (
  { handler, database, observer, tracer }: AttemptParts,
  { job, key, log }: Running,
  signal: AbortSignal,
  finish: JobContext['finish'],
): JobContext => ({
  ...key,
  actor: systemActor(key.tenantId, job.name),
  log,
  signal,
  steps: (subject) =>
    stepsInTrace(
      tracer,
      stepRunner(database, key.tenantId, subject, {
        job: { id: key.jobId, name: job.name, attempt: key.attempt },
        signal,
        timeoutSeconds: handler.definition.stepTimeoutSeconds,
        ended: (step, isDone, seconds) => observer.stepEnded(job.name, step, isDone, seconds),
      }),
    ),
  finish,
})

const finishing = ({ database }: AttemptParts, { key }: Running, signal: AbortSignal) => {
  let finished = false
  const finish: JobContext['finish'] = async (work, options = {}) => {
    const result = await database.withTenant(
      key.tenantId,
      async (tx) => {
        const done = await work(tx)
        // Whoever took the job over has counted the attempt up: what this one did is then rolled back.
        const ended = await tx.change(
          `with ended as (
             update chassis.job_run set state = 'SUCCEEDED', error = null, ended_at = clock_timestamp()
             where tenant_id = $1 and id = $2 and state = 'RUNNING' and attempts = $3 returning tenant_id, id)
           insert into chassis.job_event (tenant_id, job_id, attempt, kind, at)
           select tenant_id, id, $3, 'SUCCEEDED', clock_timestamp() from ended`,
          [key.tenantId, key.jobId, key.attempt],
        )
        if (ended === 0) throw takenOver()
        return done
      },
      { ...options, signal },
    )
    finished = true
    return result
  }
  return { finish, isFinished: () => finished }
}
