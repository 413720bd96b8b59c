/** The watch as the platform runs it: what it finds, who is written to, and what staff see and say of it. */
import { openBoss } from '@stormops/chassis/jobs/boss'
import { CLOCK_QUEUE } from '@stormops/chassis/jobs/clock-letters'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { systemClock } from '@stormops/chassis/clock'
import type { Database } from '@stormops/chassis/database/database'
import { fileMailbox } from '@stormops/chassis/mail/mailbox'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId, PLATFORM_TENANT_ID, publicId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchPlatform } from '../../subgraphs/operations/src/jobs/watch-jobs.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { jobIds, jobIs } from './job-builders.ts'

const OPERATIONS = 'night-shift@example.com'

let world: World
let database: Database
let boss: Awaited<ReturnType<typeof openBoss>>
let queue: Queue
beforeAll(async () => {
  world = await openWorld({ operationsMail: OPERATIONS })
  database = await world.database.open()
  boss = await openBoss(world.database.app, createLog('silent'), 'sends')
  queue = createQueue(boss)
  // Minutes pass when the test says so.
  await boss.unschedule(CLOCK_QUEUE, watchPlatform.name)
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await world.close()
})

const aMinute = async (): Promise<void> => {
  const id = await database.withTenant(PLATFORM_TENANT_ID, (tx) => queue.enqueue(tx, watchPlatform, {}))
  await jobIs(world.staff, jobIds.encode(id), 'SUCCEEDED')
}

/** Attempts of nobody's that ended just now. */
const ended = (kind: 'SUCCEEDED' | 'FAILED', times: number) => {
  const tenantId = newId()
  return database.withTenant(tenantId, (tx) =>
    tx.change(
      `insert into chassis.job_event (tenant_id, job_id, attempt, kind)
       select $1, $1, 1, $2 from generate_series(1, $3)`,
      [tenantId, kind, times],
    ),
  )
}

const mails = async () =>
  (await fileMailbox(world.home, systemClock).list()).filter(({ to }) => to === OPERATIONS).toReversed()

const ALERTS = `query ($filter: PlatformAlertFilter) {
  platformAlerts(filter: $filter, first: 100) {
    edges { node { id key severity openedAt closedAt value threshold detail runbook acknowledgedBy acknowledgedAt } }
  }
}`
const alertsOf = async (filter: object): Promise<readonly any[]> =>
  (await world.staff.data(ALERTS, { filter })).platformAlerts.edges.map(({ node }: any) => node)

const ACKNOWLEDGE = `mutation ($input: AcknowledgePlatformAlertInput!, $key: String) {
  acknowledgePlatformAlert(input: $input, idempotencyKey: $key) {
    __typename
    ... on AcknowledgePlatformAlertSuccess { alert { id acknowledgedBy acknowledgedAt } }
    ... on UserError { message }
  }
}`

const STATS = `{
  platformStats {
    at watchedAt queueDepth oldestSeconds deadLetters webhookFailureRate busy capacity busyShare
    lastHour { succeeded failed gaveUp lost cancelled failureRate }
    scaling { advice reason }
    queues { name ready delayed active oldestSeconds }
    workers { id host processNumber isLive busy capacity jobsDone jobsFailed lastJobAt seenAt startedAt }
    probes { key severity value threshold isBreached readAt runbook }
    openAlerts { key }
  }
}`

