/**
 * How the jobs of all companies fare together: what waits, who works, and how the last hour went. From these figures
 * follow the platform's alerts and the advice to run more workers or fewer.
 */
import type { Reading } from './probe-reading.ts'

/** A process that takes jobs. */
export type Worker = {
  readonly id: string
  readonly host: string
  readonly processNumber: number
  readonly startedAt: Date
  readonly seenAt: Date
  /** Whether it was seen within `LIVE_SECONDS`. */
  readonly isLive: boolean
  readonly busy: number
  readonly capacity: number
  readonly jobsDone: number
  readonly jobsFailed: number
  readonly lastJobAt: Date | null
}

/** One kind of job that waits. */
export type QueueDepth = {
  readonly name: string
  /** Jobs that could start now. */
  readonly ready: number
  /** Jobs whose time has not come: they wait to be tried again. */
  readonly delayed: number
  readonly active: number
  /** Of the one that could have started first; null when none could. */
  readonly oldestSeconds: number | null
}

/** Attempts that ended within the last hour; `lost` are those whose worker died. */
export type AttemptTally = {
  readonly succeeded: number
  readonly failed: number
  readonly gaveUp: number
  readonly lost: number
  readonly cancelled: number
}

export type DeadLetters = { readonly count: number; readonly olderThanADay: number }

/** `lastEndedAt` is of any job but the one that watches; `workingSince` of the worker that has been there longest. */
export type JobFlow = {
  readonly lastEndedSeconds: number | null
  readonly longestWorkerSeconds: number | null
}

/** A worker writes its line every five seconds: six missed ones are no chance. */
export const LIVE_SECONDS = 30

const HOUR_SECONDS = 3_600
const SILENT_SECONDS = 60
const FAILURE_RATE = 0.1
/** Below it, one failure would be a rate. */
const LEAST_ATTEMPTS = 20
const BACKLOG = 100
const BACKLOG_THAT_WANTS_WORKERS = 50
const IDLE_BELOW = 0.3

