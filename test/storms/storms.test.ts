import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { Answer, Client, TestTenant, World } from '../world/world.ts'
import {
  aProperty,
  APPLY,
  aStorm,
  COMPLETE_PILOT,
  CREATE_STORM,
  createStorm,
  daysFromNow,
  IMPORT,
  importCsv,
  INGEST,
  move,
  moving,
  propertiesOf,
  RECORD,
  SCORE,
  START_PILOT,
  upload,
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

describe('creating a storm', () => {
  it('puts it into planning, without properties and without a policy', async () => {
    const input = aStorm({ name: '  Hail over Dallas ', eventId: 'dallas-1' })
    const { createStorm } = await owner.data(CREATE_STORM, { input })
    expect(createStorm).toMatchObject({
      __typename: 'CreateStormSuccess',
      storm: {
        eventId: 'dallas-1',
        name: 'Hail over Dallas',
        status: 'PLANNING',
        startsAt: input.startsAt,
        endsAt: input.endsAt,
        propertyCount: 0,
        policy: null,
      },
    })
    const { storm } = await owner.data(`query ($id: ID!) { storm(id: $id) { name } }`, {
      id: createStorm.storm.id,
    })
    expect(storm.name).toBe('Hail over Dallas')
  })

  it('shows the storm that has the event id already', async () => {
    const id = await createStorm(owner, { eventId: 'twice' })
    const { createStorm: again } = await owner.data(CREATE_STORM, { input: aStorm({ eventId: ' twice ' }) })
    expect(again).toMatchObject({ __typename: 'StormExists', storm: { id, eventId: 'twice' } })
  })

  it('creates one storm when two people give the same event id at once', async () => {
    const input = aStorm({ eventId: 'at-once' })
    const answers = await Promise.all([1, 2, 3, 4].map(() => owner.data(CREATE_STORM, { input })))
    const kinds = answers.map(({ createStorm }) => createStorm.__typename).toSorted()
    expect(kinds).toEqual(['CreateStormSuccess', 'StormExists', 'StormExists', 'StormExists'])
    expect(new Set(answers.map(({ createStorm }) => createStorm.storm.id)).size).toBe(1)
  })

  it('lets another company use the same event id', async () => {
    await createStorm(owner, { eventId: 'shared-event' })
    const other = await world.tenant()
    await expect(createStorm(other.as('OWNER'), { eventId: 'shared-event' })).resolves.toMatch(/^storm_/)
  })

  it.each([
    ['endsAt', 'ends before it starts', { startsAt: daysFromNow(1), endsAt: daysFromNow(0) }],
    ['endsAt', 'ends as it starts', { startsAt: '2026-05-01T00:00:00Z', endsAt: '2026-05-01T00:00:00Z' }],
    ['name', 'has no name', { name: '   ' }],
    ['name', 'has an endless name', { name: 'x'.repeat(201) }],
    ['name', 'has a name that no text column takes', { name: 'Hail\u0000' }],
    ['eventId', 'has no event id', { eventId: '' }],
    ['eventId', 'has an endless event id', { eventId: 'x'.repeat(101) }],
    ['eventId', 'has an event id that no text column takes', { eventId: 'a\u0000b' }],
  ])('says that %s is wrong for a storm that %s', async (field, _what, change) => {
    const { createStorm } = await owner.data(CREATE_STORM, { input: aStorm(change) })
    expect(createStorm).toMatchObject({ __typename: 'InvalidInput', field })
  })

  it('refuses a time that is none', async () => {
    const { errors, data } = await owner.send(CREATE_STORM, { input: aStorm({ startsAt: 'yesterday' }) })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(data?.createStorm ?? null).toBeNull()
  })
})

describe('the way of a storm', () => {
  it('goes from planning to active to completed to archived, and back from there alone', async () => {
    const id = await createStorm(owner)
    for (const [verb, status] of [
      ['activateStorm', 'ACTIVE'],
      ['completeStorm', 'COMPLETED'],
      ['archiveStorm', 'ARCHIVED'],
      ['restoreStorm', 'COMPLETED'],
    ] as const) {
      expect(await move(owner, id, verb)).toMatchObject({ __typename: 'MoveStormSuccess', storm: { status } })
    }
  })

  it.each([
    ['completeStorm', [], 'PLANNING'],
    ['archiveStorm', [], 'PLANNING'],
    ['restoreStorm', [], 'PLANNING'],
    ['restoreStorm', ['activateStorm', 'completeStorm'], 'COMPLETED'],
    ['activateStorm', ['activateStorm'], 'ACTIVE'],
    ['archiveStorm', ['activateStorm'], 'ACTIVE'],
    ['activateStorm', ['activateStorm', 'completeStorm'], 'COMPLETED'],
    ['completeStorm', ['activateStorm', 'completeStorm'], 'COMPLETED'],
    ['activateStorm', ['activateStorm', 'completeStorm', 'archiveStorm'], 'ARCHIVED'],
    ['completeStorm', ['activateStorm', 'completeStorm', 'archiveStorm'], 'ARCHIVED'],
  ] as const)('refuses to %s after %j', async (verb, before, status) => {
    const id = await createStorm(owner)
    for (const step of before) await move(owner, id, step)
    expect(await move(owner, id, verb)).toMatchObject({ __typename: 'WrongStormStatus', status })
  })

  it('takes no properties, scores or policies once the work is done', async () => {
    const id = await createStorm(owner)
    await move(owner, id, 'activateStorm')
    await move(owner, id, 'completeStorm')
    expect((await importCsv(owner, id, 'external_id\na')).__typename).toBe('WrongStormStatus')
    const { scoreStorm } = await owner.data(SCORE, { input: { stormId: id } })
    expect(scoreStorm).toMatchObject({ __typename: 'WrongStormStatus', status: 'COMPLETED' })
    const { applyPolicy } = await owner.data(APPLY, { input: { stormId: id, mode: 'MODERATE' } })
    expect(applyPolicy.__typename).toBe('WrongStormStatus')
    const { startPilot } = await owner.data(START_PILOT, { input: { stormId: id, policyMode: 'MODERATE' } })
    expect(startPilot.__typename).toBe('WrongStormStatus')
  })
})

describe('a list of storms', () => {
  it('shows the newest first, page by page, and only the company’s own', async () => {
    const mine = await world.tenant()
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.push(await createStorm(mine.as('OWNER')))
    await createStorm(owner)
    const seen: string[] = []
    let after: string | null = null
    let pages = 0
    do {
      const { storms }: any = await mine
        .as('VIEWER')
        .data(
          `query ($after: String) { storms(first: 2, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
          {
            after,
          },
        )
      seen.push(...storms.edges.map((edge: any) => edge.node.id))
      after = storms.pageInfo.hasNextPage ? storms.pageInfo.endCursor : null
      pages++
    } while (after !== null)
    expect(seen).toEqual(made.toReversed())
    expect(pages).toBe(3)
  })

  it.each([0, 101])('refuses a page of %i', async (first) => {
    const { errors } = await owner.send(
      `query ($first: Int) { storms(first: $first) { edges { cursor } } }`,
      { first },
    )
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT')
  })
})

describe('what belongs to another company', () => {
  let ids: Record<string, string>
  let stranger: Client
  beforeAll(async () => {
    const stormId = await workedStorm(tenant, [aProperty({ externalId: 'theirs' }), aProperty()])
    const [property] = await propertiesOf(owner, stormId)
    const imported = await importCsv(owner, stormId, 'external_id\nmore')
    const other = await createStorm(owner)
    await importCsv(owner, other, 'external_id,hail_max_in\na,2')
    await owner.data(SCORE, { input: { stormId: other } })
    const { startPilot } = await owner.data(START_PILOT, {
      input: { stormId: other, policyMode: 'MODERATE' },
    })
    ids = {
      storm: stormId,
      prop: property?.id ?? '',
      imp: imported.import.id,
      pilot: startPilot.pilot.id,
      upl: await upload(owner, 'external_id\nz'),
    }
    stranger = (await world.tenant()).as('OWNER')
  })

  const QUESTIONS: readonly (readonly [string, string, string, (id: string) => object])[] = [
    ['storm', 'storm', `query ($id: ID!) { storm(id: $id) { name } }`, (id) => ({ id })],
    ['property', 'prop', `query ($id: ID!) { property(id: $id) { externalId } }`, (id) => ({ id })],
    ['propertyImport', 'imp', `query ($id: ID!) { propertyImport(id: $id) { status } }`, (id) => ({ id })],
    ['pilot', 'pilot', `query ($id: ID!) { pilot(id: $id) { name } }`, (id) => ({ id })],
    ['activateStorm', 'storm', moving('activateStorm'), (stormId) => ({ input: { stormId } })],
    ['completeStorm', 'storm', moving('completeStorm'), (stormId) => ({ input: { stormId } })],
    ['archiveStorm', 'storm', moving('archiveStorm'), (stormId) => ({ input: { stormId } })],
    ['importProperties', 'storm', IMPORT, (stormId) => ({ input: { stormId, csv: 'external_id\na' } })],
    ['scoreStorm', 'storm', SCORE, (stormId) => ({ input: { stormId } })],
    ['applyPolicy', 'storm', APPLY, (stormId) => ({ input: { stormId, mode: 'MODERATE' } })],
    ['startPilot', 'storm', START_PILOT, (stormId) => ({ input: { stormId, policyMode: 'MODERATE' } })],
    ['completePilot', 'pilot', COMPLETE_PILOT, (pilotId) => ({ input: { pilotId } })],
    [
      'recordOutcomes',
      'storm',
      RECORD,
      (stormId) => ({
        input: { stormId, outcomes: [{ externalId: 'theirs', converted: true, at: '2026-01-01T00:00:00Z' }] },
      }),
    ],
    [
      'ingestJourneyEvents',
      'storm',
      INGEST,
      (stormId) => ({
        input: {
          events: [
            { stormId, externalId: 'theirs', kind: 'KNOCK', at: '2026-01-01T00:00:00Z', clientEventId: 'e' },
          ],
        },
      }),
    ],
    [
      'importExperiment',
      'upl',
      `mutation ($input: ImportExperimentInput!) { importExperiment(input: $input) { __typename ... on UserError { message } ... on NotFound { id } } }`,
      (uploadId) => ({
        input: {
          name: 'x',
          uploadId,
          columns: { id: 'external_id', arm: 'a', treat: 't', control: 'c', converted: 'k' },
        },
      }),
    ],
  ]

  it.each(QUESTIONS)('answers %s as if it had never been', async (field, prefix, query, variables) => {
    const theirs = ids[prefix] ?? ''
    const nobodys = `${prefix}_${randomUUID().replaceAll('-', '')}`
    const garbled = `${prefix}_unknown`
    const said = async (id: string): Promise<string> =>
      withoutIds(await stranger.send(query, variables(id)), id)
    const answer = await said(theirs)
    expect(answer).toBe(await said(nobodys))
    expect(answer).toBe(await said(garbled))
    expect(answer).toContain(`"${field}":`)
    expect(answer).toMatch(/NotFound|OutcomesRefused|"\w+":null/)
  })

  it('answers an upload of another company for a storm of one’s own as an unknown upload', async () => {
    const stormId = await createStorm(stranger)
    const said = async (uploadId: string) =>
      withoutIds(await stranger.send(IMPORT, { input: { stormId, uploadId } }), uploadId)
    const answer = await said(ids['upl'] ?? '')
    expect(answer).toBe(await said(`upl_${randomUUID().replaceAll('-', '')}`))
    expect(answer).toContain('NotFound')
  })

  it('leaves everything of theirs as it was', async () => {
    const { storm } = await owner.data(
      `query ($id: ID!) { storm(id: $id) { status propertyCount policy { mode frozen } } }`,
      {
        id: ids['storm'],
      },
    )
    expect(storm).toEqual({
      status: 'ACTIVE',
      propertyCount: 3,
      policy: { mode: 'AGGRESSIVE', frozen: false },
    })
  })
})

/** The answer's text without the id that was asked for and the id of the request. */
const withoutIds = (answer: Answer, id: string): string =>
  JSON.stringify({ status: answer.status, data: answer.data, errors: answer.errors })
    .replaceAll(id, 'ID')
    .replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')
