/** Staff see the jobs of all cells as one list, and act on each where it lies. */
import { randomUUID } from 'node:crypto'
import { moveCompany } from '@stormops/chassis/cells/move/move-company'
import { idCodec, PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CANCEL, jobOf, REDRIVE, RERUN } from '../operations/job-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { aCell, asked, needsOf } from './a-cell.ts'
import type { TestCell } from './a-cell.ts'
import { whileAway } from './cell-away.ts'

let gulf: TestCell
let world: World
let here: TestTenant
let there: TestTenant
beforeAll(async () => {
  gulf = await aCell('gulf')
  world = await openWorld({ cells: [gulf] })
  here = await world.tenant()
  there = await world.tenant()
  const wanted = { id: randomUUID(), company: there.uuid, to: 'gulf' }
  expect(await moveCompany(needsOf(world.database, [gulf]), wanted)).toBe('moved')
})
afterAll(async () => {
  await world.close()
  await gulf.database.close()
})

const jobs = idCodec('job')
const PLATFORM = { uuid: PLATFORM_TENANT_ID }

type Line = {
  readonly of: Pick<TestTenant, 'uuid'>
  readonly name: string
  readonly at?: string
  readonly state?: 'FAILED' | 'SUCCEEDED' | 'QUEUED'
  /** Default where the company lives. */
  readonly cell?: 'home' | 'gulf'
}

const databaseOf = (cell: 'home' | 'gulf') => (cell === 'gulf' ? gulf.admin : world.database.admin)

/** A line as a worker leaves it; returns the job's id. */
const aLine = async ({ of, name, at = 'now', state = 'FAILED', cell }: Line): Promise<string> => {
  const id = randomUUID()
  await asked(
    databaseOf(cell ?? (of === there ? 'gulf' : 'home')),
    `insert into chassis.job_run (tenant_id, id, name, state, payload, attempts, error, created_at, ended_at)
     values ($1, $2, $3, $4, '{}', 1, 'It failed.', $5::timestamptz,
             case when $4 in ('FAILED', 'SUCCEEDED') then $5::timestamptz end)`,
    [of.uuid, id, name, state, at],
  )
  return id
}

const LIST = `query ($filter: JobRunFilter, $first: Int, $after: String) {
  jobRuns(filter: $filter, first: $first, after: $after) {
    edges { node { id } } pageInfo { endCursor hasNextPage }
  }
}`
const DEAD = `query ($filter: DeadLetterFilter, $first: Int, $after: String) {
  deadLetters(filter: $filter, first: $first, after: $after) {
    edges { node { id } } pageInfo { endCursor hasNextPage }
  }
}`

/** The ids of a list, read page by page. */
const paged = async (query: string, filter: object, first: number): Promise<readonly string[]> => {
  const ids: string[] = []
  let after: string | null = null
  for (;;) {
    const data: any = await world.staff.data(query, { filter, first, after })
    const { edges, pageInfo } = data.jobRuns ?? data.deadLetters
    for (const { node } of edges) ids.push(jobs.decode(node.id) ?? '')
    if (!pageInfo.hasNextPage) return ids
    after = pageInfo.endCursor
  }
}

describe('staff’s list of jobs', () => {
  it('is one over all cells, in one order to the microsecond, however it is paged', async () => {
    const at = (microseconds: number): string => `2026-03-01T12:00:00.0004${microseconds}Z`
    const name = 'test.in-turn'
    const newestFirst: string[] = []
    // Within one millisecond, by turns in one cell and the other.
    for (let place = 29; place >= 10; place -= 1) {
      const of = place % 3 === 0 ? there : here
      newestFirst.push(await aLine({ of, name, at: at(place) }))
    }
    for (const first of [1, 3, 7, 100]) {
      expect(await paged(LIST, { name }, first)).toEqual(newestFirst)
      expect(await paged(DEAD, { name }, first)).toEqual(newestFirst)
    }
  })

  it('has jobs of the same moment once each, by their ids', async () => {
    const name = 'test.same-moment'
    const ids: string[] = []
    for (const of of [here, there, here, there, there]) {
      ids.push(await aLine({ of, name, at: '2026-03-01T12:00:00.123456Z' }))
    }
    expect(await paged(LIST, { name }, 2)).toEqual(ids.toSorted().toReversed())
  })

  it('is of one company alone where it is asked for, and of none for one that is not there', async () => {
    const name = 'test.of-one'
    const [own, other] = [await aLine({ of: there, name }), await aLine({ of: here, name })]
    expect(await paged(LIST, { name, tenantId: there.id }, 1)).toEqual([own])
    expect(await paged(DEAD, { name, tenantId: here.id }, 1)).toEqual([other])
    expect(await paged(LIST, { name, tenantId: `ten_${'0'.repeat(31)}7` }, 5)).toEqual([])
  })

  it('goes on after nothing that is not there', async () => {
    const after = Buffer.from(jobs.encode(randomUUID())).toString('base64url')
    expect((await world.staff.data(LIST, { first: 5, after })).jobRuns.edges).toEqual([])
  })
})

