/** Everything billing is made of, from the database up to its graph. */
import { fileURLToPath } from 'node:url'
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import type { Tx } from '@stormops/chassis/database/transaction'
import type { MigrationSource } from '@stormops/chassis/database/migrate'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { eventIds } from '@stormops/chassis/values/event-ids'
import type { NewId } from '@stormops/chassis/values/ids'
import { requireStanding, tenantProfile, writeAudit } from '@stormops/tenancy/port'
import { allWithNotices, closeAllMonths, readAllRevenue, recordUsageOfAll, usageOfAll } from './all-cells.ts'
import type { BillingContext, BillingStores, InCompany } from './context.ts'
import { plansOfferedAt } from './domain/plan.ts'
import type { PlanTier } from './domain/plan.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { invoicing } from './invoicing.ts'
import { closeMonthHandler } from './jobs/close-months.ts'
import { mailUsageNoticeHandler } from './jobs/mail-usage-notice.ts'
import { openPlanHandler } from './jobs/open-plan.ts'
import { takeUpUsageNoticesHandler } from './jobs/take-up-usage-notices.ts'
import { openPayments } from './payments.ts'
import type { Payments } from './payments.ts'
import type { BillingPorts } from './ports.ts'
import { renderCreditNote, renderInvoice } from './print/render.ts'
import { billingDashboardResolvers } from './resolvers/dashboard.ts'
import { invoiceMutations } from './resolvers/invoice-mutations.ts'
import { creditNoteResolvers, invoiceLineResolvers, invoiceResolvers } from './resolvers/invoice.ts'
import { paymentMutations } from './resolvers/payment.ts'
import { planChangeMutations } from './resolvers/plan-change.ts'
import { planChargeResolvers, planResolvers } from './resolvers/plan.ts'
import { queryResolvers } from './resolvers/query.ts'
import { spendCapMutations } from './resolvers/spend-cap.ts'
import { tenantResolvers } from './resolvers/tenant.ts'
import { usageEventResolvers, usageMutations } from './resolvers/usage.ts'
import {
  differenceResolvers,
  reconciliationResolvers,
  webhookDeliveryResolvers,
  webhookMutations,
} from './resolvers/webhook-delivery.ts'
import { accountStore } from './store/account-store.ts'
import { countedMonthStore } from './store/counted-month-store.ts'
import { dueMonths } from './store/due-months.ts'
import { PlanChargeEntity, PlanVersionEntity } from './store/entities.ts'
import { invoiceStore } from './store/invoice-store.ts'
import { ledgerStore } from './store/ledger-store.ts'
import type { RecordedUsage, TenantUsage } from './store/ledger-write.ts'
import { noticeStore } from './store/notice-store.ts'
import { paymentStore } from './store/payment-store.ts'
import { planCatalogue, planStore } from './store/plan-store.ts'
import { stripeStore } from './store/stripe-store.ts'
import { subscriptionStore } from './store/subscription-store.ts'
import { usageFigures } from './usage-figures.ts'

export const migrations: MigrationSource = {
  schema: 'billing',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
}

const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: {
    ...usageMutations,
    ...planChangeMutations,
    ...spendCapMutations,
    ...invoiceMutations,
    ...paymentMutations,
    ...webhookMutations,
  },
  Plan: planResolvers,
  UsageEvent: usageEventResolvers,
  PlanCharge: planChargeResolvers,
  Invoice: invoiceResolvers,
  InvoiceLine: invoiceLineResolvers,
  CreditNote: creditNoteResolvers,
  BillingDashboard: billingDashboardResolvers,
  Tenant: tenantResolvers,
  WebhookDelivery: webhookDeliveryResolvers,
  Reconciliation: reconciliationResolvers,
  ReconciliationDifference: differenceResolvers,
}

export type Billing = Service & {
  /** The tier of a company's plan; null while it has none. */
  readonly tierOf: (tenantId: string) => Promise<PlanTier | null>
  /** What the platform's door gives to payments; each null where they are not configured. */
  readonly payments: Pick<Payments, 'receive' | 'reconcile'>
  /** Counts what many companies used, each record once for ever, in one transaction. */
  readonly recordUsage: (records: readonly TenantUsage[]) => Promise<readonly RecordedUsage[]>
}

