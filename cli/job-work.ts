/** The work that nobody waits for: queues are declared, jobs are taken, and what is under way is ended on closing. */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openBoss } from '@stormops/chassis/jobs/boss'
import type { BossRole } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { Service } from '@stormops/chassis/service'
import type { Log } from '@stormops/chassis/telemetry/log'

/** What is not done by then is taken over by the next process. */
const JOB_DRAIN_MS = 10_000

export type JobWork = {
  readonly queue: Queue
  /** Every queue is there before anything works, since one subgraph's job may publish an event for another's. */
  readonly declare: (services: readonly Service[]) => Promise<void>
  readonly start: (services: readonly Service[]) => Promise<void>
  /** Takes no new job until it is resumed; those under way go on. */
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
  /** Takes no new job, and waits for those under way. */
  readonly close: () => Promise<void>
}

export const openJobWork = async (
  connection: ConnectionSettings,
  log: Log,
  role: BossRole = 'works',
): Promise<JobWork> => {
  const boss = await openBoss(connection, log, role)
  return {
    queue: createQueue(boss),
    declare: (services) =>
      declareQueues(
        boss,
        services.flatMap((service) => service.jobs),
      ),
    ...takingJobs(boss, log),
    close: () => boss.stop({ graceful: true, timeout: JOB_DRAIN_MS }),
  }
}

type Boss = Awaited<ReturnType<typeof openBoss>>

/** Pauses follow one another in the order in which they were asked for. */
const takingJobs = (boss: Boss, log: Log): Pick<JobWork, 'start' | 'pause' | 'resume'> => {
  let working: readonly Service[] = []
  let isPaused = false
  let turn: Promise<void> = Promise.resolve()
  const take = async (): Promise<void> => {
    for (const { database, jobs } of working) await startWorking(boss, database, jobs, log)
  }
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.catch(() => undefined).then(work)
    return turn
  }
  return {
    start: (services) => {
      working = services
      return inTurn(async () => {
        if (!isPaused) await take()
      })
    },
    pause: () =>
      inTurn(async () => {
        isPaused = true
        for (const { definition } of working.flatMap(({ jobs }) => jobs)) {
          await boss.offWork(definition.name, { wait: false })
        }
      }),
    resume: () =>
      inTurn(async () => {
        if (!isPaused) return
        isPaused = false
        await take()
      }),
  }
}
