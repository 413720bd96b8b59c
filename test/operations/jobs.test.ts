import { setTimeout as sleep } from 'node:timers/promises'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, uuidOf } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import {
  auditOfJobs,
  CANCEL,
  deadKnock,
  jobIs,
  jobOf,
  knock,
  openJobDesk,
  REDRIVE,
  RERUN,
  wait,
} from './job-builders.ts'
import type { JobDesk } from './job-builders.ts'

let world: World
let desk: JobDesk
let tenant: TestTenant
let stranger: TestTenant
beforeAll(async () => {
  world = await openWorld()
  ;[tenant, stranger] = await Promise.all([world.tenant(), world.tenant()])
  desk = await openJobDesk(world)
})
afterAll(async () => {
  await desk?.close()
  await world.close()
})

const LIST = `query ($filter: JobRunFilter) { jobRuns(filter: $filter, first: 100) { edges { node { id } } } }`
const DEAD = `query ($filter: DeadLetterFilter, $first: Int, $after: String) {
  deadLetters(filter: $filter, first: $first, after: $after) {
    edges { node { id isDead name } } pageInfo { hasNextPage endCursor }
  }
}`
const idsIn = (connection: any): string[] => connection.edges.map(({ node }: any) => node.id)
const owner = () => tenant.as('OWNER')

describe('a job', () => {
  it('says what it was asked to do, how long it waited and took, and what happened', async () => {
    desk.answer(async () => {
      await sleep(20)
    })
    const id = await desk.ask(tenant.uuid, knock, '12 Elm')
    await jobIs(owner(), id, 'SUCCEEDED')
    const job = await jobOf(owner(), id)
    expect(job).toMatchObject({
      name: 'test.knock',
      isDead: false,
      priority: 0,
      attempts: 1,
      error: null,
      canRerun: true,
      rerunRefusal: null,
      canCancel: false,
      cancelRefusal: 'It has ended (succeeded).',
      rerunOf: null,
      reruns: [],
      steps: [],
    })
    expect(JSON.parse(job.payload)).toEqual({ door: '12 Elm' })
    expect(job.events.map(({ kind }: any) => kind)).toEqual(['QUEUED', 'STARTED', 'SUCCEEDED'])
    expect(job.durationSeconds).toBeGreaterThanOrEqual(0.02)
    expect(job.queuedForSeconds).toBeGreaterThanOrEqual(0)
  })

  it('that waits has waited until now, and may be called off but not done again', async () => {
    const id = await desk.ask(tenant.uuid, wait, '13 Elm')
    const job = await jobOf(owner(), id)
    expect(job).toMatchObject({
      state: 'QUEUED',
      durationSeconds: null,
      canRerun: false,
      rerunRefusal: 'It has not ended yet (queued).',
      canCancel: true,
    })
    await sleep(20)
    expect((await jobOf(owner(), id)).queuedForSeconds).toBeGreaterThan(job.queuedForSeconds)
  })

  it('shows the steps of what it works on', async () => {
    const pilotId = uuidOf(await desk.ask(tenant.uuid, wait, 'a pilot'))
    const id = await desk.ask(tenant.uuid, wait, 'its job')
    await desk.database.withTenant(tenant.uuid, async (tx) => {
      await tx.change(`update chassis.job_run set payload = $2 where id = $1`, [
        uuidOf(id),
        JSON.stringify({ pilotId }),
      ])
      await tx.change(
        `insert into chassis.job_step (tenant_id, subject, step, status, attempts, output, error, started_at)
         values ($1, $2, 'assign', 'DONE', 1, '{"secret": 1}', null, now() - interval '2 s'),
                ($1, $2, 'measure', 'FAILED', 3, null, 'The database cannot be reached.', now())`,
        [tenant.uuid, `pilot:${pilotId}`],
      )
    })
    const steps = [
      { name: 'assign', status: 'DONE', attempts: 1, error: null },
      { name: 'measure', status: 'FAILED', attempts: 3, error: 'The database cannot be reached.' },
    ]
    expect((await jobOf(owner(), id)).steps).toEqual(steps)
    expect((await jobOf(world.staff, id)).steps).toEqual(steps)
  })
})

