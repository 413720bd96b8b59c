import { defineCommand } from '@stormops/chassis/command'
import { formatMoney } from '@stormops/chassis/values/money'
import type { AskedCheckout, BillingStores } from '../context.ts'
import { addressFault } from '../domain/return-address.ts'
import { ensureCustomer, ensurePrice } from './stripe-work.ts'
import type { PlanKey, StripeWork } from './stripe-work.ts'

export type CreateCheckout = {
  readonly plan: PlanKey
  readonly successUrl: string
  readonly cancelUrl: string
  /** The platform's own, to which links may go over plain HTTP too. */
  readonly publicUrl: string
}

export type CreateCheckoutResult =
  | { readonly kind: 'ok'; readonly checkoutId: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Writes down what the checkout is for. Stripe is asked after that, under the checkout's id. */
export const createCheckout = defineCommand<CreateCheckout, CreateCheckoutResult, BillingStores>({
  name: 'billing.createCheckout',
  permission: 'billing:manage',
  duringSuspension: true,
  audit: ({ plan }, { checkoutId }) => ({
    subjectKind: 'checkout',
    subjectId: checkoutId,
    detail: { tier: plan.tier, version: plan.version },
  }),
  run: async ({ stores, clock, newId }, { plan, successUrl, cancelUrl, publicUrl }) => {
    if (plan.tier === 'TRIAL') {
      return {
        kind: 'invalid',
        field: 'tier',
        message: 'The trial costs nothing, so there is nothing to check out.',
      }
    }
    for (const [field, url] of Object.entries({ successUrl, cancelUrl })) {
      const message = addressFault(url, publicUrl)
      if (message !== null) return { kind: 'invalid', field, message }
    }
    const checkoutId = newId()
    await stores.stripe.openCheckout({ id: checkoutId, ...plan }, clock.now())
    return { kind: 'ok', checkoutId }
  },
})

/** The address to send somebody to. Asked again for the same checkout it is the same for a day. */
export const checkoutAddress = async (
  work: StripeWork,
  tenantId: string,
  { checkoutId, plan, successUrl, cancelUrl }: AskedCheckout,
): Promise<string> => {
  const customerId = await ensureCustomer(work, tenantId)
  const priceId = await ensurePrice(work, plan, ({ monthlyPrice }) => `${formatMoney(monthlyPrice)} a month`)
  const { sessionId, url } = await work.stripe.openCheckout({
    checkoutId,
    tenantId,
    customerId,
    priceId,
    successUrl,
    cancelUrl,
  })
  await work.database.withTenant(tenantId, (tx) => work.stores(tx).stripe.keepSession(checkoutId, sessionId))
  return url
}
