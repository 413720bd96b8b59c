/** Workers over a database of a test's own, and what one sees of their jobs. */
import { clientConfig } from '@stormops/chassis/database/connection'
import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import type { JobDefinition } from '@stormops/chassis/jobs/define-job'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { JobHandler, WorkingOptions } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import pg from 'pg'
import { z } from 'zod'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'

export type JobLine = {
  readonly state: string
  readonly attempts: number
  readonly error: string | null
  readonly started_at: Date | null
  readonly ended_at: Date | null
}

export type RunningJobs = {
  readonly database: TestDatabase
  readonly app: Database
  readonly queue: Queue
  readonly boss: Awaited<ReturnType<typeof openBoss>>
  /** A worker that has nothing else to do than these; a former one of the same test ends. */
  readonly work: (
    handlers: readonly JobHandler[],
    options?: Partial<Pick<WorkingOptions, 'observer' | 'capacity'>>,
  ) => Promise<void>
  /** As when a process is closed: what is not done within the milliseconds is broken off. */
  readonly stopWorking: (drainMs?: number) => Promise<void>
  readonly enqueue: <Payload extends object>(
    tenantId: string,
    job: JobDefinition<Payload>,
    payload: Payload,
  ) => Promise<string>
  readonly as: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly line: (tenantId: string, jobId: string) => Promise<JobLine | undefined>
  readonly kinds: (tenantId: string, jobId: string) => Promise<readonly string[]>
  readonly isIn: (tenantId: string, jobId: string, state: string, milliseconds?: number) => Promise<void>
  /** As the administrator of the server. */
  readonly rows: (sql: string, values?: readonly unknown[]) => Promise<any[]>
  readonly close: () => Promise<void>
}

const log = createLog(process.env['TEST_LOG_LEVEL'] ?? 'silent')

export const openRunningJobs = async (): Promise<RunningJobs> => {
  const database = await cloneDatabase()
  const app = await database.open()
  const boss = await openBoss(database.app, log)
  const admin = new pg.Client(clientConfig(database.admin))
  await admin.connect()
  const queue = createQueue(boss)
  let working: Awaited<ReturnType<typeof startWorking>> | null = null
  const stopWorking = async (drainMs = 5_000): Promise<void> => {
    await working?.stop(drainMs)
    working = null
  }
  const as: RunningJobs['as'] = (tenantId, work) => app.withTenant(tenantId, work)
  const line: RunningJobs['line'] = async (tenantId, jobId) =>
    (
      await as(tenantId, (tx) =>
        tx.rows<JobLine>(
          `select state, attempts, error, started_at, ended_at from chassis.job_run where id = $1`,
          [jobId],
        ),
      )
    )[0]
  return {
    database,
    app,
    queue,
    boss,
    work: async (handlers, options = {}) => {
      await stopWorking()
      await declareQueues(boss, handlers)
      const services = [{ database: app, jobs: handlers }]
      working = await startWorking({
        boss,
        connection: database.app,
        journal: app,
        services,
        log,
        ...options,
      })
    },
    stopWorking,
    enqueue: (tenantId, job, payload) => as(tenantId, (tx) => queue.enqueue(tx, job, payload)),
    as,
    line,
    kinds: async (tenantId, jobId) =>
      (
        await as(tenantId, (tx) =>
          tx.rows<{ kind: string }>('select kind from chassis.job_event where job_id = $1 order by at, id', [
            jobId,
          ]),
        )
      ).map(({ kind }) => kind),
    isIn: (tenantId, jobId, state, milliseconds) =>
      until(async () => (await line(tenantId, jobId))?.state === state, milliseconds),
    rows: async (sql, values = []) => (await admin.query(sql, [...values])).rows,
    close: async () => {
      await stopWorking()
      await boss.stop({ graceful: false })
      await admin.end()
      await database.close()
    },
  }
}

let names = 0

/** A kind of job of a name of its own. */
export const aJob = (
  change: Partial<Omit<JobDefinition<object>, 'name' | 'payload'>> = {},
): JobDefinition<{ readonly n: number }> =>
  defineJob({ name: `test.job-${(names += 1)}`, payload: z.object({ n: z.number() }), ...change })
