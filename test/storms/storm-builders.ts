/** Storms as tests need them: each builder takes only the one thing a test is about. */
import { FEATURE_COLUMNS } from '../../subgraphs/storms/src/domain/feature-columns.ts'
import type { PropertyRow } from '../../subgraphs/storms/src/import/read-properties.ts'
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import type { Client, TestTenant } from '../world/world.ts'
import { until } from '@stormops/chassis/testing/until'

const DAY_MS = 86_400_000

/** As the graph writes an instant. */
export const daysFromNow = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString()

let numbers = 0

/** A storm whose work began twenty days ago and goes on for ten more. */
export const aStorm = (change: object = {}) => ({
  eventId: `hail-${++numbers}`,
  name: 'Hail of the plains',
  startsAt: daysFromNow(-20),
  endsAt: daysFromNow(10),
  ...change,
})

/** A roof of which the eight features that the reference model reads are known. */
export const aProperty = (change: Partial<PropertyRow> = {}): PropertyRow => ({
  externalId: `P-${++numbers}`,
  address: null,
  city: null,
  state: null,
  zip: null,
  persona: null,
  ownerName: null,
  ownerPhone: null,
  ownerEmail: null,
  latitude: null,
  longitude: null,
  suppressed: null,
  features: [15, 1.5, 60, 300, 2300, 2, 0, 1, null, null],
  ...change,
})

export const NOTHING_KNOWN = FEATURE_COLUMNS.map(() => null)

export const CREATE_STORM = `mutation ($input: CreateStormInput!, $key: String) {
  createStorm(input: $input, idempotencyKey: $key) {
    __typename
    ... on CreateStormSuccess { storm { id eventId name status startsAt endsAt propertyCount policy { mode } } }
    ... on StormExists { message storm { id eventId } }
    ... on InvalidInput { field message }
    ... on UserError { message }
  }
}`
export const IMPORT = `mutation ($input: ImportPropertiesInput!, $key: String) {
  importProperties(input: $input, idempotencyKey: $key) {
    __typename
    ... on ImportPropertiesSuccess {
      import { id status rowsAccepted rowsRejected fault endedAt rejections(first: 1000) { line reason } storm { id propertyCount } }
    }
    ... on FileRefused { code message }
    ... on InvalidInput { field message }
    ... on WrongStormStatus { status }
    ... on NotFound { id }
    ... on UserError { message }
  }
}`
export const SCORE = `mutation ($input: ScoreStormInput!, $key: String) {
  scoreStorm(input: $input, idempotencyKey: $key) {
    __typename
    ... on ScoreStormSuccess { scored modelVersion { id } storm { id } }
    ... on WrongStormStatus { status }
    ... on PolicyFrozen { mode }
    ... on NotFound { id }
    ... on UserError { message }
  }
}`
export const APPLY = `mutation ($input: ApplyPolicyInput!, $key: String) {
  applyPolicy(input: $input, idempotencyKey: $key) {
    __typename
    ... on ApplyPolicySuccess {
      decisions { treat hold excluded treatShare }
      storm { id policy { mode appliedAt frozen decisions { treat hold excluded treatShare } } }
    }
    ... on WrongStormStatus { status }
    ... on PolicyFrozen { mode }
    ... on NotFound { id }
    ... on UserError { message }
  }
}`
export const moving = (verb: 'activateStorm' | 'completeStorm' | 'archiveStorm' | 'restoreStorm'): string => `
  mutation ($input: MoveStormInput!, $key: String) {
    ${verb}(input: $input, idempotencyKey: $key) {
      __typename
      ... on MoveStormSuccess { storm { id status } }
      ... on WrongStormStatus { message status }
      ... on NotFound { id }
      ... on UserError { message }
    }
  }`
export const RECORD = `mutation ($input: RecordOutcomesInput!, $key: String) {
  recordOutcomes(input: $input, idempotencyKey: $key) {
    __typename
    ... on RecordOutcomesSuccess { recorded storm { id } }
    ... on OutcomesRefused { message rejections { index reason } }
    ... on WrongStormStatus { status }
    ... on NotFound { id }
    ... on InvalidInput { field message }
    ... on UserError { message }
  }
}`
export const INGEST = `mutation ($input: IngestJourneyEventsInput!, $key: String) {
  ingestJourneyEvents(input: $input, idempotencyKey: $key) {
    __typename
    ... on IngestJourneyEventsSuccess { received repeated }
    ... on OutcomesRefused { message rejections { index reason } }
    ... on InvalidInput { field message }
    ... on UserError { message }
  }
}`
export const CREATE_UPLOAD = `mutation ($key: String) {
  createUpload(idempotencyKey: $key) {
    __typename
    ... on CreateUploadSuccess { upload { id url expiresAt } }
    ... on UserError { message }
  }
}`
export const START_PILOT = `mutation ($input: StartPilotInput!, $key: String) {
  startPilot(input: $input, idempotencyKey: $key) {
    __typename
    ... on StartPilotSuccess { pilot { id name kind status policyMode storm { id status } } }
    ... on PilotRunning { message pilot { id } }
    ... on WrongStormStatus { status }
    ... on PolicyFrozen { mode }
    ... on NotFound { id }
    ... on InvalidInput { field message }
    ... on UserError { message }
  }
}`
export const COMPLETE_PILOT = `mutation ($input: CompletePilotInput!, $key: String) {
  completePilot(input: $input, idempotencyKey: $key) {
    __typename
    ... on CompletePilotSuccess { pilot { id status } }
    ... on PilotTooEarly { message treatOutcomesMissing controlOutcomesMissing }
    ... on NotFound { id }
    ... on UserError { message }
  }
}`

