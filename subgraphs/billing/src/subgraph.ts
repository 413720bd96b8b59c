/** Everything billing is made of, from the database up to its graph. */
import { fileURLToPath } from 'node:url'
import { BULK_DEADLINE_MS, openDatabase } from '@stormops/chassis/database/database'
import type { Database, Tx } from '@stormops/chassis/database/database'
import type { Clock } from '@stormops/chassis/clock'
import type { MigrationSource } from '@stormops/chassis/database/migrate'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import { requireScope } from '@stormops/chassis/identity'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import type { NewId } from '@stormops/chassis/values/ids'
import { eventIds } from '@stormops/chassis/values/event-ids'
import { money } from '@stormops/chassis/values/money'
import { periodAt } from '@stormops/chassis/values/periods'
import { requireStanding, tenantProfile, writeAudit } from '@stormops/tenancy/port'
import type { BillingContext, BillingStores, InCompany } from './context.ts'
import type { BillingPorts } from './ports.ts'
import type { ClosedMonth, CloseMonthsOptions } from './jobs/close-months.ts'
import type { InvoiceProof } from './domain/invoice-proof.ts'
import type { PlanTier } from './domain/plan.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { openPayments } from './payments.ts'
import type { Payments } from './payments.ts'
import { paymentMutations } from './resolvers/payment.ts'
import { billingDashboardResolvers } from './resolvers/dashboard.ts'
import { closeMonthHandler, closeMonths } from './jobs/close-months.ts'
import { dashboardOf } from './domain/dashboard.ts'
import { invoiceDocument } from './print/invoice-document.ts'
import { invoiceLineResolvers, invoiceResolvers } from './resolvers/invoice.ts'
import { invoiceMutations } from './resolvers/invoice-mutations.ts'
import { mailUsageNoticeHandler } from './jobs/mail-usage-notice.ts'
import { openPlanHandler } from './jobs/open-plan.ts'
import { planChangeMutations } from './resolvers/plan-change.ts'
import { planChargeResolvers, planResolvers } from './resolvers/plan.ts'
import { plansOfferedAt } from './domain/plan.ts'
import { renderInvoice } from './print/render.ts'
import { takeUpUsageNoticesHandler } from './jobs/take-up-usage-notices.ts'
import { verifyInvoices } from './commands/verify-invoices.ts'
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
import { PlanChargeEntity, PlanVersionEntity } from './store/entities.ts'
import { writeUsage } from './store/ledger-write.ts'
import type { RecordedUsage, TenantUsage } from './store/ledger-write.ts'
import { accountStore } from './store/account-store.ts'
import { dueMonths } from './store/due-months.ts'
import { invoiceReads } from './store/invoice-reads.ts'
import { invoiceStore } from './store/invoice-store.ts'
import { ledgerStore } from './store/ledger-store.ts'
import { countedMonthStore } from './store/counted-month-store.ts'
import { noticeStore, tenantsWithNotices } from './store/notice-store.ts'
import { paymentStore } from './store/payment-store.ts'
import { stripeStore } from './store/stripe-store.ts'
import { planCatalogue, planStore } from './store/plan-store.ts'
import { revenueStore } from './store/revenue-store.ts'
import { subscriptionStore } from './store/subscription-store.ts'

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

type Invoicing = Pick<BillingContext, 'dashboard' | 'documentOf' | 'readInvoices'>

const invoicing = (database: Database, session: SessionContext<BillingStores>, clock: Clock): Invoicing => ({
  dashboard: () =>
    session.read(async ({ plans, accounts, invoices }, { tenantId }) => {
      const [now, account] = [clock.now(), await accounts.maybe()]
      if (account === null) return null
      const { timeZone, currency, spendCap: cap } = account
      const [month] = await invoices.months([tenantId], periodAt(now, timeZone).month)
      const tier = await plans.maybeTier(now)
      if (month === undefined || tier === null) return null
      return dashboardOf({ month, tier, now, spendCap: cap === null ? null : money(cap, currency) })
    }),
  documentOf: async (invoice, tenantId) => {
    const ofCompany = await database.withTenant(
      invoice.tenantId,
      async (tx) => ({
        profile: await tenantProfile(tx),
        issuer: await invoiceReads(tx).issuer(invoice.issuer),
      }),
      { readOnly: true },
    )
    const { name, address, email } = ofCompany.issuer ?? { name: '', address: [], email: null }
    const issuer = { name, addressLines: address, email: email ?? '' }
    return invoiceDocument(invoice, { issuer, company: ofCompany.profile.name, tenantId })
  },
  readInvoices: (work) => {
    const actor = session.actor()
    if (actor.tenantId !== null) return session.read(({ invoices }) => work(invoices))
    requireScope(actor, 'platform:staff')
    return database.withPlatform((tx) => work(invoiceReads(tx)))
  },
})

