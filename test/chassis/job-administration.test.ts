import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { declareQueues, handleJob } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

const knock = defineJob({ name: 'test.knock', payload: z.object({ door: z.string() }) })

let database: TestDatabase
let app: Database
let boss: Awaited<ReturnType<typeof openBoss>>
let queue: Queue
beforeAll(async () => {
  database = await cloneDatabase()
  app = await database.open()
  boss = await openBoss(database.app, createLog('silent'), 'sends')
  queue = createQueue(boss)
  await declareQueues(boss, [handleJob(knock, async () => undefined)])
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await database.close()
})

const as = <T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> => app.withTenant(tenantId, work)

/** Nobody works here, so what is asked for stays where it is. */
const enqueue = (tenantId: string): Promise<string> =>
  as(tenantId, (tx) => queue.enqueue(tx, knock, { door: '12 Elm' }))

const isIn = (tenantId: string, jobId: string, state: string): Promise<number> =>
  as(tenantId, (tx) =>
    tx.change(
      `update chassis.job_run set state = $3,
         ended_at = case when $3 in ('SUCCEEDED', 'FAILED', 'CANCELLED') then now() end
       where tenant_id = $1 and id = $2`,
      [tenantId, jobId, state],
    ),
  )

const lineOf = async (tenantId: string, jobId: string): Promise<any> =>
  (await as(tenantId, (tx) => tx.rows('select * from chassis.job_run where id = $1', [jobId])))[0]

const eventsOf = (tenantId: string, jobId: string): Promise<readonly { kind: string; detail: object }[]> =>
  as(tenantId, (tx) =>
    tx.rows('select kind, detail from chassis.job_event where job_id = $1 order by id', [jobId]),
  )

const queued = async (jobId: string) => (await boss.findJobs(knock.name, { id: jobId }))[0]

describe('cancelling a job', () => {
  it.each(['QUEUED', 'RETRYING'])('that is %s ends it at once, in the queue too', async (state) => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    await isIn(tenantId, jobId, state)
    expect(await as(tenantId, (tx) => queue.cancel(tx, jobId))).toEqual({ kind: 'cancelled' })
    expect(await lineOf(tenantId, jobId)).toMatchObject({ state: 'CANCELLED', ended_at: expect.any(Date) })
    expect(await queued(jobId)).toMatchObject({ state: 'cancelled' })
    expect((await eventsOf(tenantId, jobId)).map(({ kind }) => kind)).toEqual(['QUEUED', 'CANCELLED'])
  })

  it('that is done now asks its worker, and asks once', async () => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    await isIn(tenantId, jobId, 'RUNNING')
    expect(await as(tenantId, (tx) => queue.cancel(tx, jobId))).toEqual({ kind: 'asked' })
    const { cancel_asked_at: askedAt } = await lineOf(tenantId, jobId)
    await as(tenantId, (tx) => queue.cancel(tx, jobId))
    expect(await lineOf(tenantId, jobId)).toMatchObject({ state: 'RUNNING', cancel_asked_at: askedAt })
  })

  it.each([
    ['SUCCEEDED', 'succeeded'],
    ['FAILED', 'failed'],
    ['CANCELLED', 'cancelled'],
  ])('that is %s is refused, and says so', async (state, inWords) => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    await isIn(tenantId, jobId, state)
    await expect(as(tenantId, (tx) => queue.cancel(tx, jobId))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: `The job has ended (${inWords}) and cannot be cancelled.`,
    })
  })

  it('is undone with the transaction that asked for it', async () => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    const asked = as(tenantId, async (tx) => {
      await queue.cancel(tx, jobId)
      throw new Error('the audit line cannot be written')
    })
    await expect(asked).rejects.toThrow('the audit line')
    expect(await lineOf(tenantId, jobId)).toMatchObject({ state: 'QUEUED' })
    expect(await queued(jobId)).toMatchObject({ state: 'created' })
  })

  it('of another company finds nothing', async () => {
    const jobId = await enqueue(newId())
    await expect(as(newId(), (tx) => queue.cancel(tx, jobId))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('running a job again', () => {
  it('makes a new one with the payload that was kept, and leaves word with the old one', async () => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    await isIn(tenantId, jobId, 'SUCCEEDED')
    const again = await as(tenantId, (tx) => queue.rerun(tx, jobId))
    expect(again).toEqual({ jobId: expect.any(String), rerunOf: jobId })
    expect(await lineOf(tenantId, again.jobId)).toMatchObject({
      name: knock.name,
      state: 'QUEUED',
      payload: { door: '12 Elm' },
      rerun_of: jobId,
    })
    expect(await queued(again.jobId)).toMatchObject({ data: { tenantId, payload: { door: '12 Elm' } } })
    expect((await eventsOf(tenantId, jobId)).at(-1)).toEqual({
      kind: 'RERUN',
      detail: { jobId: again.jobId },
    })
    expect(await lineOf(tenantId, jobId)).toMatchObject({ state: 'SUCCEEDED', redriven_at: null })
  })

  it.each(['QUEUED', 'RUNNING', 'RETRYING'])('is refused while it is %s', async (state) => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    await isIn(tenantId, jobId, state)
    await expect(as(tenantId, (tx) => queue.rerun(tx, jobId))).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  it('is refused while somebody else’s wish to do so is under way', async () => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    await isIn(tenantId, jobId, 'CANCELLED')
    const wishes = await Promise.allSettled([1, 2].map(() => as(tenantId, (tx) => queue.rerun(tx, jobId))))
    expect(wishes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('of another company finds nothing', async () => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    await isIn(tenantId, jobId, 'FAILED')
    await expect(as(newId(), (tx) => queue.rerun(tx, jobId))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('of a kind that the platform has no more is refused', async () => {
    const tenantId = newId()
    const jobId = await enqueue(tenantId)
    await isIn(tenantId, jobId, 'FAILED')
    await as(tenantId, (tx) =>
      tx.change(`update chassis.job_run set name = 'test.gone' where id = $1`, [jobId]),
    )
    await expect(as(tenantId, (tx) => queue.rerun(tx, jobId))).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})

describe('taking up dead letters', () => {
  it('runs each again, and each is none any more', async () => {
    const tenantId = newId()
    const letters = [await enqueue(tenantId), await enqueue(tenantId)]
    for (const jobId of letters) await isIn(tenantId, jobId, 'FAILED')
    const reruns = await as(tenantId, (tx) => queue.redrive(tx, letters.toReversed()))
    expect(reruns.map(({ rerunOf }) => rerunOf)).toEqual(letters.toReversed())
    for (const jobId of letters) {
      expect(await lineOf(tenantId, jobId)).toMatchObject({ state: 'FAILED', redriven_at: expect.any(Date) })
    }
    await expect(as(tenantId, (tx) => queue.redrive(tx, letters))).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
  })

  it('runs none again when one of them is no dead letter', async () => {
    const tenantId = newId()
    const [dead, succeeded] = [await enqueue(tenantId), await enqueue(tenantId)]
    await isIn(tenantId, dead, 'FAILED')
    await isIn(tenantId, succeeded, 'SUCCEEDED')
    const taking = as(tenantId, (tx) => queue.redrive(tx, [dead, succeeded]))
    await expect(taking).rejects.toMatchObject({ code: 'BAD_INPUT', facts: { jobId: succeeded } })
    expect(await lineOf(tenantId, dead)).toMatchObject({ redriven_at: null })
  })
})
