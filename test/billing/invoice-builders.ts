/** Months of companies for tests: what was used is written straight into the ledger, and asked for through the graph. */
import type { Database } from '@stormops/chassis/database/database'
import { newId } from '@stormops/chassis/values/ids'
import { writeUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import type { TenantUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'

/** When these tests happen: October is over, and November runs. */
export const NOW = new Date('2026-11-20T12:00:00Z')
export const OCTOBER = { periodStart: '2026-10-01', periodEnd: '2026-11-01' }
export const IN_OCTOBER = new Date('2026-10-15T12:00:00Z')

export const aUsage = (tenantId: string, over: Partial<TenantUsage> = {}): TenantUsage => ({
  tenantId,
  eventId: newId(),
  clientEventId: null,
  metric: 'STORMS',
  quantity: 1n,
  occurredAt: IN_OCTOBER,
  source: 'test',
  subject: null,
  corrects: null,
  detail: null,
  ...over,
})

type Metric = TenantUsage['metric']

/** So much of each metric, at one instant. */
export const use = async (
  database: Database,
  tenant: Pick<TestTenant, 'uuid'>,
  quantities: Partial<Record<Metric, number>>,
  occurredAt: Date = IN_OCTOBER,
): Promise<void> => {
  const records = Object.entries(quantities).map(([metric, quantity]) =>
    // The keys of the record above.
    aUsage(tenant.uuid, { metric: metric as Metric, quantity: BigInt(quantity), occurredAt }),
  )
  await database.withTenant(tenant.uuid, (tx) => writeUsage(tx, records, NOW))
}

/** The month of the price list's own example, which is $850. */
export const EXAMPLE = { STORMS: 7, PROPERTIES: 6_000, MODEL_CALLS: 15_000 }

export const INVOICE = `id number status periodStartsOn nextPeriodStartsOn startsAt endsAt currency
  lines { kind metric description quantity included unitPrice { minorUnits currency } unitSize amount { minorUnits currency } }
  base { minorUnits } overage { minorUnits } total { minorUnits currency } credited { minorUnits } amountDue { minorUnits }
  createdAt finalizedAt dueAt paidAt voidedAt creditNotes { number amount { minorUnits currency } reason } contentHash`

const mutation = (name: string, success: string, errors = ''): string => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return `mutation ($input: ${type}Input!, $key: String) {
    ${name}(input: $input, idempotencyKey: $key) {
      __typename ... on ${type}Success { ${success} } ... on UserError { message }
      ... on InvalidInput { field } ${errors}
    }
  }`
}

const withoutInvalid = (document: string): string => document.replace('... on InvalidInput { field }', '')
const STATUS = '... on InvoiceStatusConflict { status }'
const CREATE = mutation(
  'createInvoice',
  `invoice { ${INVOICE} }`,
  `... on InvoicePeriodTaken { invoice { id number } }`,
)
const FINALIZE = withoutInvalid(
  mutation('finalizeInvoice', `invoice { ${INVOICE} }`, `... on InvoicePeriodRunning { endsAt } ${STATUS}`),
)
const VOID = mutation('voidInvoice', `invoice { ${INVOICE} }`, STATUS)
const CREDIT = mutation(
  'creditInvoice',
  `creditNote { number amount { minorUnits currency } reason } invoice { ${INVOICE} }`,
  `... on CreditTooLarge { creditable { minorUnits currency } } ${STATUS}`,
)

export const createInvoice = async (client: Client, input: object = OCTOBER): Promise<any> =>
  (await client.data(CREATE, { input })).createInvoice

export const finalizeInvoice = async (client: Client, invoiceId: string): Promise<any> =>
  (await client.data(FINALIZE, { input: { invoiceId } })).finalizeInvoice

export const voidInvoice = async (client: Client, input: object): Promise<any> =>
  (await client.data(VOID, { input: { reason: 'Counted twice', ...input } })).voidInvoice

export const creditInvoice = async (client: Client, input: object): Promise<any> =>
  (await client.data(CREDIT, { input: { reason: 'A storm that was none', ...input } })).creditInvoice

/** Drafts October, gives it a number, and returns the invoice. */
export const openInvoice = async (client: Client): Promise<any> => {
  const { invoice } = await createInvoice(client)
  const answer = await finalizeInvoice(client, invoice.id)
  if (answer.__typename !== 'FinalizeInvoiceSuccess') throw new Error(JSON.stringify(answer))
  return answer.invoice
}

/** Puts a company that was just opened into other days, or on other plans. */
export const moved = async (
  world: World,
  { uuid }: TestTenant,
  { timeZone, openedAt }: { readonly timeZone?: string; readonly openedAt?: string },
): Promise<void> => {
  const rows: Rows = await openRows(world.database.admin)
  try {
    await rows.many(
      `update billing.account set time_zone = coalesce($2, time_zone), opened_at = coalesce($3, opened_at) where tenant_id = $1`,
      [uuid, timeZone ?? null, openedAt ?? null],
    )
    if (openedAt !== undefined) {
      await rows.many(`update billing.subscription set starts_at = $2 where tenant_id = $1`, [uuid, openedAt])
    }
  } finally {
    await rows.close()
  }
}
