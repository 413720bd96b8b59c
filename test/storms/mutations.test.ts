/** What every mutation of storms has in common: who may, once for one key, one line in the audit. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import {
  aProperty,
  APPLY,
  aStorm,
  auditOf,
  COMPLETE_PILOT,
  CREATE_STORM,
  CREATE_UPLOAD,
  createStorm,
  daysFromNow,
  IMPORT,
  importProperties,
  INGEST,
  move,
  moving,
  pilotIs,
  RECORD,
  SCORE,
  scoreStorm,
  START_PILOT,
  workedStorm,
} from './storm-builders.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const UNKNOWN_STORM = `storm_${randomUUID().replaceAll('-', '')}`
const UNKNOWN_PILOT = `pilot_${randomUUID().replaceAll('-', '')}`

const IMPORT_EXPERIMENT = `mutation ($input: ImportExperimentInput!, $key: String) {
  importExperiment(input: $input, idempotencyKey: $key) {
    __typename
    ... on ImportExperimentSuccess { rowsAccepted pilot { id } }
    ... on UserError { message }
  }
}`

type Mutation = {
  readonly field: string
  readonly query: string
  /** What must be there before it can succeed, and the input with which it does. */
  readonly prepare: (tenant: TestTenant) => Promise<object>
  /** An input with which it fails in an expected way; null where none does. */
  readonly failing: object | null
  /** Who may, beside the owner. */
  readonly may: 'CREW' | 'ANALYST' | 'ADMIN'
}

const scored = async (owner: Client): Promise<string> => {
  const stormId = await createStorm(owner)
  await importProperties(owner, stormId, [aProperty({ externalId: 'a' })])
  await scoreStorm(owner, stormId)
  return stormId
}

const anEvent = (stormId: string) => ({
  stormId,
  externalId: 'a',
  kind: 'KNOCK',
  at: daysFromNow(-1),
  clientEventId: 'e-1',
})
const anOutcome = { externalId: 'a', converted: true, at: '2099-01-01T00:00:00Z' }

const MUTATIONS: readonly Mutation[] = [
  {
    field: 'createStorm',
    query: CREATE_STORM,
    prepare: async () => aStorm(),
    failing: aStorm({ name: '' }),
    may: 'ANALYST',
  },
  {
    field: 'activateStorm',
    query: moving('activateStorm'),
    prepare: async (tenant) => ({ stormId: await createStorm(tenant.as('OWNER')) }),
    failing: { stormId: UNKNOWN_STORM },
    may: 'ANALYST',
  },
  {
    field: 'completeStorm',
    query: moving('completeStorm'),
    prepare: async (tenant) => {
      const stormId = await createStorm(tenant.as('OWNER'))
      await move(tenant.as('OWNER'), stormId, 'activateStorm')
      return { stormId }
    },
    failing: { stormId: UNKNOWN_STORM },
    may: 'ANALYST',
  },
  {
    field: 'archiveStorm',
    query: moving('archiveStorm'),
    prepare: async (tenant) => {
      const stormId = await createStorm(tenant.as('OWNER'))
      await move(tenant.as('OWNER'), stormId, 'activateStorm')
      await move(tenant.as('OWNER'), stormId, 'completeStorm')
      return { stormId }
    },
    failing: { stormId: UNKNOWN_STORM },
    may: 'ANALYST',
  },
  {
    field: 'restoreStorm',
    query: moving('restoreStorm'),
    prepare: async (tenant) => {
      const stormId = await createStorm(tenant.as('OWNER'))
      for (const verb of ['activateStorm', 'completeStorm', 'archiveStorm'] as const) {
        await move(tenant.as('OWNER'), stormId, verb)
      }
      return { stormId }
    },
    failing: { stormId: UNKNOWN_STORM },
    may: 'ADMIN',
  },
  {
    field: 'createUpload',
    query: CREATE_UPLOAD,
    prepare: async () => ({}),
    failing: null,
    may: 'ANALYST',
  },
  {
    field: 'importProperties',
    query: IMPORT,
    prepare: async (tenant) => ({ stormId: await createStorm(tenant.as('OWNER')), csv: 'external_id\na' }),
    failing: { stormId: UNKNOWN_STORM, csv: 'external_id\na' },
    may: 'ANALYST',
  },
  {
    field: 'scoreStorm',
    query: SCORE,
    prepare: async (tenant) => ({ stormId: await createStorm(tenant.as('OWNER')) }),
    failing: { stormId: UNKNOWN_STORM },
    may: 'ANALYST',
  },
  {
    field: 'applyPolicy',
    query: APPLY,
    prepare: async (tenant) => ({ stormId: await scored(tenant.as('OWNER')), mode: 'MODERATE' }),
    failing: { stormId: UNKNOWN_STORM, mode: 'MODERATE' },
    may: 'ANALYST',
  },
  {
    field: 'recordOutcomes',
    query: RECORD,
    prepare: async (tenant) => ({
      stormId: await workedStorm(tenant, [aProperty({ externalId: 'a' })]),
      outcomes: [{ externalId: 'a', converted: false, at: daysFromNow(-1) }],
    }),
    failing: { stormId: UNKNOWN_STORM, outcomes: [anOutcome] },
    may: 'CREW',
  },
  {
    field: 'ingestJourneyEvents',
    query: INGEST,
    prepare: async (tenant) => ({
      events: [anEvent(await workedStorm(tenant, [aProperty({ externalId: 'a' })]))],
    }),
    failing: { events: [anEvent(UNKNOWN_STORM)] },
    may: 'CREW',
  },
  {
    field: 'startPilot',
    query: START_PILOT,
    prepare: async (tenant) => ({ stormId: await scored(tenant.as('OWNER')), policyMode: 'MODERATE' }),
    failing: { stormId: UNKNOWN_STORM, policyMode: 'MODERATE' },
    may: 'ANALYST',
  },
  {
    field: 'completePilot',
    query: COMPLETE_PILOT,
    prepare: async (tenant) => {
      const owner = tenant.as('OWNER')
      const stormId = await createStorm(owner, { endsAt: daysFromNow(-1) })
      await importProperties(owner, stormId, [aProperty({ externalId: 'a' })])
      await scoreStorm(owner, stormId)
      const { startPilot } = await owner.data(START_PILOT, { input: { stormId, policyMode: 'MODERATE' } })
      await pilotIs(owner, startPilot.pilot.id, 'RUNNING')
      return { pilotId: startPilot.pilot.id }
    },
    failing: { pilotId: UNKNOWN_PILOT },
    may: 'ANALYST',
  },
  {
    field: 'importExperiment',
    query: IMPORT_EXPERIMENT,
    prepare: async () => ({ name: 'Post cards', rows: [{ id: '1', arm: 'TREAT', converted: true }] }),
    failing: { name: '', rows: [] },
    may: 'ANALYST',
  },
]