const storesOf =
  (newEventId: NewId) =>
  (tx: Tx): BillingStores => ({
    plans: planStore(tx),
    ledger: ledgerStore(tx, newEventId),
    subscriptions: subscriptionStore(tx),
    accounts: accountStore(tx),
    months: countedMonthStore(tx),
    notices: noticeStore(tx),
    invoices: invoiceStore(tx),
    payments: paymentStore(tx),
    stripe: stripeStore(tx),
  })

/** Invoices are printed in a thread of their own, so the composition root gives the other ports only. */
export const openBilling = async (
  options: ServiceOptions,
  given: Omit<BillingPorts, 'renderInvoice' | 'renderCreditNote'>,
): Promise<Billing> => {
  const ports: BillingPorts = {
    ...given,
    renderInvoice: (invoice) => renderInvoice(invoice),
    renderCreditNote: (note) => renderCreditNote(note),
  }
  const database = await openTenantDatabase({
    name: 'billing',
    connection: options.connection,
    cells: options.cells,
    entities: [PlanVersionEntity, PlanChargeEntity],
    poolSize: options.poolSize,
    telemetry: options.telemetry,
  })
  const newEventId = eventIds(() => options.clock.now().getTime())
  const dependencies = {
    database,
    queue: options.queue,
    clock: options.clock,
    newId: options.newId,
    writeAudit,
    requireStanding,
    log: options.log,
    stores: storesOf(newEventId),
  } satisfies Parameters<typeof sessionContext<BillingStores>>[0]
  const payments = openPayments({ database, options, ports, stores: storesOf(newEventId) })

  const subgraph = buildSubgraph({
    name: 'billing',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => {
      const session = sessionContext(dependencies, fetch)
      const context: BillingContext = {
        ...session,
        planByTenant: session.reading.loaderByKey(async (tx) => {
          const plan = await planStore(tx).maybeHeld(options.clock.now())
          return new Map(plan === null ? [] : [[tx.tenantId, plan]])
        }),
        offeredPlans: async () =>
          plansOfferedAt(await database.withPlatform(planCatalogue), options.clock.now()),
        ports,
        now: () => options.clock.now(),
        ...invoicing({ database, session, ports, clock: options.clock }),
        catalogue: () => database.withPlatform(planCatalogue),
        readRevenue: (work) => readAllRevenue(database, work),
        planChanged: ports.planChanged,
        timeZone: async () => (await session.reading.read(tenantProfile)).timeZone,
        payments: payments.atStripe,
        webhooks: payments.webhooks,
        publicUrl: ports.publicUrl,
      }
      return { context, close: session.reading.close }
    },
  })
  const inCompany: InCompany = (tenantId, work) =>
    database.withTenant(tenantId, (tx) => work(dependencies.stores(tx), tx))
  const { queue, clock, newId } = options
  const closing = { database, queue, clock, newId, invoices: invoiceStore, due: dueMonths }
  const jobs = [
    openPlanHandler({ clock }),
    closeMonthHandler(() => closeAllMonths(closing)),
    takeUpUsageNoticesHandler({
      companiesWithNotices: () => allWithNotices(database, options.log),
      inCompany,
      queue,
      clock,
    }),
    mailUsageNoticeHandler({ inCompany, clock, sendMail: ports.sendMail, publicUrl: ports.publicUrl }),
    ...payments.jobs,
  ]
  const tierOf: Billing['tierOf'] = (tenantId) =>
    database.withTenant(tenantId, (tx) => planStore(tx).maybeTier(options.clock.now()), { readOnly: true })
  const recordUsage: Billing['recordUsage'] = (records) =>
    recordUsageOfAll(database, records, options.clock.now())
  const { probes } = payments
  const platformFigures = usageFigures(() => usageOfAll(database), ports.files.storedBytes)
  return {
    subgraph,
    database,
    jobs,
    probes,
    platformFigures,
    tierOf,
    recordUsage,
    payments,
    close: database.close,
  }
}

export { openInvoicingDesk } from './invoicing.ts'
export type { InvoicingDesk } from './invoicing.ts'
export { CLOSE_GRACE_MS, isLeftOpen, whyLeftOpen } from './jobs/close-months.ts'
export type { ClosedMonth } from './jobs/close-months.ts'
export type { InvoiceProof } from './domain/invoice-proof.ts'
