import type { Tx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { BillingDashboard } from './domain/dashboard.ts'
import type { Invoice, IssuedCreditNote } from './domain/invoice.ts'
import type { Plan, PlanTier } from './domain/plan.ts'
import type { Reconciliation } from './domain/reconciliation.ts'
import type { SoldPlan } from './domain/stripe-account.ts'
import type { WebhookDelivery, WebhookFilter } from './domain/webhook.ts'
import type { BillingPorts, PrintedCreditNote, PrintedInvoice } from './ports.ts'
import type { AccountStore } from './store/account-store.ts'
import type { InvoiceReads } from './store/invoice-reads.ts'
import type { InvoiceStore } from './store/invoice-store.ts'
import type { LedgerStore } from './store/ledger-store.ts'
import type { CountedMonthStore } from './store/counted-month-store.ts'
import type { NoticeStore } from './store/notice-store.ts'
import type { PaymentStore } from './store/payment-store.ts'
import type { PlanStore } from './store/plan-store.ts'
import type { RevenueStore } from './store/revenue-store.ts'
import type { StripeStore } from './store/stripe-store.ts'
import type { SubscriptionStore } from './store/subscription-store.ts'

export type BillingStores = {
  readonly plans: PlanStore
  readonly payments: PaymentStore
  readonly stripe: StripeStore
  readonly subscriptions: SubscriptionStore
  readonly accounts: AccountStore
  readonly months: CountedMonthStore
  readonly ledger: LedgerStore
  readonly notices: NoticeStore
  readonly invoices: InvoiceStore
}

/** Work in one transaction of a company, for jobs. */
export type InCompany = <T>(
  tenantId: string,
  work: (stores: BillingStores, tx: Tx) => Promise<T>,
) => Promise<T>

/** What the resolvers of one fetch work with. */
export type BillingContext = SessionContext<BillingStores> & {
  /** By the tenant's id; null for every tenant but the actor's own. */
  readonly planByTenant: DataLoader<string, Plan | null>
  readonly offeredPlans: () => Promise<readonly Plan[]>
  /** What the actor's company's running month comes to until now; null while it has no plan. */
  readonly dashboard: () => Promise<BillingDashboard | null>
  /** Every version of every plan, offered or not. */
  readonly catalogue: () => Promise<readonly Plan[]>
  /** Over all companies; whoever asks has to be staff. */
  readonly readRevenue: <T>(work: (revenue: RevenueStore) => Promise<T>) => Promise<T>
  /** Tells whoever remembers plans that a company's may be another now. */
  readonly planChanged: (tenantId: string) => void
  /** The zone in whose days the actor's company is counted. */
  readonly timeZone: () => Promise<string>
  readonly ports: BillingPorts
  readonly now: () => Date
  /** Reads invoices: the actor's company's, or for staff who name no company everybody's. */
  readonly readInvoices: <T>(work: (invoices: InvoiceReads) => Promise<T>) => Promise<T>
  /** An invoice as it is printed now. `publicTenantId` is the company's id as clients see it. */
  readonly documentOf: (invoice: Invoice, publicTenantId: string) => Promise<PrintedInvoice>
  readonly creditNoteDocumentOf: (
    note: IssuedCreditNote,
    publicTenantId: string,
  ) => Promise<PrintedCreditNote>
  /** Null where no payment can be taken. */
  readonly payments: PaymentsAtStripe | null
  readonly webhooks: Webhooks
  /** Where people reach the platform. */
  readonly publicUrl: () => string
}

type NamedPlan = Pick<SoldPlan, 'catalogue' | 'tier' | 'version'>

/** Calls of Stripe, after what they are for was written down. Each throws UNAVAILABLE where Stripe does not answer. */
export type PaymentsAtStripe = {
  readonly newestPlan: (tier: PlanTier) => Promise<NamedPlan>
  readonly checkoutAddress: (tenantId: string, checkout: AskedCheckout) => Promise<string>
  readonly portalAddress: (tenantId: string, returnUrl: string) => Promise<string>
  /** How the try ended is written down. */
  readonly charge: (tenantId: string, invoiceId: string, attempt: number) => Promise<void>
}

export type AskedCheckout = {
  readonly checkoutId: string
  readonly plan: NamedPlan
  readonly successUrl: string
  readonly cancelUrl: string
}

/** Of all companies: for staff. */
export type Webhooks = {
  readonly maybe: (eventId: string) => Promise<WebhookDelivery | null>
  readonly page: (page: PageRequest, filter: WebhookFilter) => Promise<readonly WebhookDelivery[]>
  readonly reconciliations: (page: PageRequest) => Promise<readonly Reconciliation[]>
}

export const usageEventIds = idCodec('use')
export const reconciliationIds = idCodec('rec')

/** The prefix is operations', which shows the job. */
export const jobIds = idCodec('job')

export const invoiceIds = idCodec('inv')

/** The prefix is tenancy's, which owns the type. */
export const tenantIds = idCodec('ten')
