import type { Database } from '@stormops/chassis/database/database'
import { clientConfig } from '@stormops/chassis/database/connection'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { CLOCK_QUEUE, handInScheduled } from '@stormops/chassis/jobs/clock-letters'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import type { JobSchedule } from '@stormops/chassis/jobs/define-job'
import { declareQueues, handleJob, startWorking } from '@stormops/chassis/jobs/worker'
import type { JobContext, JobHandler } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'

const log = createLog('silent')
const EVERY_NIGHT: JobSchedule = { cron: '15 2 * * *', timeZone: 'America/Chicago' }

let database: TestDatabase
let app: Database
let queueOwner: pg.Client
beforeAll(async () => {
  database = await cloneDatabase()
  app = await database.open()
  queueOwner = new pg.Client(clientConfig(database.owner))
  await queueOwner.connect()
})
afterAll(async () => {
  await queueOwner.end()
  await database.close()
})

type Run = Pick<JobContext, 'tenantId' | 'jobId'> & { readonly payload: object }

/** A job of the name that writes down its runs. */
const aJob = (name: string, schedule?: JobSchedule): { handler: JobHandler; runs: Run[] } => {
  const runs: Run[] = []
  const definition = defineJob({
    name,
    payload: z.object({}),
    ...(schedule === undefined ? {} : { schedule }),
  })
  const handler = handleJob(definition, async ({ tenantId, jobId }, payload) => {
    runs.push({ tenantId, jobId, payload })
  })
  return { handler, runs }
}

/** As a process does it that brings the database up to date and ends. */
const declareAndEnd = async (handlers: readonly JobHandler[]): Promise<void> => {
  const boss = await openBoss(database.app, log, 'sends')
  await declareQueues(boss, handlers)
  await boss.stop({ graceful: false })
}

const withWorker = async (handler: JobHandler, use: () => Promise<void>): Promise<void> => {
  const boss = await openBoss(database.app, log)
  const services = [{ database: app, jobs: [handler] }]
  const working = await startWorking({ boss, connection: database.app, journal: app, services, log })
  try {
    await use()
  } finally {
    await working.stop(5_000)
    await boss.stop({ graceful: true, timeout: 5_000 })
  }
}

const rows = async (sql: string, values: readonly unknown[] = []): Promise<any[]> =>
  (await queueOwner.query(sql, [...values])).rows

const scheduleOf = async (name: string) =>
  (
    await rows(
      'select key, cron, timezone, data, created_on from pgboss.schedule where name = $1 and key = $2',
      [CLOCK_QUEUE, name],
    )
  )[0]

describe('a schedule', () => {
  it('is kept with what the job will be given, and outlives the process that declared it', async () => {
    await declareAndEnd([aJob('close-month', EVERY_NIGHT).handler])
    expect(await scheduleOf('close-month')).toMatchObject({
      cron: '15 2 * * *',
      timezone: 'America/Chicago',
      data: { job: 'close-month', payload: {}, priority: 0 },
    })
  })

  it('is the same one when it is declared again, and follows what the code says', async () => {
    await declareAndEnd([aJob('remind', EVERY_NIGHT).handler])
    const first = await scheduleOf('remind')
    await declareAndEnd([aJob('remind', EVERY_NIGHT).handler])
    expect(await scheduleOf('remind')).toEqual(first)
    await declareAndEnd([aJob('remind', { cron: '0 9 1 * *', timeZone: 'UTC' }).handler])
    expect(await scheduleOf('remind')).toEqual({ ...first, cron: '0 9 1 * *', timezone: 'UTC' })
  })

  it('is taken back when the code has it no more, whether or not the job is still there', async () => {
    const stays = aJob('stays', EVERY_NIGHT).handler
    await declareAndEnd([stays, aJob('goes', EVERY_NIGHT).handler, aJob('goes-alone', EVERY_NIGHT).handler])
    await declareAndEnd([stays, aJob('goes-alone').handler])
    expect(await scheduleOf('stays')).toBeDefined()
    expect(await scheduleOf('goes')).toBeUndefined()
    expect(await scheduleOf('goes-alone')).toBeUndefined()
  })

  it('that somebody made by hand is left alone', async () => {
    const boss = await openBoss(database.app, log, 'sends')
    const { handler } = aJob('by-hand')
    await declareQueues(boss, [handler])
    await boss.schedule('by-hand', '0 0 1 1 *', {}, { key: 'ann' })
    await declareQueues(boss, [handler])
    expect(await boss.getSchedules('by-hand')).toMatchObject([{ key: 'ann' }])
    await boss.stop({ graceful: false })
  })

  it('of before, which put its job into the queue itself, gives way', async () => {
    const boss = await openBoss(database.app, log, 'sends')
    const { handler } = aJob('long-known', EVERY_NIGHT)
    await declareQueues(boss, [handler])
    await boss.schedule('long-known', EVERY_NIGHT.cron, {}, { key: 'declared' })
    await declareQueues(boss, [handler])
    expect(await boss.getSchedules('long-known')).toEqual([])
    expect(await scheduleOf('long-known')).toBeDefined()
    await boss.stop({ graceful: false })
  })

  it.each([
    ['13 o’clock', 'America/Chicago', 'expected range'],
    ['0 25 * * *', 'America/Chicago', 'range 0-23'],
    ['0 9 * * *', 'America/Chicgao', 'America/Chicgao'],
  ])('of "%s" in %s is refused', async (cron, timeZone, why) => {
    await expect(declareAndEnd([aJob('mistyped', { cron, timeZone }).handler])).rejects.toThrow(why)
    expect(await scheduleOf('mistyped')).toBeUndefined()
  })

  it('is refused for a job that cannot do without a payload', async () => {
    const definition = defineJob({
      name: 'needs-more',
      payload: z.object({ storm: z.string() }),
      schedule: EVERY_NIGHT,
    })
    const declaring = declareAndEnd([handleJob(definition, async () => undefined)])
    await expect(declaring).rejects.toThrow('The job needs-more runs by the clock')
  })
})

