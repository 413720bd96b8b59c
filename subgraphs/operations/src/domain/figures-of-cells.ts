/**
 * Companies live in several databases, each with a queue of its own, and every process works all of them. What is told
 * of the platform is of all of them together; what stands still may stand still in one of them alone.
 */
import { readFlow, readSilence } from './platform-figures.ts'
import type { AttemptTally, DeadLetters, JobFlow, QueueDepth, Worker } from './platform-figures.ts'
import type { Reading } from './probe-reading.ts'

/** A figure of one cell. */
export type InCell<T> = { readonly cell: string; readonly value: T }

export type Counted<T> = {
  readonly counts: readonly InCell<T>[]
  /** The cells that could not be asked. */
  readonly away: readonly string[]
}

const latest = (one: Date | null, other: Date | null): Date | null =>
  one === null || (other !== null && other > one) ? other : one

const together = (one: Worker, other: Worker): Worker => ({
  ...one,
  startedAt: other.startedAt < one.startedAt ? other.startedAt : one.startedAt,
  seenAt: other.seenAt > one.seenAt ? other.seenAt : one.seenAt,
  isLive: one.isLive || other.isLive,
  busy: one.busy + other.busy,
  capacity: one.capacity + other.capacity,
  jobsDone: one.jobsDone + other.jobsDone,
  jobsFailed: one.jobsFailed + other.jobsFailed,
  lastJobAt: latest(one.lastJobAt, other.lastJobAt),
})

/** A process has a line in every cell that it works, with the room that it has there. The longest at work first. */
export const workersOfAll = (inCells: readonly (readonly Worker[])[]): readonly Worker[] => {
  const processes = new Map<string, Worker>()
  for (const worker of inCells.flat()) {
    const known = processes.get(worker.id)
    processes.set(worker.id, known === undefined ? worker : together(known, worker))
  }
  return [...processes.values()].toSorted(
    (one, other) => one.startedAt.getTime() - other.startedAt.getTime() || (one.id < other.id ? -1 : 1),
  )
}

const older = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other)

/** The longest queue first. */
export const queuesOfAll = (inCells: readonly (readonly QueueDepth[])[]): readonly QueueDepth[] => {
  const queues = new Map<string, QueueDepth>()
  for (const queue of inCells.flat()) {
    const known = queues.get(queue.name)
    queues.set(
      queue.name,
      known === undefined
        ? queue
        : {
            name: queue.name,
            ready: known.ready + queue.ready,
            delayed: known.delayed + queue.delayed,
            active: known.active + queue.active,
            oldestSeconds: older(known.oldestSeconds, queue.oldestSeconds),
          },
    )
  }
  return [...queues.values()].toSorted(
    (one, other) => other.ready - one.ready || other.active - one.active || (one.name < other.name ? -1 : 1),
  )
}

export const attemptsOfAll = (inCells: readonly AttemptTally[]): AttemptTally => {
  const sum = (of: (tally: AttemptTally) => number): number =>
    inCells.reduce((total, tally) => total + of(tally), 0)
  return {
    succeeded: sum(({ succeeded }) => succeeded),
    failed: sum(({ failed }) => failed),
    gaveUp: sum(({ gaveUp }) => gaveUp),
    lost: sum(({ lost }) => lost),
    cancelled: sum(({ cancelled }) => cancelled),
  }
}

export const deadLettersOfAll = (inCells: readonly DeadLetters[]): DeadLetters => ({
  count: inCells.reduce((sum, { count }) => sum + count, 0),
  olderThanADay: inCells.reduce((sum, { olderThanADay }) => sum + olderThanADay, 0),
})

/** The reading with the largest value; where there are several cells, it says of which one it is. */
const worst = (readings: readonly InCell<Reading>[], none: Reading): Reading => {
  const [first] = readings.toSorted(
    ({ value: one }, { value: other }) => (other.value ?? -1) - (one.value ?? -1),
  )
  if (first === undefined) return none
  const { cell, value } = first
  return readings.length === 1 || value.value === null
    ? value
    : { ...value, detail: `In the cell ${cell}: ${value.detail}` }
}

export const readSilenceOfAll = (inCells: readonly InCell<number | null>[]): Reading =>
  worst(
    inCells.map(({ cell, value }) => ({ cell, value: readSilence(value) })),
    readSilence(null),
  )

/** Each cell has jobs of the platform's own that look after its queue; whoever works one cell works all. */
export const readFlowOfAll = (inCells: readonly InCell<JobFlow>[]): Reading => {
  const longestWorkerSeconds = inCells.reduce<number | null>(
    (longest, { value }) => older(longest, value.longestWorkerSeconds),
    null,
  )
  return worst(
    inCells.map(({ cell, value }) => ({ cell, value: readFlow({ ...value, longestWorkerSeconds }) })),
    readFlow({ lastEndedSeconds: null, longestWorkerSeconds }),
  )
}

/** Their companies are told that they cannot be reached, and their jobs wait. */
export const readCellsAway = (cells: readonly string[], away: readonly string[]): Reading => ({
  value: away.length,
  threshold: 0,
  isBreached: away.length > 0,
  detail:
    away.length === 0
      ? `All ${cells.length} cells answer.`
      : `${away.length} of ${cells.length} cells cannot be reached: ${away.join(', ')}.`,
})
