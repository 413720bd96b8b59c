import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syntheticStorm } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import type { SyntheticProperty } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import { openWorld, uuidOf } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { completePilot, measuredPilot, startPilot } from './pilot-story.ts'
import { openRows } from './rows.ts'
import {
  aProperty,
  applyPolicy,
  createStorm,
  daysFromNow,
  importProperties,
  ingest,
  pilotIs,
  propertiesOf,
  recordOutcomes,
  scoreStorm,
  START_PILOT,
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

const scoredStorm = async (
  properties: readonly SyntheticProperty[],
  change: object = {},
): Promise<string> => {
  const stormId = await createStorm(owner, change)
  await importProperties(owner, stormId, properties)
  await scoreStorm(owner, stormId)
  return stormId
}

const synthetic = (properties: number, seed: string): SyntheticProperty[] => [
  ...syntheticStorm({ seed, storm: 'dfw', properties }),
]

const REPORT = `query ($id: ID!) {
  pilot(id: $id) {
    status completedAt
    reportPdf { url }
    report { verdict lift { pValue } money { roi } daily { day } }
  }
}`

describe('closing a pilot', () => {
  it('is too early while the window is open and an arm says too little', async () => {
    const stormId = await scoredStorm(synthetic(300, 'early'))
    const { pilot } = await startPilot(owner, stormId)
    await pilotIs(owner, pilot.id, 'RUNNING')
    const seen = await propertiesOf(owner, stormId)
    const treated = seen.filter(({ decisionReason }) => decisionReason === 'ABOVE_THRESHOLD').slice(0, 31)
    const control = seen.filter(({ decisionReason }) => decisionReason === 'RANDOM_CONTROL').slice(0, 29)
    expect(control).toHaveLength(29)
    expect(await completePilot(owner, pilot.id)).toMatchObject({
      __typename: 'PilotTooEarly',
      treatOutcomesMissing: 30,
      controlOutcomesMissing: 30,
    })
    await recordOutcomes(
      owner,
      stormId,
      [...treated, ...control].map(({ id }) => ({ propertyId: id, converted: false, at: daysFromNow(-1) })),
    )
    expect(await completePilot(owner, pilot.id)).toMatchObject({
      __typename: 'PilotTooEarly',
      treatOutcomesMissing: 0,
      controlOutcomesMissing: 1,
    })
    const { pilot: seenPilot } = await owner.data(REPORT, { id: pilot.id })
    expect(seenPilot).toMatchObject({ status: 'RUNNING', report: null, reportPdf: null, completedAt: null })
  })

  it('says that there is not enough data once the window is over', async () => {
    const stormId = await scoredStorm(synthetic(60, 'few'), { endsAt: daysFromNow(-1) })
    const { pilot } = await startPilot(owner, stormId)
    await pilotIs(owner, pilot.id, 'RUNNING')
    const treated = (await propertiesOf(owner, stormId)).filter(({ decision }) => decision === 'TREAT')
    await ingest(
      owner,
      treated.map(({ externalId }) => ({
        stormId,
        externalId,
        kind: 'KNOCK',
        at: daysFromNow(-5),
        clientEventId: `few-${externalId}`,
      })),
    )
    await measuredPilot(owner, pilot.id)
    const { pilot: seen } = await owner.data(REPORT, { id: pilot.id })
    expect(seen.report).toMatchObject({ verdict: 'NOT_ENOUGH_DATA', lift: null, money: null, daily: [] })
    expect((await fetch(seen.reportPdf.url)).status).toBe(200)
  })
})

describe('starting a pilot', () => {
  it('wants scores first', async () => {
    const stormId = await createStorm(owner)
    expect((await startPilot(owner, stormId)).__typename).toBe('NotScored')
  })

  it.each([
    ['cost.currency', { cost: { minorUnits: 100, currency: 'EUR' } }],
    ['cost.minorUnits', { cost: { minorUnits: -1, currency: 'USD' } }],
    ['crewHours', { crewHours: -1 }],
  ])('refuses a wrong %s', async (field, change) => {
    const stormId = await scoredStorm([aProperty()])
    expect(await startPilot(owner, stormId, change)).toMatchObject({ __typename: 'InvalidInput', field })
  })

  it('gives the same pilot for the same key, and refuses another request with it', async () => {
    const stormId = await scoredStorm([aProperty(), aProperty()])
    const input = { stormId, policyMode: 'MODERATE' }
    const first = await owner.data(START_PILOT, { input, key: 'start-once' })
    const again = await owner.data(START_PILOT, { input, key: 'start-once' })
    expect(again.startPilot.__typename).toBe('StartPilotSuccess')
    expect(again.startPilot.pilot.id).toBe(first.startPilot.pilot.id)
    const other = await owner.data(START_PILOT, {
      input: { ...input, policyMode: 'AGGRESSIVE' },
      key: 'start-once',
    })
    expect(other.startPilot.__typename).toBe('IdempotencyKeyReused')
  })

  it('starts one pilot when two people start it at once', async () => {
    const stormId = await scoredStorm([aProperty()])
    const answers = await Promise.all([1, 2, 3].map(() => startPilot(owner, stormId)))
    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'PilotRunning',
      'PilotRunning',
      'StartPilotSuccess',
    ])
    expect(new Set(answers.map(({ pilot }) => pilot.id)).size).toBe(1)
  })

  it('does not start over a storm without a property', async () => {
    const stormId = await createStorm(owner)
    await scoreStorm(owner, stormId)
    expect((await startPilot(owner, stormId)).__typename).toBe('NotScored')
    expect((await applyPolicy(owner, stormId, 'MODERATE')).__typename).toBe('NotScored')
  })

  it('tries a failed opening again, and measures nothing before it succeeds', async () => {
    const stormId = await scoredStorm(synthetic(40, 'failed-opening'))
    const { pilot } = await startPilot(owner, stormId)
    await pilotIs(owner, pilot.id, 'RUNNING')
    // As after the last attempt of a job that broke before the window was open.
    const rows = await openRows(world.database.admin)
    const id = uuidOf(pilot.id)
    await rows.many(`update storms.pilot set status = 'FAILED' where id = $1`, [id])
    await rows.many(`update chassis.job_step set status = 'FAILED' where subject = $1 and step = 'execute'`, [
      `pilot:${id}`,
    ])
    await rows.close()
    expect((await completePilot(owner, pilot.id)).__typename).toBe('PilotTooEarly')

    const again = await startPilot(owner, stormId)
    expect(again).toMatchObject({ __typename: 'StartPilotSuccess', pilot: { id: pilot.id } })
    await pilotIs(owner, pilot.id, 'RUNNING')
  })

  it('applies its own policy over one that was tried before, and keeps it', async () => {
    const stormId = await scoredStorm(synthetic(40, 'own-policy'))
    await applyPolicy(owner, stormId, 'CONSERVATIVE')
    const { pilot } = await startPilot(owner, stormId, { policyMode: 'AGGRESSIVE' })
    await pilotIs(owner, pilot.id, 'RUNNING')
    const { storm } = await owner.data(`query ($id: ID!) { storm(id: $id) { policy { mode } } }`, {
      id: stormId,
    })
    expect(storm.policy.mode).toBe('AGGRESSIVE')
    expect(await applyPolicy(owner, stormId, 'MODERATE')).toMatchObject({
      __typename: 'PolicyFrozen',
      mode: 'AGGRESSIVE',
    })
    expect(await scoreStorm(owner, stormId)).toMatchObject({ __typename: 'PolicyFrozen', mode: 'AGGRESSIVE' })
  })

  it('cannot choose a policy after outcomes came in', async () => {
    const stormId = await scoredStorm([aProperty({ externalId: 'a' })])
    await applyPolicy(owner, stormId, 'AGGRESSIVE')
    await recordOutcomes(owner, stormId, [{ externalId: 'a', converted: false, at: daysFromNow(-1) }])
    expect(await startPilot(owner, stormId)).toMatchObject({ __typename: 'PolicyFrozen', mode: 'AGGRESSIVE' })
  })
})
