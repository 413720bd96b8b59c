/** A kind of job of which only so many are done at once, however many processes work. */
import { setTimeout as sleep } from 'node:timers/promises'
import { handleJob } from '@stormops/chassis/jobs/worker'
import { newId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@stormops/chassis/testing/until'
import { oneAtOnce, threeAtOnce, workShortly } from './job-process-jobs.ts'
import { kill, startWorker } from './job-processes.ts'
import { aJob, openRunningJobs } from './running-jobs.ts'
import type { RunningJobs } from './running-jobs.ts'

let jobs: RunningJobs
beforeAll(async () => {
  jobs = await openRunningJobs()
})
afterAll(() => jobs.close())

const JOBS = 45
const COMPANIES = 5

/** The most attempts of the name that were between their beginning and their end at one moment. */
const mostAtOnce = async (name: string): Promise<number> => {
  const [row] = await jobs.rows(
    `select max(at_once)::int as most from (
       select sum(case e.kind when 'STARTED' then 1 else -1 end) over (order by e.at, e.kind desc) as at_once
         from chassis.job_event e join chassis.job_run r on r.tenant_id = e.tenant_id and r.id = e.job_id
        where r.name = $1 and e.kind in ('STARTED', 'SUCCEEDED')) counted`,
    [name],
  )
  return row.most
}

const ended = async (name: string): Promise<number> =>
  (await jobs.rows(`select from chassis.job_run where name = $1 and state = 'SUCCEEDED'`, [name])).length

describe('a cap over all processes', () => {
  it('is reached and never exceeded, by processes that take jobs at the same time', async () => {
    const handler = handleJob(threeAtOnce, workShortly)
    await jobs.work([handler, handleJob(oneAtOnce, async () => undefined)])
    await jobs.stopWorking()
    const children = [await startWorker(jobs.database), await startWorker(jobs.database)]
    const companies = Array.from({ length: COMPANIES }, () => newId())
    for (let place = 0; place < JOBS; place += 1) {
      await jobs.enqueue(companies[place % COMPANIES] ?? '', threeAtOnce, {})
    }
    await until(async () => (await ended(threeAtOnce.name)) === JOBS, 40_000)
    await Promise.all(children.map(kill))
    expect(await mostAtOnce(threeAtOnce.name)).toBe(3)
    const where = await jobs.rows(`select distinct output from chassis.job_step where job = $1`, [
      threeAtOnce.name,
    ])
    expect(where).toHaveLength(2)
  })

  it('is free again when the worker that had its places is killed', async () => {
    const handler = handleJob(oneAtOnce, async () => undefined)
    await jobs.work([handler, handleJob(threeAtOnce, workShortly)])
    await jobs.stopWorking()
    const victim = await startWorker(jobs.database)
    const [first, second] = [newId(), newId()]
    const taken = await jobs.enqueue(first, oneAtOnce, {})
    await jobs.isIn(first, taken, 'RUNNING')
    const waits = await jobs.enqueue(second, oneAtOnce, {})
    await jobs.work([handler])
    // Three times the worker here has looked for what is due.
    await sleep(1_600)
    expect(await jobs.line(second, waits)).toMatchObject({ state: 'QUEUED' })
    await kill(victim)
    await jobs.isIn(second, waits, 'SUCCEEDED', 20_000)
    await jobs.isIn(first, taken, 'SUCCEEDED', 20_000)
    expect(await jobs.line(first, taken)).toMatchObject({ attempts: 2 })
  })

  it('leaves jobs of other names alone, and a company its own share', async () => {
    const capped = aJob({ atOnceOverall: 2, kind: 'short' })
    const free = aJob({ kind: 'short' })
    const release = Promise.withResolvers<void>()
    await jobs.work([handleJob(capped, () => release.promise), handleJob(free, async () => undefined)])
    const [large, small] = [newId(), newId()]
    const first = await jobs.enqueue(large, capped, { n: 1 })
    await jobs.isIn(large, first, 'RUNNING')
    const second = await jobs.enqueue(large, capped, { n: 2 })
    // Half of two is its share.
    const ofSmall = await jobs.enqueue(small, capped, { n: 3 })
    await jobs.isIn(small, ofSmall, 'RUNNING')
    expect(await jobs.line(large, second)).toMatchObject({ state: 'QUEUED' })
    const other = await jobs.enqueue(small, free, { n: 4 })
    await jobs.isIn(small, other, 'SUCCEEDED')
    release.resolve()
    await jobs.isIn(large, second, 'SUCCEEDED')
  })
})
