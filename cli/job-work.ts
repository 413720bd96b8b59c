/** The work that nobody waits for: queues are declared, jobs are taken, and what is under way is ended on closing. */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openBoss } from '@stormops/chassis/jobs/boss'
import type { BossRole } from '@stormops/chassis/jobs/boss'
import { queueFigures } from '@stormops/chassis/jobs/queue-figures'
import { queueInTrace } from '@stormops/chassis/jobs/job-trace'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { PlatformFigures } from '@stormops/chassis/platform-figures'
import type { Service } from '@stormops/chassis/service'
import { exportFigures } from '@stormops/chassis/telemetry/figure-exporter'
import type { Log } from '@stormops/chassis/telemetry/log'
import { quietTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'

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

export const openJobWork = async (
  connection: ConnectionSettings,
  log: Log,
  role: BossRole = 'works',
  telemetry: Telemetry = quietTelemetry(),
): Promise<JobWork> => {
  const boss = await openBoss(connection, log, role)
  const { tracer, jobs: observer } = telemetry
  return {
    queue: queueInTrace(createQueue(boss, tracer), tracer),
    declare: (services) =>
      declareQueues(
        boss,
        services.flatMap((service) => service.jobs),
      ),
    start: async (services) => {
      for (const { database, jobs } of services) {
        await startWorking(boss, database, jobs, log, { observer, tracer })
      }
      exportFigures(telemetry.registry, figuresOf(services), log)
    },
    close: () => boss.stop({ graceful: true, timeout: JOB_DRAIN_MS }),
  }
}

/** Every subgraph's own, and those of the queue, which any of their doors to the data can read. */
const figuresOf = (services: readonly Service[]): readonly PlatformFigures[] => {
  const [first] = services
  const queues = services.flatMap(({ jobs }) => jobs.map(({ definition }) => definition.name))
  return [
    ...(first === undefined ? [] : [queueFigures(first.database, queues)]),
    ...services.flatMap(({ figures }) => figures ?? []),
  ]
}
