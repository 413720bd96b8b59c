import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import {
  aProperty,
  createStorm,
  importProperties,
  move,
  NOTHING_KNOWN,
  propertiesOf,
  scoreStorm,
} from './storm-builders.ts'

let world: World
let tenant: TestTenant
let owner: Client
beforeAll(async () => {
  world = await openWorld()
  tenant = await world.tenant()
  owner = tenant.as('OWNER')
})
afterAll(() => world.close())

type Cases = {
  readonly features: readonly string[]
  readonly rows: readonly (readonly (number | null)[])[]
  readonly p_treated: readonly number[]
  readonly p_control: readonly number[]
}
const cases: Cases = JSON.parse(
  readFileSync(new URL('../../subgraphs/models/artifacts/uplift_v1.cases.json', import.meta.url), 'utf8'),
)

const idOf = (place: number): string => `case-${String(place).padStart(3, '0')}`

describe('scoring a storm', () => {
  it('gives the very scores of the reference, bit for bit, through file, database and graph', async () => {
    const stormId = await createStorm(owner)
    await importProperties(
      owner,
      stormId,
      cases.rows.map((row, place) => aProperty({ externalId: idOf(place), features: [...row, null, null] })),
    )
    const scored = await scoreStorm(owner, stormId)
    expect(scored).toMatchObject({ __typename: 'ScoreStormSuccess', scored: 200 })
    const { activeModel } = await owner.data(
      `{ activeModel(name: "uplift", environment: PRODUCTION) { id } }`,
    )
    expect(scored.modelVersion.id).toBe(activeModel.id)
    const seen = new Map((await propertiesOf(owner, stormId)).map((p) => [p.externalId, p.uplift]))
    const expected = cases.rows.map(
      (_row, place) => (cases.p_treated[place] ?? Number.NaN) - (cases.p_control[place] ?? Number.NaN),
    )
    expect(cases.rows.map((_row, place) => seen.get(idOf(place)))).toEqual(expected)
  })

  it('gives no score to a roof of which nothing is known, and one to a roof of which one thing is', async () => {
    const stormId = await createStorm(owner)
    await importProperties(owner, stormId, [
      aProperty({ externalId: 'a-unknown', features: NOTHING_KNOWN }),
      aProperty({
        externalId: 'b-hail',
        features: NOTHING_KNOWN.map((_nothing, column) => (column === 1 ? 2.5 : null)),
      }),
    ])
    expect((await scoreStorm(owner, stormId)).scored).toBe(1)
    const [unknown, hail] = await propertiesOf(owner, stormId)
    expect(unknown?.uplift).toBeNull()
    expect(hail?.uplift).toEqual(expect.any(Number))
  })

  it('gives the same scores again, and scores what came in since', async () => {
    const stormId = await createStorm(owner)
    await importProperties(owner, stormId, [aProperty({ externalId: 'a' })])
    await scoreStorm(owner, stormId)
    const [before] = await propertiesOf(owner, stormId)
    await importProperties(owner, stormId, [
      aProperty({ externalId: 'b', features: [30, 3, 60, 300, 2300, 1, 0, 1, null, null] }),
    ])
    expect((await scoreStorm(owner, stormId)).scored).toBe(2)
    const [again, fresh] = await propertiesOf(owner, stormId)
    expect(again?.uplift).toBe(before?.uplift)
    expect(fresh?.uplift).not.toBe(before?.uplift)
  })

  it('scores a storm without properties as one', async () => {
    expect(await scoreStorm(owner, await createStorm(owner))).toMatchObject({ scored: 0 })
  })

  it('gives no scores to a storm whose work is done', async () => {
    const stormId = await createStorm(owner)
    await importProperties(owner, stormId, [aProperty()])
    await move(owner, stormId, 'activateStorm')
    await move(owner, stormId, 'completeStorm')
    expect(await scoreStorm(owner, stormId)).toMatchObject({
      __typename: 'WrongStormStatus',
      status: 'COMPLETED',
    })
    expect((await propertiesOf(owner, stormId))[0]?.uplift).toBeNull()
  })

  it('shows how the scores are spread', async () => {
    const stormId = await createStorm(owner)
    const UPLIFT = `query ($id: ID!) { storm(id: $id) { upliftDistribution { scored mean stddev psi drift } dataHealth { status score checks { name status observed threshold } } } }`
    await importProperties(
      owner,
      stormId,
      cases.rows.map((row, place) => aProperty({ externalId: idOf(place), features: [...row, null, null] })),
    )
    const { storm: unscored } = await owner.data(UPLIFT, { id: stormId })
    expect(unscored.upliftDistribution).toBeNull()
    await scoreStorm(owner, stormId)
    const { storm } = await owner.data(UPLIFT, { id: stormId })
    const uplifts = cases.rows.map((_row, n) => (cases.p_treated[n] ?? 0) - (cases.p_control[n] ?? 0))
    const mean = uplifts.reduce((sum, uplift) => sum + uplift, 0) / uplifts.length
    expect(storm.upliftDistribution.scored).toBe(200)
    expect(storm.upliftDistribution.mean).toBeCloseTo(mean, 12)
    // The reference of version 1 is these very rows, so its tenths hold 20 each.
    expect(storm.upliftDistribution).toMatchObject({ drift: 'STABLE' })
    expect(storm.upliftDistribution.psi).toBeLessThan(0.01)
    expect(storm.dataHealth.checks.find((check: any) => check.name === 'properties_scored')).toMatchObject({
      status: 'PASS',
      observed: 1,
    })
  })
})
