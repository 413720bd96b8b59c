/** A company that has used all of the platform, so that every table has a row of it and every kind of thing an id. */
import {
  aProperty,
  CREATE_UPLOAD,
  createStorm,
  daysFromNow,
  importCsv,
  ingest,
  move,
  pilotIs,
  propertiesOf,
  recordOutcomes,
  scoreStorm,
  START_PILOT,
} from '../storms/storm-builders.ts'
import { usePayments } from '../billing/payment-builders.ts'
import type { Paid } from '../billing/payment-builders.ts'
import { createInvoice, creditInvoice, finalizeInvoice } from '../billing/invoice-builders.ts'
import { publish } from '../tenancy/operation-builders.ts'
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { until } from '@stormops/chassis/testing/until'

/** Public ids, one of every kind that a client can hold. */
export type Everything = Paid & {
  readonly tenant: string
  /** In planning: a stranger's request that went through would change it. */
  readonly plannedStorm: string
  readonly storm: string
  readonly property: string
  readonly externalId: string
  readonly propertyImport: string
  readonly upload: string
  readonly uploadWithFile: string
  readonly runningPilot: string
  readonly pilot: string
  readonly modelVersion: string
  readonly job: string
  readonly apiKey: string
  readonly impersonation: string
  readonly persistedOperation: string
  readonly usageEvent: string
  /** Of the month before this one, with a number and a credit note. */
  readonly invoice: string
  /** Of the running month. */
  readonly draftInvoice: string
}

/** Enough that a tenth of them, kept back as the control, is not nobody. */
const PROPERTIES = 60

const aFewProperties = () =>
  Array.from({ length: PROPERTIES }, (_, place) => aProperty({ externalId: `P-${place}`, zip: '75001' }))

/** `staff` have acted in its place, and looked into it. */
export const useEverything = async (tenant: TestTenant, staff: Client): Promise<Everything> => {
  const owner = tenant.as('OWNER')
  const plannedStorm = await createStorm(owner)
  const storm = await createStorm(owner)
  const csv = toCsv([...aFewProperties(), aProperty({ externalId: 'P-0' })])
  const { import: imported } = await importCsv(owner, storm, csv)
  await importCsv(owner, plannedStorm, toCsv([aProperty({ externalId: 'P-0' })]))
  await scoreStorm(owner, storm)
  const runningPilot = await startPilot(owner, storm)
  const { status } = (await owner.data(`query ($id: ID!) { storm(id: $id) { status } }`, { id: storm })).storm
  if (status === 'PLANNING') await move(owner, storm, 'activateStorm')
  await ingest(owner, [
    { stormId: storm, externalId: 'P-0', kind: 'KNOCK', at: daysFromNow(-1), clientEventId: 'knock-1' },
  ])
  await recordOutcomes(owner, storm, [{ externalId: 'P-0', converted: false, at: daysFromNow(-1) }])
  const pilot = await importExperiment(owner)
  const { createUpload } = await owner.data(CREATE_UPLOAD, { key: 'an-upload' })
  const { createUpload: withFile } = await owner.data(CREATE_UPLOAD)
  await fetch(withFile.upload.url, { method: 'PUT', body: csv, headers: { 'content-type': 'text/csv' } })
  const [property] = await propertiesOf(owner, storm)
  const usageEvent = await reportUsage(owner)
  const { activeModel, jobRuns } = await owner.data(`{
    activeModel(name: "uplift", environment: PRODUCTION) { id }
    jobRuns(first: 1) { edges { node { id } } }
  }`)
  return {
    tenant: tenant.id,
    plannedStorm,
    storm,
    property: property?.id ?? '',
    externalId: property?.externalId ?? '',
    propertyImport: imported.id,
    upload: createUpload.upload.id,
    uploadWithFile: withFile.upload.id,
    runningPilot,
    pilot,
    modelVersion: activeModel.id,
    job: jobRuns.edges[0].node.id,
    ...(await useAccess(tenant, staff)),
    usageEvent,
    ...(await usePayments(tenant, staff)),
    ...(await useInvoices(owner, staff)),
    persistedOperation: await publishOperation(owner),
  }
}

