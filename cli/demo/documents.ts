/** The operations of the demo, as a frontend would write them. */

export const PROVISION = `mutation Provision($input: ProvisionTenantInput!, $key: String) {
  provisionTenant(input: $input, idempotencyKey: $key) {
    __typename
    ... on ProvisionTenantSuccess { tenant { id slug name } apiKey { id prefix } secret }
    ... on UserError { message }
  }
}`

export const CREATE_KEY = `mutation CreateKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    __typename
    ... on CreateApiKeySuccess { secret }
    ... on UserError { message }
  }
}`

export const SUSPEND = `mutation Suspend($input: SuspendTenantInput!) {
  suspendTenant(input: $input) {
    __typename
    ... on SuspendTenantSuccess { tenant { id slug name status } }
    ... on UserError { message }
  }
}`

export const REACTIVATE = `mutation Reactivate($input: ReactivateTenantInput!) {
  reactivateTenant(input: $input) {
    __typename
    ... on ReactivateTenantSuccess { tenant { id slug name status } }
    ... on UserError { message }
  }
}`

export const MOVE = `mutation Move($input: MoveTenantInput!) {
  moveTenant(input: $input) {
    __typename
    ... on MoveTenantSuccess { move { id } }
    ... on UserError { message }
  }
}`

export const MOVE_STANDS = `query MoveStands($id: ID!) {
  tenantMove(id: $id) { state error fencedForSeconds tables { name rowCount caughtUpCount } }
}`

export const READY = `query Ready { activeModel(name: "uplift", environment: PRODUCTION) { version } }`

export const CREATE_STORM = `mutation CreateStorm($input: CreateStormInput!, $key: String) {
  createStorm(input: $input, idempotencyKey: $key) {
    __typename
    ... on CreateStormSuccess { storm { id } }
    ... on StormExists { storm { id } }
    ... on UserError { message }
  }
}`

export const IMPORT = `mutation Import($input: ImportPropertiesInput!, $key: String) {
  importProperties(input: $input, idempotencyKey: $key) {
    __typename
    ... on ImportPropertiesSuccess { import { id status rowsAccepted rowsRejected fault } }
    ... on UserError { message }
  }
}`

export const IMPORT_STATUS = `query ImportStatus($id: ID!) {
  propertyImport(id: $id) { id status rowsAccepted rowsRejected fault rejections { line reason } }
}`

export const SCORE = `mutation Score($input: ScoreStormInput!) {
  scoreStorm(input: $input) {
    __typename
    ... on ScoreStormSuccess { scored modelVersion { version } }
    ... on UserError { message }
  }
}`

export const START_PILOT = `mutation StartPilot($input: StartPilotInput!, $key: String) {
  startPilot(input: $input, idempotencyKey: $key) {
    __typename
    ... on StartPilotSuccess { pilot { id } }
    ... on PilotRunning { pilot { id } }
    ... on UserError { message }
  }
}`

export const DECISIONS = `query Decisions($id: ID!, $after: String) {
  storm(id: $id) {
    properties(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { id externalId uplift decision } }
    }
  }
}`

export const EVENTS = `mutation Events($input: IngestJourneyEventsInput!) {
  ingestJourneyEvents(input: $input) {
    __typename
    ... on IngestJourneyEventsSuccess { received repeated }
    ... on UserError { message }
  }
}`

export const OUTCOMES = `mutation Outcomes($input: RecordOutcomesInput!) {
  recordOutcomes(input: $input) {
    __typename
    ... on RecordOutcomesSuccess { recorded }
    ... on UserError { message }
  }
}`

export const COMPLETE_PILOT = `mutation CompletePilot($input: CompletePilotInput!) {
  completePilot(input: $input) {
    __typename
    ... on CompletePilotSuccess { pilot { id status } }
    ... on UserError { message }
  }
}`

export const REPORT = `query Report($id: ID!) {
  pilot(id: $id) {
    status
    report {
      verdict
      reasons
      arms { arm n conversions rate { value } }
      lift { absolute { value low high } pValue }
      money { incrementalConversions incrementalRevenue { minorUnits currency } roi cac { minorUnits currency } }
      inputHash
    }
    reportPdf { url sha256 }
  }
}`
