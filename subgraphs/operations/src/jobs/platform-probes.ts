/** What operations itself watches: the jobs of all companies, and who does them. */
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import {
  readBacklog,
  readFailureRate,
  readFlow,
  readIdleness,
  readOldDeadLetters,
  readSilence,
  readWantOfWorkers,
  workforceOf,
} from '../domain/platform-figures.ts'
import type { AttemptTally, DeadLetters, JobFlow, QueueDepth, Worker } from '../domain/platform-figures.ts'

export type PlatformFigures = {
  readonly workers: () => Promise<readonly Worker[]>
  readonly secondsSinceWorkerSeen: () => Promise<number | null>
  readonly queues: () => Promise<readonly QueueDepth[]>
  readonly attempts: () => Promise<AttemptTally>
  readonly deadLetters: () => Promise<DeadLetters>
  readonly flow: () => Promise<JobFlow>
}

export const platformProbes = (figures: PlatformFigures): readonly PlatformProbe[] => [
  {
    key: 'job-failure-rate',
    severity: 'WARNING',
    summary: 'Share of attempts at jobs that failed within the hour',
    runbook: 'job-failures',
    measure: async () => readFailureRate(await figures.attempts()),
  },
  {
    key: 'queue-depth',
    severity: 'WARNING',
    summary: 'Jobs that wait for a worker',
    runbook: 'queue-backlog',
    measure: async () => readBacklog(await figures.queues()),
  },
  {
    key: 'no-job-ended',
    severity: 'CRITICAL',
    summary: 'Seconds since a job ended',
    runbook: 'workers-silent',
    measure: async () => readFlow(await figures.flow()),
  },
  {
    key: 'workers-silent',
    severity: 'CRITICAL',
    summary: 'Seconds since a worker was seen',
    runbook: 'workers-silent',
    measure: async () => readSilence(await figures.secondsSinceWorkerSeen()),
  },
  {
    key: 'dead-letters',
    severity: 'WARNING',
    summary: 'Dead letters that nobody took up within a day',
    runbook: 'dead-letters',
    measure: async () => readOldDeadLetters(await figures.deadLetters()),
  },
  {
    key: 'scale-up',
    severity: 'INFO',
    summary: 'Jobs that wait, which more workers would do sooner',
    runbook: 'scaling-workers',
    measure: async () => readWantOfWorkers(await figures.queues()),
  },
  {
    key: 'scale-down',
    severity: 'INFO',
    summary: 'Share of workers’ places that is taken',
    runbook: 'scaling-workers',
    measure: async () => readIdleness(workforceOf(await figures.workers()), await figures.queues()),
  },
]