const useAccess = async (tenant: TestTenant, staff: Client) => {
  const { apiKeys } = await tenant.as('OWNER').data(`{ apiKeys(first: 1) { edges { node { id } } } }`)
  const { startImpersonation } = await staff.data(
    `mutation ($input: StartImpersonationInput!) {
      startImpersonation(input: $input) { ... on StartImpersonationSuccess { impersonation { id } } }
    }`,
    { input: { tenantId: tenant.id, role: 'VIEWER', reason: 'A test of everything there is' } },
  )
  await staff.data(`{ tenants(first: 100) { edges { node { internals { memberCount } } } } }`)
  return { apiKey: apiKeys.edges[0].node.id, impersonation: startImpersonation.impersonation.id }
}

const startPilot = async (owner: Client, stormId: string): Promise<string> => {
  const { startPilot: answer } = await owner.data(START_PILOT, {
    input: { stormId, policyMode: 'AGGRESSIVE' },
  })
  if (answer.__typename !== 'StartPilotSuccess') throw new Error(JSON.stringify(answer))
  await pilotIs(owner, answer.pilot.id, 'RUNNING')
  return answer.pilot.id
}

const publishOperation = async (owner: Client): Promise<string> => {
  const { operations } = await publish(owner, ['query WhoAmI { viewer { actor { id } } }'])
  return operations[0].id
}

const importExperiment = async (owner: Client): Promise<string> => {
  const rows = Array.from({ length: PROPERTIES }, (_, place) => ({
    id: `E-${place}`,
    arm: place % 2 === 0 ? 'TREAT' : 'CONTROL',
    converted: place % 3 === 0,
  }))
  const { importExperiment: answer } = await owner.data(
    `mutation ($input: ImportExperimentInput!) {
      importExperiment(input: $input) { __typename ... on ImportExperimentSuccess { pilot { id } } ... on UserError { message } }
    }`,
    { input: { name: 'Last spring', rows } },
  )
  if (answer.__typename !== 'ImportExperimentSuccess') throw new Error(JSON.stringify(answer))
  await pilotIs(owner, answer.pilot.id, 'COMPLETED')
  return answer.pilot.id
}

/** Waits until no job of the company is under way and its audit is sealed, so that nothing moves while a test compares. */
export const quiet = (tenant: TestTenant): Promise<void> =>
  until(async () => {
    const { jobRuns, auditChain } = await tenant
      .as('OWNER')
      .data(`{ jobRuns(first: 100) { edges { node { state } } } auditChain { unsealed } }`)
    const ended = jobRuns.edges.every(({ node }: any) =>
      ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(node.state),
    )
    return ended && auditChain.unsealed === 0
  })

/** Marks the news of usage as told: the job that looks for it every minute would change rows while a test compares. */
export const tellNothing = async ({ database }: World, { uuid }: TestTenant): Promise<void> => {
  const { withTenant } = await database.open()
  await withTenant(uuid, (tx) =>
    tx.change(`update billing.usage_notice set queued_at = coalesce(queued_at, now()) where tenant_id = $1`, [
      uuid,
    ]),
  )
}

/** Nearly all that the plan includes, so that the company is told of it. */
const reportUsage = async (owner: Client): Promise<string> => {
  const { recordUsage } = await owner.data(
    `mutation ($input: RecordUsageInput!) {
      recordUsage(input: $input) { ... on RecordUsageSuccess { event { id } } }
    }`,
    { input: { metric: 'MODEL_CALLS', quantity: 9_000, clientEventId: 'model-calls-elsewhere' } },
  )
  return recordUsage.event.id
}

const monthFromNow = (months: number): string => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months)).toISOString().slice(0, 10)
}

const useInvoices = async (owner: Client, staff: Client) => {
  const draft = async (month: number): Promise<string> => {
    const input = { periodStart: monthFromNow(month), periodEnd: monthFromNow(month + 1) }
    return (await createInvoice(owner, input)).invoice.id
  }
  const invoice = await draft(-1)
  await finalizeInvoice(owner, invoice)
  await creditInvoice(staff, { invoiceId: invoice, amount: { minorUnits: 1, currency: 'USD' } })
  return { invoice, draftInvoice: await draft(0) }
}
