/** The work that nobody waits for: queues are declared, jobs are taken, and what is under way is ended on closing. */
import type { Cell } from '@stormops/chassis/cells/cells'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openBoss } from '@stormops/chassis/jobs/boss'
import type { BossRole } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { Service } from '@stormops/chassis/service'
import type { Log } from '@stormops/chassis/telemetry/log'
import { openCellWork } from './cell-work.ts'

/** What is not done by then is taken over by the next process. */
const JOB_DRAIN_MS = 10_000

export type JobWork = {
  readonly queue: Queue
  /** Every queue is there before anything works, since one subgraph's job may publish an event for another's. */
  readonly declare: (services: readonly Service[]) => Promise<void>
  readonly start: (services: readonly Service[]) => Promise<void>
  /** Takes no new job, and waits for those under way. */
  readonly close: () => Promise<void>
}

/** `cells` are those beside the one of `connection`, which works by the clock for all of them. */
export const openJobWork = async (
  connection: ConnectionSettings,
  log: Log,
  role: BossRole = 'works',
  cells: readonly Cell[] = [],
): Promise<JobWork> => {
  const boss = await openBoss(connection, log, role)
  const others = cells.map((cell) => openCellWork(cell, log, role))
  return {
    queue: createQueue(boss),
    declare: async (services) => {
      const handlers = services.flatMap((service) => service.jobs)
      await declareQueues(boss, handlers)
      await Promise.all(others.map((other) => other.declare(handlers)))
    },
    start: async (services) => {
      for (const { database, jobs } of services) await startWorking(boss, database, jobs, log)
      for (const other of others) other.start(services)
    },
    close: async () => {
      await Promise.all([
        boss.stop({ graceful: true, timeout: JOB_DRAIN_MS }),
        ...others.map((other) => other.close()),
      ])
    },
  }
}
