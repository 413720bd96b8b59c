/** Jobs of an event that is published for many companies at once. */
import { defineEvent } from '@stormops/chassis/jobs/define-job'
import { handleEvent, handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import { newId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aJob, openRunningJobs } from './running-jobs.ts'
import type { RunningJobs } from './running-jobs.ts'

const stormPassed = defineEvent({
  name: 'test.storm-passed',
  payload: z.object({ tenantId: z.uuid(), n: z.number() }),
})

let jobs: RunningJobs
let done: string[]
let handlers: readonly JobHandler[]
beforeAll(async () => {
  jobs = await openRunningJobs()
  done = []
  handlers = [aJob(), aJob()].map((job) =>
    handleEvent(
      stormPassed,
      { ...job, payload: stormPassed.payload },
      async ({ jobId }) => void done.push(jobId),
    ),
  )
  await jobs.work([...handlers, handleJob(aJob(), async () => undefined)])
  await jobs.stopWorking()
})
afterAll(() => jobs.close())

const publish = (companies: readonly string[]): Promise<void> =>
  jobs.app.withLedger((tx) =>
    jobs.queue.publishMany(
      tx,
      stormPassed,
      companies.map((tenantId, n) => ({ tenantId, n })),
    ),
  )

const linesOf = (tenantId: string) =>
  jobs.as(tenantId, (tx) =>
    tx.rows<{ id: string; name: string; state: string; payload: object }>(
      'select id, name, state, payload from chassis.job_run where tenant_id = $1 order by name',
      [tenantId],
    ),
  )

describe('an event for many companies', () => {
  it('leaves each of them a line for each job from the moment it is published', async () => {
    const companies = [newId(), newId(), newId()]
    await publish(companies)
    for (const [n, tenantId] of companies.entries()) {
      const lines = await linesOf(tenantId)
      expect(lines).toMatchObject(
        handlers
          .map(({ definition: { name } }) => ({ name, state: 'QUEUED', payload: { tenantId, n } }))
          .toSorted((one, other) => one.name.localeCompare(other.name)),
      )
      for (const { id } of lines) expect(await jobs.kinds(tenantId, id)).toEqual(['QUEUED'])
    }
  })

  it('leaves none where its transaction is taken back', async () => {
    const tenantId = newId()
    const takenBack = jobs.app.withLedger(async (tx) => {
      await jobs.queue.publishMany(tx, stormPassed, [{ tenantId, n: 1 }])
      throw new Error('taken back')
    })
    await expect(takenBack).rejects.toThrow('taken back')
    expect(await linesOf(tenantId)).toEqual([])
    expect(await jobs.rows(`select from pgboss.job where data ->> 'tenantId' = $1`, [tenantId])).toEqual([])
  })

  it('is not done for a company that called its job off while it waited, and once for the others', async () => {
    const [careful, other] = [newId(), newId()]
    await publish([careful, other])
    const [called, stays] = await linesOf(careful)
    if (called === undefined || stays === undefined) throw new Error('There are two jobs.')
    expect(await jobs.as(careful, (tx) => jobs.queue.cancel(tx, called.id))).toEqual({ kind: 'cancelled' })
    await jobs.work(handlers)
    await jobs.isIn(careful, stays.id, 'SUCCEEDED')
    const ofOther = await linesOf(other)
    for (const { id } of ofOther) await jobs.isIn(other, id, 'SUCCEEDED')
    expect(done).not.toContain(called.id)
    expect(done.filter((id) => id === stays.id)).toHaveLength(1)
    expect(await jobs.line(careful, called.id)).toMatchObject({ state: 'CANCELLED', attempts: 0 })
    for (const { id } of ofOther) {
      expect(await jobs.kinds(other, id)).toEqual(['QUEUED', 'STARTED', 'SUCCEEDED'])
      expect(done.filter((one) => one === id)).toHaveLength(1)
    }
    const { jobId } = await jobs.as(careful, (tx) => jobs.queue.rerun(tx, called.id))
    await jobs.isIn(careful, jobId, 'SUCCEEDED')
  })
})
