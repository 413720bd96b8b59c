import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@stormops/chassis/fault'
import type { AttemptOutcome, JobObserver } from '@stormops/chassis/jobs/job-observer'
import { handleInTransaction, handleJob } from '@stormops/chassis/jobs/worker'
import type { GivenUp } from '@stormops/chassis/jobs/worker'
import { newId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hurryRetries } from '../world/hurry-retries.ts'
import { until } from '@stormops/chassis/testing/until'
import { aJob, openRunningJobs } from './running-jobs.ts'
import type { RunningJobs } from './running-jobs.ts'

let jobs: RunningJobs
beforeAll(async () => {
  jobs = await openRunningJobs()
})
afterAll(() => jobs.close())

const untilAborted = async (signal: AbortSignal): Promise<never> => {
  while (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

describe('a job', () => {
  it('is done once, and its line and events say so', async () => {
    const job = aJob()
    const done: number[] = []
    await jobs.work([handleJob(job, async (_context, { n }) => void done.push(n))])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 7 })
    await jobs.isIn(tenantId, id, 'SUCCEEDED')
    expect(done).toEqual([7])
    expect(await jobs.line(tenantId, id)).toMatchObject({ attempts: 1, error: null })
    expect(await jobs.kinds(tenantId, id)).toEqual(['QUEUED', 'STARTED', 'SUCCEEDED'])
    await until(
      async () =>
        (await jobs.rows('select state from pgboss.job where id = $1', [id]))[0].state === 'completed',
    )
  })

  it('that fails is tried again, and given up after the last try', async () => {
    const job = aJob({ retries: 1 })
    const givenUp: Pick<GivenUp, 'jobId' | 'reason'>[] = []
    const handler = handleJob(
      job,
      async () => {
        throw new Fault('BAD_INPUT', 'The storm has no name.')
      },
      { onGivenUp: async ({ jobId, reason }) => void givenUp.push({ jobId, reason }) },
    )
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'RETRYING')
    await hurryRetries(jobs.database.admin)
    await jobs.isIn(tenantId, id, 'FAILED')
    expect(await jobs.line(tenantId, id)).toMatchObject({ attempts: 2, error: 'The storm has no name.' })
    expect(await jobs.kinds(tenantId, id)).toEqual(['QUEUED', 'STARTED', 'FAILED', 'STARTED', 'GAVE_UP'])
    await until(async () => givenUp.length > 0)
    expect(givenUp).toEqual([{ jobId: id, reason: 'failed' }])
  })

  it('that takes too long is broken off, and its statement in the database too', async () => {
    const job = aJob({ retries: 0, timeoutSeconds: 1 })
    const handler = handleJob(job, ({ tenantId, signal }) =>
      jobs.app.withTenant(tenantId, async (tx) => void (await tx.rows('select pg_sleep(60)')), {
        statementTimeoutMs: 60_000,
        signal,
      }),
    )
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'FAILED')
    expect((await jobs.line(tenantId, id))?.error).toBe('The job took longer than 1 seconds.')
    await until(
      async () =>
        (
          await jobs.rows(
            `select from pg_stat_activity where query like 'select pg_sleep(60)%' and state = 'active'`,
          )
        ).length === 0,
    )
  })

  it('whose step takes too long fails by that step, which a later try does again', async () => {
    const job = aJob({ retries: 1, timeoutSeconds: 60, stepTimeoutSeconds: 1 })
    let tries = 0
    const handler = handleJob(job, async ({ steps }) => {
      await steps('storm:1')('measure', async (tx) => {
        tries += 1
        if (tries === 1) await tx.rows('select pg_sleep(60)')
        return tries
      })
    })
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'RETRYING')
    expect((await jobs.line(tenantId, id))?.error).toBe('The step measure took longer than 1 seconds.')
    await hurryRetries(jobs.database.admin)
    await jobs.isIn(tenantId, id, 'SUCCEEDED')
    const steps = await jobs.as(tenantId, (tx) =>
      tx.rows('select status, attempts, output, job from chassis.job_step where subject = $1', ['storm:1']),
    )
    expect(steps).toEqual([{ status: 'DONE', attempts: 2, output: 2, job: job.name }])
    expect(await jobs.kinds(tenantId, id)).toEqual([
      'QUEUED',
      'STARTED',
      'STEP',
      'FAILED',
      'STARTED',
      'STEP',
      'SUCCEEDED',
    ])
  })

  it('is told of to whoever watches, with its steps', async () => {
    const job = aJob({ retries: 0 })
    const seen: unknown[] = []
    const observer: JobObserver = {
      started: ({ jobId, attempt }) => void seen.push(['started', jobId, attempt]),
      ended: ({ jobId }, outcome: AttemptOutcome) => void seen.push(['ended', jobId, outcome]),
      stepEnded: (name, step, isDone) => void seen.push(['step', name, step, isDone]),
    }
    await jobs.work([handleJob(job, async ({ steps }) => void (await steps('a:1')('one', async () => 1)))], {
      observer,
    })
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'SUCCEEDED')
    await until(async () => seen.length === 3)
    expect(seen).toEqual([
      ['started', id, 1],
      ['step', job.name, 'one', true],
      ['ended', id, 'succeeded'],
    ])
  })
})

