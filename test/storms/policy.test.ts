import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyCapacity, decide, draw, POLICIES } from '../../subgraphs/storms/src/domain/policy.ts'
import { syntheticStorm } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import { openWorld, uuidOf } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import {
  aProperty,
  applyPolicy,
  createStorm,
  daysFromNow,
  importCsv,
  importProperties,
  ingest,
  move,
  NOTHING_KNOWN,
  propertiesOf,
  recordOutcomes,
  scoreStorm,
} from './storm-builders.ts'
import type { SeenProperty } from './storm-builders.ts'
import { openRows } from './rows.ts'
import type { Rows } from './rows.ts'

let world: World
let tenant: TestTenant
let owner: Client
let rows: Rows
beforeAll(async () => {
  world = await openWorld()
  tenant = await world.tenant()
  owner = tenant.as('OWNER')
  rows = await openRows(world.database.admin)
})
afterAll(async () => {
  await rows.close()
  await world.close()
})

const saltOf = async (stormId: string): Promise<string> =>
  (await rows.one<{ salt: string }>(`select salt from storms.storm where id = $1`, [uuidOf(stormId)])).salt

/** A roof that the model scores at 0.34: a row of its reference. */
const HOT_ROOF = [
  20.467880249023438,
  3.1713008880615234,
  34.28630065917969,
  338.7012023925781,
  1584.0325927734375,
  1.461100697517395,
  0,
  1,
  null,
  null,
]

type Mode = keyof typeof POLICIES

/** What the rules say of every property, in the order of the input. */
const expectedDecisions = (mode: Mode, salt: string, properties: readonly SeenProperty[]) => {
  const policy = POLICIES[mode]
  const candidates = properties.map((property) => {
    const propertyId = uuidOf(property.id)
    const v = draw(salt, propertyId)
    return {
      propertyId,
      score: property.uplift,
      v,
      ...decide(policy, property.uplift, v, property.suppressed !== null),
    }
  })
  return applyCapacity(policy, candidates)
}

const decisionsOf = (properties: readonly SeenProperty[]) =>
  properties.map(({ id, decision, decisionReason }) => ({ id, decision, reason: decisionReason }))

describe('applying a policy', () => {
  let stormId: string
  let salt: string
  beforeAll(async () => {
    stormId = await createStorm(owner)
    // Forty equal roofs and five of which nothing is known, among 700 of every kind.
    await importProperties(owner, stormId, [
      ...syntheticStorm({ seed: 'policy', storm: 'dfw', properties: 700 }),
      ...Array.from({ length: 40 }, () => aProperty({ features: HOT_ROOF })),
      ...Array.from({ length: 5 }, () => aProperty({ features: NOTHING_KNOWN })),
      aProperty({ suppressed: 'OPT_OUT' }),
    ])
    await scoreStorm(owner, stormId)
    salt = await saltOf(stormId)
  })

  it.each(['CONSERVATIVE', 'MODERATE', 'AGGRESSIVE'] as const)(
    'decides %s over every property as the rules say, and counts it',
    async (mode) => {
      const applied = await applyPolicy(owner, stormId, mode)
      const seen = await propertiesOf(owner, stormId)
      const { candidates, highestCutScore } = expectedDecisions(mode, salt, seen)
      expect(decisionsOf(seen)).toEqual(
        candidates.map(({ decision, reason }, place) => ({ id: seen[place]?.id, decision, reason })),
      )
      const count = (wanted: string): number =>
        candidates.filter(({ decision }) => decision === wanted).length
      const [treat, hold, excluded] = [count('TREAT'), count('HOLD'), count('EXCLUDED')]
      const decisions = { treat, hold, excluded, treatShare: treat / (treat + hold) }
      expect(applied).toMatchObject({
        __typename: 'ApplyPolicySuccess',
        decisions,
        storm: { policy: { mode, frozen: false, decisions } },
      })
      const stored = await rows.one<{ capacity_cut: number | null }>(
        `select capacity_cut from storms.storm where id = $1`,
        [uuidOf(stormId)],
      )
      expect(stored.capacity_cut).toBe(highestCutScore)
      const { n, draws } = await rows.one<{ n: number; draws: number[] }>(
        `select count(*)::int as n, array_agg(draw order by property_id) as draws from storms.assignment
         where storm_id = $1 and threshold = $2 and holdout_share = $3 and exploration_share = $4 and model_version is not null`,
        [
          uuidOf(stormId),
          POLICIES[mode].threshold,
          POLICIES[mode].holdoutShare,
          POLICIES[mode].explorationShare,
        ],
      )
      expect(n).toBe(seen.length)
      expect(draws).toEqual(
        seen
          .map(({ id }) => uuidOf(id))
          .toSorted()
          .map((id) => draw(salt, id)),
      )
    },
  )

  it('cuts equal roofs by their draw where the capacity ends among them', async () => {
    const tied = await createStorm(owner)
    await importProperties(
      owner,
      tied,
      Array.from({ length: 60 }, () => aProperty({ features: HOT_ROOF })),
    )
    await scoreStorm(owner, tied)
    await applyPolicy(owner, tied, 'CONSERVATIVE')
    const seen = await propertiesOf(owner, tied)
    expect(new Set(seen.map(({ uplift }) => uplift)).size).toBe(1)
    expect(seen[0]?.uplift).toBeGreaterThanOrEqual(POLICIES.CONSERVATIVE.threshold)
    const { candidates } = expectedDecisions('CONSERVATIVE', await saltOf(tied), seen)
    expect(decisionsOf(seen)).toEqual(
      candidates.map(({ decision, reason }, place) => ({ id: seen[place]?.id, decision, reason })),
    )
    expect(candidates.filter(({ decision }) => decision === 'TREAT')).toHaveLength(30)
    expect(candidates.filter(({ reason }) => reason === 'CAPACITY').length).toBeGreaterThan(0)
  })

  it('changes nothing when it is applied twice', async () => {
    await applyPolicy(owner, stormId, 'MODERATE')
    const before = await propertiesOf(owner, stormId)
    const first = await applyPolicy(owner, stormId, 'MODERATE')
    const second = await applyPolicy(owner, stormId, 'MODERATE')
    expect(second).toEqual(first)
    expect(await propertiesOf(owner, stormId)).toEqual(before)
  })

  it('lets the crew see whom to work, and not why', async () => {
    await applyPolicy(owner, stormId, 'MODERATE')
    const crew = tenant.as('CREW')
    const { storm } = await crew.data(
      `query ($id: ID!) { storm(id: $id) { properties(first: 100, decision: TREAT) { edges { node { decision } } } } }`,
      { id: stormId },
    )
    expect(storm.properties.edges.length).toBeGreaterThan(0)
    expect(storm.properties.edges.every((edge: any) => edge.node.decision === 'TREAT')).toBe(true)
    for (const field of ['uplift', 'decisionReason']) {
      const { data, errors } = await crew.send(
        `query ($id: ID!) { storm(id: $id) { properties(first: 1) { edges { node { externalId ${field} } } } } }`,
        { id: stormId },
      )
      expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', coordinate: `Property.${field}` })
      expect(data).toBeNull()
    }
  })

  it('keeps the owners’ names from those who only look', async () => {
    const own = await createStorm(owner)
    await importCsv(owner, own, 'external_id,owner_name,owner_phone\na,Ann,555')
    const OWNER = `query ($id: ID!) { storm(id: $id) { properties { edges { node { externalId owner { name phone email } } } } } }`
    const allowed = await tenant.as('CREW').data(OWNER, { id: own })
    expect(allowed.storm.properties.edges[0].node.owner).toEqual({ name: 'Ann', phone: '555', email: null })
    for (const role of ['VIEWER', 'ANALYST'] as const) {
      const { data, errors } = await tenant.as(role).send(OWNER, { id: own })
      expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', requiredScope: 'properties:pii' })
      expect(data).toBeNull()
    }
  })
})

