/** What operations itself watches: the jobs of all companies, and who does them. */
import { Fault } from '@stormops/chassis/fault'
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import {
  attemptsOfAll,
  deadLettersOfAll,
  queuesOfAll,
  readCellsAway,
  readFlowOfAll,
  readSilenceOfAll,
  workersOfAll,
} from '../domain/figures-of-cells.ts'
import type { Counted } from '../domain/figures-of-cells.ts'
import {
  readBacklog,
  readFailureRate,
  readIdleness,
  readOldDeadLetters,
  readWantOfWorkers,
  workforceOf,
} from '../domain/platform-figures.ts'
import type { AttemptTally, DeadLetters, JobFlow, QueueDepth, Worker } from '../domain/platform-figures.ts'
import type { Reading } from '../domain/probe-reading.ts'

/** Each in every cell that can be asked. */
export type PlatformCounts = {
  readonly cells: readonly string[]
  readonly reached: () => Promise<Counted<unknown>>
  readonly workers: () => Promise<Counted<readonly Worker[]>>
  readonly secondsSinceWorkerSeen: () => Promise<Counted<number | null>>
  readonly queues: () => Promise<Counted<readonly QueueDepth[]>>
  readonly attempts: () => Promise<Counted<AttemptTally>>
  readonly deadLetters: () => Promise<Counted<DeadLetters>>
  readonly flow: () => Promise<Counted<JobFlow>>
}

const unknownWithout = (away: readonly string[]): Fault =>
  new Fault('UNAVAILABLE', `It cannot be told without ${away.join(', ')}, which cannot be reached.`)

/** A cell that is away could only add to it: what is out of bounds without it is so, and of all else nobody can say. */
const atLeast = <T>({ counts, away }: Counted<T>, read: (inCells: readonly T[]) => Reading): Reading => {
  const reading = read(counts.map(({ value }) => value))
  if (away.length === 0) return reading
  if (!reading.isBreached) throw unknownWithout(away)
  return {
    ...reading,
    detail: `${reading.detail} That is without ${away.join(', ')}, which cannot be reached.`,
  }
}

/** What a cell that is away could turn either way. */
const exactly = <T>({ counts, away }: Counted<T>): readonly T[] => {
  if (away.length > 0) throw unknownWithout(away)
  return counts.map(({ value }) => value)
}

/** What may be wrong in one cell alone; of one that is away the probe of cells tells. */
const inEach = <T>({ counts }: Counted<T>, read: (inCells: Counted<T>['counts']) => Reading): Reading =>
  read(counts)

/** Whether cells answer is asked first, and simply: the others then count in those that do. */
export const platformProbes = (counts: PlatformCounts): readonly PlatformProbe[] => [
  ...(counts.cells.length === 1 ? [] : [probeOfCells(counts)]),
  ...probesOfJobs(counts),
  ...probesOfWorkers(counts),
]

const probesOfJobs = (counts: PlatformCounts): readonly PlatformProbe[] => [
  {
    key: 'job-failure-rate',
    severity: 'WARNING',
    summary: 'Share of attempts at jobs that failed within the hour',
    runbook: 'job-failures',
    measure: async () => readFailureRate(attemptsOfAll(exactly(await counts.attempts()))),
  },
  {
    key: 'queue-depth',
    severity: 'WARNING',
    summary: 'Jobs that wait for a worker',
    runbook: 'queue-backlog',
    measure: async () => atLeast(await counts.queues(), (queues) => readBacklog(queuesOfAll(queues))),
  },
  {
    key: 'no-job-ended',
    severity: 'CRITICAL',
    summary: 'Seconds since a job ended',
    runbook: 'workers-silent',
    measure: async () => inEach(await counts.flow(), readFlowOfAll),
  },
  {
    key: 'dead-letters',
    severity: 'WARNING',
    summary: 'Dead letters that nobody took up within a day',
    runbook: 'dead-letters',
    measure: async () =>
      atLeast(await counts.deadLetters(), (letters) => readOldDeadLetters(deadLettersOfAll(letters))),
  },
]

const probesOfWorkers = (counts: PlatformCounts): readonly PlatformProbe[] => [
  {
    key: 'workers-silent',
    severity: 'CRITICAL',
    summary: 'Seconds since a worker was seen',
    runbook: 'workers-silent',
    measure: async () => inEach(await counts.secondsSinceWorkerSeen(), readSilenceOfAll),
  },
  {
    key: 'scale-up',
    severity: 'INFO',
    summary: 'Jobs that wait, which more workers would do sooner',
    runbook: 'scaling-workers',
    measure: async () => atLeast(await counts.queues(), (queues) => readWantOfWorkers(queuesOfAll(queues))),
  },
  {
    key: 'scale-down',
    severity: 'INFO',
    summary: 'Share of workers’ places that is taken',
    runbook: 'scaling-workers',
    measure: async () =>
      readIdleness(
        workforceOf(workersOfAll(exactly(await counts.workers()))),
        queuesOfAll(exactly(await counts.queues())),
      ),
  },
]

/** Where there is one, nobody watches while it is away. */
const probeOfCells = ({ cells, reached }: PlatformCounts): PlatformProbe => ({
  key: 'cells-away',
  severity: 'CRITICAL',
  summary: 'Cells that cannot be reached',
  runbook: 'cell-away',
  measure: async () => readCellsAway(cells, (await reached()).away),
})
