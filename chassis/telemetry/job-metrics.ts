/** What becomes of jobs, how long they take and how long they waited, in the process that works them. */
import { Counter, Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { JobObserver } from '../jobs/job-observer.ts'

/** Seconds. A mail takes a tenth of one, a million rows some minutes. */
const WORK_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]

/** Seconds. A job that nothing stands before is taken within twenty milliseconds. */
const WAIT_BUCKETS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 1_800]

/**
 * Steps are named by code, so there are few. Where a name holds a number, such as that of a batch, it counts with the
 * others of its kind.
 */
const stepLabel = (step: string): string => step.replaceAll(/\d+/g, 'N').slice(0, 60)

export const jobMetrics = (registry: Registry): JobObserver => {
  const registers = [registry]
  const ended = new Counter({
    name: 'jobs_ended_total',
    help: 'Attempts at jobs that ended: succeeded, failed and tried again, gave up, or cancelled.',
    labelNames: ['job', 'outcome'] as const,
    registers,
  })
  const durations = new Histogram({
    name: 'job_duration_seconds',
    help: 'Time one attempt at a job took.',
    labelNames: ['job'] as const,
    buckets: WORK_BUCKETS,
    registers,
  })
  const waits = new Histogram({
    name: 'job_wait_seconds',
    help: 'Time from when a job could have started to when it did.',
    labelNames: ['job'] as const,
    buckets: WAIT_BUCKETS,
    registers,
  })
  const steps = new Histogram({
    name: 'step_duration_seconds',
    help: 'Time one step of a job took, by whether it was done.',
    labelNames: ['job', 'step', 'outcome'] as const,
    buckets: WORK_BUCKETS,
    registers,
  })
  const last = new Gauge({
    name: 'jobs_last_ended_timestamp_seconds',
    help: 'When this process last ended an attempt at a job, however it ended.',
    registers,
  })
  // Until a job ended there is no time at which one did; 0 would be the year 1970.
  last.remove()
  return {
    started: ({ name, waitedSeconds }) => waits.observe({ job: name }, Math.max(0, waitedSeconds)),
    ended: ({ name }, outcome, seconds) => {
      ended.inc({ job: name, outcome })
      durations.observe({ job: name }, seconds)
      last.setToCurrentTime()
    },
    stepEnded: (job, step, isDone, seconds) =>
      steps.observe({ job, step: stepLabel(step), outcome: isDone ? 'done' : 'failed' }, seconds),
  }
}
