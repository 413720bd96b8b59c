/** Tells the queue what became of jobs, many of one name in one statement. */
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { unreachable } from '../fault.ts'
import type { Attempted } from './attempt.ts'
import { sendNotice } from './given-up-jobs.ts'
import { together } from './together.ts'

export type SettleJob = (job: JobWithMetadata, attempted: Attempted) => Promise<void>

type Settling = (job: JobWithMetadata) => Promise<true>

/** Only the attempt that was taken is settled: one that was lost by then is left alone. */
export const settler = (boss: PgBoss): SettleJob => {
  const completing = new Map<string, Settling>()
  const failing = new Map<string, Settling>()
  const of = (
    lanes: Map<string, Settling>,
    name: string,
    write: (jobs: JobWithMetadata[]) => Promise<unknown>,
  ): Settling => {
    const known = lanes.get(name)
    if (known !== undefined) return known
    const settling = together<JobWithMetadata, true>(async (jobs) => {
      await write([...jobs])
      return jobs.map(() => true)
    })
    lanes.set(name, settling)
    return settling
  }
  return async (job, attempted) => {
    switch (attempted) {
      case 'succeeded':
      case 'lapsed':
        await of(completing, job.name, (jobs) => boss.complete(job.name, jobs))(job)
        return
      case 'failed':
      case 'gave-up':
        await of(failing, job.name, (jobs) => boss.fail(job.name, jobs))(job)
        return
      case 'cancelled':
        // In this order: a job that is cancelled twice is given up twice, one that is not told of never.
        await sendNotice(boss, job)
        await boss.cancel(job.name, job)
        return
      default:
        unreachable(attempted)
    }
  }
}