describe('the list of jobs', () => {
  it('shows a company its own, and staff everybody’s', async () => {
    const ours = await desk.ask(tenant.uuid, wait, 'ours')
    const theirs = await desk.ask(stranger.uuid, wait, 'theirs')
    const list = async (client = owner(), filter: object = {}) =>
      idsIn((await client.data(LIST, { filter: { name: 'test.wait', ...filter } })).jobRuns)
    expect(await list()).toContain(ours)
    expect(await list()).not.toContain(theirs)
    expect(await jobOf(owner(), theirs)).toBe(null)
    expect(await list(world.staff)).toEqual(expect.arrayContaining([ours, theirs]))
    expect(await list(world.staff, { tenantId: stranger.id })).toEqual([theirs])
    const { jobRun } = await world.staff.data(`query ($id: ID!) { jobRun(id: $id) { tenantId } }`, {
      id: ours,
    })
    expect(jobRun.tenantId).toBe(tenant.id)
    const asked = await owner().send(`query ($id: ID!) { jobRun(id: $id) { tenantId } }`, { id: ours })
    expect(asked.errors[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('is narrowed by when a job was asked for', async () => {
    const alone = await world.tenant()
    const list = async (filter: object) =>
      idsIn((await alone.as('OWNER').data(LIST, { filter: { name: 'test.wait', ...filter } })).jobRuns)
    const early = await desk.ask(alone.uuid, wait, 'early')
    await sleep(10)
    const between = new Date().toISOString()
    await sleep(10)
    const late = await desk.ask(alone.uuid, wait, 'late')
    expect(await list({ sinceAt: between })).toEqual([late])
    expect(await list({ beforeAt: between })).toEqual([early])
    expect(await list({ sinceAt: between, beforeAt: between })).toEqual([])
  })
})

describe('doing a job again', () => {
  it('takes the payload that was kept, and says in the company’s audit who did it', async () => {
    const id = await deadKnock(desk, tenant, '14 Elm')
    const answered: string[] = []
    desk.answer(async (_context, door) => void answered.push(door))
    const { rerunJob } = await tenant.as('ADMIN').data(RERUN, { input: { jobId: id } })
    expect(rerunJob).toMatchObject({
      __typename: 'RerunJobSuccess',
      job: { name: 'test.knock', payload: '{"door":"14 Elm"}', rerunOf: { id } },
    })
    await jobIs(owner(), rerunJob.job.id, 'SUCCEEDED')
    expect(answered).toEqual(['14 Elm'])
    const again = await jobOf(owner(), id)
    expect(again).toMatchObject({
      state: 'FAILED',
      isDead: false,
      redrivenAt: expect.any(String),
      reruns: [{ id: rerunJob.job.id, state: 'SUCCEEDED' }],
    })
    expect(again.events.map(({ kind }: any) => kind)).toContain('RERUN')
    const [line] = await auditOfJobs(desk, tenant)
    expect(line).toMatchObject({
      action: 'operations.rerunJob',
      actorId: 'usr_admin',
      subjectKind: 'job',
    })
    expect(line).toMatchObject({
      subjectId: uuidOf(id),
      detail: { name: 'test.knock', newJobId: uuidOf(rerunJob.job.id) },
    })
  })

  it('is for owners and admins of the company, and done once for one key', async () => {
    desk.answer(async () => undefined)
    const id = await desk.ask(tenant.uuid, knock, '15 Elm')
    await jobIs(owner(), id, 'SUCCEEDED')
    const refused = await tenant.as('ANALYST').send(RERUN, { input: { jobId: id } })
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN')
    const answers = await Promise.all(
      [1, 2].map(() => owner().data(RERUN, { input: { jobId: id }, key: 'once' })),
    )
    expect(new Set(answers.map(({ rerunJob }) => rerunJob.job.id)).size).toBe(1)
    const other = await owner().data(RERUN, {
      input: { jobId: await deadKnock(desk, tenant, 'x') },
      key: 'once',
    })
    expect(other.rerunJob.__typename).toBe('IdempotencyKeyReused')
    const theirs = await stranger.as('OWNER').data(RERUN, { input: { jobId: id } })
    expect(theirs.rerunJob.__typename).toBe('NotFound')
  })

  it('waits for its end', async () => {
    const id = await desk.ask(tenant.uuid, wait, '16 Elm')
    const { rerunJob } = await owner().data(RERUN, { input: { jobId: id } })
    expect(rerunJob).toMatchObject({ __typename: 'JobRefused', state: 'QUEUED', jobId: id })
    expect(rerunJob.message).toContain('has not ended')
  })

  it('is written into the audit of the company whose job staff did again', async () => {
    const id = await deadKnock(desk, stranger, '17 Elm')
    desk.answer(async () => undefined)
    const { rerunJob } = await world.staff.data(RERUN, { input: { jobId: id } })
    await jobIs(stranger.as('OWNER'), rerunJob.job.id, 'SUCCEEDED')
    const [line] = await auditOfJobs(desk, stranger)
    expect(line).toMatchObject({ action: 'operations.rerunJob', actorId: 'stf_test', actorKind: 'STAFF' })
  })
})

describe('calling a job off', () => {
  it('ends one that waits at once, with the reason in the audit', async () => {
    const id = await desk.ask(tenant.uuid, wait, '18 Elm')
    const input = { jobId: id, reason: 'The storm turned away' }
    const { cancelJob } = await owner().data(CANCEL, { input })
    expect(cancelJob).toMatchObject({
      __typename: 'CancelJobSuccess',
      job: { state: 'CANCELLED', canCancel: false, cancelRefusal: 'It has ended (cancelled).' },
    })
    expect((await auditOfJobs(desk, tenant))[0]).toMatchObject({
      action: 'operations.cancelJob',
      subjectId: uuidOf(id),
      detail: { name: 'test.wait', isUnderWay: false, reason: 'The storm turned away' },
    })
    expect((await owner().data(CANCEL, { input: { jobId: id } })).cancelJob).toMatchObject({
      __typename: 'JobRefused',
      state: 'CANCELLED',
    })
    const long = await owner().data(CANCEL, { input: { jobId: id, reason: 'x'.repeat(501) } })
    expect(long.cancelJob.__typename).toBe('InvalidInput')
  })

  it('tells the worker of one under way', async () => {
    let isTold = false
    desk.answer(async ({ signal }) => {
      const told = Promise.withResolvers<void>()
      signal.addEventListener('abort', () => told.resolve())
      await told.promise
      isTold = true
      signal.throwIfAborted()
    })
    const id = await desk.ask(tenant.uuid, knock, '19 Elm')
    await jobIs(owner(), id, 'RUNNING')
    const { cancelJob } = await owner().data(CANCEL, { input: { jobId: id } })
    expect(cancelJob.job).toMatchObject({ cancelAskedAt: expect.any(String), canCancel: false })
    await jobIs(owner(), id, 'CANCELLED')
    expect(isTold).toBe(true)
    expect((await jobOf(owner(), id)).events.at(-1).kind).toBe('CANCELLED')
  })
})

describe('dead letters', () => {
  it('are listed, the latest first, and are none once they are taken up', async () => {
    const alone = await world.tenant()
    const list = async (page: object = {}) => (await alone.as('OWNER').data(DEAD, page)).deadLetters
    const first = await deadKnock(desk, alone, '20 Elm')
    const second = await deadKnock(desk, alone, '21 Elm')
    expect(idsIn(await list())).toEqual([second, first])
    const page = await list({ first: 1 })
    expect([idsIn(page), page.pageInfo.hasNextPage]).toEqual([[second], true])
    expect(idsIn(await list({ first: 1, after: page.pageInfo.endCursor }))).toEqual([first])
    expect(idsIn(await list({ filter: { name: 'test.other' } }))).toEqual([])
    const ofStranger = (await stranger.as('OWNER').data(DEAD)).deadLetters
    expect(idsIn(ofStranger)).not.toContain(first)
    expect(idsIn((await world.staff.data(DEAD, { filter: { tenantId: alone.id } })).deadLetters)).toEqual([
      second,
      first,
    ])

    desk.answer(async () => undefined)
    const { redriveDeadLetters } = await alone
      .as('OWNER')
      .data(REDRIVE, { input: { name: 'test.knock', limit: 1 } })
    expect(redriveDeadLetters.jobs.map(({ rerunOf }: any) => rerunOf.id)).toEqual([first])
    expect(idsIn(await list())).toEqual([second])
    const rest = await alone.as('OWNER').data(REDRIVE, { input: { jobIds: [second] } })
    expect(rest.redriveDeadLetters.jobs.length).toBe(1)
    expect(idsIn(await list())).toEqual([])
    const lines = await auditOfJobs(desk, alone)
    expect(lines.map(({ action }) => action)).toEqual(Array(2).fill('operations.redriveDeadLetters'))
  })

  it('of a company are taken up all or none', async () => {
    const alone = await world.tenant()
    const dead = await deadKnock(desk, alone, '22 Elm')
    const waiting = await desk.ask(alone.uuid, wait, '23 Elm')
    const { redriveDeadLetters } = await alone
      .as('OWNER')
      .data(REDRIVE, { input: { jobIds: [dead, waiting] } })
    expect(redriveDeadLetters).toMatchObject({ __typename: 'JobRefused', jobId: waiting, state: 'QUEUED' })
    expect((await jobOf(alone.as('OWNER'), dead)).isDead).toBe(true)
  })

  it('of several companies are taken up by staff, each in its own audit', async () => {
    const [one, other] = await Promise.all([world.tenant(), world.tenant()])
    const jobs = [await deadKnock(desk, one, '24 Elm'), await deadKnock(desk, other, '25 Elm')]
    desk.answer(async () => undefined)
    const { redriveDeadLetters } = await world.staff.data(REDRIVE, { input: { jobIds: jobs }, key: 'both' })
    expect(redriveDeadLetters.jobs.map(({ rerunOf }: any) => rerunOf.id)).toEqual(jobs)
    const again = await world.staff.data(REDRIVE, { input: { jobIds: jobs }, key: 'both' })
    expect(again.redriveDeadLetters.jobs).toEqual(redriveDeadLetters.jobs)
    for (const company of [one, other]) expect(await auditOfJobs(desk, company)).toHaveLength(1)
  })

  it('are named in one way', async () => {
    const ask = async (input: object, client = owner()) =>
      (await client.data(REDRIVE, { input })).redriveDeadLetters
    expect(await ask({})).toMatchObject({ __typename: 'InvalidInput', field: 'jobIds' })
    expect(await ask({ name: 'x', jobIds: [] })).toMatchObject({ __typename: 'InvalidInput' })
    expect(await ask({ jobIds: [] })).toMatchObject({ __typename: 'InvalidInput', field: 'jobIds' })
    expect(await ask({ name: 'x', limit: 101 })).toMatchObject({ __typename: 'InvalidInput', field: 'limit' })
    expect(await ask({ name: 'x' }, world.staff)).toEqual({
      __typename: 'RedriveDeadLettersSuccess',
      jobs: [],
    })
    const nobody = await ask({ name: 'x', tenantId: tenant.id.replace(/.{4}$/, 'ffff') }, world.staff)
    expect(nobody.__typename).toBe('NotFound')
  })
})

describe('the platform’s own jobs', () => {
  it('belong to no company, and staff do them again in the platform’s audit', async () => {
    const id = await desk.ask(PLATFORM_TENANT_ID, knock, 'ours')
    await jobIs(world.staff, id, 'SUCCEEDED', 'FAILED')
    const { jobRun } = await world.staff.data(`query ($id: ID!) { jobRun(id: $id) { tenantId } }`, { id })
    expect(jobRun.tenantId).toBe(null)
    expect((await world.staff.data(RERUN, { input: { jobId: id } })).rerunJob.__typename).toBe(
      'RerunJobSuccess',
    )
    const lines = await desk.database.withTenant(PLATFORM_TENANT_ID, (tx) =>
      tx.rows(
        `select actor_id from tenancy.audit_event where action = 'operations.rerunJob' and subject_id = $1`,
        [uuidOf(id)],
      ),
    )
    expect(lines).toEqual([{ actor_id: 'stf_test' }])
  })
})
