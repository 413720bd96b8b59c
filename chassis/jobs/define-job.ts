/**
 * A job is a definition, a policy and a function. The definition stands alone, so that whoever enqueues a job
 * does not import the code that does it. What it says is looked at when it is declared, not when the job fails.
 */
import type { z } from 'zod'
import { Fault } from '../fault.ts'

/**
 * When a job of the platform runs by itself: five cron fields, read on the clock of an IANA zone. It starts within
 * about half a minute of its time. What came due while no worker ran is made up for once, however often it was missed.
 */
export type JobSchedule = { readonly cron: string; readonly timeZone: string }

/** `short` ends within seconds; `long` may take minutes, and long jobs never have more than half of a worker. */
export type JobKind = 'short' | 'long'

/** The n-th wait is between `firstSeconds` · 2ⁿ⁻¹ and twice that, at random, and never more than `mostSeconds`. */
export type RetryDelay = { readonly firstSeconds: number; readonly mostSeconds: number }

export type JobDefinition<Payload> = {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  readonly kind: JobKind
  /** Attempts after the first. */
  readonly retries: number
  readonly retryDelay: RetryDelay
  /** Seconds after which an attempt is broken off and counts as failed. */
  readonly timeoutSeconds: number
  /** Seconds after which a step is broken off, its statement in the database too, and counts as failed. */
  readonly stepTimeoutSeconds: number
  /** Of two jobs of a kind that wait, the one with the larger number is taken. From -100 to 100. */
  readonly priority: number
  /** How many of the name a process does at once. */
  readonly atOnce: number
  /** How many of the name all processes together do at once; null for as many as they have room for. */
  readonly atOnceOverall: number | null
  /** How many of the name one company may have done at once, over all processes; the others' need not wait for it. */
  readonly atOnceForCompany: number
  /** Whether what its steps gave is kept for good, because somebody is shown it long after. */
  readonly keepsSteps: boolean
  /** Runs for no company, with a payload of nothing but defaults. */
  readonly schedule?: JobSchedule
}

export type EventDefinition<Payload> = { readonly name: string; readonly payload: z.ZodType<Payload> }

/** Transient faults pass within seconds; a fourth failure is almost always a defect that waits for a person. */
export const DEFAULT_RETRIES = 3
export const DEFAULT_TIMEOUT_SECONDS = 300
const SHORT_TIMEOUT_SECONDS = 30
const DEFAULT_RETRY_DELAY: RetryDelay = { firstSeconds: 1, mostSeconds: 300 }

/** What takes longer is no short job. */
const MOST_SECONDS_OF_A_SHORT_JOB = 60
/** Fewer than a pool has connections, since a process that serves needs some for requests. */
const LONG_AT_ONCE = 4
const SHORT_AT_ONCE = 40

type GivenDefinition<Payload> = Pick<JobDefinition<Payload>, 'name' | 'payload'> &
  Partial<Omit<JobDefinition<Payload>, 'name' | 'payload'>>

/** Throws `Fault` INTERNAL for a definition that no worker could keep. */
export const defineJob = <Payload extends object>(
  given: GivenDefinition<Payload>,
): JobDefinition<Payload> => {
  const kind = given.kind ?? 'long'
  const timeoutSeconds =
    given.timeoutSeconds ?? (kind === 'short' ? SHORT_TIMEOUT_SECONDS : DEFAULT_TIMEOUT_SECONDS)
  const atOnce = given.atOnce ?? (kind === 'short' ? SHORT_AT_ONCE : LONG_AT_ONCE)
  const atOnceOverall = given.atOnceOverall ?? null
  const definition = {
    kind,
    retries: DEFAULT_RETRIES,
    retryDelay: DEFAULT_RETRY_DELAY,
    timeoutSeconds,
    stepTimeoutSeconds: timeoutSeconds,
    priority: 0,
    atOnce,
    atOnceOverall,
    // Half of what one process does: however much a company hands in, the other half is for the others.
    atOnceForCompany: Math.max(1, Math.floor(Math.min(atOnce, atOnceOverall ?? atOnce) / 2)),
    keepsSteps: false,
    ...given,
  }
  const wrong = faultsOf(definition)
  if (wrong.length > 0) {
    throw new Fault('INTERNAL', `The job ${JSON.stringify(given.name)} cannot be: ${wrong.join('; ')}.`)
  }
  return definition
}

/** Both parts of `subgraph.verb-noun`, or the second alone. */
const NAME = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$/
const MOST_RETRIES = 20
const DAY_SECONDS = 86_400
const MOST_AT_ONCE = 100
/** Each has a row that is looked at whenever one is taken. */
const MOST_AT_ONCE_OVERALL = 1_000

const faultsOf = (definition: Omit<JobDefinition<object>, 'payload'>): readonly string[] => {
  const { kind, retryDelay, timeoutSeconds } = definition
  const range = (what: string, value: number, least: number, most: number): readonly string[] =>
    Number.isInteger(value) && value >= least && value <= most
      ? []
      : [`${what} is a whole number from ${least} to ${most}, not ${value}`]
  return [
    ...(NAME.test(definition.name) ? [] : ['its name is like subgraph.verb-noun']),
    ...range('retries', definition.retries, 0, MOST_RETRIES),
    ...range('retryDelay.firstSeconds', retryDelay.firstSeconds, 1, DAY_SECONDS),
    ...range('retryDelay.mostSeconds', retryDelay.mostSeconds, retryDelay.firstSeconds, DAY_SECONDS),
    ...range(
      'timeoutSeconds',
      timeoutSeconds,
      1,
      kind === 'short' ? MOST_SECONDS_OF_A_SHORT_JOB : DAY_SECONDS,
    ),
    ...range('stepTimeoutSeconds', definition.stepTimeoutSeconds, 1, timeoutSeconds),
    ...range('priority', definition.priority, -100, 100),
    ...range('atOnce', definition.atOnce, 1, MOST_AT_ONCE),
    ...range('atOnceOverall', definition.atOnceOverall ?? 1, 1, MOST_AT_ONCE_OVERALL),
    ...range('atOnceForCompany', definition.atOnceForCompany, 1, MOST_AT_ONCE),
  ]
}

/** An event is published in the transaction that made it true, and handled by jobs of whoever cares. */
export const defineEvent = <Payload extends object>(
  definition: EventDefinition<Payload>,
): EventDefinition<Payload> => definition
