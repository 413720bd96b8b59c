/** A platform with its Stripe, a clock that a test moves, and invoices to be paid. */
import type { Clock } from '@stormops/chassis/clock'
import type { Database } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId, publicId, PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { Stripe } from 'stripe'
import { collectPayments } from '../../subgraphs/billing/src/jobs/stripe-jobs.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World, WorldOptions } from '../world/world.ts'

export const DAY_MS = 86_400_000

export type MovingClock = Clock & { readonly pass: (days: number) => void }

export const movingClock = (): MovingClock => {
  const start = Date.now()
  let passed = 0
  const begun = performance.now()
  return {
    now: () => new Date(start + passed + Math.floor(performance.now() - begun)),
    pass: (days) => {
      passed += days * DAY_MS
    },
  }
}

export type StripeWorld = World & {
  readonly clock: MovingClock
  readonly data: Database
  readonly queue: Queue
  /** Stripe's own SDK, as somebody at Stripe's dashboard. */
  readonly sdk: Stripe
  /** Runs the schedule once, and waits until the payments that it began have ended. */
  readonly collect: () => Promise<void>
}

export const openStripeWorld = async (options: WorldOptions = {}): Promise<StripeWorld> => {
  const clock = movingClock()
  const world = await openWorld({ ...options, clock })
  const data = await world.database.open()
  const boss = await openBoss(world.database.app, createLog('silent'), 'sends')
  const queue = createQueue(boss)
  const { apiKey, host, port } = world.stripe
  const sdk = new Stripe(apiKey, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false })
  return {
    ...world,
    clock,
    data,
    queue,
    sdk,
    collect: async () => {
      const id = await data.withTenant(PLATFORM_TENANT_ID, (tx) => queue.enqueue(tx, collectPayments, {}))
      await until(async () => (await jobState(world, id)) === 'SUCCEEDED')
      await until(async () => (await unfinished(world, 'billing.collect-payment')) === 0)
    },
    close: async () => {
      await boss.stop({ graceful: false })
      await world.close()
    },
  }
}

const jobsOf = async ({ staff }: Pick<World, 'staff'>, name: string) => {
  const { jobRuns } = await staff.data(
    `query ($name: String!) { jobRuns(filter: { name: $name }, first: 100) { edges { node { id state } } } }`,
    { name },
  )
  return jobRuns.edges.map(({ node }: any) => node)
}

const jobState = async (world: Pick<World, 'staff'>, id: string): Promise<string> => {
  const jobs = await jobsOf(world, collectPayments.name)
  return jobs.find((job: any) => job.id === publicId('job', id))?.state ?? 'QUEUED'
}

export const unfinished = async (world: Pick<World, 'staff'>, name: string): Promise<number> =>
  (await jobsOf(world, name)).filter(({ state }: any) => ['QUEUED', 'RUNNING', 'RETRYING'].includes(state))
    .length

export type OpenInvoice = { readonly uuid: string; readonly id: string; readonly number: string }

let numbers = 0

/** An invoice of $850 in two lines, opened now unless told otherwise. */
export const anOpenInvoice = async (
  { data, clock }: Pick<StripeWorld, 'data' | 'clock'>,
  tenant: TestTenant,
  { month = 1 + (numbers % 12), amounts = [50_000n, 35_000n] }: { month?: number; amounts?: bigint[] } = {},
): Promise<OpenInvoice> => {
  const uuid = newId()
  const number = `T-${process.pid}-${++numbers}`
  const total = amounts.reduce((sum, amount) => sum + amount, 0n)
  const at = clock.now()
  await data.withTenant(tenant.uuid, async (tx) => {
    await tx.change(
      `insert into billing.invoice (tenant_id, id, status, issuer, month, starts_at, ends_at, time_zone, currency,
                                    total, content_hash, created_at)
       values ($1, $2, 'DRAFT', 'stormops', make_date(2025, $3, 1), make_date(2025, $3, 1),
               make_date(2025, $3, 1) + interval '1 month', 'UTC', 'USD', $4, repeat('0', 64), $5)`,
      [tenant.uuid, uuid, month, total, at],
    )
    for (const [place, amount] of amounts.entries()) {
      await tx.change(
        `insert into billing.invoice_line (tenant_id, invoice_id, position, kind, metric, tier, version, catalogue,
                                           description, quantity, amount)
         values ($1, $2, $3, $4, $5, 'STANDARD', 1, 'stormops', $6, 1, $7)`,
        [
          tenant.uuid,
          uuid,
          place + 1,
          place === 0 ? 'BASE' : 'USAGE',
          place === 0 ? null : 'MODEL_CALLS',
          `Line ${place + 1}`,
          amount,
        ],
      )
    }
    await tx.change(
      `update billing.invoice set status = 'OPEN', number = $3, finalized_at = $4, due_at = $4
        where tenant_id = $1 and id = $2`,
      [tenant.uuid, uuid, number, at],
    )
  })
  return { uuid, id: publicId('inv', uuid), number }
}

