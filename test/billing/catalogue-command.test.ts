/** Catalogues are published by the command of the command line, and signed by companies. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { maybeCatalogue } from '@stormops/billing/catalogue-store'
import { CATALOGUE_NAMES, openCatalogue } from '@stormops/billing/read-catalogue'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { OwnerStatements } from '@stormops/chassis/database/owner-transaction'
import { command as stormops, environmentOf } from '@stormops/cli/testing/platform-processes'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { changePlan, historyOf, setClock } from './plan-builders.ts'

const CATALOGUES = resolve(import.meta.dirname, '../../subgraphs/billing/catalogues')
const NOW = '2026-11-11T18:00:00.000Z'

const clock = setClock(NOW)
let world: World
let owner: pg.Client
let home: string
beforeAll(async () => {
  world = await openWorld({ clock })
  home = mkdtempSync(join(tmpdir(), 'stormops-catalogue-'))
  owner = new pg.Client(clientConfig(world.database.owner))
  await owner.connect()
})
beforeEach(() => clock.set(NOW))
afterAll(async () => {
  await owner.end()
  await world.close()
  rmSync(home, { recursive: true, force: true })
})

const catalogue = async (...parameters: readonly string[]) => {
  const { admin, secret } = world.database
  const said = await stormops(['catalogue', ...parameters], environmentOf({ admin, secret, home }))
  return { ...said, lines: said.output.trim().split('\n') }
}
const json = async (...parameters: readonly string[]): Promise<any> => {
  const { code, output, complaint } = await catalogue(...parameters, '--json')
  if (code !== 0) throw new Error(complaint)
  return JSON.parse(output)
}

const rows: OwnerStatements = async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
  (await owner.query<Row>(sql, [...parameters])).rows

/** The published plans without what only a publication has. */
const publishedAs = async (name: string) => {
  const found = await maybeCatalogue(rows, name)
  return found === null
    ? null
    : { ...found, plans: found.plans.map(({ retiredAt: _retiredAt, ...plan }) => plan) }
}

/** The platform’s catalogue with another version of STANDARD. */
const fileWith = (version: number, over: object): string => {
  const own = JSON.parse(readFileSync(join(CATALOGUES, 'stormops.json'), 'utf8'))
  const standard = own.plans.find(({ tier }: any) => tier === 'STANDARD')
  const file = join(home, `stormops-${version}-${Object.keys(over).join('-')}.json`)
  writeFileSync(file, JSON.stringify({ ...own, plans: [{ ...standard, version, ...over }] }))
  return file
}

describe('the platform’s own catalogue', () => {
  it('is in the file what the migrations published', async () => {
    expect(await publishedAs('stormops')).toEqual(openCatalogue('stormops'))
    expect(await json('load', join(CATALOGUES, 'stormops.json'))).toEqual({
      catalogue: 'stormops',
      published: [],
      unchanged: ['TRIAL version 1', 'STANDARD version 1', 'ENTERPRISE version 1'],
    })
  })

  it.each([
    ['a plan of its own kind', { tier: 'GOLD' }, 'GOLD version 9: the platform has no such plan.'],
    ['a price by agreement', { monthlyPrice: null }, 'everybody pays the price it names'],
    [
      'an allowance by the day',
      { charges: [{ metric: 'STORMS', limit: 'HARD', included: 1, window: 'DAY' }] },
      'STORMS is held to limits by the month',
    ],
  ])('cannot have %s', async (_what, over, complaint) => {
    const said = await catalogue('load', fileWith(9, over))
    expect([said.code, said.complaint]).toEqual([1, expect.stringContaining(complaint)])
  })
})

describe('other catalogues', () => {
  it.each(CATALOGUE_NAMES.filter((name) => name !== 'stormops'))(
    '%s is published as it is written, once',
    async (name) => {
      const first = await json('load', join(CATALOGUES, `${name}.json`))
      expect(first.published.length).toBeGreaterThan(2)
      const { metrics, plans, ...rest } = openCatalogue(name)
      const stored = await publishedAs(name)
      expect(stored).toMatchObject(rest)
      expect(stored?.metrics).toEqual(metrics.toSorted((a, b) => a.key.localeCompare(b.key)))
      for (const plan of plans) {
        const found = stored?.plans.find(({ tier }) => tier === plan.tier)
        const byMetric = (charges: typeof plan.charges) =>
          charges.toSorted((a, b) => a.metric.localeCompare(b.metric))
        expect({ ...found, charges: byMetric(found?.charges ?? []) }).toEqual({
          ...plan,
          charges: byMetric(plan.charges),
        })
      }
      const again = await json('load', join(CATALOGUES, `${name}.json`))
      expect(again).toEqual({ catalogue: name, published: [], unchanged: first.published })
    },
  )

  it('are listed, shown and priced', async () => {
    const listed = await json('list')
    expect(listed.map(({ name }: any) => name)).toEqual(CATALOGUE_NAMES.toSorted())
    const { lines } = await catalogue('show', 'stormops')
    expect(lines).toContain('    PROPERTIES: 5000 included, more at $0.10 each')
    const usage = 'STORMS=7,PROPERTIES=6000,MODEL_CALLS=15000'
    const priced = await json('price', 'stormops', 'STANDARD', '--usage', usage, '--month', '2026-11')
    expect([priced.base.minorUnits, priced.overage.minorUnits, priced.total.minorUnits]).toEqual([
      50_000, 35_000, 85_000,
    ])
    const text = await catalogue('price', 'stormops', 'STANDARD', '--usage', usage, '--month', '2026-11')
    expect(text.lines).toContain('    $200.00  Storms: 7 used, 5 included, 2 over at $100.00 each')
    expect(text.lines.at(-1)).toBe('    $850.00  in all')
    for (const [complaint, ...parameters] of [
      ['has no plan GOLD', 'stormops', 'GOLD'],
      ['does not count ROOFS', 'stormops', 'TRIAL', '--usage', 'ROOFS=1'],
      ['There is no catalogue', 'nothing', 'TRIAL'],
      ['It is written STORMS=7', 'stormops', 'TRIAL', '--usage', 'STORMS'],
    ] as const) {
      const said = await catalogue('price', ...parameters)
      expect([said.code, said.complaint]).toEqual([1, expect.stringContaining(complaint)])
    }
  })
})

