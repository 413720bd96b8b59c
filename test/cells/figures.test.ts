/** What is watched and told of the platform is of every cell, with nobody at work beside the test. */
import { openBoss } from '@stormops/chassis/jobs/boss'
import { queueFigures } from '@stormops/chassis/jobs/queue-figures'
import type { Database } from '@stormops/chassis/database/database'
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId, publicId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { usageOfAll } from '../../subgraphs/billing/src/all-cells.ts'
import { usageFigures } from '../../subgraphs/billing/src/usage-figures.ts'
import { platformCounts, platformStats } from '../../subgraphs/operations/src/all-figures.ts'
import { platformProbes } from '../../subgraphs/operations/src/jobs/platform-probes.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { asked } from './a-cell.ts'
import { whileAway } from './cell-away.ts'

const QUEUE = 'platform.reconcile-jobs'

let home: TestDatabase
let gulf: TestDatabase
let database: Pick<Database, 'cells'>
let probes: ReadonlyMap<string, PlatformProbe>
beforeAll(async () => {
  ;[home, gulf] = [await cloneDatabase(), await cloneDatabase()]
  const [atHome, inGulf] = [await home.open(), await gulf.open()]
  database = {
    cells: [
      { ...atHome, name: 'home' },
      { ...inGulf, name: 'gulf' },
    ],
  }
  for (const { app } of [home, gulf]) {
    const boss = await openBoss(app, createLog('silent'), 'sends')
    await boss.createQueue(QUEUE)
    await boss.stop({ graceful: false })
  }
  probes = new Map(platformProbes(platformCounts(database)).map((probe) => [probe.key, probe]))
})
afterAll(async () => {
  await home.close()
  await gulf.close()
})
beforeEach(async () => {
  for (const { admin } of [home, gulf]) {
    await asked(admin, 'truncate chassis.job_run, chassis.job_event, chassis.worker')
    await asked(admin, 'delete from pgboss.job')
  }
})

const measure = (key: string) => {
  const probe = probes.get(key)
  if (probe === undefined) throw new Error(`There is no probe ${key}.`)
  return probe.measure()
}

const failed = ({ admin }: TestDatabase, times: number, ago: string) =>
  asked(
    admin,
    `insert into chassis.job_run (tenant_id, id, name, state, payload, ended_at)
     select $1, gen_random_uuid(), 'test.failed', 'FAILED', '{}', now() - $3::interval
       from generate_series(1, $2)`,
    [newId(), times, ago],
  )

const attempted = ({ admin }: TestDatabase, kind: string, times: number) =>
  asked(
    admin,
    `insert into chassis.job_event (tenant_id, job_id, attempt, kind, at)
     select $1, $1, 1, $2, now() from generate_series(1, $3)`,
    [newId(), kind, times],
  )

const waiting = ({ admin }: TestDatabase, times: number) =>
  asked(admin, `insert into pgboss.job (name, data) select $1, '{}' from generate_series(1, $2)`, [
    QUEUE,
    times,
  ])

const works = ({ admin }: TestDatabase, id: string, seenAgo: string, startedAgo = '2 hours') =>
  asked(
    admin,
    `insert into chassis.worker (id, host, process_id, started_at, seen_at, busy, capacity)
     values ($1, 'here', 1, now() - $2::interval, now() - $3::interval, 2, 10)`,
    [id, startedAgo, seenAgo],
  )

describe('a probe', () => {
  it('counts what failed in every cell', async () => {
    await attempted(home, 'SUCCEEDED', 20)
    await attempted(gulf, 'FAILED', 5)
    expect(await measure('job-failure-rate')).toMatchObject({ value: 0.2, isBreached: true })
    await failed(home, 1, '25 hours')
    await failed(gulf, 2, '25 hours')
    expect(await measure('dead-letters')).toMatchObject({ value: 3, isBreached: true })
  })

  it('counts what waits in every cell', async () => {
    await waiting(home, 60)
    await waiting(gulf, 60)
    expect(await measure('queue-depth')).toMatchObject({ value: 120, isBreached: true })
    expect(await measure('scale-up')).toMatchObject({ value: 120, isBreached: true })
  })

  it('sees that nobody works in one of them', async () => {
    const id = newId()
    await works(home, id, '1 second')
    await works(gulf, id, '2 minutes')
    const silent = await measure('workers-silent')
    expect(silent).toMatchObject({ isBreached: true })
    expect(silent.detail).toContain('gulf')
    await failed(home, 1, '1 minute')
    await failed(gulf, 1, '3 hours')
    const stuck = await measure('no-job-ended')
    expect(stuck).toMatchObject({ isBreached: true })
    expect(stuck.detail).toContain('gulf')
  })

  it('takes a process for one worker, with its room in every cell', async () => {
    const id = newId()
    await works(home, id, '1 second')
    await works(gulf, id, '1 second')
    expect(await measure('scale-down')).toMatchObject({
      value: 0.2,
      isBreached: false,
      detail: '1 worker, with 4 of 20 places taken.',
    })
    const { workers } = await platformStats(database, new Date())
    expect(workers).toMatchObject([{ id, busy: 4, capacity: 20 }])
  })
})