describe('a job that somebody cancels while it is done', () => {
  it('is broken off within seconds, and is not tried again', async () => {
    const job = aJob({ retries: 3 })
    const reasons: string[] = []
    const handler = handleJob(job, ({ signal }) => untilAborted(signal), {
      onGivenUp: async ({ reason }) => void reasons.push(reason),
    })
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'RUNNING')
    expect(await jobs.as(tenantId, (tx) => jobs.queue.cancel(tx, id))).toEqual({ kind: 'asked' })
    await jobs.isIn(tenantId, id, 'CANCELLED', 5_000)
    expect(await jobs.kinds(tenantId, id)).toEqual(['QUEUED', 'STARTED', 'CANCELLED'])
    await until(async () => reasons.length > 0)
    expect(reasons).toEqual(['cancelled'])
    await until(
      async () =>
        (await jobs.rows('select state from pgboss.job where id = $1', [id]))[0].state === 'cancelled',
    )
  })

  it('begins no further step, though it does not listen', async () => {
    const job = aJob({ retries: 0 })
    const begun: string[] = []
    const handler = handleJob(job, async ({ steps, signal }) => {
      const step = steps('deaf:1')
      await step('first', async () => void begun.push('first'))
      while (!signal.aborted) await sleep(20)
      await step('second', async () => void begun.push('second'))
    })
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await until(async () => begun.length > 0)
    await jobs.as(tenantId, (tx) => jobs.queue.cancel(tx, id))
    await jobs.isIn(tenantId, id, 'CANCELLED', 5_000)
    await sleep(100)
    expect(begun).toEqual(['first'])
  })
})

describe('a job that waits', () => {
  it('is cancelled before anybody takes it, and whoever it left something with is told', async () => {
    const job = aJob()
    const told: string[] = []
    const handler = handleJob(job, async () => undefined, {
      onGivenUp: async ({ jobId, reason }) => void told.push(`${jobId} ${reason}`),
    })
    await jobs.work([handler])
    await jobs.stopWorking()
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.as(tenantId, (tx) => jobs.queue.cancel(tx, id))
    await jobs.work([handler])
    await until(async () => told.length > 0)
    expect(told).toEqual([`${id} cancelled`])
    expect(await jobs.kinds(tenantId, id)).toEqual(['QUEUED', 'CANCELLED'])
  })

  it('is taken before others of its kind when its number is larger', async () => {
    const job = aJob({ atOnce: 1, atOnceForCompany: 1 })
    const urgent = { ...job, priority: 10 }
    const done: number[] = []
    const handler = handleJob(job, async (_context, { n }) => void done.push(n))
    await jobs.work([handler])
    await jobs.stopWorking()
    const tenantId = newId()
    await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.enqueue(tenantId, urgent, { n: 2 })
    await jobs.work([handler])
    await until(async () => done.length === 2)
    expect(done).toEqual([2, 1])
  })
})