/** Where an answer names what it made or changed, and not how far that has come since. */
const essence = (answer: any): object => ({
  __typename: answer.__typename,
  ids: JSON.stringify(answer).match(/"id":"[^"]+"/g),
  counts: [answer.recorded, answer.received, answer.rowsAccepted, answer.scored],
})

describe.each(MUTATIONS)('$field', ({ field, query, prepare, failing, may }) => {
  const action = `storms.${field}`

  it('is refused to those who may not, and leaves no line in the audit', async () => {
    const tenant = await world.tenant()
    const input = await prepare(tenant)
    const before = (await auditOf(tenant, action)).length
    for (const role of ['BILLING', 'VIEWER', ...(may === 'CREW' ? [] : (['CREW'] as const))] as const) {
      const { data, errors } = await tenant.as(role).send(query, { input })
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
      expect(data).toBeNull()
    }
    const { data, errors } = await world.anonymous.send(query, { input })
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect(data).toBeNull()
    expect((await auditOf(tenant, action)).length).toBe(before)
  })

  it('is done once for one key, with one line in the audit that says who did it', async () => {
    const tenant = await world.tenant()
    const input = await prepare(tenant)
    const before = (await auditOf(tenant, action)).length
    const client = tenant.as(may)
    const key = `once-${field}`
    const first = (await client.data(query, { input, key }))[field]
    expect(first.__typename).toMatch(/Success$/)
    const again = (await client.data(query, { input, key }))[field]
    expect(essence(again)).toEqual(essence(first))
    const lines = await auditOf(tenant, action)
    expect(lines.length - before).toBe(1)
    expect(lines[0]).toMatchObject({ action, actor: { id: `usr_${may.toLowerCase()}` } })
  })

  it('is done once when one key comes several times at once', async () => {
    const tenant = await world.tenant()
    const input = await prepare(tenant)
    const before = (await auditOf(tenant, action)).length
    const key = `at-once-${field}`
    const answers = await Promise.all(
      [1, 2, 3].map(async () => (await tenant.as('OWNER').data(query, { input, key }))[field]),
    )
    expect(answers.map(essence)).toEqual(answers.map(() => essence(answers[0])))
    expect((await auditOf(tenant, action)).length - before).toBe(1)
  })

  it.skipIf(failing === null)('leaves no line in the audit, and the key free, when it fails', async () => {
    const tenant = await world.tenant()
    const input = await prepare(tenant)
    const before = (await auditOf(tenant, action)).length
    const owner = tenant.as('OWNER')
    const key = `failed-${field}`
    const failed = (await owner.data(query, { input: failing, key }))[field]
    expect(failed.__typename).not.toMatch(/Success$/)
    expect((await auditOf(tenant, action)).length).toBe(before)
    expect((await owner.data(query, { input, key }))[field].__typename).toMatch(/Success$/)
  })

  it.skipIf(field === 'createUpload')('refuses its key for another request', async () => {
    const tenant = await world.tenant()
    const input = await prepare(tenant)
    const owner = tenant.as('OWNER')
    await owner.data(query, { input, key: 'taken' })
    const { createStorm } = await owner.data(CREATE_STORM, { input: aStorm(), key: 'taken' })
    expect(createStorm.__typename).toBe('IdempotencyKeyReused')
  })

  it.each(['', 'x'.repeat(201), 'zero\u0000'])('refuses %j as a key', async (key) => {
    const tenant = await sharedTenant()
    const { errors } = await tenant.as('OWNER').send(query, { input: failing ?? {}, key })
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT')
  })
})

let shared: Promise<TestTenant> | null = null
const sharedTenant = (): Promise<TestTenant> => (shared ??= world.tenant())
