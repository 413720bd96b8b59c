/** What Stripe does by itself as time passes. Nothing here happens before its time has come by the account's clock. */
import type { Account } from '../account.ts'
import type { Subscription } from '../store/objects.ts'
import { expireCheckout } from './checkout.ts'
import { attempt, settle } from './collection.ts'
import { finalize } from './invoicing.ts'
import { nextPeriodEnd } from './periods.ts'
import { billPeriod, endSubscription, itemsOf } from './subscriptions.ts'

/** Does all that is due, each by itself, and says how much that was. One that fails holds up none of the others. */
export const passTime = (account: Account): number => {
  const due = [
    ...dueSessions(account),
    ...dueDrafts(account),
    ...duePayments(account),
    ...dueSubscriptions(account),
  ]
  const failures: unknown[] = []
  for (const act of due) {
    try {
      act()
      account.store.commit()
    } catch (error) {
      account.store.rollback()
      failures.push(error)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${due.length} things that were due failed.`)
  return due.length
}

type Act = () => unknown

const isDue = (account: Account, at: number | null): boolean => at !== null && at <= account.now()

const dueSessions = (account: Account): readonly Act[] =>
  account.store
    .all('checkout.session')
    .filter((session) => session.status === 'open' && isDue(account, session.expires_at))
    .map(
      ({ id }) =>
        () =>
          expireCheckout(account, id),
    )

const dueDrafts = (account: Account): readonly Act[] =>
  account.store
    .all('invoice')
    .filter((invoice) => invoice.status === 'draft' && isDue(account, invoice.automatically_finalizes_at))
    .map((draft) => () => {
      const invoice = finalize(account, draft)
      if (invoice.amount_remaining === 0) settle(account, invoice)
    })

const duePayments = (account: Account): readonly Act[] =>
  account.store
    .all('invoice')
    .filter((invoice) => invoice.status === 'open' && isDue(account, invoice.next_payment_attempt))
    .map((invoice) => () => attempt(account, invoice, 'schedule'))

const LIVING: readonly string[] = ['active', 'trialing', 'past_due']

const dueSubscriptions = (account: Account): readonly Act[] =>
  account.store
    .all('subscription')
    .filter(
      ({ id, status }) =>
        LIVING.includes(status) &&
        itemsOf(account, id).some(({ current_period_end: end }) => isDue(account, end)),
    )
    .map((subscription) => () => {
      if (subscription.cancel_at_period_end) endSubscription(account, subscription)
      else renew(account, subscription)
    })

/** The next period of every item, billed and collected. A trial that ends becomes a paid period. */
const renew = (account: Account, subscription: Subscription): void => {
  for (const item of itemsOf(account, subscription.id)) {
    const start = item.current_period_end
    account.save({
      ...item,
      current_period_start: start,
      current_period_end: nextPeriodEnd(start, account.now(), item.price.recurring),
    })
  }
  const next = account.change(
    subscription,
    { status: subscription.status === 'trialing' ? 'active' : subscription.status },
    'customer.subscription.updated',
  )
  const invoice = billPeriod(account, next, 'subscription_cycle')
  if (invoice.amount_remaining === 0) settle(account, invoice)
  else attempt(account, invoice, 'schedule')
}
