/**
 * A worker: it hears of jobs there are to do, takes as many as it has room for, runs their handlers and writes down what
 * happened. Any number of processes may work.
 */
import type { PgBoss } from 'pg-boss'
import type { ConnectionSettings } from '../database/connection.ts'
import type { Database } from '../database/database.ts'
import type { Log } from '../telemetry/log.ts'
import { noTracer } from '../telemetry/tracer.ts'
import type { Tracer } from '../telemetry/tracer.ts'
import { newId } from '../values/ids.ts'
import { attemptJob, cancelledByPerson } from './attempt.ts'
import type { AttemptParts } from './attempt.ts'
import { CLOCK_QUEUE, handInScheduled } from './clock-letters.ts'
import { startDispatching } from './dispatcher.ts'
import type { Dispatcher, HeldJob, Lane } from './dispatcher.ts'
import { watchDueJobs } from './due-jobs.ts'
import { DEAD_LETTER_QUEUE, giveUp } from './given-up-jobs.ts'
import type { JobHandler } from './handle-job.ts'
import { nobodyWatches } from './job-observer.ts'
import type { JobObserver } from './job-observer.ts'
import { openJournal } from './journal.ts'
import type { AttemptKey, Journal } from './journal.ts'
import { envelopeOf } from './send-job.ts'
import { takingFrom } from './take-jobs.ts'
import { keepWorkerLine } from './worker-line.ts'

// Whoever writes a job, and whoever works, finds what it needs here.
export { declareQueues } from './declare-queues.ts'
export { handleEvent, handleInTransaction, handleJob } from './handle-job.ts'
export type { GivenUp, HandlerOptions, JobContext, JobHandler } from './handle-job.ts'

/** The jobs of a subgraph, over its database. */
export type JobsOfService = { readonly database: Database; readonly jobs: readonly JobHandler[] }

export type WorkingOptions = {
  readonly boss: PgBoss
  /** As the app role; one connection listens. */
  readonly connection: ConnectionSettings
  /** Writes down what became of the jobs of all companies. */
  readonly journal: Database
  readonly services: readonly JobsOfService[]
  readonly log: Log
  /** Default nobody. */
  readonly observer?: JobObserver
  /** Default nothing is traced. */
  readonly tracer?: Tracer
  /** One that works several databases has one id in all of them. Default one of its own. */
  readonly workerId?: string
  /** Jobs at once. Default `CAPACITY`. */
  readonly capacity?: number
}

export type Working = {
  /** Takes no new job, waits for those under way, and breaks off what is not done by then. */
  readonly stop: (drainMs: number) => Promise<void>
}

/**
 * More than pools have connections: jobs also compute, and wait for others. What is begun and ended together is written
 * down together, so that more at once cost less each.
 */
const CAPACITY = 40

/** Of notices, and of letters of the clock. */
const LETTERS_AT_ONCE = 5

/** Whoever cancels a job that is being done sees it end within two seconds. */
const ASK_EVERY_MS = 1_000

export const startWorking = async (options: WorkingOptions): Promise<Working> => {
  const {
    boss,
    connection,
    services,
    log,
    tracer = noTracer,
    capacity = CAPACITY,
    workerId = newId(),
  } = options
  const journal = openJournal(options.journal)
  const line = keepWorkerLine({ database: options.journal, id: workerId, capacity, log })
  const observer = bothObserve(line.observer, options.observer ?? nobodyWatches)
  const lanes = [
    ...lanesOfJobs(services, { journal, observer, tracer, log }),
    ...lanesOfLetters(boss, options),
  ]
  const take = takingFrom(boss, options.journal)
  const dispatcher = startDispatching({ boss, take, lanes, capacity, log })
  const cancelling = watchCancellations(journal, dispatcher, log)
  const dueJobs = await watchDueJobs({
    connection,
    names: lanes.map(({ name }) => name),
    due: dispatcher.due,
    log,
  })
  return {
    stop: async (drainMs) => {
      await dueJobs.stop()
      await dispatcher.stop(drainMs)
      await cancelling.stop()
      await line.close()
    },
  }
}

type Parts = Pick<AttemptParts, 'journal' | 'observer' | 'tracer' | 'log'>

const lanesOfJobs = (services: readonly JobsOfService[], parts: Parts): readonly Lane[] =>
  services.flatMap(({ database, jobs }) =>
    jobs.map((handler): Lane => {
      const { name, kind, atOnce, atOnceForCompany, atOnceOverall } = handler.definition
      return {
        name,
        kind,
        atOnce,
        atOnceForCompany,
        atOnceOverall,
        work: (job, stop) => attemptJob({ ...parts, handler, database }, job, stop),
      }
    }),
  )

/** What the platform tells itself. */
const lanesOfLetters = (
  boss: PgBoss,
  { services, journal: database, log }: Pick<WorkingOptions, 'services' | 'journal' | 'log'>,
): readonly Lane[] => {
  const handlers = services.flatMap(({ jobs }) => jobs)
  const givingUp = {
    database,
    handlers: new Map(handlers.map((handler) => [handler.definition.name, handler])),
    log,
  }
  const lane = (name: string, work: Lane['work']): Lane => ({
    name,
    kind: 'short',
    atOnce: LETTERS_AT_ONCE,
    atOnceForCompany: null,
    atOnceOverall: null,
    work,
  })
  return [
    lane(DEAD_LETTER_QUEUE, (letter) => giveUp(givingUp, letter)),
    lane(CLOCK_QUEUE, (letter) => handInScheduled({ boss, database, log }, letter)),
  ]
}

const bothObserve = (one: JobObserver, other: JobObserver): JobObserver => ({
  started: (attempt) => {
    one.started(attempt)
    other.started(attempt)
  },
  ended: (attempt, outcome, seconds) => {
    one.ended(attempt, outcome, seconds)
    other.ended(attempt, outcome, seconds)
  },
  stepEnded: (...step) => {
    one.stepEnded(...step)
    other.stepEnded(...step)
  },
})

/** Breaks off what somebody called off. */
const watchCancellations = (
  journal: Journal,
  dispatcher: Dispatcher,
  log: Log,
): { readonly stop: () => Promise<void> } => {
  let asking: Promise<void> | null = null
  const ask = async (): Promise<void> => {
    const held = dispatcher.held()
    const keys = held.flatMap(keyOf)
    if (keys.length === 0) return
    const asked = await journal.cancelAsked(keys)
    for (const { job, stop } of held) if (asked.has(job.id)) stop.abort(cancelledByPerson())
  }
  const timer = setInterval(() => {
    asking ??= ask()
      .catch((error: unknown) => log.warn({ err: error }, 'cannot see which jobs were cancelled'))
      .finally(() => {
        asking = null
      })
  }, ASK_EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      await asking
    },
  }
}

const keyOf = ({ job }: HeldJob): readonly AttemptKey[] => {
  const envelope = envelopeOf(job.data)
  return envelope === null || job.name === DEAD_LETTER_QUEUE
    ? []
    : [{ tenantId: envelope.tenantId, jobId: job.id }]
}
