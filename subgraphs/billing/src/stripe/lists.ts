/** Everything of one kind that Stripe has, page by page. */
import type { Stripe } from 'stripe'
import { TENANT_KEY } from '../domain/stripe-account.ts'
import type { StripeCustomer, StripeInvoice, StripeSubscription } from '../domain/stripe-account.ts'
import type { StripeLists } from '../ports.ts'
import { toldByStripe } from './answers.ts'
import { invoiceOf, subscriptionOf } from './objects.ts'

const PAGE = 100

export const lists = (sdk: Stripe): StripeLists => ({
  customers: async function* (): AsyncIterable<StripeCustomer> {
    for await (const { id, metadata } of told(sdk.customers.list({ limit: PAGE }))) {
      yield { id, tenantId: metadata[TENANT_KEY] ?? null }
    }
  },
  subscriptions: async function* (): AsyncIterable<StripeSubscription> {
    for await (const subscription of told(sdk.subscriptions.list({ status: 'all', limit: PAGE }))) {
      yield subscriptionOf(subscription)
    }
  },
  invoices: async function* (since): AsyncIterable<StripeInvoice> {
    const from = Math.floor(since.getTime() / 1_000)
    for await (const invoice of told(sdk.invoices.list({ created: { gte: from }, limit: PAGE }))) {
      yield invoiceOf(invoice)
    }
  },
})

async function* told<T>(list: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* list
  } catch (error) {
    throw toldByStripe(error)
  }
}
