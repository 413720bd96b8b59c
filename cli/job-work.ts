/** The work that nobody waits for: queues are declared, jobs are taken, and what is under way is ended on closing. */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import type { BossRole } from '@stormops/chassis/jobs/boss'
import { forgetJobsHandler } from '@stormops/chassis/jobs/forget-jobs'
import type { JobObserver } from '@stormops/chassis/jobs/job-observer'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { reconcileJobsHandler } from '@stormops/chassis/jobs/reconcile-jobs'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { JobHandler, Working } from '@stormops/chassis/jobs/worker'
import type { Service } from '@stormops/chassis/service'
import type { Log } from '@stormops/chassis/telemetry/log'

/** What is not done by then is taken over by the next process. */
const JOB_DRAIN_MS = 10_000

/** Connections of whoever writes down what became of jobs: none of them waits for the jobs' own. */
const JOURNAL_POOL_SIZE = 4

/** What brings jobs: a subgraph, or the platform's own upkeep. */
export type BringsJobs = Pick<Service, 'jobs' | 'database'>

export type JobWork = {
  readonly queue: Queue
  /** Every queue is there before anything works, since one subgraph's job may publish an event for another's. */
  readonly declare: (services: readonly BringsJobs[]) => Promise<void>
  readonly start: (services: readonly BringsJobs[]) => Promise<void>
  /** Takes no job until it is resumed. Those under way end, or are broken off and tried again. */
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
  /** Throws when the queue does not answer. */
  readonly reach: () => Promise<void>
  /** Takes no new job, and waits for those under way. */
  readonly close: () => Promise<void>
}

/** `observer` is told of every attempt. Default nobody is. */
export const openJobWork = async (
  connection: ConnectionSettings,
  log: Log,
  role: BossRole = 'works',
  observer?: JobObserver,
): Promise<JobWork> => {
  const boss = await openBoss(connection, log, role)
  const journal = await openDatabase({ connection, entities: [], poolSize: JOURNAL_POOL_SIZE, name: 'jobs' })
  const jobsOf = (services: readonly BringsJobs[]): readonly JobHandler[] => {
    const jobs = services.flatMap((service) => service.jobs)
    return [...jobs, ...platformJobs(jobs)]
  }
  const platformJobs = (jobs: readonly JobHandler[]): readonly JobHandler[] => [
    reconcileJobsHandler(journal, boss),
    forgetJobsHandler(journal, jobs),
  ]
  const jobs = pausable(async (services: readonly BringsJobs[]) => {
    const ofPlatform = platformJobs(services.flatMap((service) => service.jobs))
    return startWorking({
      boss,
      connection,
      journal,
      services: [...services, { database: journal, jobs: ofPlatform }],
      log,
      ...(observer === undefined ? {} : { observer }),
    })
  })
  return {
    queue: createQueue(boss),
    declare: (services) => declareQueues(boss, jobsOf(services)),
    start: jobs.start,
    pause: jobs.pause,
    resume: jobs.resume,
    reach: async () => void (await boss.schemaVersion()),
    close: async () => {
      await jobs.pause()
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