export const createStorm = async (client: Client, change: object = {}): Promise<string> => {
  const { createStorm } = await client.data(CREATE_STORM, { input: aStorm(change) })
  if (createStorm.__typename !== 'CreateStormSuccess') throw new Error(JSON.stringify(createStorm))
  return createStorm.storm.id
}

export const importCsv = async (client: Client, stormId: string, csv: string): Promise<any> =>
  (await client.data(IMPORT, { input: { stormId, csv } })).importProperties

/** Every property must be taken. */
export const importProperties = async (
  client: Client,
  stormId: string,
  properties: readonly PropertyRow[],
): Promise<void> => {
  const answer = await importCsv(client, stormId, toCsv(properties))
  if (answer.import?.rowsAccepted !== properties.length) throw new Error(JSON.stringify(answer))
}

export const scoreStorm = async (client: Client, stormId: string): Promise<any> =>
  (await client.data(SCORE, { input: { stormId } })).scoreStorm

export const applyPolicy = async (client: Client, stormId: string, mode: string): Promise<any> =>
  (await client.data(APPLY, { input: { stormId, mode } })).applyPolicy

export const recordOutcomes = async (
  client: Client,
  stormId: string,
  outcomes: readonly object[],
): Promise<any> => (await client.data(RECORD, { input: { stormId, outcomes } })).recordOutcomes

export const ingest = async (client: Client, events: readonly object[]): Promise<any> =>
  (await client.data(INGEST, { input: { events } })).ingestJourneyEvents

export const move = async (
  client: Client,
  stormId: string,
  verb: Parameters<typeof moving>[0],
): Promise<any> => (await client.data(moving(verb), { input: { stormId } }))[verb]

/** A storm whose properties are loaded, scored and decided over, with the crews at work. */
export const workedStorm = async (
  tenant: TestTenant,
  properties: readonly PropertyRow[],
  { mode = 'AGGRESSIVE', storm = {} }: { readonly mode?: string; readonly storm?: object } = {},
): Promise<string> => {
  const owner = tenant.as('OWNER')
  const stormId = await createStorm(owner, storm)
  await importProperties(owner, stormId, properties)
  await scoreStorm(owner, stormId)
  const applied = await applyPolicy(owner, stormId, mode)
  if (applied.__typename !== 'ApplyPolicySuccess') throw new Error(JSON.stringify(applied))
  await move(owner, stormId, 'activateStorm')
  return stormId
}

/** Sends a file to a new upload, and returns the upload's id. */
export const upload = async (client: Client, body: string | Uint8Array<ArrayBuffer>): Promise<string> => {
  const { createUpload } = await client.data(CREATE_UPLOAD)
  const response = await put(createUpload.upload.url, body)
  if (response.status !== 201) throw new Error(await response.text())
  return createUpload.upload.id
}

export const put = (url: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(url, { method: 'PUT', body, headers: { 'content-type': 'text/csv' } })

export type SeenProperty = {
  readonly id: string
  readonly externalId: string
  readonly uplift: number | null
  readonly decision: string | null
  readonly decisionReason: string | null
  readonly suppressed: string | null
  readonly zip: string | null
  readonly persona: string | null
  readonly outcome: {
    readonly converted: boolean
    readonly value: { readonly minorUnits: number; readonly currency: string } | null
    readonly at: string
  } | null
}

/** Every property of the storm as the graph shows it, page by page. */
export const propertiesOf = async (client: Client, stormId: string): Promise<SeenProperty[]> => {
  const seen: SeenProperty[] = []
  let after: string | null = null
  do {
    const data: any = await client.data(
      `query ($id: ID!, $after: String) {
        storm(id: $id) {
          properties(first: 100, after: $after) {
            edges { node { id externalId uplift decision decisionReason suppressed zip persona outcome { converted value { minorUnits currency } at } } }
            pageInfo { hasNextPage endCursor }
          }
        }
      }`,
      { id: stormId, after },
    )
    const { edges, pageInfo } = data.storm.properties
    seen.push(...edges.map((edge: { node: SeenProperty }) => edge.node))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  return seen
}

export const pilotIs = async (client: Client, pilotId: string, status: string): Promise<void> =>
  until(async () => {
    const { pilot } = await client.data(
      `query ($id: ID!) { pilot(id: $id) { status steps { name status error } } }`,
      { id: pilotId },
    )
    if (pilot.status === 'FAILED' && status !== 'FAILED') throw new Error(JSON.stringify(pilot))
    return pilot.status === status
  })

/** Lines of the audit for one action, newest first. */
export const auditOf = async (tenant: TestTenant, action: string): Promise<any[]> => {
  const { auditEvents } = await tenant
    .as('OWNER')
    .data(`{ auditEvents(first: 100) { edges { node { action subjectKind subjectId actor { id } } } } }`)
  return auditEvents.edges.map((edge: any) => edge.node).filter((line: any) => line.action === action)
}
