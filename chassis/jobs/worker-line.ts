/** The line a worker keeps of itself, so that one sees which there are, and how busy. */
import { hostname } from 'node:os'
import type { Database } from '../database/database.ts'
import type { Log } from '../telemetry/log.ts'
import type { JobObserver } from './job-observer.ts'

export type WorkerLine = {
  /** Counts what the line says. */
  readonly observer: JobObserver
  /** Takes the line away. */
  readonly close: () => Promise<void>
}

export type WorkerLineOptions = {
  readonly database: Database
  readonly id: string
  /** How many jobs it would do at once. */
  readonly capacity: number
  readonly log: Log
}

const WRITE_EVERY_MS = 5_000
/** A worker that was killed takes its line away no more. */
const FORGOTTEN_AFTER = '1 day'

export const keepWorkerLine = ({ database, id, capacity, log }: WorkerLineOptions): WorkerLine => {
  const startedAt = new Date()
  const counts = { busy: 0, done: 0, failed: 0 }
  let lastJobAt: Date | null = null

  const write = async (): Promise<void> => {
    await database.withLedger(async (tx) => {
      await tx.change(
        `insert into chassis.worker (id, host, process_id, started_at, seen_at, busy, capacity, done, failed, last_job_at)
         values ($1, $2, $3, $4, clock_timestamp(), $5, $6, $7, $8, $9)
         on conflict (id) do update set seen_at = excluded.seen_at, busy = excluded.busy, done = excluded.done,
           failed = excluded.failed, last_job_at = excluded.last_job_at`,
        [
          id,
          hostname(),
          process.pid,
          startedAt,
          counts.busy,
          capacity,
          counts.done,
          counts.failed,
          lastJobAt,
        ],
      )
      await tx.change(`delete from chassis.worker where seen_at < now() - $1::interval`, [FORGOTTEN_AFTER])
    })
  }
  const tell = (error: unknown): void => {
    log.warn({ err: error }, 'the worker could not write its line; it is written again in seconds')
  }
  let writing = write().catch(tell)
  const timer = setInterval(() => {
    writing = writing.then(write).catch(tell)
  }, WRITE_EVERY_MS)
  return {
    observer: {
      started: () => {
        counts.busy += 1
      },
      ended: (_attempt, outcome) => {
        counts.busy -= 1
        if (outcome === 'succeeded') counts.done += 1
        else if (outcome !== 'cancelled') counts.failed += 1
        lastJobAt = new Date()
      },
      stepEnded: () => undefined,
    },
    close: async () => {
      clearInterval(timer)
      await writing
      await database
        .withLedger((tx) => tx.change('delete from chassis.worker where id = $1', [id]))
        .catch(tell)
    },
  }
}