const HALF_HOUR_MS = 1_800_000

/** Every day at the minute that was half an hour ago. */
const halfAnHourAgo = (): JobSchedule => {
  const then = new Date(Date.now() - HALF_HOUR_MS)
  return { cron: `${then.getUTCMinutes()} ${then.getUTCHours()} * * *`, timeZone: 'UTC' }
}

/** As if no process had looked at the clock for an hour. */
const sleepAnHour = async (): Promise<void> => {
  await queueOwner.query(`update pgboss.version set cron_on = now() - interval '1 hour'`)
  await queueOwner.query(`update pgboss.schedule set created_on = now() - interval '1 day'`)
}

/** Letters of the clock among them, which have the ids of their jobs. */
const jobsOf = (name: string) =>
  rows(`select distinct id from pgboss.job where name = $1 or name = $2 and data ->> 'job' = $1`, [
    name,
    CLOCK_QUEUE,
  ])

describe('a job that runs by the clock', () => {
  it('runs once for the platform, however many processes work, and leaves its line', async () => {
    const { handler, runs } = aJob('every-minute', { cron: '* * * * *', timeZone: 'UTC' })
    await declareAndEnd([handler])
    await withWorker(handler, () =>
      withWorker(handler, async () => {
        await until(async () => runs.length > 0)
        expect(await jobsOf('every-minute')).toHaveLength(1)
      }),
    )
    expect(runs).toEqual([{ tenantId: PLATFORM_TENANT_ID, jobId: expect.any(String), payload: {} }])
    const lines = await app.withTenant(PLATFORM_TENANT_ID, (tx) =>
      tx.rows('select id, state, payload, attempts from chassis.job_run where name = $1', ['every-minute']),
    )
    expect(lines).toEqual([{ id: runs[0]?.jobId, state: 'SUCCEEDED', payload: {}, attempts: 1 }])
    await declareAndEnd([])
  })

  it('is made up for once when it came due while nothing worked', async () => {
    const { handler, runs } = aJob('while-asleep', halfAnHourAgo())
    await declareAndEnd([handler])
    await sleepAnHour()
    await withWorker(handler, () => until(async () => runs.length > 0))
    // Sent in the same statement as whatever else is due, so that its job says that the clock was read to the end.
    const mark = aJob('mark', { cron: '* * * * *', timeZone: 'UTC' })
    await declareAndEnd([handler, mark.handler])
    await sleepAnHour()
    await withWorker(mark.handler, () => until(async () => mark.runs.length > 0))
    expect(await jobsOf('while-asleep')).toHaveLength(1)
    expect(runs).toHaveLength(1)
  })

  it('waits with a line of its own, and is one job however often the clock says so', async () => {
    const { handler, runs } = aJob('waits', EVERY_NIGHT)
    const boss = await openBoss(database.app, log, 'sends')
    await declareQueues(boss, [handler])
    const letter = { job: 'waits', payload: {}, priority: 7 }
    const id = await boss.send(CLOCK_QUEUE, letter)
    const letters = await boss.fetch<object>(CLOCK_QUEUE, { includeMetadata: true, batchSize: 100 })
    const told = letters.find((one) => one.id === id)
    if (told === undefined) throw new Error('There is no letter.')
    const parts = { boss, database: app, log }
    expect(await handInScheduled(parts, told)).toBe('succeeded')
    // As when whoever read it died before it was put away.
    expect(await handInScheduled(parts, told)).toBe('succeeded')
    const lines = () =>
      app.withTenant(PLATFORM_TENANT_ID, (tx) =>
        tx.rows('select id, state, priority from chassis.job_run where name = $1', ['waits']),
      )
    expect(await lines()).toEqual([{ id, state: 'QUEUED', priority: 7 }])
    await boss.stop({ graceful: false })
    await withWorker(handler, () => until(async () => runs.length > 0))
    expect(await lines()).toEqual([{ id, state: 'SUCCEEDED', priority: 7 }])
    expect(runs).toHaveLength(1)
  })
})
