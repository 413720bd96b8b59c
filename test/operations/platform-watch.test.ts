/** The watch over rows of the test's own, with nobody at work beside it. */
import { randomUUID } from 'node:crypto'
import type { Database } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { JobContext, JobHandler } from '@stormops/chassis/jobs/worker'
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import { createLog } from '@stormops/chassis/telemetry/log'
import { systemActor } from '@stormops/chassis/identity'
import { newId, PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { webhookProbe } from '../../subgraphs/billing/src/jobs/webhook-probe.ts'
import { webhookTally } from '../../subgraphs/billing/src/store/webhook-store.ts'
import { platformCounts } from '../../subgraphs/operations/src/all-figures.ts'
import { platformProbes } from '../../subgraphs/operations/src/jobs/platform-probes.ts'
import { platformAlertChanged } from '../../subgraphs/operations/src/jobs/watch-jobs.ts'
import { watchPlatformHandler } from '../../subgraphs/operations/src/jobs/watch-platform.ts'
import * as alerts from '../../subgraphs/operations/src/store/platform-alert-store.ts'
import * as figures from '../../subgraphs/operations/src/store/platform-figures-store.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

const NEWS = 'test.platform-news'

let database: TestDatabase
let app: Database
let boss: Awaited<ReturnType<typeof openBoss>>
let probes: ReadonlyMap<string, PlatformProbe>
beforeAll(async () => {
  database = await cloneDatabase()
  app = await database.open()
  boss = await openBoss(database.app, createLog('silent'), 'sends')
  await boss.createQueue('test.wait')
  await boss.createQueue(NEWS)
  await boss.subscribe(platformAlertChanged.name, NEWS)
  probes = new Map(
    [
      ...platformProbes(platformCounts(app)),
      webhookProbe(() => app.withPlatform((tx) => webhookTally(tx, new Date(Date.now() - 3_600_000)))),
    ].map((probe) => [probe.key, probe]),
  )
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await database.close()
})

const measure = (key: string) => {
  const probe = probes.get(key)
  if (probe === undefined) throw new Error(`There is no probe ${key}.`)
  return probe.measure()
}

/** Attempts of a job that ended just now, or a while ago. */
const ended = (kind: string, times: number, ago = '1 minute') => {
  const tenantId = newId()
  return app.withTenant(tenantId, (tx) =>
    tx.change(
      `insert into chassis.job_event (tenant_id, job_id, attempt, kind, at)
       select $1, $1, 1, $2, now() - $4::interval from generate_series(1, $3)`,
      [tenantId, kind, times, ago],
    ),
  )
}

const failedFor = (ago: string, name = 'storms.open-pilot') => {
  const tenantId = newId()
  return app.withTenant(tenantId, (tx) =>
    tx.change(
      `insert into chassis.job_run (tenant_id, id, name, state, payload, ended_at)
       values ($1, $1, $2, 'FAILED', '{}', now() - $3::interval)`,
      [tenantId, name, ago],
    ),
  )
}

const works = (seenAgo: string, startedAgo: string, busy = 0) =>
  app.withLedger((tx) =>
    tx.change(
      `insert into chassis.worker (id, host, process_id, started_at, seen_at, busy, capacity)
       values ($1, 'here', 1, now() - $2::interval, now() - $3::interval, $4, 10)`,
      [newId(), startedAgo, seenAgo, busy],
    ),
  )
const nobodyWorks = () => app.withLedger((tx) => tx.change('delete from chassis.worker'))

describe('a probe reads', () => {
  it('how many attempts of the last hour failed, over all companies', async () => {
    await ended('SUCCEEDED', 20)
    await ended('FAILED', 100, '61 minutes')
    await ended('CANCELLED', 9)
    expect(await measure('job-failure-rate')).toMatchObject({ value: 0, isBreached: false })
    await ended('FAILED', 1)
    await ended('GAVE_UP', 2)
    await ended('LOST', 1)
    const reading = await measure('job-failure-rate')
    expect(reading).toMatchObject({ isBreached: true })
    expect(reading.value).toBeCloseTo(4 / 24)
  })

  it('how many jobs wait that could start', async () => {
    for (let index = 0; index < 51; index += 1) await boss.send('test.wait', {})
    await boss.send('test.wait', {}, { startAfter: 600 })
    expect(await measure('queue-depth')).toMatchObject({ value: 51, isBreached: false })
    expect(await measure('scale-up')).toMatchObject({ isBreached: true })
    await boss.insert(
      'test.wait',
      Array.from({ length: 50 }, () => ({ data: {} })),
    )
    expect(await measure('queue-depth')).toMatchObject({ value: 101, isBreached: true })
    const [depth] = await app.withTenant(PLATFORM_TENANT_ID, figures.queueDepths)
    expect(depth).toMatchObject({ name: 'test.wait', ready: 101, delayed: 1, active: 0 })
    expect(depth?.oldestSeconds).toBeGreaterThan(0)
    await boss.deleteAllJobs('test.wait')
  })

  it('when a worker was last seen', async () => {
    expect(await measure('workers-silent')).toMatchObject({ value: null, isBreached: false })
    await works('61 seconds', '1 day')
    expect(await measure('workers-silent')).toMatchObject({ isBreached: true })
    await works('3 seconds', '1 minute')
    expect(await measure('workers-silent')).toMatchObject({ isBreached: false })
    await nobodyWorks()
  })

  it('when a job last ended, but for the watch itself', async () => {
    await works('3 seconds', '2 hours')
    await failedFor('70 minutes')
    await failedFor('10 seconds', 'operations.watch-platform')
    expect(await measure('no-job-ended')).toMatchObject({ isBreached: true })
    await failedFor('1 minute')
    expect(await measure('no-job-ended')).toMatchObject({ isBreached: false })
    await nobodyWorks()
  })

  it('how much of the workers is taken', async () => {
    await works('3 seconds', '1 minute', 5)
    expect(await measure('scale-down')).toMatchObject({ value: 0.5, isBreached: false })
    await works('3 seconds', '1 minute', 0)
    expect(await measure('scale-down')).toMatchObject({ value: 0.25, isBreached: true })
    await works('40 seconds', '1 minute', 9)
    expect(await measure('scale-down')).toMatchObject({ value: 0.25 })
    await nobodyWorks()
  })

  it('how many dead letters have lain for a day', async () => {
    expect(await measure('dead-letters')).toMatchObject({ value: 0, isBreached: false })
    await failedFor('25 hours')
    expect(await measure('dead-letters')).toMatchObject({ value: 1, isBreached: true })
  })

  it('how many webhooks failed', async () => {
    const receive = (state: string, times: number, ago = '1 minute') =>
      app.withLedger((tx) =>
        tx.change(
          `insert into billing.stripe_event (event_id, type, live, created_at, received_at, state)
           select 'evt_' || gen_random_uuid(), 'invoice.paid', false, now(), now() - $3::interval, $1
             from generate_series(1, $2)`,
          [state, times, ago],
        ),
      )
    await receive('RETRYING', 15)
    expect(await measure('webhook-failures')).toMatchObject({ value: null, isBreached: false })
    await receive('HANDLED', 285)
    await receive('RECEIVED', 100)
    await receive('DEAD', 100, '2 hours')
    expect(await measure('webhook-failures')).toMatchObject({ value: 0.05, isBreached: false })
    await receive('DEAD', 1)
    expect(await measure('webhook-failures')).toMatchObject({ isBreached: true })
  })
})

describe('the watch', () => {
  let breached: Set<string>
  let isBroken: boolean
  let now: Date
  let watched: readonly string[]
  let handler: JobHandler
  beforeEach(() => {
    breached = new Set()
    isBroken = false
    now = new Date('2026-03-01T12:00:00Z')
    const suffix = randomUUID().slice(0, 8)
    watched = [`slow-${suffix}`, `grave-${suffix}`]
    const probe = (key: string, severity: PlatformProbe['severity']): PlatformProbe => ({
      key,
      severity,
      summary: 'A figure of the test',
      runbook: 'job-failures',
      measure: async () => {
        if (isBroken && severity === 'WARNING') throw new Error('It cannot be read.')
        const isBreached = breached.has(key)
        return {
          value: isBreached ? 2 : 0,
          threshold: 1,
          isBreached,
          detail: isBreached ? 'Too much.' : 'Fine.',
        }
      },
    })
    handler = watchPlatformHandler({
      probes: () => [probe(watched[0] ?? '', 'WARNING'), probe(watched[1] ?? '', 'CRITICAL')],
      inLedger: app.withLedger,
      book: alerts,
      queue: createQueue(boss),
      clock: { now: () => now },
    })
  })

  /** What a worker gives to a handler; a watch has no steps, and no last act. */
  const context: JobContext = {
    tenantId: PLATFORM_TENANT_ID,
    jobId: newId(),
    attempt: 1,
    actor: systemActor(PLATFORM_TENANT_ID, 'test'),
    log: createLog('silent'),
    signal: new AbortController().signal,
    steps: () => () => Promise.reject(new Error('A watch has no steps.')),
    finish: () => Promise.reject(new Error('A watch has no last act.')),
  }
  const aMinute = async (watching = handler): Promise<void> => {
    now = new Date(now.getTime() + 60_000)
    await watching.run(context, {})
  }
  const alertsOf = (key: string) =>
    app.withPlatform((tx) =>
      alerts.pageOfAlerts(tx, { isOpen: null, key, severity: null }, { first: 100, after: null }),
    )
  const newsOf = async (key: string): Promise<readonly string[]> => {
    const ids = new Map((await alertsOf(key)).map(({ id }) => [id, key]))
    const jobs = await boss.findJobs<{ tenantId: string; payload: { alertId: string; news: string } }>(NEWS)
    return jobs
      .filter(({ data }) => ids.has(data.payload.alertId))
      .map(({ data }) => data.payload.news)
      .toSorted()
  }

  it('opens an alert at the second reading, closes it at the second good one, and tells each once', async () => {
    const [slow = ''] = watched
    await aMinute()
    breached.add(slow)
    await aMinute()
    expect(await alertsOf(slow)).toEqual([])
    await aMinute()
    const openedAt = now
    const [opened] = await alertsOf(slow)
    expect(opened).toMatchObject({ openedAt, closedAt: null, value: 2, threshold: 1, detail: 'Too much.' })
    await aMinute()
    expect(await alertsOf(slow)).toMatchObject([{ id: opened?.id, openedAt, lastBreachedAt: now }])
    breached.delete(slow)
    await aMinute()
    expect(await newsOf(slow)).toEqual(['OPENED'])
    await aMinute()
    expect(await alertsOf(slow)).toMatchObject([{ closedAt: now, detail: 'Too much.' }])
    await aMinute()
    expect(await newsOf(slow)).toEqual(['CLOSED', 'OPENED'])
    breached.add(slow)
    await aMinute()
    await aMinute()
    expect(await alertsOf(slow)).toHaveLength(2)
  })

  it('opens a critical one at once', async () => {
    const [, grave = ''] = watched
    breached.add(grave)
    await aMinute()
    expect(await alertsOf(grave)).toMatchObject([{ severity: 'CRITICAL', openedAt: now }])
  })

  it('takes a probe that cannot be read for an alert of its own, and leaves the others as they were', async () => {
    const [slow = ''] = watched
    breached.add(slow)
    await aMinute()
    await aMinute()
    isBroken = true
    await aMinute()
    await aMinute()
    expect(await alertsOf(slow)).toMatchObject([{ closedAt: null }])
    const [failed] = await alertsOf('probe-failed')
    expect(failed).toMatchObject({ closedAt: null, value: 1 })
    expect(failed?.detail).toContain(slow)
    isBroken = false
    await aMinute()
    await aMinute()
    expect(await alertsOf('probe-failed')).toMatchObject([{ closedAt: now }])
    expect(await newsOf('probe-failed')).toEqual(['CLOSED', 'OPENED'])
  })

  it('closes what nobody watches any more', async () => {
    const [, grave = ''] = watched
    breached.add(grave)
    await aMinute()
    const inTheNextRelease = watchPlatformHandler({
      probes: () => [],
      inLedger: app.withLedger,
      book: alerts,
      queue: createQueue(boss),
      clock: { now: () => now },
    })
    await aMinute(inTheNextRelease)
    expect(await alertsOf(grave)).toMatchObject([{ closedAt: now }])
  })

  it('opens one alert where two watch at the same moment', async () => {
    const [, grave = ''] = watched
    breached.add(grave)
    await Promise.all([aMinute(), aMinute(), aMinute()])
    expect(await alertsOf(grave)).toHaveLength(1)
    expect(await newsOf(grave)).toEqual(['OPENED'])
  })
})

describe('taking note of an alert', () => {
  it('is possible in the platform’s own transaction alone', async () => {
    const id = await app.withLedger((tx) =>
      alerts.openAlert(
        tx,
        {
          key: `noted-${randomUUID()}`,
          severity: 'INFO',
          summary: 's',
          runbook: 'r',
          value: 1,
          threshold: 0,
          isBreached: true,
          detail: 'd',
        },
        new Date(),
      ),
    )
    const note = (tenantId: string, who: string) =>
      app.withTenant(tenantId, (tx) => alerts.alertStore(tx).acknowledge(id ?? '', who, new Date()))
    expect(await note(newId(), 'a company')).toBe(false)
    expect(await note(PLATFORM_TENANT_ID, 'stf_1')).toBe(true)
    expect(await note(PLATFORM_TENANT_ID, 'stf_2')).toBe(false)
    const alert = await app.withPlatform((tx) => alerts.maybeAlert(tx, id ?? ''))
    expect(alert?.acknowledgedBy).toBe('stf_1')
    for (const table of ['operations.platform_alert', 'operations.probe_reading']) {
      const reading = app.withTenant(PLATFORM_TENANT_ID, (tx) => tx.rows(`select from ${table}`))
      await expect(reading).rejects.toMatchObject({ code: '42501' })
    }
  })
})
