/**
 * One process away costs its own fields and nothing else; each says of itself what is true, and what is under way when
 * it is told to stop is ended, or given back.
 */
import { pilotRun } from '@stormops/cli/demo/pilot-run'
import { graphClient } from '@stormops/cli/client'
import type { ProcessName } from '@stormops/cli/testing/platform-processes'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import type { SubgraphName } from '@stormops/schema/subgraphs.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { openFarCompany, readinessAt, START_MS } from './far-company.ts'
import type { FarCompany } from './far-company.ts'

let company: FarCompany
let elsewhere: TestDatabase
let rows: Rows
let held: Rows

beforeAll(async () => {
  company = await openFarCompany()
  // Of the same server: whoever asks there is not sent away with those of the platform's database.
  elsewhere = await cloneDatabase()
  rows = await openRows(elsewhere.admin)
  held = await openRows(company.database.admin)
}, START_MS)
afterAll(async () => {
  await held?.close().catch(() => undefined)
  await rows?.close()
  await elsewhere?.close()
  await company?.close()
})

/** One root field of each subgraph. */
const FIELDS: Readonly<Record<SubgraphName, string>> = {
  tenancy: 'viewer { tenant { name } }',
  storms: 'storms(first: 1) { pageInfo { hasNextPage } }',
  models: 'activeModel(name: "uplift", environment: PRODUCTION) { version }',
  slos: 'slos { name }',
  billing: 'plan { tier }',
  operations: 'rateLimit { limit }',
}
const ALL = `{ ${SUBGRAPHS.map((name) => FIELDS[name]).join(' ')} }`

const MUTATIONS: Partial<Readonly<Record<SubgraphName, string>>> = {
  tenancy: 'createApiKey(input: { name: "Lost" }) { __typename }',
  storms: `createStorm(input: {
    eventId: "lost", name: "Lost", startsAt: "2026-03-01T00:00:00Z", endsAt: "2026-03-15T00:00:00Z"
  }) { __typename }`,
  billing: 'changePlan(input: { tier: STANDARD }) { __typename }',
}

const fieldOf = (text: string): string => /^\w+/.exec(text)?.[0] ?? ''

describe('a platform without one of its subgraphs', () => {
  it.each(SUBGRAPHS)('has no fields of %s, and all others, and is whole again by itself', async (name) => {
    const { processes, owner } = company
    await processes.stop(name, 'SIGKILL')
    const { status, data, errors } = await owner.send(ALL)
    const missing = Object.entries(data).filter(([, value]) => value === null)
    expect([status, missing.map(([field]) => field)]).toEqual([200, [fieldOf(FIELDS[name])]])
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [[fieldOf(FIELDS[name])], 'UNAVAILABLE'],
    ])
    const mutation = MUTATIONS[name]
    if (mutation !== undefined) {
      const refused = await owner.send(`mutation { ${mutation} }`)
      expect(refused.data?.[fieldOf(mutation)] ?? null).toBeNull()
      expect(refused.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE'])
      expect(refused.errors[0]?.message).toContain('not available at the moment')
    }
    const told = await readinessAt(processes.url)
    const away = Object.entries(told?.checks ?? {}).filter(([, check]) => check !== 'ok')
    expect([told?.status, away]).toEqual([200, [[name, 'not ready']]])
    await processes.start(name)
    expect((await owner.send(ALL)).errors).toEqual([])
  })
})

const EVERY: readonly ProcessName[] = ['gateway', 'worker', ...SUBGRAPHS]

const statuses = async (): Promise<readonly (number | undefined)[]> => {
  const told = await Promise.all(EVERY.map((name) => readinessAt(company.processes.urlOf(name))))
  return told.map((readiness) => readiness?.status)
}

describe('a database that goes', () => {
  it('leaves no process ready, and each is again once it is back', async () => {
    const { database } = company.database.admin
    expect(await statuses()).toEqual(EVERY.map(() => 200))
    await held.close()
    await rows.many(`alter database "${database}" with allow_connections false`)
    await rows.many('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database])
    await until(async () => (await statuses()).every((status) => status === 503))
    expect((await readinessAt(company.processes.urlOf('worker')))?.checks).toEqual({
      database: 'not ready',
      disk: 'ok',
      queue: 'not ready',
    })
    expect((await readinessAt(company.processes.url))?.checks).toMatchObject({ database: 'not ready' })
    await rows.many(`alter database "${database}" with allow_connections true`)
    await until(async () => (await statuses()).every((status) => status === 200))
    held = await openRows(company.database.admin)
    await until(async () => (await company.owner.send(ALL)).errors.length === 0)
  })
})

const LOCKED = `select count(*)::int as count from pg_stat_activity
  where datname = $1 and application_name = 'stormops storms' and wait_event_type = 'Lock'`

const isWaiting = async (): Promise<boolean> =>
  (await rows.one<{ count: number }>(LOCKED, [company.database.admin.database])).count > 0

describe('a process that is told to stop', () => {
  it('says that it is not ready, and ends what was asked of it, before it is gone', async () => {
    const { processes, owner } = company
    await held.many('begin')
    await held.many('lock table storms.storm in access exclusive mode')
    const asked = owner.send('{ storms(first: 1) { pageInfo { hasNextPage } } }')
    await until(isWaiting)
    const stopped = processes.stop('storms', 'SIGTERM')
    await until(async () => (await readinessAt(processes.urlOf('storms')))?.status !== 200)
    await held.many('rollback')
    expect((await asked).errors).toEqual([])
    expect(await stopped).toEqual({ code: 0, signal: null })
    await processes.start('storms')
  })

  it('gives a job back that it cannot end in time, and the next worker does it once', async () => {
    const { processes, owner } = company
    const pilot = pilotRun(
      graphClient(processes.url, owner.token),
      {
        storm: 'dfw',
        eventId: 'given-back',
        name: 'Given back',
        properties: 30_000,
        policyMode: 'MODERATE',
        costMinorUnits: 1_000,
        crewHours: 1,
      },
      new Date(),
    )
    const stormId = await pilot.createStorm()
    await held.many('begin')
    // It may be asked for and taken meanwhile; the first property has to wait.
    await held.many('lock table storms.property in share mode')
    const importing = pilot.importProperties(stormId)
    await until(isWaiting)
    const { code } = await processes.stop('worker', 'SIGTERM')
    expect(code).toBe(0)
    await held.many('rollback')
    await processes.start('worker')
    expect(await importing).toMatchObject({ status: 'COMPLETED' })
    const [job] = await held.many<{ state: string; attempts: number }>(
      `select state, attempts from chassis.job_run where name = 'storms.import-properties'`,
    )
    expect(job).toEqual({ state: 'SUCCEEDED', attempts: 2 })
    const { count } = await held.one<{ count: number }>(
      `select count(*)::int as count from storms.property p join storms.storm s on s.id = p.storm_id and s.event_id = 'given-back'`,
    )
    expect(count).toBe(30_000)
  })
})