export const statusOf = async (
  { data }: Pick<StripeWorld, 'data'>,
  tenant: TestTenant,
  invoice: OpenInvoice,
): Promise<string> => {
  const [row] = await data.withTenant(tenant.uuid, (tx) =>
    tx.rows<{ status: string }>(`select status from billing.invoice where id = $1`, [invoice.uuid]),
  )
  return row?.status ?? ''
}

export const attemptsOf = ({ data }: Pick<StripeWorld, 'data'>, tenant: TestTenant, invoice: OpenInvoice) =>
  data.withTenant(tenant.uuid, (tx) =>
    tx.rows<{ attempt: number; source: string; state: string; code: string | null }>(
      `select attempt, source, state, failure_code as code from billing.payment_attempt
        where invoice_id = $1 order by attempt`,
      [invoice.uuid],
    ),
  )

const CHECKOUT = `mutation ($input: CreateCheckoutInput!, $key: String) {
  createCheckout(input: $input, idempotencyKey: $key) {
    __typename ... on CreateCheckoutSuccess { url } ... on InvalidInput { field } ... on UserError { message }
  }
}`

export const A_CHECKOUT = {
  tier: 'STANDARD',
  successUrl: 'https://app.example.com/done',
  cancelUrl: 'https://app.example.com/',
}

export const createCheckout = async (client: Client, over: object = {}, key: string | null = null) =>
  (await client.data(CHECKOUT, { input: { ...A_CHECKOUT, ...over }, key })).createCheckout

/** The session that a page of the loopback is of. */
export const sessionIn = (url: string): string => url.split('/').at(-1) ?? ''

/** Goes through a checkout, so that the company is known to Stripe and has a card. */
export const withCard = async (world: StripeWorld, tenant: TestTenant): Promise<string> => {
  const { url } = await createCheckout(tenant.as('OWNER'))
  world.stripe.control.completeCheckout(sessionIn(url))
  const customer = await customerOf(world, tenant)
  await until(async () => {
    const { invoice_settings: settings } = await retrieveCustomer(world, customer)
    return settings.default_payment_method !== null
  })
  await handled(world)
  return customer
}

const retrieveCustomer = async ({ sdk }: StripeWorld, id: string): Promise<Stripe.Customer> => {
  const customer = await sdk.customers.retrieve(id)
  if (customer.deleted) throw new Error(`${id} is gone.`)
  return customer
}

export const customerOf = async ({ data }: StripeWorld, tenant: TestTenant): Promise<string> => {
  const [row] = await data.withTenant(tenant.uuid, (tx) =>
    tx.rows<{ id: string }>(`select customer_id as id from billing.stripe_customer`),
  )
  return row?.id ?? ''
}

/** Waits until everything that Stripe told was handled, or given up. */
export const handled = async (world: Pick<World, 'staff' | 'stripe'>): Promise<void> => {
  await world.stripe.control.whenDelivered()
  await until(async () => (await unfinished(world, 'billing.handle-stripe-event')) === 0)
}

const PAY = `mutation ($id: ID!, $key: String) {
  payInvoice(input: { invoiceId: $id }, idempotencyKey: $key) {
    __typename
    ... on PayInvoiceSuccess { attempt }
    ... on PaymentDeclined { attempt declineCode message }
    ... on PaymentPending { attempt }
    ... on UserError { message }
  }
}`

export const pay = async (client: Client, { id }: OpenInvoice, key: string | null = null) =>
  (await client.data(PAY, { id, key })).payInvoice

export const tenantStatus = async (tenant: TestTenant): Promise<string> =>
  (await tenant.as('OWNER').data(`{ tenant { status } }`)).tenant.status

/** Charges that went through, of one customer, by invoice of ours. */
export const chargesOf = async ({ sdk }: StripeWorld, customer: string): Promise<readonly number[]> => {
  const intents = await sdk.paymentIntents.list({ customer, limit: 100 })
  return intents.data.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount)
}