describe('a version', () => {
  it('that is published never changes, and is told by what it differs', async () => {
    const said = await catalogue('load', fileWith(1, { monthlyPrice: '550 USD' }))
    expect(said.code).toBe(1)
    expect(said.complaint).toContain(
      'STANDARD version 1: The monthly price is $500.00 in what is published, and $550.00 in the file.',
    )
    const own = JSON.parse(readFileSync(join(CATALOGUES, 'stormops.json'), 'utf8'))
    own.plans[1].charges[0].included = 6
    own.metrics[0].unit = 'tempest'
    writeFileSync(join(home, 'changed.json'), JSON.stringify(own))
    const { complaint } = await catalogue('load', join(home, 'changed.json'))
    expect(complaint).toContain('The metric STORMS is Storms, by the storm, SUM in what is published')
    expect(complaint).toContain(
      'STORMS is 5 included, more at $100.00 each in what is published, and 6 included',
    )
    expect(await publishedAs('stormops')).toEqual(openCatalogue('stormops'))
  })

  it('that is new is signed by new companies, and old ones keep theirs', async () => {
    const old = (await world.tenant()).as('OWNER')
    const offeredFrom = '2026-12-01T00:00:00Z'
    expect(await json('load', fileWith(2, { monthlyPrice: '600 USD', offeredFrom }))).toMatchObject({
      published: ['STANDARD version 2'],
    })
    const early = (await world.tenant()).as('OWNER')
    clock.set('2026-12-01T00:00:00Z')
    const late = (await world.tenant()).as('OWNER')
    const planOf = async (client: typeof old) =>
      (await client.data(`{ plan { version monthlyPrice { minorUnits } } }`)).plan
    const [first, second] = [50_000, 60_000].map((minorUnits, place) => ({
      version: place + 1,
      monthlyPrice: { minorUnits },
    }))
    expect([await planOf(old), await planOf(early), await planOf(late)]).toEqual([first, first, second])
    // The plan one is on is the version one has; the newer one has to be asked for.
    expect(await changePlan(old, { tier: 'STANDARD' })).toMatchObject({ plan: { version: 1 } })
    const moved = await changePlan(old, { tier: 'STANDARD', version: 2 })
    expect(moved).toMatchObject({ plan: { version: 2 }, waiting: false })
    expect(await changePlan(early, { tier: 'ENTERPRISE' })).toMatchObject({ plan: { version: 1 } })
    expect(await changePlan(early, { tier: 'STANDARD', when: 'NOW' })).toMatchObject({
      plan: { tier: 'STANDARD', version: 2 },
    })

    const retired = await json('retire', 'stormops', 'STANDARD', '1', '--at', '2026-12-02T00:00:00Z')
    expect(retired).toMatchObject({ tier: 'STANDARD', retiredAt: '2026-12-02T00:00:00.000Z' })
    clock.set('2026-12-03T00:00:00Z')
    expect(await changePlan(late, { tier: 'STANDARD', version: 1 })).toMatchObject({
      __typename: 'PlanNotOffered',
    })
    expect((await historyOf(late))[0]).toBe('STANDARD CURRENT')
    await json('retire', 'stormops', 'STANDARD', '2')
    const none = await changePlan((await world.tenant({ tier: 'TRIAL' })).as('OWNER'), { tier: 'STANDARD' })
    expect(none).toMatchObject({ __typename: 'PlanNotOffered', version: null })
    expect(none.offered.map(({ tier }: any) => tier)).toEqual(['TRIAL', 'ENTERPRISE'])
    expect((await catalogue('retire', 'stormops', 'STANDARD', '7')).complaint).toContain(
      'has no plan STANDARD',
    )
  })

  it('cannot be written by the app', async () => {
    const app = new pg.Client(clientConfig(world.database.app))
    await app.connect()
    for (const statement of [
      `update billing.plan_version set monthly_price = 0`,
      `insert into billing.plan_version select * from billing.plan_version`,
      `delete from billing.plan_charge`,
      `update billing.metric set name = ''`,
    ]) {
      await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' })
    }
    await app.end()
  })
})
