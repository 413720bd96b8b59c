/**
 * A job is work that the platform does for a company outside of a request: importing a file, running a pilot.
 * Its run says where it stands; its events say everything that happened to it, attempt by attempt. One that failed for
 * good is a dead letter, until somebody has it done again.
 */

export type JobState = 'QUEUED' | 'RUNNING' | 'RETRYING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'

export type JobRun = {
  readonly id: string
  readonly tenantId: string
  readonly name: string
  readonly state: JobState
  /** JSON, with ids and never with a secret: whoever may see the job may see it. */
  readonly payload: unknown
  readonly priority: number
  readonly attempts: number
  /** Why the last attempt failed, null after one that did not. */
  readonly error: string | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  /** The job that this one does again. */
  readonly rerunOf: string | null
  /** When somebody had it done again after it failed for good. */
  readonly redrivenAt: Date | null
  /** When somebody called it off, which a worker that has it learns soon after. */
  readonly cancelAskedAt: Date | null
}

export type JobEventKind =
  | 'QUEUED'
  | 'STARTED'
  | 'STEP'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'GAVE_UP'
  | 'LOST'
  | 'CANCELLED'
  | 'RERUN'

export type JobEvent = {
  readonly at: Date
  /** 0 before the first. */
  readonly attempt: number
  readonly kind: JobEventKind
  readonly message: string | null
}

export type JobStep = {
  readonly name: string
  readonly status: 'RUNNING' | 'DONE' | 'FAILED'
  readonly attempts: number
  readonly startedAt: Date
  readonly endedAt: Date | null
  readonly error: string | null
}

export const hasEnded = ({ state }: Pick<JobRun, 'state'>): boolean =>
  state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED'

export const isDead = ({ state, redrivenAt }: Pick<JobRun, 'state' | 'redrivenAt'>): boolean =>
  state === 'FAILED' && redrivenAt === null

/** Null when it can be done again. */
export const whyNoRerun = (job: Pick<JobRun, 'state'>, reruns: readonly JobRun[]): string | null => {
  if (!hasEnded(job)) return `It has not ended yet (${job.state.toLowerCase()}).`
  return reruns.every(hasEnded) ? null : 'It is being done again already.'
}

/** Null when it can be called off. */
export const whyNoCancel = (job: Pick<JobRun, 'state' | 'cancelAskedAt'>): string | null => {
  if (hasEnded(job)) return `It has ended (${job.state.toLowerCase()}).`
  return job.cancelAskedAt === null ? null : 'It was called off already, and ends within seconds.'
}

const MILLISECONDS = 1_000

const secondsBetween = (from: Date, to: Date): number =>
  Math.max(0, to.getTime() - from.getTime()) / MILLISECONDS

/** From when it was asked for to when it first began; until now for one that waits, null for one that never began. */
export const queuedForSeconds = (
  job: Pick<JobRun, 'state' | 'createdAt' | 'startedAt'>,
  now: Date,
): number | null => {
  if (job.startedAt !== null) return secondsBetween(job.createdAt, job.startedAt)
  return hasEnded(job) ? null : secondsBetween(job.createdAt, now)
}

/** From when it first began, the pauses between attempts in it; until now for one under way. */
export const durationSeconds = (
  { startedAt, endedAt }: Pick<JobRun, 'startedAt' | 'endedAt'>,
  now: Date,
): number | null => (startedAt === null ? null : secondsBetween(startedAt, endedAt ?? now))

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What a job works on, by what its payload names: steps of a `pilotId` are kept under `pilot:<id>`. */
export const subjectsOf = (payload: unknown): readonly string[] =>
  Object.entries(payload ?? {}).flatMap(([name, value]) => {
    const noun = /^([a-z]\w*)Id$/.exec(name)?.[1]
    return noun !== undefined && typeof value === 'string' && UUID.test(value) ? [`${noun}:${value}`] : []
  })
