/** What is published never changes, and is signed by companies. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { maybeCatalogue, publishCatalogue, retirePlan } from '@stormops/billing/catalogue-store'
import { CATALOGUE_NAMES, openCatalogue, readCatalogue } from '@stormops/billing/read-catalogue'
import { clientConfig } from '@stormops/chassis/database/connection'
import { ownerTransaction } from '@stormops/chassis/database/owner-transaction'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { Client, World } from '../world/world.ts'
import { changePlan, historyOf, setClock } from './plan-builders.ts'

const OWN = resolve(import.meta.dirname, '../../subgraphs/billing/catalogues/stormops.json')
const NOW = '2026-11-11T18:00:00.000Z'

const clock = setClock(NOW)
let world: World
beforeAll(async () => {
  world = await openWorld({ clock })
})
beforeEach(() => clock.set(NOW))
afterAll(() => world.close())

const publish = (text: string) =>
  ownerTransaction(world.database.owner, (rows) => publishCatalogue(rows, readCatalogue(text)))

const retire = (tier: string, version: number, at: string) =>
  ownerTransaction(world.database.owner, (rows) =>
    retirePlan(rows, { catalogue: 'stormops', tier, version, at: new Date(at) }),
  )

/** The published plans without what only a publication has. */
const published = async (name: string) => {
  const found = await ownerTransaction(world.database.owner, (rows) => maybeCatalogue(rows, name))
  return found === null
    ? null
    : { ...found, plans: found.plans.map(({ retiredAt: _retiredAt, ...plan }) => plan) }
}

/** The platform’s catalogue with a version of STANDARD alone. */
const withStandard = (version: number, over: object): string => {
  const own = JSON.parse(readFileSync(OWN, 'utf8'))
  const standard = own.plans.find(({ tier }: any) => tier === 'STANDARD')
  return JSON.stringify({ ...own, plans: [{ ...standard, version, ...over }] })
}

describe('the platform’s own catalogue', () => {
  it('is in the file what the migrations published', async () => {
    expect(await published('stormops')).toEqual(openCatalogue('stormops'))
    expect(await publish(readFileSync(OWN, 'utf8'))).toEqual({
      published: [],
      unchanged: ['TRIAL version 1', 'STANDARD version 1', 'ENTERPRISE version 1'],
    })
  })
})

describe('another catalogue', () => {
  it.each(CATALOGUE_NAMES.filter((name) => name !== 'stormops'))(
    'is published as it is written, once: %s',
    async (name) => {
      const given = openCatalogue(name)
      const load = () => ownerTransaction(world.database.owner, (rows) => publishCatalogue(rows, given))
      const [first, second] = [await load(), await load()]
      expect(first.published).toHaveLength(given.plans.length)
      expect(second).toEqual({ published: [], unchanged: first.published })
      const sorted = <Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] =>
        items.toSorted((a, b) => key(a).localeCompare(key(b)))
      const inOrder = ({ metrics, plans, ...rest }: Pick<typeof given, keyof typeof given>) => ({
        ...rest,
        metrics: sorted(metrics, ({ key }) => key),
        plans: sorted(plans, ({ tier }) => tier).map((plan) => ({
          ...plan,
          charges: sorted(plan.charges, ({ metric }) => metric),
        })),
      })
      const stored = (await published(name)) ?? expect.unreachable(`${name} is published.`)
      expect(inOrder(stored)).toEqual(inOrder(given))
    },
  )

  it('is published by one of several who do it at once', async () => {
    const text = withStandard(1, {})
      .replace('"name":"stormops"', '"name":"twice"')
      .replaceAll('100 USD', '99 USD')
    const loads = await Promise.all([publish(text), publish(text), publish(text)])
    expect(loads.map((load) => load.published.length).toSorted()).toEqual([0, 0, 1])
  })
})

describe('a version', () => {
  it('that is published never changes, and is told by what it differs', async () => {
    await expect(publish(withStandard(1, { monthlyPrice: '550 USD' }))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      facts: {
        differences: [
          'STANDARD version 1: The monthly price is $500.00 in what is published, and $550.00 in the file.',
        ],
      },
    })
    const own = JSON.parse(readFileSync(OWN, 'utf8'))
    own.plans[1].charges[0].included = 6
    own.metrics[0].unit = 'tempest'
    own.plans.push({ ...own.plans[2], version: 2 })
    await expect(publish(JSON.stringify(own))).rejects.toMatchObject({
      facts: {
        differences: [
          'The metric STORMS is Storms, by the storm, SUM in what is published, and Storms, by the tempest, SUM in the file.',
          'STANDARD version 1: STORMS is 5 included, more at $100.00 each in what is published, and 6 included, more at $100.00 each in the file.',
        ],
      },
    })
    expect(await published('stormops')).toEqual(openCatalogue('stormops'))
  })

  it('that is new is signed by new companies, and old ones keep theirs', async () => {
    const old = (await world.tenant()).as('OWNER')
    const offeredFrom = '2026-12-01T00:00:00Z'
    expect(await publish(withStandard(2, { monthlyPrice: '600 USD', offeredFrom }))).toMatchObject({
      published: ['STANDARD version 2'],
    })
    const early = (await world.tenant()).as('OWNER')
    clock.set(offeredFrom)
    const late = (await world.tenant()).as('OWNER')
    const planOf = async (client: Client) =>
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
    await changePlan(early, { tier: 'ENTERPRISE' })
    expect(await changePlan(early, { tier: 'STANDARD', when: 'NOW' })).toMatchObject({
      plan: { tier: 'STANDARD', version: 2 },
    })

    await retire('STANDARD', 1, '2026-12-02T00:00:00Z')
    await retire('STANDARD', 2, '2026-12-03T00:00:00Z')
    expect(await retire('STANDARD', 2, '2026-12-09T00:00:00Z')).toEqual(new Date('2026-12-03T00:00:00Z'))
    clock.set('2026-12-02T00:00:00Z')
    expect(await changePlan(late, { tier: 'STANDARD', version: 1 })).toMatchObject({
      __typename: 'PlanNotOffered',
    })
    const trial = (await world.tenant({ tier: 'TRIAL' })).as('OWNER')
    clock.set('2026-12-03T00:00:00Z')
    expect((await historyOf(late))[0]).toBe('STANDARD CURRENT')
    const none = await changePlan(trial, { tier: 'STANDARD' })
    expect(none).toMatchObject({ __typename: 'PlanNotOffered', version: null })
    expect(none.offered.map(({ tier }: any) => tier)).toEqual(['TRIAL', 'ENTERPRISE'])
    await expect(retire('STANDARD', 7, NOW)).rejects.toMatchObject({ code: 'NOT_FOUND' })
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