const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`
const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const failuresOf = ({ failed, gaveUp, lost }: AttemptTally): number => failed + gaveUp + lost

export const attemptsOf = (tally: AttemptTally): number => tally.succeeded + failuresOf(tally)

/** The share of attempts that did not succeed; null without any. A job that somebody called off is none. */
export const failureRate = (tally: AttemptTally): number | null =>
  attemptsOf(tally) === 0 ? null : failuresOf(tally) / attemptsOf(tally)

export const readFailureRate = (tally: AttemptTally): Reading => {
  const attempts = attemptsOf(tally)
  const rate = failureRate(tally)
  if (rate === null || attempts < LEAST_ATTEMPTS) {
    const detail = `${counted(attempts, 'attempt')} ended within the hour, too few to tell.`
    return { value: null, threshold: FAILURE_RATE, isBreached: false, detail }
  }
  return {
    value: rate,
    threshold: FAILURE_RATE,
    isBreached: rate > FAILURE_RATE,
    detail: `${percent(rate)} of ${attempts} attempts within the hour failed.`,
  }
}

export const depthOf = (queues: readonly QueueDepth[]): number =>
  queues.reduce((sum, { ready }) => sum + ready, 0)

export const oldestOf = (queues: readonly QueueDepth[]): number | null =>
  queues.reduce<number | null>(
    (oldest, { oldestSeconds }) => (oldestSeconds === null ? oldest : Math.max(oldest ?? 0, oldestSeconds)),
    null,
  )

const deepest = (queues: readonly QueueDepth[]): string => {
  const [first] = queues.toSorted((a, b) => b.ready - a.ready)
  return first === undefined || first.ready === 0 ? '' : ` Most of them are ${first.name} (${first.ready}).`
}

const readDepth = (queues: readonly QueueDepth[], threshold: number): Reading => {
  const depth = depthOf(queues)
  const waiting = depth === 1 ? '1 job waits' : `${depth} jobs wait`
  return {
    value: depth,
    threshold,
    isBreached: depth > threshold,
    detail: `${waiting} for a worker, the first for ${Math.round(oldestOf(queues) ?? 0)} s.${deepest(queues)}`,
  }
}

export const readBacklog = (queues: readonly QueueDepth[]): Reading => readDepth(queues, BACKLOG)

export const readWantOfWorkers = (queues: readonly QueueDepth[]): Reading =>
  readDepth(queues, BACKLOG_THAT_WANTS_WORKERS)

/** Of no worker nothing is said: on an orderly stop each takes its line with it. */
export const readSilence = (secondsSinceSeen: number | null): Reading => ({
  value: secondsSinceSeen,
  threshold: SILENT_SECONDS,
  isBreached: secondsSinceSeen !== null && secondsSinceSeen > SILENT_SECONDS,
  detail:
    secondsSinceSeen === null
      ? 'No worker has signed in.'
      : `A worker was last seen ${Math.round(secondsSinceSeen)} s ago.`,
})

/** The platform's own schedules end jobs every minute; that none does is a fault once somebody has worked for an hour. */
export const readFlow = ({ lastEndedSeconds, longestWorkerSeconds }: JobFlow): Reading => {
  const worked = longestWorkerSeconds ?? 0
  const value = lastEndedSeconds ?? (worked > HOUR_SECONDS ? worked : null)
  return {
    value,
    threshold: HOUR_SECONDS,
    isBreached: value !== null && value > HOUR_SECONDS && worked > HOUR_SECONDS,
    detail:
      value === null
        ? 'No job has ended yet.'
        : `The last job but this watch ended ${Math.round(value / 60)} minutes ago.`,
  }
}

export const readOldDeadLetters = ({ count, olderThanADay }: DeadLetters): Reading => ({
  value: olderThanADay,
  threshold: 0,
  isBreached: olderThanADay > 0,
  detail: `${counted(count, 'dead letter')}, ${olderThanADay} of them older than a day.`,
})

export type Workforce = { readonly workers: number; readonly busy: number; readonly capacity: number }

export const workforceOf = (workers: readonly Worker[]): Workforce => {
  const live = workers.filter(({ isLive }) => isLive)
  const sum = (of: (worker: Worker) => number): number =>
    live.reduce((total, worker) => total + of(worker), 0)
  return { workers: live.length, busy: sum(({ busy }) => busy), capacity: sum(({ capacity }) => capacity) }
}

/** Null without a worker. */
export const busyShare = ({ busy, capacity }: Workforce): number | null =>
  capacity === 0 ? null : busy / capacity

/** One worker is never too many. */
const isIdle = (workforce: Workforce, depth: number): boolean => {
  const share = busyShare(workforce)
  return workforce.workers > 1 && share !== null && share < IDLE_BELOW && depth <= BACKLOG_THAT_WANTS_WORKERS
}

export const readIdleness = (workforce: Workforce, queues: readonly QueueDepth[]): Reading => ({
  value: busyShare(workforce),
  threshold: IDLE_BELOW,
  isBreached: isIdle(workforce, depthOf(queues)),
  detail: `${counted(workforce.workers, 'worker')}, with ${workforce.busy} of ${workforce.capacity} places taken.`,
})

export type ScalingAdvice = { readonly advice: 'SCALE_UP' | 'SCALE_DOWN' | 'STEADY'; readonly reason: string }

export const scalingAdvice = (workforce: Workforce, queues: readonly QueueDepth[]): ScalingAdvice => {
  const depth = readWantOfWorkers(queues)
  const idleness = readIdleness(workforce, queues)
  if (depth.isBreached) return { advice: 'SCALE_UP', reason: depth.detail }
  return { advice: idleness.isBreached ? 'SCALE_DOWN' : 'STEADY', reason: idleness.detail }
}

/** Everything that staff see of the platform at one look. */
export type PlatformStats = {
  readonly at: Date
  readonly workers: readonly Worker[]
  readonly queues: readonly QueueDepth[]
  readonly lastHour: AttemptTally
  readonly deadLetters: DeadLetters
  /** Cells that could not be asked: the figures are without theirs. */
  readonly unreachableCells: readonly string[]
}
