/**
 * Jobs that run by the clock. The schedules lie in the queue's own table, and of all the processes that work one
 * says when a job is due. As with every job, one that is killed midway is run again.
 */
import type { PgBoss } from 'pg-boss'
import { Fault } from '../fault.ts'
import { CLOCK_QUEUE, clockLetterSchema } from './clock-letters.ts'
import type { JobDefinition } from './define-job.ts'

/** How schedules were marked that put their jobs into the queue themselves; a database may have some from then. */
const FORMERLY_DECLARED = 'declared'

/**
 * Brings the table to what `definitions` say, and no further: schedules they no longer have are taken back, and those
 * that somebody made by hand for a queue of a job are left alone.
 */
export const declareSchedules = async (
  boss: PgBoss,
  definitions: readonly JobDefinition<object>[],
): Promise<void> => {
  const scheduled = definitions.filter(({ schedule }) => schedule !== undefined)
  for (const definition of scheduled) await declareSchedule(boss, definition)
  const wanted = new Set(scheduled.map(({ name }) => name))
  for (const { name, key } of await boss.getSchedules()) {
    const isTakenBack = name === CLOCK_QUEUE ? !wanted.has(key) : key === FORMERLY_DECLARED
    if (isTakenBack) await boss.unschedule(name, key)
  }
}

const declareSchedule = async (
  boss: PgBoss,
  { name, payload, schedule, priority }: JobDefinition<object>,
): Promise<void> => {
  if (schedule === undefined) return
  const nothing = payload.safeParse({})
  if (!nothing.success) {
    throw new Fault('INTERNAL', `The job ${name} runs by the clock, which has no payload to give it.`, {
      cause: nothing.error,
    })
  }
  const letter = clockLetterSchema.parse({ job: name, payload: nothing.data, priority })
  await boss.schedule(CLOCK_QUEUE, schedule.cron, letter, {
    key: name,
    tz: schedule.timeZone,
    missed: 'once',
    priority,
  })
}
