/**
 * Jobs that run by the clock. The schedules lie in the queue's own table, and of all the processes that work one
 * sends each job when it is due. As with every job, one that is killed midway is run again.
 */
import type { PgBoss } from 'pg-boss'
import { Fault } from '../fault.ts'
import { PLATFORM_TENANT_ID } from '../values/ids.ts'
import type { JobDefinition } from './define-job.ts'
import type { Envelope } from './send-job.ts'

/** Marks what is declared in code; a schedule under another key was made by hand and is left alone. */
const DECLARED = 'declared'

/** Brings the table to what `definitions` say, and no further: schedules they no longer have are taken back. */
export const declareSchedules = async (
  boss: PgBoss,
  definitions: readonly JobDefinition<object>[],
): Promise<void> => {
  const scheduled = definitions.filter(({ schedule }) => schedule !== undefined)
  for (const definition of scheduled) await declareSchedule(boss, definition)
  const wanted = new Set(scheduled.map(({ name }) => name))
  for (const { name, key } of await boss.getSchedules()) {
    if (key === DECLARED && !wanted.has(name)) await boss.unschedule(name, key)
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
  const envelope: Envelope = { tenantId: PLATFORM_TENANT_ID, payload: nothing.data }
  await boss.schedule(name, schedule.cron, envelope, {
    key: DECLARED,
    tz: schedule.timeZone,
    missed: 'once',
    priority,
  })
}
