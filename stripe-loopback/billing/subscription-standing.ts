/** What an invoice's fate means for the subscription it is of. */
import type { Account } from '../account.ts'
import type { Invoice, Subscription } from '../store/objects.ts'

const subscriptionOf = (account: Account, invoice: Invoice): Subscription | null => {
  const id = invoice.parent?.subscription_details?.subscription
  return typeof id === 'string' ? account.store.maybe('subscription', id) : null
}

export const subscriptionPaid = (account: Account, invoice: Invoice): void => {
  const subscription = subscriptionOf(account, invoice)
  if (subscription?.status === 'incomplete' || subscription?.status === 'past_due') {
    account.change(subscription, { status: 'active' }, 'customer.subscription.updated')
  }
}

export const subscriptionUnpaid = (account: Account, invoice: Invoice): void => {
  const subscription = subscriptionOf(account, invoice)
  if (subscription?.status === 'active' || subscription?.status === 'trialing') {
    account.change(subscription, { status: 'past_due' }, 'customer.subscription.updated')
  }
}
