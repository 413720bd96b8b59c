/**
 * Queues, subscriptions and schedules as the definitions say. Must run before anything is enqueued: a queue has to exist
 * for a job to be taken. Takes the handlers of all subgraphs together, since a schedule that none of them has is taken
 * back.
 */
import type { PgBoss } from 'pg-boss'
import { CLOCK_QUEUE } from './clock-letters.ts'
import { DEAD_LETTER_QUEUE } from './given-up-jobs.ts'
import type { JobHandler } from './handle-job.ts'
import type { JobDefinition } from './define-job.ts'
import { declareSchedules } from './schedules.ts'

/** The shortest heartbeat the queue takes; a killed worker's jobs are taken over after about this long. */
const HEARTBEAT_SECONDS = 10

/** The worker breaks an attempt off itself; the queue does after this more, should the worker be unable to. */
const GRACE_SECONDS = 60

const DAY_SECONDS = 86_400
/** As long as the lines of jobs are kept. */
const KEPT_DAYS = 30
const SCHEDULED_KEPT_DAYS = 3
/** A letter was read long before; several come every minute. */
const CLOCK_KEPT_SECONDS = 3_600

/** What the platform tells itself, notices and letters of the clock, is said again for about a day. */
const LETTER_OPTIONS = {
  retryLimit: 15,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 7_200,
  heartbeatSeconds: HEARTBEAT_SECONDS,
}

export const declareQueues = async (boss: PgBoss, handlers: readonly JobHandler[]): Promise<void> => {
  await boss.createQueue(DEAD_LETTER_QUEUE)
  await boss.updateQueue(DEAD_LETTER_QUEUE, LETTER_OPTIONS)
  await boss.createQueue(CLOCK_QUEUE)
  await boss.updateQueue(CLOCK_QUEUE, { ...LETTER_OPTIONS, deleteAfterSeconds: CLOCK_KEPT_SECONDS })
  for (const { definition, on } of handlers) {
    const options = optionsOf(definition)
    await boss.createQueue(definition.name, { ...options, deadLetter: DEAD_LETTER_QUEUE })
    await boss.updateQueue(definition.name, options)
    if (on !== null) await boss.subscribe(on.name, definition.name)
  }
  await declareSchedules(
    boss,
    handlers.map(({ definition }) => definition),
  )
}

const optionsOf = ({ retries, retryDelay, timeoutSeconds, schedule }: JobDefinition<object>) => ({
  retryLimit: retries,
  retryDelay: retryDelay.firstSeconds,
  retryDelayMax: retryDelay.mostSeconds,
  retryBackoff: true,
  expireInSeconds: timeoutSeconds + GRACE_SECONDS,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  deleteAfterSeconds: (schedule === undefined ? KEPT_DAYS : SCHEDULED_KEPT_DAYS) * DAY_SECONDS,
  // Workers are told of a job in the transaction that hands it in.
  notify: false,
})