const auditOf = (cell: 'home' | 'gulf', { uuid }: Pick<TestTenant, 'uuid'>, subject: string) =>
  asked<{ action: string; actor: string }>(
    databaseOf(cell),
    `select action, actor_id as actor from tenancy.audit_event
      where tenant_id = $1 and subject_id = $2 order by id`,
    [uuid, subject],
  )

describe('a job in another cell', () => {
  it('is shown with its steps, its events and its reruns', async () => {
    const id = await aLine({ of: there, name: 'tenancy.send-invitation' })
    const pilotId = randomUUID()
    await asked(gulf.admin, 'update chassis.job_run set payload = $2 where id = $1', [id, { pilotId }])
    await asked(
      gulf.admin,
      `insert into chassis.job_event (tenant_id, job_id, attempt, kind) values ($1, $2, 1, 'GAVE_UP')`,
      [there.uuid, id],
    )
    await asked(
      gulf.admin,
      `insert into chassis.job_step (tenant_id, subject, step, status, attempts, started_at, ended_at)
       values ($1, $2, 'baseline', 'DONE', 1, now(), now())`,
      [there.uuid, `pilot:${pilotId}`],
    )
    expect(await jobOf(world.staff, jobs.encode(id))).toMatchObject({
      state: 'FAILED',
      events: [{ kind: 'GAVE_UP' }],
      steps: [{ name: 'baseline' }],
      reruns: [],
    })
  })

  it('says in which cell it lies, alone, in a list and of one company, and to staff only', async () => {
    const name = 'test.where'
    const [home, away] = [await aLine({ of: here, name }), await aLine({ of: there, name })]
    const listed = `query ($filter: JobRunFilter) { jobRuns(filter: $filter, first: 5) { edges { node { id cell } } } }`
    const cellsOf = async (filter: object) => {
      const { jobRuns } = await world.staff.data(listed, { filter })
      return Object.fromEntries(jobRuns.edges.map(({ node }: any) => [jobs.decode(node.id), node.cell]))
    }
    expect(await cellsOf({ name })).toEqual({ [home]: 'home', [away]: 'gulf' })
    expect(await cellsOf({ name, tenantId: there.id })).toEqual({ [away]: 'gulf' })
    const one = `query ($id: ID!) { jobRun(id: $id) { cell rerunOf { cell } } }`
    expect(await world.staff.data(one, { id: jobs.encode(away) })).toEqual({
      jobRun: { cell: 'gulf', rerunOf: null },
    })
    const { errors } = await there.as('OWNER').send(one, { id: jobs.encode(away) })
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })

  it('is done again and called off by staff, and the company’s audit says who it was', async () => {
    const id = await aLine({ of: there, name: 'tenancy.send-invitation' })
    const { rerunJob } = await world.staff.data(RERUN, { input: { jobId: jobs.encode(id) } })
    expect(rerunJob).toMatchObject({
      __typename: 'RerunJobSuccess',
      job: { rerunOf: { id: jobs.encode(id) } },
    })
    const again = jobs.decode(rerunJob.job.id)
    expect(await asked(gulf.admin, 'select from chassis.job_run where id = $1', [again])).toHaveLength(1)
    expect((await jobOf(world.staff, jobs.encode(id))).reruns).toMatchObject([{ id: rerunJob.job.id }])
    expect(await auditOf('gulf', there, id)).toEqual([{ action: 'operations.rerunJob', actor: 'stf_test' }])

    const waiting = await aLine({ of: there, name: 'tenancy.send-invitation', state: 'QUEUED' })
    const { cancelJob } = await world.staff.data(CANCEL, { input: { jobId: jobs.encode(waiting) } })
    expect(cancelJob).toMatchObject({ __typename: 'CancelJobSuccess', job: { state: 'CANCELLED' } })
    expect(await auditOf('gulf', there, waiting)).toMatchObject([{ action: 'operations.cancelJob' }])
  })

  it('is taken up among others of other companies, each in its own cell', async () => {
    const name = 'tenancy.send-invitation'
    const ids = [await aLine({ of: here, name }), await aLine({ of: there, name })]
    const input = { jobIds: ids.map((id) => jobs.encode(id)) }
    const { redriveDeadLetters } = await world.staff.data(REDRIVE, { input })
    expect(redriveDeadLetters.jobs).toHaveLength(2)
    const taken = (cell: 'home' | 'gulf') =>
      asked(databaseOf(cell), 'select from chassis.job_run where id = any($1) and redriven_at is not null', [
        ids,
      ])
    expect([(await taken('home')).length, (await taken('gulf')).length]).toEqual([1, 1])
  })
})