describe('a company that hands in very much', () => {
  it('keeps another one’s single job waiting for no more than a few of its own', async () => {
    const job = aJob({ kind: 'short', atOnce: 4 })
    const order: string[] = []
    const handler = handleJob(job, async ({ tenantId }) => {
      await sleep(5)
      order.push(tenantId)
    })
    await jobs.work([handler])
    await jobs.stopWorking()
    const [busy, modest] = [newId(), newId()]
    await jobs.as(busy, async (tx) => {
      for (let n = 0; n < 1_000; n += 1) await jobs.queue.enqueue(tx, job, { n })
    })
    await jobs.enqueue(modest, job, { n: 0 })
    await jobs.work([handler])
    await until(async () => order.includes(modest))
    expect(order.indexOf(modest)).toBeLessThan(10)
    await jobs.stopWorking()
  })

  it('never has more of a name done at once than it may', async () => {
    const job = aJob({ atOnce: 4, atOnceForCompany: 2 })
    let busy = 0
    let most = 0
    const handler = handleJob(job, async () => {
      busy += 1
      most = Math.max(most, busy)
      await sleep(50)
      busy -= 1
    })
    await jobs.work([handler])
    const tenantId = newId()
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => jobs.enqueue(tenantId, job, { n })))
    for (const id of ids) await jobs.isIn(tenantId, id, 'SUCCEEDED')
    expect(most).toBe(2)
  })

  it('does not fill a worker with long jobs', async () => {
    const long = aJob({ atOnce: 10, atOnceForCompany: 10 })
    const short = aJob({ kind: 'short' })
    const stop = new AbortController()
    await jobs.work(
      [
        handleJob(long, () => untilAborted(stop.signal).catch(() => undefined)),
        handleJob(short, async () => undefined),
      ],
      { capacity: 4 },
    )
    const tenantId = newId()
    const ids = await Promise.all([1, 2, 3, 4, 5].map((n) => jobs.enqueue(tenantId, long, { n })))
    const isRunning = async (id: string) => (await jobs.line(tenantId, id))?.state === 'RUNNING'
    await until(async () => (await Promise.all(ids.map(isRunning))).filter(Boolean).length === 2)
    const id = await jobs.enqueue(tenantId, short, { n: 1 })
    await jobs.isIn(tenantId, id, 'SUCCEEDED')
    expect((await Promise.all(ids.map(isRunning))).filter(Boolean)).toHaveLength(2)
    stop.abort()
    for (const one of ids) await jobs.isIn(tenantId, one, 'SUCCEEDED')
  })
})

/** Something that is there twice if it is done twice. */
const LEAVE_A_ROW = `insert into storms.upload (tenant_id, id, expires_at) values ($1, $2, now())`

describe('a job that ends with its effect', () => {
  it('has both or neither', async () => {
    const job = aJob({ retries: 1 })
    let tries = 0
    const handler = handleInTransaction(job, async (tx) => {
      await tx.change(LEAVE_A_ROW, [tx.tenantId, newId()])
      tries += 1
      if (tries === 1) throw new Error('broken after the effect')
    })
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'RETRYING')
    await hurryRetries(jobs.database.admin)
    await jobs.isIn(tenantId, id, 'SUCCEEDED')
    expect(await jobs.rows('select from storms.upload where tenant_id = $1', [tenantId])).toHaveLength(1)
    expect(await jobs.kinds(tenantId, id)).toEqual(['QUEUED', 'STARTED', 'FAILED', 'STARTED', 'SUCCEEDED'])
  })

  it('is not done by an attempt that has lost it', async () => {
    const job = aJob({ retries: 1 })
    const handler = handleInTransaction(job, async (tx, { attempt, jobId }) => {
      if (attempt === 1) {
        // As when the queue gave it to another worker meanwhile.
        await jobs.rows('update chassis.job_run set attempts = 2 where id = $1', [jobId])
      }
      await tx.change(LEAVE_A_ROW, [tx.tenantId, newId()])
    })
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await until(
      async () => (await jobs.rows('select state from pgboss.job where id = $1', [id]))[0].state === 'retry',
    )
    expect(await jobs.rows('select from storms.upload where tenant_id = $1', [tenantId])).toEqual([])
  })

  it('is not done again when the queue brings it once more', async () => {
    const job = aJob({ retries: 3 })
    let runs = 0
    const handler = handleInTransaction(job, async () => {
      runs += 1
    })
    await jobs.work([handler])
    const tenantId = newId()
    const id = await jobs.enqueue(tenantId, job, { n: 1 })
    await jobs.isIn(tenantId, id, 'SUCCEEDED')
    // As when the worker died after its transaction and before the queue knew of it.
    await jobs.rows(
      `update pgboss.job set state = 'retry', start_after = now(), completed_on = null where id = $1`,
      [id],
    )
    await until(
      async () =>
        (await jobs.rows('select state from pgboss.job where id = $1', [id]))[0].state === 'completed',
    )
    expect(runs).toBe(1)
    expect(await jobs.kinds(tenantId, id)).toEqual(['QUEUED', 'STARTED', 'SUCCEEDED'])
  })
})