/** Invoices are printed in a thread of their own, so the composition root gives the other ports only. */
export const openBilling = async (
  options: ServiceOptions,
  given: Omit<BillingPorts, 'renderInvoice'>,
): Promise<Billing> => {
  const ports: BillingPorts = { ...given, renderInvoice: (invoice) => renderInvoice(invoice) }
  const database = await openDatabase({
    name: 'billing',
    connection: options.connection,
    entities: [PlanVersionEntity, PlanChargeEntity],
    poolSize: options.poolSize,
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
        ...invoicing(database, session, options.clock),
        catalogue: () => database.withPlatform(planCatalogue),
        readRevenue: (work) => database.withPlatform((tx) => work(revenueStore(tx))),
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
    openPlanHandler({ database, clock }),
    closeMonthHandler(closing),
    takeUpUsageNoticesHandler({
      companiesWithNotices: () => database.withPlatform(tenantsWithNotices),
      inCompany,
      queue,
      clock,
    }),
    mailUsageNoticeHandler({ inCompany, clock, sendMail: ports.sendMail, publicUrl: ports.publicUrl }),
    ...payments.jobs,
  ]
  const tierOf: Billing['tierOf'] = (tenantId) =>
    database.withTenant(tenantId, (tx) => planStore(tx).maybeTier(options.clock.now()))
  const recordUsage: Billing['recordUsage'] = (records) =>
    database.withLedger((tx) => writeUsage(tx, records, options.clock.now()))
  return { subgraph, database, jobs, tierOf, recordUsage, payments, close: database.close }
}

/** The month close and the proof of invoices by themselves, for whoever has the database and no platform around it. */
export type InvoicingDesk = {
  readonly closeMonths: (options: CloseMonthsOptions) => Promise<readonly ClosedMonth[]>
  /** Every invoice with a number, or those of a company, or the one of this number. */
  readonly prove: (which: {
    readonly tenantId: string | null
    readonly number: string | null
  }) => Promise<readonly InvoiceProof[]>
  readonly close: () => Promise<void>
}

/** How many invoices are proved in one transaction. */
const PROVED_AT_ONCE = 500

export const openInvoicingDesk = async (
  options: Pick<ServiceOptions, 'connection' | 'queue' | 'clock' | 'newId'>,
): Promise<InvoicingDesk> => {
  const { connection, queue, clock, newId } = options
  const database = await openDatabase({ name: 'invoicing', connection, entities: [], poolSize: 2 })
  const dependencies = { database, queue, clock, newId, invoices: invoiceStore, due: dueMonths }
  return {
    closeMonths: (which) => closeMonths(dependencies, which),
    prove: async ({ tenantId, number }) => {
      const proofs: InvoiceProof[] = []
      let after: string | null = null
      for (;;) {
        const page: readonly InvoiceProof[] = await database.withLedger(
          async (tx) => {
            const store = invoiceStore(tx)
            return verifyInvoices(store, await store.numbered(after, PROVED_AT_ONCE, { tenantId, number }))
          },
          { statementTimeoutMs: BULK_DEADLINE_MS },
        )
        proofs.push(...page)
        if (page.length < PROVED_AT_ONCE) return proofs
        after = page.at(-1)?.invoiceId ?? null
      }
    },
    close: database.close,
  }
}

export { CLOSE_GRACE_MS, isLeftOpen, whyLeftOpen } from './jobs/close-months.ts'
export type { ClosedMonth } from './jobs/close-months.ts'
export type { InvoiceProof } from './domain/invoice-proof.ts'
