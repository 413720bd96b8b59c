/**
 * A checkout that somebody went through: their company has the plan from then on, our invoices are paid by the card they
 * gave, and a subscription that it had before ends, so that there is one.
 */
import { isOver } from '../domain/stripe-account.ts'
import type { StripeSubscription } from '../domain/stripe-account.ts'
import { putOnPlan, syncSubscription } from './sync-subscription.ts'
import type { StripeWork } from './stripe-work.ts'

/** By what Stripe says of the session now. False for one that is none of ours. */
export const syncCheckout = async (
  work: StripeWork,
  tenantId: string,
  sessionId: string,
): Promise<boolean> => {
  const session = await work.stripe.maybeCheckout(sessionId)
  const { checkoutId } = session ?? { checkoutId: null }
  if (session === null || checkoutId === null) return false
  if (session.status === 'EXPIRED') {
    await work.database.withTenant(tenantId, (tx) =>
      work.stores(tx).stripe.endCheckout(checkoutId, 'EXPIRED', work.clock.now()),
    )
  }
  if (session.status !== 'COMPLETE' || session.subscriptionId === null) return true
  const subscription = await syncSubscription(work, tenantId, session.subscriptionId)
  if (subscription !== null) await completeCheckout(work, tenantId, checkoutId, subscription)
  return true
}

/** Whether it comes from the session or from its subscription, it is done once. */
export const completeCheckout = async (
  work: StripeWork,
  tenantId: string,
  checkoutId: string,
  subscription: StripeSubscription,
): Promise<void> => {
  const checkout = await work.database.withTenant(tenantId, (tx) =>
    work.stores(tx).stripe.maybeCheckout(checkoutId),
  )
  if (checkout === null || checkout.state === 'COMPLETED' || isOver(subscription.status)) return
  const { customerId, paymentMethodId } = subscription
  // Stripe keeps a checkout's card for its subscription alone; these are safe to do again.
  if (paymentMethodId !== null) await work.stripe.payBy(customerId, paymentMethodId)
  const others = await work.database.withTenant(tenantId, (tx) => work.stores(tx).stripe.subscriptions())
  for (const { id, status } of others) {
    if (id !== subscription.id && !isOver(status)) await work.stripe.endSubscription(id)
  }
  const { catalogue, tier, version } = checkout
  await work.database.withTenant(tenantId, async (tx) => {
    const ended = await work.stores(tx).stripe.endCheckout(checkoutId, 'COMPLETED', work.clock.now())
    if (ended) await putOnPlan(work, tx, { catalogue, tier, version }, 'checkout')
  })
  work.planChanged(tenantId)
}

/** A subscription says which checkout made it, so that either event is enough. */
export const syncFromSubscription = async (
  work: StripeWork,
  tenantId: string,
  subscriptionId: string,
): Promise<void> => {
  const now = await syncSubscription(work, tenantId, subscriptionId)
  if (now === null || now.checkoutId === null || now.status === 'incomplete') return
  await completeCheckout(work, tenantId, now.checkoutId, now)
}
