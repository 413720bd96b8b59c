import { openBoss } from '@stormops/chassis/jobs/boss'
import { CLOCK_QUEUE } from '@stormops/chassis/jobs/clock-letters'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { fileMailbox } from '@stormops/chassis/mail/mailbox'
import { createLog } from '@stormops/chassis/telemetry/log'
import type { Database } from '@stormops/chassis/database/database'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mailUsageNotice, takeUpUsageNotices } from '../../subgraphs/billing/src/jobs/notice-jobs.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { changePlan, setClock, use } from './plan-builders.ts'

const MIDDLE = '2026-11-11T18:00:00.000Z'

const clock = setClock(MIDDLE)
let world: World
let database: Database
let boss: Awaited<ReturnType<typeof openBoss>>
let queue: Queue
beforeAll(async () => {
  world = await openWorld({ clock })
  database = await world.database.open()
  boss = await openBoss(world.database.app, createLog('silent'), 'sends')
  queue = createQueue(boss)
})
beforeEach(() => clock.set(MIDDLE))
afterAll(async () => {
  await boss.stop({ graceful: false })
  await world.close()
})

const stateOf = async (tenantId: string, id: string): Promise<string> =>
  database.withTenant(tenantId, async (tx) => {
    const [row] = await tx.rows<{ state: string }>(
      `select state from chassis.job_run where tenant_id = $1 and id = $2`,
      [tenantId, id],
    )
    return row?.state ?? 'QUEUED'
  })

/** Runs the job that its schedule runs every minute, and waits for all that it handed over. */
const aMinute = async (tenant: TestTenant): Promise<void> => {
  const id = await database.withTenant(PLATFORM_TENANT_ID, (tx) => queue.enqueue(tx, takeUpUsageNotices, {}))
  await until(async () => (await stateOf(PLATFORM_TENANT_ID, id)) === 'SUCCEEDED')
  await until(async () => {
    const waiting = await database.withTenant(tenant.uuid, (tx) =>
      tx.rows(`select 1 from chassis.job_run where name = $1 and state <> 'SUCCEEDED'`, [
        mailUsageNotice.name,
      ]),
    )
    return waiting.length === 0
  })
}

const mailsOf = async ({ name }: TestTenant) =>
  (await fileMailbox(world.home, clock).list()).filter(({ text }) => text.includes(`${name} has used`))

const subjectsOf = async (tenant: TestTenant): Promise<readonly string[]> =>
  (await mailsOf(tenant))
    .map(({ to, subject }) => `${to}: ${subject.split(' are used by ')[0] ?? ''}`)
    .toSorted()

const noticesOf = (tenant: TestTenant) =>
  database.withTenant(tenant.uuid, (tx) =>
    tx.rows<{ line: string }>(
      `select format('%s %s%% of %s %s', metric, percent, included,
                     case when sent_at is not null then 'sent' when superseded_at is not null then 'superseded'
                          when queued_at is not null then 'queued' else 'waiting' end) as line
         from billing.usage_notice order by crossed_at, metric, included, percent`,
    ),
  )

