import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, uuidOf } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { openRows } from './rows.ts'
import type { Rows } from './rows.ts'
import { aProperty, daysFromNow, ingest, INGEST, recordOutcomes, workedStorm } from './storm-builders.ts'

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

const aWorkedStorm = (names: readonly string[] = ['a', 'b', 'c']): Promise<string> =>
  workedStorm(
    tenant,
    names.map((externalId) => aProperty({ externalId })),
  )

describe('receiving touches', () => {
  const anEvent = (stormId: string, change: object = {}) => ({
    stormId,
    externalId: 'a',
    kind: 'KNOCK',
    at: daysFromNow(-3),
    clientEventId: `${stormId}-1`,
    ...change,
  })
  const touchedOf = async (stormId: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (
        await rows.many<{ external_id: string; touched_at: Date }>(
          `select external_id, touched_at from storms.assignment a
           join storms.property p on p.tenant_id = a.tenant_id and p.id = a.property_id
           where a.storm_id = $1 and touched_at is not null`,
          [uuidOf(stormId)],
        )
      ).map(({ external_id, touched_at }) => [external_id, touched_at.toISOString()]),
    )

  it('counts an event once, however often it comes', async () => {
    const stormId = await aWorkedStorm()
    const event = anEvent(stormId)
    expect(await ingest(owner, [event])).toMatchObject({ received: 1, repeated: 0 })
    expect(await ingest(owner, [event, event])).toMatchObject({ received: 0, repeated: 2 })
    const twin = anEvent(stormId, { clientEventId: `${stormId}-2` })
    expect(await ingest(owner, [twin, twin])).toMatchObject({ received: 1, repeated: 1 })
  })

  it('counts an event once when it comes in many requests at once, whatever their order', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `r-${n}`)
    const stormId = await aWorkedStorm(names)
    const events = names.flatMap((externalId) =>
      [1, 2, 3].map((n) => anEvent(stormId, { externalId, clientEventId: `${stormId}-${externalId}-${n}` })),
    )
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => ingest(owner, n % 2 === 0 ? events : events.toReversed())),
    )
    expect(answers.reduce((sum, { received }) => sum + received, 0)).toBe(events.length)
    expect(answers.every(({ received, repeated }) => received + repeated === events.length)).toBe(true)
    const { n } = await rows.one<{ n: number }>(
      `select count(*)::int as n from storms.journey_event where storm_id = $1`,
      [uuidOf(stormId)],
    )
    expect(n).toBe(events.length)
  })

  it('takes different touches of the same roofs, and their outcomes, at once', async () => {
    const names = Array.from({ length: 500 }, (_, n) => `r-${n}`)
    const stormId = await aWorkedStorm(names)
    // Every request leaves out others and has an order of its own, as crews do.
    const some = (k: number) => {
      const chosen = names.filter((_name, n) => (n * 7 + k) % 5 > 0)
      return k % 2 === 0 ? chosen : chosen.toReversed()
    }
    const touches = (k: number) =>
      some(k).map((externalId) =>
        anEvent(stormId, { externalId, clientEventId: `${stormId}-${externalId}-${k}` }),
      )
    const outcomes = (k: number) =>
      some(k).map((externalId) => ({ externalId, converted: false, at: daysFromNow(-1) }))
    const answers = await Promise.all([
      ...[1, 2, 3, 4, 5, 6].map((k) => ingest(owner, touches(k))),
      ...[7, 8].map((k) => recordOutcomes(owner, stormId, outcomes(k))),
    ])
    expect(answers.map(({ received, recorded }) => received ?? recorded)).toEqual(answers.map(() => 400))
  })

  it('counts as a touch only what the crew began, from the earliest on', async () => {
    const stormId = await aWorkedStorm(['knock', 'message', 'call', 'inspection', 'estimate', 'signed'])
    const [early, late] = [daysFromNow(-9), daysFromNow(-4)]
    const kinds = ['KNOCK', 'MESSAGE', 'CALL', 'INSPECTION', 'ESTIMATE', 'SIGNED']
    await ingest(
      owner,
      kinds.map((kind) =>
        anEvent(stormId, {
          kind,
          externalId: kind.toLowerCase(),
          at: late,
          clientEventId: `${stormId}-${kind}`,
        }),
      ),
    )
    await ingest(owner, [
      anEvent(stormId, { externalId: 'knock', at: early, clientEventId: `${stormId}-early` }),
    ])
    expect(await touchedOf(stormId)).toEqual({ knock: early, message: late })
  })

  it('takes all events of a request or none', async () => {
    const stormId = await aWorkedStorm()
    const answer = await ingest(owner, [
      anEvent(stormId),
      anEvent(stormId, { externalId: 'zzz', clientEventId: `${stormId}-2` }),
      anEvent('storm_1', { clientEventId: `${stormId}-3` }),
      anEvent(stormId, { clientEventId: '' }),
      anEvent(stormId, { clientEventId: 'zero\u0000' }),
    ])
    expect(answer).toMatchObject({
      __typename: 'OutcomesRefused',
      rejections: [
        { index: 1, reason: 'There is no such property in the storm.' },
        { index: 2, reason: 'There is no such property in the storm.' },
        { index: 3, reason: expect.stringMatching(/clientEventId/) },
        { index: 4, reason: expect.stringMatching(/clientEventId/) },
      ],
    })
    expect(await ingest(owner, [anEvent(stormId)])).toMatchObject({ received: 1 })
  })

  it.each([0, 5_001])('refuses a request of %i events', async (length) => {
    const stormId = await aWorkedStorm(['a'])
    const events = Array.from({ length }, (_, n) =>
      anEvent(stormId, { clientEventId: `e${n}`, at: '2026-01-01T00:00:00Z' }),
    )
    const { data, errors } = await owner.send(INGEST, { input: { events } })
    expect(errors).toEqual([])
    expect(data.ingestJourneyEvents).toMatchObject({ __typename: 'InvalidInput', field: 'events' })
  })
})