describe('the platform’s own jobs', () => {
  it('are done again in the cell they lie in; the platform’s audit, at home, tells of it once', async () => {
    const id = await aLine({ of: PLATFORM, cell: 'gulf', name: 'platform.reconcile-jobs' })
    const key = randomUUID()
    const ask = async () =>
      (await world.staff.data(RERUN, { input: { jobId: jobs.encode(id) }, key })).rerunJob
    const first = await ask()
    expect(first).toMatchObject({ __typename: 'RerunJobSuccess', job: { name: 'platform.reconcile-jobs' } })
    expect((await ask()).job.id).toBe(first.job.id)
    const again = jobs.decode(first.job.id)
    const ended = (cell: 'home' | 'gulf') =>
      asked(databaseOf(cell), `select from chassis.job_run where id = $1 and state = 'SUCCEEDED'`, [again])
    await until(async () => (await ended('gulf')).length === 1)
    expect(await ended('home')).toEqual([])
    expect(await auditOf('home', PLATFORM, id)).toEqual([
      { action: 'operations.rerunJob', actor: 'stf_test' },
    ])
    expect(await auditOf('gulf', PLATFORM, id)).toEqual([])
  })

  it('are taken up by their kind in all cells, as many as were asked for', async () => {
    const name = 'platform.forget-jobs'
    const of = PLATFORM
    const ids = [
      await aLine({ of, cell: 'home', name }),
      await aLine({ of, cell: 'gulf', name }),
      await aLine({ of, cell: 'gulf', name }),
    ]
    const redrive = async (limit: number) =>
      (await world.staff.data(REDRIVE, { input: { name, limit } })).redriveDeadLetters.jobs.map(
        ({ rerunOf }: { rerunOf: { id: string } }) => jobs.decode(rerunOf.id),
      )
    const first = await redrive(2)
    expect(first).toHaveLength(2)
    expect(first).toContain(ids[0])
    const second = await redrive(2)
    expect([...first, ...second].toSorted()).toEqual(ids.toSorted())
    expect(await redrive(2)).toEqual([])
  })
})

const STATS = `{ platformStats {
  deadLetters unreachableCells capacity workers { id isLive capacity jobsDone }
} }`

describe('the platform’s figures', () => {
  it('are of all cells; a process that works them all is one worker with the room of each', async () => {
    const dead = async (): Promise<number> => (await world.staff.data(STATS)).platformStats.deadLetters
    const before = await dead()
    await aLine({ of: here, name: 'test.counted' })
    await aLine({ of: there, name: 'test.counted' })
    expect(await dead()).toBe(before + 2)
    await until(async () => {
      const { workers, capacity, unreachableCells } = (await world.staff.data(STATS)).platformStats
      expect(unreachableCells).toEqual([])
      expect(workers).toHaveLength(1)
      return capacity === 80 && workers[0].capacity === 80
    })
  })
})

describe('while a cell is away', () => {
  it('a list of all is refused and says why; what needs no other cell is had', async () => {
    const [own, other] = [
      await aLine({ of: here, name: 'test.away' }),
      await aLine({ of: there, name: 'test.away' }),
    ]
    await whileAway(gulf, world.database.admin, async () => {
      for (const query of [LIST, DEAD]) {
        const { errors } = await world.staff.send(query, { filter: {}, first: 5 })
        expect(errors[0]).toMatchObject({ extensions: { code: 'UNAVAILABLE' } })
        expect(errors[0]?.message).toContain('gulf')
      }
      expect(await paged(LIST, { name: 'test.away', tenantId: here.id }, 5)).toEqual([own])
      expect(await jobOf(world.staff, jobs.encode(own))).toMatchObject({ name: 'test.away', events: [] })
      const { errors } = await world.staff.send(`query ($id: ID!) { jobRun(id: $id) { id } }`, {
        id: jobs.encode(other),
      })
      expect(errors[0]?.extensions.code).toBe('UNAVAILABLE')
      const { platformStats } = await world.staff.data(STATS)
      expect(platformStats).toMatchObject({ unreachableCells: ['gulf'] })
      // Most companies work.
      expect((await fetch(`${world.url}/readyz`)).status).toBe(200)
    })
    await until(async () => {
      const { errors } = await world.staff.send(LIST, { filter: {}, first: 5 })
      return errors.length === 0
    })
    expect((await jobOf(world.staff, jobs.encode(other))).name).toBe('test.away')
  })
})
