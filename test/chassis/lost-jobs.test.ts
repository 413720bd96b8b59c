import { reconcileOnce } from '@stormops/chassis/jobs/reconcile-jobs'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import { newId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@stormops/chassis/testing/until'
import { hangOnce, hangForGood, leaveARow } from './job-process-jobs.ts'
import { kill, startWorker } from './job-processes.ts'
import { aJob, openRunningJobs } from './running-jobs.ts'
import type { RunningJobs } from './running-jobs.ts'

let jobs: RunningJobs
beforeAll(async () => {
  jobs = await openRunningJobs()
})
afterAll(() => jobs.close())

/** Declares the queues, and lets nobody work here. */
const declare = async (handlers: readonly JobHandler[]): Promise<void> => {
  await jobs.work(handlers)
  await jobs.stopWorking()
}

describe('a worker that is killed', () => {
  it('is followed by another one, which does what is left and nothing twice', async () => {
    const handler = handleJob(hangOnce, async ({ steps }) => {
      await steps('hang:1')('first', leaveARow)
      await steps('hang:1')('second', leaveARow)
    })
    await declare([handler])
    const child = await startWorker(jobs.database)
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, hangOnce, {})
    await until(
      async () =>
        (await jobs.rows(`select from chassis.job_step where tenant_id = $1 and status = 'DONE'`, [tenantId]))
          .length === 1,
    )
    await jobs.work([handler])
    await kill(child)
    await jobs.isIn(tenantId, id, 'SUCCEEDED', 30_000)
    expect(await jobs.line(tenantId, id)).toMatchObject({ attempts: 2 })
    expect(await jobs.kinds(tenantId, id)).toEqual([
      'QUEUED',
      'STARTED',
      'STEP',
      'LOST',
      'STARTED',
      'STEP',
      'SUCCEEDED',
    ])
    expect(await jobs.rows('select from storms.upload where tenant_id = $1', [tenantId])).toHaveLength(2)
  })

  it('in the last attempt of a job leaves one that failed, and whoever waits for it is told', async () => {
    const told: string[] = []
    const handler = handleJob(hangForGood, async () => undefined, {
      onGivenUp: async ({ jobId, reason }) => void told.push(`${jobId} ${reason}`),
    })
    await declare([handler])
    const child = await startWorker(jobs.database)
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, hangForGood, {})
    await jobs.isIn(tenantId, id, 'RUNNING')
    await kill(child)
    await jobs.rows(`update pgboss.job set heartbeat_on = now() - interval '1 minute' where id = $1`, [id])
    await jobs.work([handler])
    await jobs.isIn(tenantId, id, 'FAILED', 20_000)
    await until(async () => told.length > 0)
    expect(told).toEqual([`${id} failed`])
    expect(await jobs.line(tenantId, id)).toMatchObject({
      attempts: 1,
      error: 'The worker was lost in the last attempt.',
      ended_at: expect.any(Date),
    })
    expect(await jobs.kinds(tenantId, id)).toEqual(['QUEUED', 'STARTED', 'LOST', 'GAVE_UP'])
  })

  it('leaves its line, which says when it was seen last; one that closes takes it away', async () => {
    await jobs.work([handleJob(aJob(), async () => undefined)])
    const here = () => jobs.rows('select * from chassis.worker where process_id = $1', [process.pid])
    await until(async () => (await here()).length === 1)
    expect((await here())[0]).toMatchObject({ busy: 0, capacity: 40, done: '0', failed: '0' })
    await jobs.rows(
      `insert into chassis.worker (id, host, process_id, started_at, seen_at, capacity)
      values ($1, 'gone', 1, now() - interval '3 days', now() - interval '2 days', 20)`,
      [newId()],
    )
    await jobs.stopWorking()
    expect(await here()).toEqual([])
    await jobs.work([handleJob(aJob(), async () => undefined)])
    await until(async () => (await jobs.rows(`select from chassis.worker where host = 'gone'`)).length === 0)
  })
})

describe('a worker that closes', () => {
  it('waits for what is under way', async () => {
    const job = aJob()
    const go = new AbortController()
    const handler = handleJob(
      job,
      () => new Promise<void>((resolve) => go.signal.addEventListener('abort', () => resolve())),
    )
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'RUNNING')
    const stopped = jobs.stopWorking(10_000)
    go.abort()
    await stopped
    expect(await jobs.line(tenantId, id)).toMatchObject({ state: 'SUCCEEDED' })
  })

  it('breaks off what takes longer, which is then tried again', async () => {
    const job = aJob()
    let tries = 0
    const handler = handleJob(job, async ({ signal }) => {
      tries += 1
      if (tries === 1) await new Promise((_, reject) => signal.addEventListener('abort', reject))
    })
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'RUNNING')
    await jobs.stopWorking(50)
    expect(await jobs.line(tenantId, id)).toMatchObject({
      state: 'RETRYING',
      error: 'The worker closed before the job ended.',
    })
    await jobs.work([handler])
    await jobs.isIn(tenantId, id, 'SUCCEEDED')
  })
})

describe('a job that the queue lost', () => {
  it('is found and given up, and one that is only late is left alone', async () => {
    const job = aJob()
    const told: string[] = []
    const handler = handleJob(job, async () => undefined, {
      onGivenUp: async ({ jobId }) => void told.push(jobId),
    })
    await declare([handler])
    const tenantId = newId()
    const [lost, late] = [
      await jobs.enqueue(tenantId, job, { n: 1 }),
      await jobs.enqueue(tenantId, job, { n: 2 }),
    ]
    await jobs.rows('delete from pgboss.job where id = $1', [lost])
    await reconcileOnce(jobs.app, jobs.boss, 0)
    expect(await jobs.line(tenantId, late)).toMatchObject({ state: 'QUEUED' })
    await jobs.work([handler])
    await jobs.isIn(tenantId, lost, 'FAILED')
    await jobs.isIn(tenantId, late, 'SUCCEEDED')
    await until(async () => told.length > 0)
    expect(told).toEqual([lost])
  })
})

describe('a job that was given up, and is done again', () => {
  it('is not given up a second time by a letter that comes late', async () => {
    const job = aJob()
    const told: string[] = []
    const handler = handleJob(job, async () => undefined, {
      onGivenUp: async ({ jobId }) => void told.push(jobId),
    })
    await declare([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.rows(`delete from pgboss.job where id = $1`, [id])
    await jobs.rows(`update chassis.job_run set state = 'FAILED', ended_at = now() where id = $1`, [id])
    await jobs.rows(
      `insert into pgboss.job (name, data, source_name, source_id)
      values ('dead-letters', $1, $2, $3)`,
      [{ tenantId, payload: { n: 1 } }, job.name, id],
    )
    const again = await jobs.as(tenantId, (tx) => jobs.queue.rerun(tx, id))
    await jobs.work([handler])
    await jobs.isIn(tenantId, again.jobId, 'SUCCEEDED')
    await until(
      async () =>
        (await jobs.rows(`select state from pgboss.job where source_id = $1`, [id]))[0].state === 'completed',
    )
    expect(told).toEqual([])
  })
})
