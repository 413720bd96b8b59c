/**
 * What Stripe knows of a company, as far as it concerns us: who pays, by which subscription its plan is shown there,
 * and how its invoices stand. Amounts are minor units.
 */
import type { PlanTier } from './plan.ts'

/** Keys of the metadata by which what lies at Stripe is known again. */
export const TENANT_KEY = 'stormops_tenant'
export const INVOICE_KEY = 'stormops_invoice'
export const CHECKOUT_KEY = 'stormops_checkout'

/** A plan as it is sold at Stripe. Its price is asked for by our invoices, so Stripe's own is 0. */
export type SoldPlan = {
  readonly catalogue: string
  readonly tier: PlanTier
  readonly version: number
  readonly name: string
  readonly currency: string
  /** In words: `$500.00 a month`. */
  readonly priceText: string
}

export const lookupKeyOf = ({
  tier,
  version,
  catalogue,
}: Omit<SoldPlan, 'name' | 'currency' | 'priceText'>): string => `${catalogue}_${tier}_v${version}`

export type StripePrice = { readonly productId: string; readonly priceId: string }

export type NewCustomer = { readonly tenantId: string; readonly name: string; readonly email: string | null }

export type StripeCustomer = {
  readonly id: string
  /** As its metadata says; null where it says nothing. */
  readonly tenantId: string | null
}

export type CheckoutWanted = {
  readonly checkoutId: string
  readonly tenantId: string
  readonly customerId: string
  readonly priceId: string
  readonly successUrl: string
  readonly cancelUrl: string
}

export type StripeCheckout = {
  readonly id: string
  readonly status: 'OPEN' | 'COMPLETE' | 'EXPIRED'
  readonly customerId: string | null
  /** Ours. */
  readonly checkoutId: string | null
  readonly subscriptionId: string | null
}

export type StripeSubscription = {
  readonly id: string
  readonly customerId: string
  /** In Stripe’s words, to which it may add. */
  readonly status: string
  readonly itemId: string | null
  readonly priceId: string | null
  /** The checkout of ours that made it. */
  readonly checkoutId: string | null
  readonly paymentMethodId: string | null
  readonly periodEndsAt: Date | null
  readonly cancelsAt: Date | null
}

/** A subscription that is over never comes back; another one is made. */
export const isOver = (status: string): boolean => status === 'canceled' || status === 'incomplete_expired'

export type BillLine = { readonly position: number; readonly description: string; readonly amount: bigint }

/** An invoice of ours, to be paid at Stripe. */
export type Bill = {
  readonly tenantId: string
  readonly invoiceId: string
  readonly number: string
  readonly customerId: string
  readonly currency: string
  readonly total: bigint
  readonly lines: readonly BillLine[]
}

export type StripeInvoice = {
  readonly id: string
  readonly customerId: string | null
  readonly status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'
  /** Ours, and whose it is, as its metadata says. */
  readonly invoiceId: string | null
  readonly tenantId: string | null
  readonly total: bigint
  readonly due: bigint
  readonly currency: string
  readonly paidAt: Date | null
  /** Where it can be paid without signing in, if Stripe has such a page for it. */
  readonly page: string | null
}

/** How a try to be paid ended, where Stripe said so. Where it did not, the call throws UNAVAILABLE. */
export type ChargeOutcome =
  | { readonly kind: 'paid'; readonly invoice: StripeInvoice }
  | { readonly kind: 'declined'; readonly code: string }
  /** A fault of Stripe's own, kept under the key: the same key would get it again. */
  | { readonly kind: 'fault'; readonly message: string }

/** What an event is about; what it says is asked of Stripe. */
export type StripeNews = {
  readonly eventId: string
  readonly type: string
  readonly objectId: string | null
  readonly customerId: string | null
  readonly live: boolean
  readonly createdAt: Date
}
