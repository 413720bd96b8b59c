import { forgetOnce } from '@stormops/chassis/jobs/forget-jobs'
import { newId, PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRunningJobs } from './running-jobs.ts'
import type { RunningJobs } from './running-jobs.ts'

let jobs: RunningJobs
beforeAll(async () => {
  jobs = await openRunningJobs()
})
afterAll(() => jobs.close())

type Old = {
  readonly tenantId: string
  readonly state: string
  readonly daysAgo: number
  readonly takenUp?: boolean
}

/** A job that ended so many days ago, with two events. */
const ended = async ({ tenantId, state, daysAgo, takenUp = false }: Old): Promise<string> => {
  const id = newId()
  await jobs.rows(
    `insert into chassis.job_run (tenant_id, id, name, state, payload, created_at, ended_at, redriven_at)
     select $1, $2, 'test.old', $3, '{}', at, case when $3 in ('RUNNING', 'QUEUED') then null else at end,
            case when $5 then at end
     from (select now() - $4 * interval '1 day' as at)`,
    [tenantId, id, state, daysAgo, takenUp],
  )
  for (const kind of ['QUEUED', 'STARTED']) {
    await jobs.rows(
      `insert into chassis.job_event (tenant_id, job_id, attempt, kind) values ($1, $2, 1, $3)`,
      [tenantId, id, kind],
    )
  }
  return id
}

const left = async (table: 'job_run' | 'job_event', id: string): Promise<number> =>
  (await jobs.rows(`select from chassis.${table} where ${table === 'job_run' ? 'id' : 'job_id'} = $1`, [id]))
    .length

const forget = () => forgetOnce(jobs.app, ['test.keeps'], 2)

describe('what ended long ago', () => {
  it.each([
    ['a company’s job, after a month', 'company', 'SUCCEEDED', 29, 31],
    ['a cancelled one, after a month', 'company', 'CANCELLED', 29, 31],
    ['the platform’s own that went well, after three days', 'platform', 'SUCCEEDED', 2, 4],
    ['a dead letter, after three months, the platform’s too', 'platform', 'FAILED', 89, 91],
    ['a dead letter of a company, after three months', 'company', 'FAILED', 89, 91],
  ])('is forgotten with its events: %s', async (_what, whose, state, kept, forgotten) => {
    const tenantId = whose === 'platform' ? PLATFORM_TENANT_ID : newId()
    const younger = await ended({ tenantId, state, daysAgo: kept })
    const older = await ended({ tenantId, state, daysAgo: forgotten })
    await forget()
    expect([await left('job_run', younger), await left('job_event', younger)]).toEqual([1, 2])
    expect([await left('job_run', older), await left('job_event', older)]).toEqual([0, 0])
  })

  it('is a dead letter no more once somebody took it up', async () => {
    const id = await ended({ tenantId: newId(), state: 'FAILED', daysAgo: 31, takenUp: true })
    await forget()
    expect(await left('job_run', id)).toBe(0)
  })

  it('is not what has not ended, however old', async () => {
    const id = await ended({ tenantId: newId(), state: 'RUNNING', daysAgo: 400 })
    await forget()
    expect(await left('job_run', id)).toBe(1)
  })

  it('is deleted to the end, a few at a time', async () => {
    const tenantId = newId()
    for (let n = 0; n < 5; n += 1) await ended({ tenantId, state: 'SUCCEEDED', daysAgo: 40 })
    expect((await forget()).jobs).toBe(5)
  })

  it('takes its steps along, but for those that somebody is shown', async () => {
    const tenantId = newId()
    const step = (subject: string, job: string | null, daysAgo: number) =>
      jobs.rows(
        `insert into chassis.job_step (tenant_id, subject, step, status, job, ended_at)
         values ($1, $2, 'one', 'DONE', $3, now() - $4 * interval '1 day')`,
        [tenantId, subject, job, daysAgo],
      )
    await step('old', 'test.forgets', 31)
    await step('young', 'test.forgets', 29)
    await step('shown', 'test.keeps', 400)
    await step('from before', null, 400)
    await forget()
    const rows = await jobs.rows('select subject from chassis.job_step where tenant_id = $1 order by 1', [
      tenantId,
    ])
    expect(rows.map(({ subject }) => subject)).toEqual(['from before', 'shown', 'young'])
  })

  it('is a key that nobody repeats after a week', async () => {
    const tenantId = newId()
    for (const [key, daysAgo] of [
      ['old', 8],
      ['young', 6],
    ]) {
      await jobs.rows(
        `insert into chassis.idempotency_key (tenant_id, key, command, body_hash, created_at)
         values ($1, $2, 'test', 'hash', now() - $3 * interval '1 day')`,
        [tenantId, key, daysAgo],
      )
    }
    await forget()
    const rows = await jobs.rows('select key from chassis.idempotency_key where tenant_id = $1', [tenantId])
    expect(rows).toEqual([{ key: 'young' }])
  })
})
