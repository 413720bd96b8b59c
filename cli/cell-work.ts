/**
 * The jobs of a cell are in the cell, so that they commit with its data, and so are the lines of what became of them.
 * A cell that cannot be reached is tried again and again: the jobs of its companies wait, and those of the others do not.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cell } from '@stormops/chassis/cells/cells'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import type { BossRole } from '@stormops/chassis/jobs/boss'
import type { JobDefinition } from '@stormops/chassis/jobs/define-job'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { JobHandler, Working } from '@stormops/chassis/jobs/worker'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import type { BringsJobs } from './job-work.ts'
import { platformJobs } from './platform-jobs.ts'

const TRY_AGAIN_MS = 5_000
const JOB_DRAIN_MS = 10_000
const JOURNAL_POOL_SIZE = 4

export type CellWork = {
  readonly name: string
  /** Where the figures of its queue are; null before it was reached. */
  readonly database: () => Database | null
  /** Tries once; whoever works in the cell declares its queues before that, too. */
  readonly declare: (services: readonly BringsJobs[]) => Promise<void>
  /** Returns at once, and begins when the cell can be reached. */
  readonly start: (services: readonly BringsJobs[]) => void
  readonly close: () => Promise<void>
}

type Opened = { readonly boss: Awaited<ReturnType<typeof openBoss>>; readonly journal: Database }

export type CellWorkOptions = {
  readonly log: Log
  readonly role: BossRole
  readonly telemetry: Telemetry
  readonly workerId: string
}

/** Opens nothing before it is asked to declare or to start. */
export const openCellWork = (
  { name, connection }: Cell,
  { log: parentLog, role, telemetry, workerId }: CellWorkOptions,
): CellWork => {
  const log = parentLog.child({ cell: name })
  const closing = new AbortController()
  let opened: Opened | null = null
  let working: Working | null = null
  let starting: Promise<void> = Promise.resolve()
  const open = async (): Promise<Opened> => {
    opened ??= {
      boss: await openBoss(connection, log, role),
      journal: await openDatabase({
        connection,
        entities: [],
        poolSize: JOURNAL_POOL_SIZE,
        name: `jobs ${name}`,
        telemetry,
      }),
    }
    return opened
  }
  const declare = async (services: readonly BringsJobs[]): Promise<void> => {
    const { boss, journal } = await open()
    const jobs = services.flatMap((service) => service.jobs)
    await declareQueues(boss, [...unscheduled(jobs), ...platformJobs(journal, boss, jobs)])
  }
  const start = async (services: readonly BringsJobs[]): Promise<void> => {
    await declare(services)
    const { boss, journal } = await open()
    const jobs = services.flatMap((service) => service.jobs)
    working = await startWorking({
      boss,
      connection,
      journal,
      services: [...services, { database: journal, jobs: platformJobs(journal, boss, jobs) }],
      log,
      observer: telemetry.jobs,
      tracer: telemetry.tracer,
      workerId,
    })
  }
  const isStarted = async (services: readonly BringsJobs[]): Promise<boolean> => {
    try {
      await start(services)
      return true
    } catch (err) {
      log.warn({ err }, 'the jobs of a cell cannot be worked')
      return false
    }
  }
  const untilStarted = async (services: readonly BringsJobs[]): Promise<void> => {
    const { signal } = closing
    while (!signal.aborted && !(await isStarted(services))) {
      await sleep(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined)
    }
  }
  return {
    name,
    database: () => opened?.journal ?? null,
    declare: async (services) => {
      try {
        await declare(services)
      } catch (err) {
        log.warn({ err }, 'the queues of a cell cannot be made')
      }
    },
    start: (services) => {
      starting = untilStarted(services)
    },
    close: async () => {
      closing.abort()
      await starting
      await working?.stop(JOB_DRAIN_MS)
      await opened?.boss.stop({ graceful: true, timeout: JOB_DRAIN_MS })
      await opened?.journal.close()
    },
  }
}

/** What runs by the clock runs in the home cell, for all companies; only what looks after the queue runs in each. */
const unscheduled = (handlers: readonly JobHandler[]): readonly JobHandler[] =>
  handlers.map((handler) => {
    const { schedule: _schedule, ...definition }: JobDefinition<object> = handler.definition
    return { ...handler, definition }
  })