describe('a company', () => {
  it('is told once at four fifths and once at all, whoever gets its bills', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    await owner.data(
      `mutation { inviteMember(input: { email: "books@example.com", role: BILLING }) { __typename } }`,
    )
    await use(owner, 'PROPERTIES', 3_999)
    await aMinute(tenant)
    expect(await subjectsOf(tenant)).toEqual([])
    await use(owner, 'PROPERTIES', 1)
    await aMinute(tenant)
    await use(owner, 'PROPERTIES', 500)
    await aMinute(tenant)
    const early = ['books@example.com', 'owner@example.com'].map(
      (to) => `${to}: 80 % of this month’s properties`,
    )
    expect(await subjectsOf(tenant)).toEqual(early)
    const [mail] = await mailsOf(tenant)
    expect(mail?.text).toContain('has used 4,000 of the 5,000 properties that the plan Standard includes')
    expect(mail?.text).toContain('Once all 5,000 are used, more properties are charged at $0.10 each.')
    expect(mail?.text).toContain('December 1, 2026 at 12:00:00 AM CST')
    expect(mail?.text).toContain(`${world.url}/sign-in`)
    await use(owner, 'PROPERTIES', 500)
    await aMinute(tenant)
    await use(owner, 'PROPERTIES', 5_000)
    await aMinute(tenant)
    const all = ['books@example.com', 'owner@example.com'].map((to) => `${to}: All properties of this month`)
    expect(await subjectsOf(tenant)).toEqual([...early, ...all].toSorted())
    expect(new Set((await mailsOf(tenant)).map(({ messageId }) => messageId)).size).toBe(4)
  })

  it('is told the last news only, where one step passed both', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    await use(tenant.as('OWNER'), 'STORMS', 1)
    await aMinute(tenant)
    expect(await subjectsOf(tenant)).toEqual(['owner@example.com: All storms of this month'])
    expect((await noticesOf(tenant)).map(({ line }) => line)).toEqual([
      'STORMS 80% of 1 superseded',
      'STORMS 100% of 1 sent',
    ])
    const [mail] = await mailsOf(tenant)
    expect(mail?.text).toContain(
      'more storms are refused until the count starts again. The plan Standard includes more',
    )
  })

  it('is told nothing stale when it changed its plan meanwhile, and the news of the new plan', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const owner = tenant.as('OWNER')
    await use(owner, 'PROPERTIES', 450)
    await changePlan(owner, { tier: 'STANDARD' })
    await aMinute(tenant)
    expect(await subjectsOf(tenant)).toEqual([])
    await use(owner, 'PROPERTIES', 3_550)
    await aMinute(tenant)
    expect(await subjectsOf(tenant)).toEqual(['owner@example.com: 80 % of this month’s properties'])
    expect((await noticesOf(tenant)).map(({ line }) => line)).toEqual([
      'PROPERTIES 80% of 500 superseded',
      'PROPERTIES 80% of 5000 sent',
    ])
  })

  it('is told nothing of a month that is over', async () => {
    const tenant = await world.tenant()
    await use(tenant.as('OWNER'), 'PROPERTIES', 4_000)
    clock.set('2026-12-01T06:00:00Z')
    await aMinute(tenant)
    expect(await subjectsOf(tenant)).toEqual([])
  })

  it('is told each month anew', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    await use(owner, 'STORMS', 5)
    await aMinute(tenant)
    clock.set('2026-12-05T06:00:00Z')
    await use(owner, 'STORMS', 5)
    await aMinute(tenant)
    expect(await subjectsOf(tenant)).toEqual(Array(2).fill('owner@example.com: All storms of this month'))
  })
})

describe('the news', () => {
  it('is taken up every minute, and handed over once by however many do it at once', async () => {
    const schedules = await boss.getSchedules(CLOCK_QUEUE, takeUpUsageNotices.name)
    expect(schedules.map(({ cron, timezone }) => [cron, timezone])).toEqual([['* * * * *', 'UTC']])
    const tenant = await world.tenant()
    await use(tenant.as('OWNER'), 'STORMS', 4)
    const ids = await Promise.all(
      Array.from({ length: 8 }, () =>
        database.withTenant(PLATFORM_TENANT_ID, (tx) => queue.enqueue(tx, takeUpUsageNotices, {})),
      ),
    )
    for (const id of ids) await until(async () => (await stateOf(PLATFORM_TENANT_ID, id)) === 'SUCCEEDED')
    await aMinute(tenant)
    expect(await subjectsOf(tenant)).toEqual(['owner@example.com: 80 % of this month’s storms'])
  })

  it('keeps its Message-ID, and is not mailed again to whoever has it, when a worker begins again', async () => {
    const tenant = await world.tenant()
    await use(tenant.as('OWNER'), 'STORMS', 4)
    await aMinute(tenant)
    const before = await mailsOf(tenant)
    const again = { month: '2026-11-01', metric: 'STORMS' as const, percent: 80, included: '5' }
    await database.withTenant(tenant.uuid, (tx) => queue.enqueue(tx, mailUsageNotice, again))
    await aMinute(tenant)
    expect(await mailsOf(tenant)).toEqual(before)
    // As after a crash between the mail and the record of it.
    await database.withTenant(tenant.uuid, (tx) =>
      tx.change(`update chassis.job_step set status = 'RUNNING' where subject like 'usage-notice:%'`),
    )
    await database.withTenant(tenant.uuid, (tx) => queue.enqueue(tx, mailUsageNotice, again))
    await aMinute(tenant)
    const after = await mailsOf(tenant)
    expect(after).toHaveLength(2)
    expect(new Set(after.map(({ messageId }) => messageId)).size).toBe(1)
    expect(after[0]?.messageId).toMatch(/^usage-[0-9a-f]{32}$/)
  })
})
