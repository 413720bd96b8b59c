/** What is known here, across companies, when it is compared with what Stripe has. */
import type { Reconciliation } from '../domain/reconciliation.ts'
import type { KnownCompany, KnownInvoice, KnownSubscription, OpenCheckout } from '../store/stripe-lookup.ts'

export type StripeKnown = {
  /** Each with the plan it holds now. */
  readonly companies: () => Promise<readonly KnownCompany[]>
  readonly openCheckouts: () => Promise<readonly OpenCheckout[]>
  readonly subscriptions: () => Promise<readonly KnownSubscription[]>
  /** Those that Stripe was handed, and those with a try without an end. */
  readonly invoices: () => Promise<readonly KnownInvoice[]>
  readonly leftEvents: (before: Date) => Promise<readonly string[]>
  readonly handleAgain: (eventId: string) => Promise<unknown>
  readonly keep: (reconciliation: Reconciliation) => Promise<void>
}
