/** Payments, put together: what is asked of Stripe, what Stripe tells, and what is done about both. */
import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { failpoint } from '@stormops/chassis/failpoint'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import type { ServiceOptions } from '@stormops/chassis/service'
import type { CountWebhook } from '@stormops/chassis/telemetry/webhook-metrics'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import {
  billingRecipients,
  liftDebtSuspension,
  suspendForDebt,
  tenantProfile,
  writeAudit,
} from '@stormops/tenancy/port'
import { allKnown, allToCollect, keepInAllCells, tenantOfCustomer } from './all-cells.ts'
import { chargeInvoice } from './commands/charge-invoice.ts'
import { portalAddress } from './commands/create-billing-portal.ts'
import { checkoutAddress } from './commands/create-checkout.ts'
import type { StripeKnown } from './commands/reconcile-known.ts'
import { reconcileWithStripe } from './commands/reconcile-stripe.ts'
import { newestOffered } from './commands/stripe-work.ts'
import type { StripeWork } from './commands/stripe-work.ts'
import type { BillingStores, PaymentsAtStripe, Webhooks } from './context.ts'
import type { Reconciliation } from './domain/reconciliation.ts'
import type { WebhookTally } from './domain/webhook-failures.ts'
import { collectPaymentHandler, collectPaymentsHandler } from './jobs/collect-payments.ts'
import { handleStripeEventHandler, STRIPE_ENDPOINT } from './jobs/handle-stripe-event.ts'
import type { Inbox } from './jobs/handle-stripe-event.ts'
import { reconcileStripeHandler } from './jobs/reconcile-stripe.ts'
import { sendPaymentNoticeHandler } from './jobs/send-payment-notice.ts'
import type { NoticeDependencies } from './jobs/send-payment-notice.ts'
import { handleStripeEvent } from './jobs/stripe-jobs.ts'
import { webhookProbe } from './jobs/webhook-probe.ts'
import type { BillingPorts, StripeClient } from './ports.ts'
import { planCatalogue } from './store/plan-store.ts'
import { keepReconciliation, pageOfReconciliations } from './store/reconciliation-store.ts'
import { keepPrice, maybePrice } from './store/stripe-lookup.ts'
import {
  keepEvent,
  leftEvents,
  maybeEvent,
  pageOfEvents,
  settleEvent,
  webhookTally,
} from './store/webhook-store.ts'

export type Payments = {
  /** What resolvers ask of Stripe; null where payments are not configured, as with everything else that is null. */
  readonly atStripe: PaymentsAtStripe | null
  readonly webhooks: Webhooks
  readonly jobs: readonly JobHandler[]
  readonly probes: readonly PlatformProbe[]
  /**
   * Takes a webhook: it is kept, and handled by a job, before this returns. Throws BAD_INPUT for one that Stripe did
   * not sign just now.
   */
  readonly receive: ((body: Uint8Array, signature: string) => Promise<void>) | null
  readonly reconcile: ((dryRun: boolean) => Promise<Reconciliation>) | null
}

export type PaymentParts = {
  readonly database: Database
  readonly options: ServiceOptions
  readonly ports: BillingPorts
  readonly stores: (tx: Tx) => BillingStores
}

export const openPayments = (parts: PaymentParts): Payments => {
  const { database, options, ports } = parts
  const count = options.telemetry?.countWebhook ?? (() => undefined)
  const work = ports.stripe === null ? null : workOf(parts, ports.stripe)
  const reconcile =
    work === null
      ? null
      : (dryRun: boolean) => reconcileWithStripe(work, knownOf(parts), options.newId, dryRun)
  return {
    atStripe: work === null ? null : atStripeOf(work),
    webhooks: {
      maybe: (eventId) => database.withPlatform((tx) => maybeEvent(tx, eventId)),
      page: (page, filter) => database.withPlatform((tx) => pageOfEvents(tx, page, filter)),
      reconciliations: (page) => database.withPlatform((tx) => pageOfReconciliations(tx, page)),
    },
    jobs: [
      handleStripeEventHandler(inboxOf(database), work, { clock: options.clock, count }),
      collectPaymentsHandler((now) => allToCollect(database, options.log, now), work),
      collectPaymentHandler(work),
      sendPaymentNoticeHandler(noticesOf(parts)),
      reconcileStripeHandler(reconcile),
    ],
    probes: [webhookProbe(() => tallyOf(database, options))],
    receive: work === null ? null : receiver(work, count),
    reconcile,
  }
}

