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

/** What brings jobs: a subgraph, or the platform's own upkeep. */
export type Working = Pick<Service, 'jobs' | 'database'>

export type JobWork = {
  readonly queue: Queue
  /** Every queue is there before anything works, since one subgraph's job may publish an event for another's. */
  readonly declare: (services: readonly Working[]) => Promise<void>
  readonly start: (services: readonly Working[]) => Promise<void>
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
    start: async (services) => {
      for (const { database, jobs } of services) await startWorking(boss, database, jobs, log)
    },
    close: () => boss.stop({ graceful: true, timeout: JOB_DRAIN_MS }),
  }
}
