/** What only some plans have: refused by the gateway, and again by each subgraph. */
import { requirementsOf } from '@stormops/chassis/graphql/permissions/requirements'
import { TIER_MILLISECONDS } from '@stormops/gateway/claims/tenant-tiers'
import { readSupergraph } from '@stormops/schema/compose.ts'
import { SUBGRAPHS, sdlOf } from '@stormops/schema/subgraphs.ts'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubgraphs } from '../invariants/open-subgraphs.ts'
import type { OpenSubgraphs } from '../invariants/open-subgraphs.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { changePlan } from './plan-builders.ts'

let world: World
let direct: OpenSubgraphs
beforeAll(async () => {
  world = await openWorld()
  direct = await openSubgraphs(world)
})
afterAll(async () => {
  await direct?.close()
  await world.close()
})

/** Each as a small valid request. */
const PREMIUM: Readonly<Record<string, string>> = {
  'Query.attribution': `{ attribution(stormId: "storm_1") { __typename } }`,
  'Query.usageEvents': `{ usageEvents(first: 1) { edges { cursor } } }`,
  'Mutation.registerModel': `mutation { registerModel(input: {
    name: "own", version: "1", type: XGBOOST_UPLIFT_PAIR, artifact: { treatedJson: "{}", controlJson: "{}" }
  }) { __typename } }`,
  'Mutation.importExperiment': `mutation { importExperiment(input: { name: "Ours", rows: [] }) { __typename } }`,
}

const TIERS = ['STANDARD', 'ENTERPRISE']

const planned = [...requirementsOf(parse(readSupergraph())).ofField].filter(([, needed]) =>
  needed.some(({ kind }) => kind === 'plan'),
)

describe('what only some plans have', () => {
  it('is what is asked below, and stands in the subgraph that answers it', () => {
    expect(planned.map(([coordinate]) => coordinate).toSorted()).toEqual(Object.keys(PREMIUM).toSorted())
    const own = SUBGRAPHS.flatMap((name) => [...requirementsOf(parse(sdlOf(name))).ofField])
    for (const [coordinate, needed] of planned) {
      expect(needed).toContainEqual({ kind: 'plan', tiers: TIERS })
      expect(own).toContainEqual([coordinate, needed])
    }
  })

  it.each(Object.entries(PREMIUM))(
    '%s is refused to a trial, with the plans that have it, and to nobody who has one of them',
    async (coordinate, document) => {
      const trial = (await world.tenant({ tier: 'TRIAL' })).as('OWNER')
      const refused = await trial.send(document)
      expect(refused.status).toBe(403)
      expect(refused.errors).toMatchObject([
        {
          message: `${coordinate} is part of STANDARD and ENTERPRISE. Change your plan to use it.`,
          extensions: { code: 'PLAN_REQUIRED', coordinate, requiredTiers: TIERS, tier: 'TRIAL' },
        },
      ])
      const codesOf = async (tier: 'STANDARD' | 'ENTERPRISE') => {
        const { errors } = await (await world.tenant({ tier })).as('OWNER').send(document)
        return errors.map(({ extensions }) => extensions.code)
      }
      expect([...(await codesOf('STANDARD')), ...(await codesOf('ENTERPRISE'))]).not.toContain(
        'PLAN_REQUIRED',
      )
    },
  )

  it.each(Object.entries(PREMIUM))(
    '%s is refused by its subgraph too, whoever sends it',
    async (coordinate, document) => {
      const { token } = (await world.tenant({ tier: 'TRIAL' })).as('OWNER')
      const [root, field] = coordinate.split('.')
      const subgraph = direct.subgraphs.find(
        ({ schema }) =>
          (root === 'Query' ? schema.getQueryType() : schema.getMutationType())?.getFields()[field ?? ''],
      )
      if (subgraph === undefined) throw new Error(`Nobody answers ${coordinate}.`)
      for (const tier of ['TRIAL', null]) {
        expect(await direct.ask(subgraph, token, document, {}, tier)).toEqual({
          data: null,
          codes: ['PLAN_REQUIRED'],
        })
      }
      expect((await direct.ask(subgraph, token, document, {}, 'STANDARD')).codes).not.toContain(
        'PLAN_REQUIRED',
      )
    },
  )
})

describe('a company that changes its plan', () => {
  const LEDGER = PREMIUM['Query.usageEvents'] ?? ''
  const codeOf = async (company: { send: (query: string) => Promise<any> }): Promise<string> => {
    const { errors } = await company.send(LEDGER)
    return errors[0]?.extensions.code ?? 'ok'
  }

  it('has at once what it pays for, in this process and in any other', async () => {
    const company = (await world.tenant({ tier: 'TRIAL' })).as('OWNER')
    expect(await codeOf(company)).toBe('PLAN_REQUIRED')
    await changePlan(company, { tier: 'STANDARD' })
    expect(await codeOf(company)).toBe('ok')

    // A change made in another process tells this gateway nothing: it asks before it refuses.
    const tenant = await world.tenant({ tier: 'TRIAL' })
    expect(await codeOf(tenant.as('OWNER'))).toBe('PLAN_REQUIRED')
    const billing = direct.subgraphs.find(({ name }) => name === 'billing')
    if (billing === undefined) throw new Error('There is no billing.')
    const elsewhere = await direct.ask(
      billing,
      tenant.as('OWNER').token,
      `mutation { changePlan(input: { tier: STANDARD }) { __typename } }`,
    )
    expect(elsewhere).toMatchObject({ data: { changePlan: { __typename: 'ChangePlanSuccess' } }, codes: [] })
    // Long before what this gateway remembers would end by itself.
    await until(async () => (await codeOf(tenant.as('OWNER'))) === 'ok', TIER_MILLISECONDS / 2)
  })

  it('has no more what it gave up', async () => {
    const company = (await world.tenant()).as('OWNER')
    expect(await codeOf(company)).toBe('ok')
    await changePlan(company, { tier: 'TRIAL', when: 'NOW' })
    expect(await codeOf(company)).toBe('PLAN_REQUIRED')
  })
})