const workOf = ({ database, options, ports, stores }: PaymentParts, stripe: StripeClient): StripeWork => ({
  database,
  stripe,
  stores,
  queue: options.queue,
  clock: options.clock,
  log: options.log,
  writeAudit,
  company: { name: async (tx) => (await tenantProfile(tx)).name, recipients: billingRecipients },
  debts: { suspend: suspendForDebt, lift: liftDebtSuspension },
  planChanged: ports.planChanged,
  prices: {
    plans: planCatalogue,
    maybe: maybePrice,
    keep: (plan, price) => keepInAllCells(database, (tx) => keepPrice(tx, plan, price)),
  },
})

const HOUR_MS = 3_600_000

const tallyOf = (database: Database, { clock }: ServiceOptions): Promise<WebhookTally> =>
  database.withPlatform((tx) => webhookTally(tx, new Date(clock.now().getTime() - HOUR_MS)))

const atStripeOf = (work: StripeWork): PaymentsAtStripe => ({
  newestPlan: (tier) => newestOffered(work, tier),
  checkoutAddress: (tenantId, checkout) => checkoutAddress(work, tenantId, checkout),
  portalAddress: (tenantId, returnUrl) => portalAddress(work, tenantId, returnUrl),
  charge: async (tenantId, invoiceId, attempt) => {
    await chargeInvoice(work, tenantId, invoiceId, attempt)
  },
})

const inboxOf = (database: Database): Inbox => ({
  find: (eventId) => database.withPlatform((tx) => maybeEvent(tx, eventId)),
  settle: (settled) => database.withLedger((tx) => settleEvent(tx, settled)),
  tenantOf: (customerId) => tenantOfCustomer(database, customerId),
})

/**
 * Kept first, and then handed to the queue, each in a transaction of its own role. Who ends in between has not
 * answered, so Stripe delivers again.
 */
const receiver =
  ({ database, stripe, clock, queue }: StripeWork, count: CountWebhook) =>
  async (body: Uint8Array, signature: string): Promise<void> => {
    const now = clock.now()
    const news = readOrCount(() => stripe.readEvent(body, signature, now), count)
    const state = await database.withLedger((tx) => keepEvent(tx, news, now))
    if (state !== 'RECEIVED') return
    await failpoint('billing.webhook.kept')
    await database.withTenant(PLATFORM_TENANT_ID, (tx) =>
      queue.enqueue(tx, handleStripeEvent, { eventId: news.eventId }),
    )
  }

const readOrCount = <News>(read: () => News, count: CountWebhook): News => {
  try {
    return read()
  } catch (cause) {
    count(STRIPE_ENDPOINT, 'refused')
    throw cause
  }
}

const noticesOf = ({ database, ports, stores }: PaymentParts): NoticeDependencies => ({
  inTenant: database.withTenant,
  noted: async (tx, invoiceId) => {
    const { payments, stripe } = stores(tx)
    const invoice = await payments.maybeInvoice(invoiceId)
    if (invoice === null) return null
    return {
      invoice,
      company: (await tenantProfile(tx)).name,
      attempts: await payments.attempts(invoiceId),
      customerId: await stripe.maybeCustomer(),
      stripeInvoiceId: (await stripe.maybeInvoice(invoiceId))?.stripeInvoiceId ?? null,
    }
  },
  recipients: billingRecipients,
  ...ports,
})

const knownOf = ({ database, options: { clock, queue } }: PaymentParts): StripeKnown => ({
  ...allKnown(database, () => clock.now()),
  leftEvents: (before) => database.withPlatform((tx) => leftEvents(tx, before)),
  handleAgain: (eventId) =>
    database.withTenant(PLATFORM_TENANT_ID, (tx) => queue.enqueue(tx, handleStripeEvent, { eventId })),
  keep: (reconciliation) => database.withLedger((tx) => keepReconciliation(tx, reconciliation)),
})
