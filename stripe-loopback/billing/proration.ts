/**
 * A change of a subscription's items in the middle of their period: what was paid for the rest of it is given back,
 * and the rest of the new price is owed, both to the second.
 */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import type { Subscription, SubscriptionItem } from '../store/objects.ts'
import type { Metadata } from '../wire/given.ts'
import { mergedMetadata } from '../wire/given.ts'
import { invalid } from '../wire/refusal.ts'
import { shareOf } from './amounts.ts'
import { amountOf, createInvoiceItem } from './invoice-lines.ts'
import { addItem, itemsOf, planOf, recurringPrice } from './subscriptions.ts'

export type ItemChange = {
  /** The item that changes; without it a new one is added. */
  readonly id?: string
  readonly price?: string
  readonly quantity?: number
  readonly deleted?: boolean
  readonly metadata?: Metadata | ''
}

/** Changes the items; `prorates` says whether the rest of the period is billed. */
export const changeItems = (
  account: Account,
  subscription: Subscription,
  changes: readonly ItemChange[],
  prorates: boolean,
): void => {
  const now = account.now()
  changes.forEach((change, at) => {
    const before = change.id === undefined ? null : itemOf(account, subscription, change.id)
    const after = changed(account, subscription, before, change, at)
    const isAlike =
      before !== null &&
      after !== null &&
      before.price.id === after.price.id &&
      before.quantity === after.quantity
    if (!prorates || isAlike || subscription.status === 'trialing') return
    if (before !== null) prorate(account, subscription, before, now, -1)
    if (after !== null) prorate(account, subscription, after, now, 1)
  })
  if (itemsOf(account, subscription.id).length === 0) {
    throw invalid(
      'A subscription must have at least one active item. To cancel a subscription, delete it.',
      'items',
    )
  }
}

const itemOf = (account: Account, subscription: Subscription, id: string): SubscriptionItem => {
  const item = one(account, 'subscription_item', id, 'items[id]')
  if (item.subscription !== subscription.id)
    throw invalid('The item is of another subscription.', 'items[id]')
  return item
}

/** The item after the change; null when it is taken away. */
const changed = (
  account: Account,
  subscription: Subscription,
  before: SubscriptionItem | null,
  change: ItemChange,
  at: number,
): SubscriptionItem | null => {
  const param = `items[${at}]`
  if (before === null) {
    if (change.price === undefined)
      throw invalid(`Missing required param: ${param}[price].`, `${param}[price]`, 'parameter_missing')
    const [alike] = itemsOf(account, subscription.id)
    const price = recurringPrice(account, change.price, `${param}[price]`)
    if (alike !== undefined) requireSameInterval(alike, price, param)
    const period = { start: account.now(), end: alike?.current_period_end ?? account.now() }
    return addItem(
      account,
      subscription.id,
      price,
      { quantity: change.quantity ?? 1, metadata: change.metadata || {} },
      period,
    )
  }
  if (change.deleted === true) {
    account.store.remove('subscription_item', before.id)
    return null
  }
  const price =
    change.price === undefined ? before.price : recurringPrice(account, change.price, `${param}[price]`)
  requireSameInterval(before, price, param)
  return account.save({
    ...before,
    price,
    plan: planOf(price),
    quantity: change.quantity ?? before.quantity,
    metadata: mergedMetadata(before.metadata, change.metadata),
  })
}

const requireSameInterval = (
  item: SubscriptionItem,
  price: SubscriptionItem['price'],
  param: string,
): void => {
  const [old, next] = [item.price, price].map(
    ({ currency, recurring }) => `${currency} ${recurring?.interval_count} ${recurring?.interval}`,
  )
  if (old !== next) {
    throw invalid(
      'This is not Stripe: the loopback does not simulate a change of currency or interval of a subscription.',
      `${param}[price]`,
      'loopback_not_simulated',
    )
  }
}

const prorate = (
  account: Account,
  subscription: Subscription,
  item: SubscriptionItem,
  now: number,
  sign: 1 | -1,
): void => {
  const end = item.current_period_end
  const whole = amountOf(item.price, item.quantity)
  // A new item's period begins with the change, and it pays for what is left of its neighbours' period.
  const start = periodStartOf(account, subscription, item)
  const amount = sign * shareOf(whole, Math.max(0, end - now), Math.max(1, end - start))
  const product = account.store.maybe('product', item.price.product)?.name ?? item.price.product
  const date = new Date(now * 1_000).toISOString().slice(0, 10)
  createInvoiceItem(account, subscription.customer, item.price.currency, {
    amount,
    price: item.price.id,
    quantity: item.quantity,
    description: `${sign === 1 ? 'Remaining' : 'Unused'} time on ${item.quantity} × ${product} after ${date}`,
    metadata: item.metadata,
    period: { start: now, end },
    proration: true,
    subscription: { id: subscription.id, item: item.id },
  })
}

const periodStartOf = (account: Account, subscription: Subscription, item: SubscriptionItem): number =>
  Math.min(
    item.current_period_start,
    ...itemsOf(account, subscription.id)
      .filter(({ current_period_end: end }) => end === item.current_period_end)
      .map(({ current_period_start: start }) => start),
  )