describe('what comes before and after a policy', () => {
  it('wants scores first', async () => {
    const stormId = await createStorm(owner)
    await importProperties(owner, stormId, [aProperty()])
    expect((await applyPolicy(owner, stormId, 'MODERATE')).__typename).toBe('NotScored')
  })

  it('decides nothing anew after the first outcome', async () => {
    const stormId = await createStorm(owner)
    await importProperties(owner, stormId, [aProperty({ externalId: 'a' }), aProperty()])
    await scoreStorm(owner, stormId)
    await applyPolicy(owner, stormId, 'AGGRESSIVE')
    expect((await applyPolicy(owner, stormId, 'MODERATE')).storm.policy.mode).toBe('MODERATE')
    await move(owner, stormId, 'activateStorm')
    await recordOutcomes(owner, stormId, [{ externalId: 'a', converted: false, at: daysFromNow(-1) }])
    expect(await applyPolicy(owner, stormId, 'AGGRESSIVE')).toMatchObject({
      __typename: 'PolicyFrozen',
      mode: 'MODERATE',
    })
    expect(await scoreStorm(owner, stormId)).toMatchObject({ __typename: 'PolicyFrozen', mode: 'MODERATE' })
    const same = await applyPolicy(owner, stormId, 'MODERATE')
    expect(same).toMatchObject({ __typename: 'ApplyPolicySuccess', storm: { policy: { frozen: true } } })
    const a = (await propertiesOf(owner, stormId)).find(({ externalId }) => externalId === 'a')
    expect(a?.outcome).toMatchObject({ converted: false })
  })

  it('remembers a knock that came before the decision was changed', async () => {
    const stormId = await createStorm(owner)
    await importProperties(owner, stormId, [
      aProperty({ externalId: 'early' }),
      aProperty({ externalId: 'late' }),
    ])
    const knock = (externalId: string) => ({
      stormId,
      externalId,
      kind: 'KNOCK',
      at: daysFromNow(-2),
      clientEventId: `${stormId}-${externalId}`,
    })
    await ingest(owner, [knock('early')])
    await scoreStorm(owner, stormId)
    await applyPolicy(owner, stormId, 'MODERATE')
    await ingest(owner, [knock('late')])
    await applyPolicy(owner, stormId, 'AGGRESSIVE')
    const { n } = await rows.one<{ n: number }>(
      `select count(touched_at)::int as n from storms.assignment where storm_id = $1`,
      [uuidOf(stormId)],
    )
    expect(n).toBe(2)
  })
})