describe('while a cell is away', () => {
  it('that is an alert of its own, and nothing is said to be well that cannot be known', async () => {
    expect(await measure('cells-away')).toMatchObject({ value: 0, isBreached: false })
    await waiting(home, 60)
    await waiting(gulf, 60)
    await works(home, newId(), '1 second')
    await whileAway({ database: gulf }, home.admin, async () => {
      const away = await measure('cells-away')
      expect(away).toMatchObject({ value: 1, isBreached: true })
      expect(away.detail).toContain('gulf')
      // Sixty wait at home alone, which is too many for those who work, and might be too many for anybody.
      const hint = await measure('scale-up')
      expect(hint).toMatchObject({ value: 60, isBreached: true })
      expect(hint.detail).toContain('gulf')
      for (const key of ['queue-depth', 'dead-letters', 'job-failure-rate', 'scale-down']) {
        await expect(measure(key)).rejects.toThrow('gulf')
      }
      expect(await measure('workers-silent')).toMatchObject({ isBreached: false })
    })
  })
})

const queueCells = () => database.cells.map((cell) => ({ name: cell.name, database: () => cell }))
const warnings: object[] = []
const log = { warn: (told: object) => void warnings.push(told) }

describe('the metrics of queues', () => {
  it('are told of each cell where there are several, and without a label where there is one', async () => {
    await waiting(home, 1)
    await waiting(gulf, 2)
    await failed(gulf, 3, '1 minute')
    const figures = await queueFigures(queueCells(), [QUEUE], log).read()
    const depth = (cell: string, value: number) => ({
      name: 'queue_depth',
      labels: { queue: QUEUE, cell },
      value,
    })
    expect(figures).toEqual(expect.arrayContaining([depth('home', 1), depth('gulf', 2)]))
    expect(figures).toContainEqual({ name: 'dead_letters', labels: { cell: 'gulf' }, value: 3 })
    const alone = await queueFigures(queueCells().slice(0, 1), [QUEUE], log).read()
    expect(alone).toContainEqual({ name: 'queue_depth', labels: { queue: QUEUE }, value: 1 })
    expect(alone).toContainEqual({ name: 'dead_letters', value: 0 })
  })

  it('leave out a cell that is away, and say so in the log', async () => {
    await whileAway({ database: gulf }, home.admin, async () => {
      const { read } = queueFigures(queueCells(), [QUEUE], log)
      await read()
      const figures = await read()
      expect(new Set(figures.map(({ labels }) => labels?.['cell']))).toEqual(new Set(['home']))
      expect(warnings).toMatchObject([{ cell: 'gulf' }])
    })
  })
})

describe('the metrics of usage', () => {
  it('are of the companies of every cell, and of none while one is away', async () => {
    const companies = [newId(), newId()]
    for (const [place, { admin }] of [home, gulf].entries()) {
      await asked(
        admin,
        `insert into billing.usage_counter (tenant_id, month, metric, used, events)
         values ($1, '2026-03-01', 'API_CALLS', $2, $2)`,
        [companies[place], 10 + place],
      )
    }
    const [used] = usageFigures(
      () => usageOfAll(database),
      async () => new Map(),
    )
    const calls = async () =>
      (await used!.read())
        .filter(({ name }) => name === 'billing_rca_queries_total')
        .map(({ labels, value }) => [labels?.['client_id'], value])
    expect(await calls()).toEqual([
      [publicId('ten', companies[1] ?? ''), 11],
      [publicId('ten', companies[0] ?? ''), 10],
    ])
    await whileAway({ database: gulf }, home.admin, async () => {
      await expect(calls()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
  })
})
