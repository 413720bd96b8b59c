/**
 * What the clock brings. The queue's own clock knows nothing of the lines of jobs, so it does not put a scheduled job
 * into its queue itself: it puts a letter here, and a worker hands the job in as everybody does, with its line. The job
 * has the letter's id, so that a letter that is read twice is one job.
 */
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Database } from '../database/database.ts'
import type { Log } from '../telemetry/log.ts'
import { PLATFORM_TENANT_ID } from '../values/ids.ts'
import type { Attempted } from './attempt.ts'
import { sendJob } from './send-job.ts'

/** Without a dot: it is none of the queues that people are shown. */
export const CLOCK_QUEUE = 'clock'

/** What is kept with a schedule, and comes whenever it is due. */
export const clockLetterSchema = z.object({
  job: z.string(),
  payload: z.record(z.string(), z.unknown()),
  priority: z.int(),
})

export type ClockLetter = z.infer<typeof clockLetterSchema>

export type ClockParts = { readonly boss: PgBoss; readonly database: Database; readonly log: Log }

/** What a worker does with a letter. */
export const handInScheduled = async (
  { boss, database, log }: ClockParts,
  letter: JobWithMetadata,
): Promise<Attempted> => {
  const read = clockLetterSchema.safeParse(letter.data)
  if (!read.success) {
    log.error({ jobId: letter.id }, 'a letter of the clock names no job, and is put away')
    return 'succeeded'
  }
  const { job: name, payload, priority } = read.data
  try {
    await database.withTenant(PLATFORM_TENANT_ID, (tx) =>
      sendJob(boss, tx, { id: letter.id, name, payload, priority, rerunOf: null, trace: null }),
    )
    return 'succeeded'
  } catch (error) {
    log.error({ err: error, job: name }, 'a job that is due could not be handed in; it is tried again')
    return 'failed'
  }
}
