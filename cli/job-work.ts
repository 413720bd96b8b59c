/** The work that nobody waits for: queues are declared, jobs are taken, and what is under way is ended on closing. */
import type { Cell } from '@stormops/chassis/cells/cells'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { HOME_CELL, openDatabase } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import type { BossRole } from '@stormops/chassis/jobs/boss'
import { queueInTrace } from '@stormops/chassis/jobs/job-trace'
import { queueFigures } from '@stormops/chassis/jobs/queue-figures'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { JobHandler, Working } from '@stormops/chassis/jobs/worker'
import type { PlatformFigures } from '@stormops/chassis/platform-figures'
import type { Service } from '@stormops/chassis/service'
import { exportFigures } from '@stormops/chassis/telemetry/figure-exporter'
import type { Log } from '@stormops/chassis/telemetry/log'
import { quietTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import { newId } from '@stormops/chassis/values/ids'
import { openCellWork } from './cell-work.ts'
import { platformJobs } from './platform-jobs.ts'

/** What is not done by then is taken over by the next process. */
const JOB_DRAIN_MS = 10_000

/** Connections of whoever writes down what became of jobs: none of them waits for the jobs' own. */
const JOURNAL_POOL_SIZE = 4

/** What brings jobs: a subgraph, or the platform's own upkeep. */
export type BringsJobs = Pick<Service, 'jobs' | 'database'> & {
  /** Default none. */
  readonly platformFigures?: readonly PlatformFigures[]
}

export type JobWork = {
  readonly queue: Queue
  /** Every queue is there before anything works, since one subgraph's job may publish an event for another's. */
  readonly declare: (services: readonly BringsJobs[]) => Promise<void>
  readonly start: (services: readonly BringsJobs[]) => Promise<void>
  /** Takes no job of the home cell until it is resumed; other cells have disks of their own. Those under way end, or are broken off and tried again. */
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
  /** Throws when the queue does not answer. */
  readonly reach: () => Promise<void>
  /** Takes no new job, and waits for those under way. */
  readonly close: () => Promise<void>
}

export const openJobWork = async (
  connection: ConnectionSettings,
  log: Log,
  role: BossRole = 'works',
  telemetry: Telemetry = quietTelemetry(),
  cells: readonly Cell[] = [],
): Promise<JobWork> => {
  const boss = await openBoss(connection, log, role)
  const { tracer, jobs: observer, registry } = telemetry
  const journal = await openDatabase({
    connection,
    entities: [],
    poolSize: JOURNAL_POOL_SIZE,
    name: 'jobs',
    telemetry,
  })
  const jobsOf = (services: readonly BringsJobs[]): readonly JobHandler[] => {
    const jobs = services.flatMap((service) => service.jobs)
    return [...jobs, ...platformJobs(journal, boss, jobs)]
  }
  // A process is one worker, however many databases it works.
  const workerId = newId()
  const others = cells.map((cell) => openCellWork(cell, { log, role, telemetry, workerId }))
  const jobs = pausable(async (services: readonly BringsJobs[]) => {
    const ofPlatform = platformJobs(
      journal,
      boss,
      services.flatMap((service) => service.jobs),
    )
    return startWorking({
      boss,
      connection,
      journal,
      services: [...services, { database: journal, jobs: ofPlatform }],
      log,
      observer,
      tracer,
      workerId,
    })
  })
  return {
    queue: queueInTrace(createQueue(boss, tracer), tracer),
    declare: async (services) => {
      await declareQueues(boss, jobsOf(services))
      await Promise.all(others.map((other) => other.declare(services)))
    },
    start: async (services) => {
      await jobs.start(services)
      for (const other of others) other.start(services)
      const queues = jobsOf(services).map(({ definition }) => definition.name)
      const figures = services.flatMap((service) => service.platformFigures ?? [])
      const databases = [{ name: HOME_CELL, database: () => journal }, ...others]
      exportFigures(registry, [queueFigures(databases, queues, log), ...figures], log)
    },
    pause: jobs.pause,
    resume: jobs.resume,
    reach: async () => void (await boss.schemaVersion()),
    close: async () => {
      await Promise.all([jobs.pause(), ...others.map((other) => other.close())])
      await boss.stop({ graceful: true, timeout: JOB_DRAIN_MS })
      await journal.close()
    },
  }
}

/** What is asked for follows in the order in which it was asked. */
const pausable = (
  begin: (services: readonly BringsJobs[]) => Promise<Working>,
): Pick<JobWork, 'start' | 'pause' | 'resume'> => {
  let services: readonly BringsJobs[] | null = null
  let working: Working | null = null
  let isPaused = false
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.catch(() => undefined).then(work)
    return turn
  }
  const take = async (): Promise<void> => {
    if (services !== null && !isPaused) working ??= await begin(services)
  }
  return {
    start: (given) =>
      inTurn(async () => {
        services = given
        await take()
      }),
    pause: () =>
      inTurn(async () => {
        isPaused = true
        await working?.stop(JOB_DRAIN_MS)
        working = null
      }),
    resume: () =>
      inTurn(async () => {
        isPaused = false
        await take()
      }),
  }
}
