/** The catalogue, customers, checkouts, the portal and subscriptions at Stripe. */
import type { Stripe } from 'stripe'
import { Fault } from '@stormops/chassis/fault'
import { CHECKOUT_KEY, TENANT_KEY, isOver, lookupKeyOf } from '../domain/stripe-account.ts'
import type { SoldPlan, StripePrice } from '../domain/stripe-account.ts'
import type { StripeShop } from '../ports.ts'
import { asked, idOf, maybe, toldByStripe, under } from './answers.ts'
import { checkoutOf, subscriptionOf } from './objects.ts'

export const shop = (sdk: Stripe): StripeShop => ({
  ensurePrice: (plan) => asked(() => ensurePrice(sdk, plan)),
  createCustomer: ({ tenantId, name, email }) =>
    asked(async () => {
      const customer = await sdk.customers.create(
        { name, ...(email === null ? {} : { email }), metadata: { [TENANT_KEY]: tenantId } },
        under('customer', tenantId),
      )
      return customer.id
    }),
  labelCustomer: (customerId, tenantId) =>
    asked(async () => {
      await sdk.customers.update(customerId, { metadata: { [TENANT_KEY]: tenantId } })
    }),
  openCheckout: ({ checkoutId, tenantId, customerId, priceId, successUrl, cancelUrl }) =>
    asked(async () => {
      const metadata = { [CHECKOUT_KEY]: checkoutId, [TENANT_KEY]: tenantId }
      const session = await sdk.checkout.sessions.create(
        {
          mode: 'subscription',
          customer: customerId,
          line_items: [{ price: priceId, quantity: 1 }],
          client_reference_id: tenantId,
          metadata,
          subscription_data: { metadata },
          success_url: successUrl,
          cancel_url: cancelUrl,
        },
        under('checkout', checkoutId),
      )
      return { sessionId: session.id, url: addressIn(session.url) }
    }),
  openPortal: (customerId, returnUrl) =>
    asked(async () => {
      const session = await sdk.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl })
      return session.url
    }),
  maybeCheckout: async (sessionId) => {
    const session = await maybe(() => sdk.checkout.sessions.retrieve(sessionId))
    return session === null ? null : checkoutOf(session)
  },
  maybeSubscription: async (subscriptionId) => {
    const subscription = await maybe(() => sdk.subscriptions.retrieve(subscriptionId))
    return subscription === null ? null : subscriptionOf(subscription)
  },
  putOnPrice: ({ id, itemId }, priceId) =>
    asked(async () => {
      // Our invoices ask for what a plan costs, so Stripe has nothing to settle between two prices of 0.
      await sdk.subscriptions.update(id, {
        items: [{ ...(itemId === null ? {} : { id: itemId }), price: priceId }],
        proration_behavior: 'none',
      })
    }),
  endSubscription: (subscriptionId) => endSubscription(sdk, subscriptionId),
  payBy: (customerId, paymentMethodId) =>
    asked(async () => {
      await sdk.customers.update(customerId, {
        invoice_settings: { default_payment_method: paymentMethodId },
      })
    }),
})

const addressIn = (url: string | null): string => {
  if (url === null) throw new Fault('BAD_INPUT', 'This checkout has ended. Ask for a new one.')
  return url
}

/** The plan's price is asked for by our invoices, which Stripe is handed; its own price shows which plan it is. */
const ensurePrice = async (sdk: Stripe, plan: SoldPlan): Promise<StripePrice> => {
  const lookupKey = lookupKeyOf(plan)
  const { data } = await sdk.prices.list({ lookup_keys: [lookupKey], active: true, limit: 1 })
  const [known] = data
  if (known !== undefined) return { productId: idOf(known.product) ?? '', priceId: known.id }
  const productId = await ensureProduct(sdk, plan)
  const price = await sdk.prices.create(
    {
      product: productId,
      currency: plan.currency.toLowerCase(),
      unit_amount: 0,
      recurring: { interval: 'month' },
      lookup_key: lookupKey,
      nickname: `${plan.name}, version ${plan.version}: ${plan.priceText}, by invoice`,
      metadata: { stormops_tier: plan.tier, stormops_version: String(plan.version) },
    },
    under('price', lookupKey),
  )
  return { productId, priceId: price.id }
}

/** One product for each version: what it costs is in its words, and the words of a version never change. */
const ensureProduct = async (sdk: Stripe, plan: SoldPlan): Promise<string> => {
  const id = `stormops_${lookupKeyOf(plan)}`
  const known = await maybe(() => sdk.products.retrieve(id))
  if (known !== null) return known.id
  const product = await sdk.products.create(
    {
      id,
      name: `StormOps Graph ${plan.name}`,
      description: `${plan.priceText} and what is used beyond it, by an invoice after each month. Nothing is charged today.`,
    },
    under('product', id),
  )
  return product.id
}

const endSubscription = async (sdk: Stripe, subscriptionId: string): Promise<void> => {
  try {
    await sdk.subscriptions.cancel(subscriptionId)
  } catch (error) {
    const now = await maybe(() => sdk.subscriptions.retrieve(subscriptionId))
    if (now !== null && !isOver(now.status)) throw toldByStripe(error)
  }
}
