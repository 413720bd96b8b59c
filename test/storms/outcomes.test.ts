import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import {
  aProperty,
  daysFromNow,
  importProperties,
  move,
  propertiesOf,
  RECORD,
  recordOutcomes,
  workedStorm,
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

/** A signature worth $12,000 yesterday. */
const anOutcome = (change: object = {}) => ({
  externalId: 'a',
  converted: true,
  value: { minorUnits: 1_200_000, currency: 'USD' },
  at: daysFromNow(-1),
  ...change,
})

const aWorkedStorm = (names: readonly string[] = ['a', 'b', 'c']): Promise<string> =>
  workedStorm(
    tenant,
    names.map((externalId) => aProperty({ externalId })),
  )

const outcomesOf = async (stormId: string) =>
  Object.fromEntries(
    (await propertiesOf(owner, stormId)).map(({ externalId, outcome }) => [externalId, outcome]),
  )

describe('recording outcomes', () => {
  it('keeps what was said of each property, named by either of its ids', async () => {
    const stormId = await aWorkedStorm()
    const b = (await propertiesOf(owner, stormId)).find(({ externalId }) => externalId === 'b')
    const signed = anOutcome()
    const declined = { propertyId: b?.id, converted: false, at: daysFromNow(-2) }
    expect(await recordOutcomes(owner, stormId, [signed, declined])).toMatchObject({
      __typename: 'RecordOutcomesSuccess',
      recorded: 2,
    })
    expect(await outcomesOf(stormId)).toEqual({
      a: { converted: true, value: { minorUnits: 1_200_000, currency: 'USD' }, at: signed.at },
      b: { converted: false, value: null, at: declined.at },
      c: null,
    })
    const { storm } = await owner.data(`query ($id: ID!) { storm(id: $id) { policy { frozen } } }`, {
      id: stormId,
    })
    expect(storm.policy.frozen).toBe(true)
  })

  it('writes a later word over an earlier one', async () => {
    const stormId = await aWorkedStorm()
    await recordOutcomes(owner, stormId, [anOutcome()])
    const declined = anOutcome({ converted: false, value: null })
    expect((await recordOutcomes(owner, stormId, [declined])).recorded).toBe(1)
    expect((await outcomesOf(stormId))['a']).toEqual({ converted: false, value: null, at: declined.at })
  })

  it('keeps the largest amount that a whole number holds, to the cent', async () => {
    const stormId = await aWorkedStorm()
    await recordOutcomes(owner, stormId, [
      anOutcome({ value: { minorUnits: Number.MAX_SAFE_INTEGER, currency: 'USD' } }),
    ])
    expect((await outcomesOf(stormId))['a']?.value?.minorUnits).toBe(Number.MAX_SAFE_INTEGER)
  })

  it.each([
    ['an external id that the storm does not have', { externalId: 'zzz' }, /no such property/],
    ['an external id that no text column takes', { externalId: 'a\u0000' }, /no such property/],
    ['an id that is none of ours', { externalId: null, propertyId: 'prop_1' }, /no such property/],
    ['a value without a conversion', { converted: false }, /needs a conversion/],
    ['a negative value', { value: { minorUnits: -1, currency: 'USD' } }, /negative/],
    ['another currency', { value: { minorUnits: 5, currency: 'EUR' } }, /EUR; your company works in USD/],
    ['a currency that is none', { value: { minorUnits: 5, currency: 'dollars' } }, /UNKNOWN_CURRENCY/],
    ['a time before the storm', { at: daysFromNow(-21) }, /before the storm's start/],
    ['a time in the future', { at: daysFromNow(1) }, /in the future/],
    ['neither of its ids', { externalId: null }, /either propertyId or externalId/],
    ['the property of the outcome before', { externalId: 'b' }, /twice/],
  ])('refuses an outcome with %s, and with it all others', async (_what, change, reason) => {
    const stormId = await aWorkedStorm()
    const answer = await recordOutcomes(owner, stormId, [
      anOutcome({ externalId: 'c' }),
      anOutcome({ externalId: 'b' }),
      anOutcome(change),
    ])
    expect(answer).toMatchObject({
      __typename: 'OutcomesRefused',
      rejections: [{ index: 2, reason: expect.stringMatching(reason) }],
    })
    expect(Object.values(await outcomesOf(stormId))).toEqual([null, null, null])
  })

  it('refuses both ids for one outcome, and one property under each of its ids', async () => {
    const stormId = await aWorkedStorm()
    const a = (await propertiesOf(owner, stormId)).find(({ externalId }) => externalId === 'a')
    const both = await recordOutcomes(owner, stormId, [anOutcome({ propertyId: a?.id })])
    expect(both.rejections[0].reason).toMatch(/either/)
    const under = await recordOutcomes(owner, stormId, [
      anOutcome(),
      anOutcome({ externalId: null, propertyId: a?.id, converted: false, value: null }),
    ])
    expect(under).toMatchObject({
      __typename: 'OutcomesRefused',
      rejections: [{ index: 1, reason: expect.stringMatching(/twice/) }],
    })
  })

  it('refuses a property over which no policy has decided', async () => {
    const stormId = await aWorkedStorm()
    await importProperties(owner, stormId, [aProperty({ externalId: 'late' })])
    const answer = await recordOutcomes(owner, stormId, [anOutcome({ externalId: 'late' })])
    expect(answer.rejections[0].reason).toMatch(/no policy has decided/)
  })

  it('refuses a property of another storm', async () => {
    const [one, other] = [await aWorkedStorm(), await aWorkedStorm(['elsewhere'])]
    const [property] = await propertiesOf(owner, other)
    const answer = await recordOutcomes(owner, one, [
      anOutcome({ externalId: null, propertyId: property?.id }),
    ])
    expect(answer.__typename).toBe('OutcomesRefused')
    expect((await outcomesOf(other))['elsewhere']).toBeNull()
  })

  it('counts all that are refused, and shows the first hundred with their first reason', async () => {
    const stormId = await aWorkedStorm()
    const answer = await recordOutcomes(
      owner,
      stormId,
      Array.from({ length: 150 }, (_, n) => anOutcome({ externalId: `none-${n}`, at: daysFromNow(3) })),
    )
    expect(answer.rejections.map(({ index }: { index: number }) => index)).toEqual(
      Array.from({ length: 100 }, (_, n) => n),
    )
    expect(answer.message).toMatch(/^150 /)
    expect(answer.rejections[0].reason).toMatch(/future/)
  })

  it.each([
    ['none', 0],
    ['more than 5,000', 5_001],
  ])('refuses a request with %s', async (_what, length) => {
    const stormId = await aWorkedStorm(['a'])
    const outcomes = Array.from({ length }, (_, n) => ({
      externalId: `x${n}`,
      converted: false,
      at: '2026-01-01T00:00:00Z',
    }))
    expect(await recordOutcomes(owner, stormId, outcomes)).toMatchObject({
      __typename: 'InvalidInput',
      field: 'outcomes',
    })
  })

  it.each([
    ['a part of a cent', { minorUnits: 10.5, currency: 'USD' }],
    ['more than a whole number holds', { minorUnits: 2 ** 53, currency: 'USD' }],
  ])('cannot be told %s', async (_what, value) => {
    const stormId = await aWorkedStorm(['a'])
    const { status, data, errors } = await owner.send(RECORD, {
      input: { stormId, outcomes: [anOutcome({ value })] },
    })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(status).toBe(400)
    expect(data?.recordOutcomes ?? null).toBeNull()
    expect((await outcomesOf(stormId))['a']).toBeNull()
  })

  it('takes outcomes until the storm is put away, also after the crews went home', async () => {
    const stormId = await aWorkedStorm()
    const said = async () => (await recordOutcomes(owner, stormId, [anOutcome()])).__typename
    expect(await said()).toBe('RecordOutcomesSuccess')
    await move(owner, stormId, 'completeStorm')
    expect(await said()).toBe('RecordOutcomesSuccess')
    await move(owner, stormId, 'archiveStorm')
    expect(await said()).toBe('WrongStormStatus')
  })

  it('shows how treated and control properties convert so far', async () => {
    const stormId = await aWorkedStorm(Array.from({ length: 60 }, (_, n) => `r-${n}`))
    const CONVERSION = `query ($id: ID!) { storm(id: $id) { conversion { treat control lift anomaly } } }`
    expect((await owner.data(CONVERSION, { id: stormId })).storm.conversion).toBeNull()
    const seen = await propertiesOf(owner, stormId)
    const treated = seen.filter(({ decisionReason }) => decisionReason === 'ABOVE_THRESHOLD')
    const control = seen.filter(({ decisionReason }) => decisionReason === 'RANDOM_CONTROL')
    expect(control.length).toBeGreaterThan(0)
    await recordOutcomes(owner, stormId, [
      ...treated.map(({ id }) => ({ propertyId: id, converted: false, at: daysFromNow(-1) })),
      ...control.map(({ id }) => ({ propertyId: id, converted: true, at: daysFromNow(-1) })),
    ])
    const { storm } = await owner.data(CONVERSION, { id: stormId })
    expect(storm.conversion).toEqual({ treat: 0, control: 1, lift: -1, anomaly: true })
  })
})