describe('when jobs fail', () => {
  it('staff are written to once, take note, and are written to once when it is over', async () => {
    await ended('FAILED', 60)
    await aMinute()
    expect(await alertsOf({ key: 'job-failure-rate' })).toEqual([])
    await aMinute()
    const [alert] = await alertsOf({ key: 'job-failure-rate', isOpen: true })
    expect(alert).toMatchObject({
      severity: 'WARNING',
      threshold: 0.1,
      runbook: 'job-failures',
      closedAt: null,
    })
    expect(alert.value).toBeGreaterThan(0.5)
    await until(async () => (await mails()).length === 1)
    await aMinute()

    const { acknowledgePlatformAlert } = await world.staff.data(ACKNOWLEDGE, {
      input: { alertId: alert.id },
      key: 'mine',
    })
    expect(acknowledgePlatformAlert).toMatchObject({
      __typename: 'AcknowledgePlatformAlertSuccess',
      alert: { acknowledgedBy: 'stf_test', acknowledgedAt: expect.any(String) },
    })
    const again = await world.staff.data(ACKNOWLEDGE, { input: { alertId: alert.id }, key: 'mine' })
    expect(again.acknowledgePlatformAlert).toEqual(acknowledgePlatformAlert)
    const lines = await database.withTenant(PLATFORM_TENANT_ID, (tx) =>
      tx.rows(
        `select actor_id, detail from tenancy.audit_event where action = 'operations.acknowledgePlatformAlert'`,
      ),
    )
    expect(lines).toEqual([{ actor_id: 'stf_test', detail: { key: 'job-failure-rate', isFirst: true } }])

    await ended('SUCCEEDED', 2_000)
    await aMinute()
    await aMinute()
    const [closed] = await alertsOf({ key: 'job-failure-rate', isOpen: false })
    expect(closed).toMatchObject({ id: alert.id, closedAt: expect.any(String) })
    await until(async () => (await mails()).length === 2)
    await aMinute()
    expect(await alertsOf({ key: 'job-failure-rate' })).toHaveLength(1)
    const [opening, closing] = await mails()
    expect(opening?.subject).toBe('WARNING: Share of attempts at jobs that failed within the hour')
    expect(opening?.text).toContain('docs/operate.md#job-failures')
    expect(opening?.text).toContain(world.url)
    expect(closing?.subject).toBe('Over: Share of attempts at jobs that failed within the hour')
    expect(opening?.messageId).not.toBe(closing?.messageId)
    expect(await mails()).toHaveLength(2)
  })
})

describe('staff', () => {
  it('see the platform at one look', async () => {
    await aMinute()
    const { platformStats } = await world.staff.data(STATS)
    expect(platformStats).toMatchObject({
      webhookFailureRate: null,
      deadLetters: 0,
      scaling: { advice: 'STEADY' },
    })
    expect(platformStats.lastHour.succeeded).toBeGreaterThan(0)
    // Others may bring more.
    expect(platformStats.probes.map(({ key }: any) => key)).toEqual(
      expect.arrayContaining([
        'dead-letters',
        'job-failure-rate',
        'no-job-ended',
        'probe-failed',
        'queue-depth',
        'scale-down',
        'scale-up',
        'webhook-failures',
        'workers-silent',
      ]),
    )
    expect(Date.parse(platformStats.watchedAt)).toBeGreaterThan(Date.now() - 60_000)
  })

  it('see who works', async () => {
    await database.withLedger((tx) =>
      tx.change(
        `insert into chassis.worker (id, host, process_id, started_at, seen_at, busy, capacity, done, failed)
         values ($1, 'elsewhere', 7, now(), now(), 3, 4, 5000000000, 1)`,
        [newId()],
      ),
    )
    const { platformStats } = await world.staff.data(STATS)
    const found = platformStats.workers.find(({ host }: any) => host === 'elsewhere')
    expect(found).toMatchObject({
      processNumber: 7,
      isLive: true,
      busy: 3,
      capacity: 4,
      jobsDone: 5_000_000_000,
    })
    expect(platformStats.capacity).toBeGreaterThanOrEqual(4)
  })

  it('take note of no alert that there is not', async () => {
    for (const alertId of [publicId('palert', newId()), 'palert', jobIds.encode(newId())]) {
      const { acknowledgePlatformAlert } = await world.staff.data(ACKNOWLEDGE, { input: { alertId } })
      expect(acknowledgePlatformAlert.__typename).toBe('NotFound')
    }
  })
})

describe('a company', () => {
  it('sees nothing of the platform', async () => {
    const owner = (await world.tenant()).as('OWNER')
    for (const query of [STATS, '{ platformAlerts { edges { cursor } } }']) {
      expect((await owner.send(query)).errors[0]?.extensions.code).toBe('FORBIDDEN')
    }
    const noted = await owner.send(ACKNOWLEDGE, { input: { alertId: publicId('palert', newId()) } })
    expect(noted.errors[0]?.extensions.code).toBe('FORBIDDEN')
  })
})
