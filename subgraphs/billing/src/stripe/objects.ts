/** Stripe's objects, as far as they concern us. */
import type { Stripe } from 'stripe'
import { CHECKOUT_KEY, INVOICE_KEY, TENANT_KEY } from '../domain/stripe-account.ts'
import type { StripeCheckout, StripeInvoice, StripeSubscription } from '../domain/stripe-account.ts'
import { idOf, instant } from './answers.ts'

const CHECKOUT_STATUS: ReadonlyMap<string | null, StripeCheckout['status']> = new Map([
  ['complete', 'COMPLETE'],
  ['expired', 'EXPIRED'],
])

const INVOICE_STATUSES = ['open', 'paid', 'uncollectible', 'void'] as const

export const checkoutOf = (session: Stripe.Checkout.Session): StripeCheckout => ({
  id: session.id,
  status: CHECKOUT_STATUS.get(session.status) ?? 'OPEN',
  customerId: idOf(session.customer),
  checkoutId: session.metadata?.[CHECKOUT_KEY] ?? null,
  subscriptionId: idOf(session.subscription),
})

/** One item holds the plan; the periods are its. */
export const subscriptionOf = (subscription: Stripe.Subscription): StripeSubscription => {
  const [item] = subscription.items.data
  return {
    id: subscription.id,
    customerId: idOf(subscription.customer) ?? '',
    status: subscription.status,
    itemId: item?.id ?? null,
    priceId: item?.price.id ?? null,
    checkoutId: subscription.metadata[CHECKOUT_KEY] ?? null,
    paymentMethodId: idOf(subscription.default_payment_method),
    periodEndsAt: instant(item?.current_period_end),
    cancelsAt: instant(subscription.cancel_at),
  }
}

export const invoiceOf = (invoice: Stripe.Invoice): StripeInvoice => ({
  id: invoice.id,
  customerId: idOf(invoice.customer),
  status: INVOICE_STATUSES.find((known) => known === invoice.status) ?? 'draft',
  invoiceId: invoice.metadata?.[INVOICE_KEY] ?? null,
  tenantId: invoice.metadata?.[TENANT_KEY] ?? null,
  total: BigInt(invoice.total),
  due: BigInt(invoice.amount_remaining),
  currency: invoice.currency.toUpperCase(),
  paidAt: instant(invoice.status_transitions.paid_at),
  page: invoice.hosted_invoice_url ?? null,
})
