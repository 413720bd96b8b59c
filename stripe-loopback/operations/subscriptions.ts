/** Subscriptions and their items. */
import type Stripe from 'stripe'
import type { Account } from '../account.ts'
import { newestFirst, one } from '../account.ts'
import { methodOf } from '../billing/cards.ts'
import { attempt, settle } from '../billing/collection.ts'
import { changeItems } from '../billing/proration.ts'
import type { ItemChange } from '../billing/proration.ts'
import { billPeriod, createSubscription, endSubscription, itemsOf } from '../billing/subscriptions.ts'
import type { SubscriptionRequest } from '../billing/subscriptions.ts'
import type { Subscription } from '../store/objects.ts'
import { mergedMetadata } from '../wire/given.ts'
import type { GivenMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid, notSimulated } from '../wire/refusal.ts'
import { PAGING, operation } from './operation.ts'

type GivenItem = {
  readonly id?: string
  readonly price?: string
  readonly quantity?: number
  readonly deleted?: boolean
  readonly metadata?: GivenMetadata
}

const HEEDED_OF_ITEM: readonly string[] = ['id', 'price', 'quantity', 'deleted', 'metadata']

const requireSimulatedItems = (items: readonly object[]): void => {
  items.forEach((item, at) => {
    const other = Object.keys(item).find((name) => !HEEDED_OF_ITEM.includes(name))
    if (other !== undefined) throw notSimulated(`items[].${other}`, `items[${at}][${other}]`)
  })
}

const trialEndOf = (
  account: Account,
  end: number | 'now' | undefined,
  days: number | undefined,
): number | null => {
  if (typeof end === 'number') return end
  return days === undefined || days === 0 ? null : account.now() + days * 86_400
}

const behaviorOf = (given: string | undefined): SubscriptionRequest['behavior'] => {
  switch (given) {
    case undefined:
    case 'allow_incomplete':
      return 'allow_incomplete'
    case 'default_incomplete':
    case 'error_if_incomplete':
      return given
    default:
      throw notSimulated(`payment_behavior ${given}`, 'payment_behavior')
  }
}

const create = operation<Stripe.SubscriptionCreateParams>()(
  'Subscriptions.create',
  [
    'cancel_at_period_end',
    'collection_method',
    'customer',
    'default_payment_method',
    'description',
    'items',
    'metadata',
    'off_session',
    'payment_behavior',
    'proration_behavior',
    'trial_end',
    'trial_period_days',
  ],
  ({ account, given }) => {
    if (given.collection_method === 'send_invoice')
      throw notSimulated('sent invoices of subscriptions', 'collection_method')
    if (given.customer === undefined)
      throw invalid('Missing required param: customer.', 'customer', 'parameter_missing')
    const customer = one(account, 'customer', given.customer, 'customer')
    const items: readonly GivenItem[] = given.items ?? []
    requireSimulatedItems(items)
    const card = given.default_payment_method
    if (card !== undefined) methodOf(account, customer.id, card, 'default_payment_method')
    return createSubscription(account, {
      customer,
      items: items.map((item, at) => ({
        price: item.price ?? missingPrice(at),
        quantity: item.quantity ?? 1,
        metadata: mergedMetadata({}, item.metadata),
      })),
      metadata: mergedMetadata({}, given.metadata),
      description: given.description ?? null,
      defaultPaymentMethod: card ?? null,
      trialEnd: trialEndOf(account, given.trial_end, given.trial_period_days),
      cancelAtPeriodEnd: given.cancel_at_period_end ?? false,
      behavior: behaviorOf(given.payment_behavior),
    })
  },
)

const missingPrice = (at: number): never => {
  throw invalid(`Missing required param: items[${at}][price].`, `items[${at}][price]`, 'parameter_missing')
}

const changesOf = (items: readonly GivenItem[]): readonly ItemChange[] =>
  items.map(({ metadata, ...item }) => ({
    ...item,
    ...(metadata === undefined ? {} : { metadata: mergedMetadata({}, metadata) }),
  }))

const update = operation<Stripe.SubscriptionUpdateParams>()(
  'Subscriptions.update',
  [
    'cancel_at_period_end',
    'default_payment_method',
    'description',
    'items',
    'metadata',
    'off_session',
    'payment_behavior',
    'proration_behavior',
  ],
  ({ account, given, id }) => {
    const before = one(account, 'subscription', id)
    if (before.ended_at !== null) {
      throw invalid('A canceled subscription can only update its cancellation_details and metadata.')
    }
    const card = given.default_payment_method
    if (card !== undefined) methodOf(account, before.customer, card, 'default_payment_method')
    const items: readonly GivenItem[] = given.items ?? []
    requireSimulatedItems(items)
    behaviorOf(given.payment_behavior)
    changeItems(account, before, changesOf(items), given.proration_behavior !== 'none')
    const after = account.change(
      before,
      {
        ...cancelling(account, before, given.cancel_at_period_end),
        ...(card === undefined ? {} : { default_payment_method: card }),
        ...(given.description === undefined ? {} : { description: given.description || null }),
        metadata: mergedMetadata(before.metadata, given.metadata as GivenMetadata | undefined),
      },
      'customer.subscription.updated',
    )
    if (given.proration_behavior === 'always_invoice') invoiceNow(account, after)
    return one(account, 'subscription', id)
  },
)

const cancelling = (
  account: Account,
  subscription: Subscription,
  atPeriodEnd: boolean | undefined,
): Partial<Subscription> => {
  if (atPeriodEnd === undefined) return {}
  const ends = itemsOf(account, subscription.id).map(({ current_period_end: end }) => end)
  return {
    cancel_at_period_end: atPeriodEnd,
    cancel_at: atPeriodEnd ? Math.max(...ends) : null,
    canceled_at: atPeriodEnd ? account.now() : null,
  }
}

const invoiceNow = (account: Account, subscription: Subscription): void => {
  const isWaiting = account.store
    .all('invoiceitem')
    .some(
      (item) => item.invoice === null && item.parent?.subscription_details?.subscription === subscription.id,
    )
  if (!isWaiting) return
  const invoice = billPeriod(account, subscription, 'subscription_update')
  if (invoice.amount_remaining === 0) settle(account, invoice)
  else attempt(account, invoice, 'schedule')
}

const cancel = operation<Stripe.SubscriptionCancelParams>()(
  'Subscriptions.cancel',
  ['invoice_now', 'prorate'],
  ({ account, given, id }) => {
    if (given.invoice_now === true || given.prorate === true) {
      throw notSimulated('a last invoice on cancelling', given.prorate === true ? 'prorate' : 'invoice_now')
    }
    const subscription = one(account, 'subscription', id)
    if (subscription.ended_at !== null)
      throw invalid(`No such subscription: '${id}'`, 'id', 'resource_missing')
    return endSubscription(account, subscription)
  },
)

const retrieve = operation<Stripe.SubscriptionRetrieveParams>()(
  'Subscriptions.retrieve',
  [],
  ({ account, id }) => one(account, 'subscription', id),
)

/** Without a status those that are over are left out. */
const isWanted = (status: string, wanted: string | undefined): boolean => {
  if (wanted === undefined) return status !== 'canceled'
  if (wanted === 'ended') return status === 'canceled' || status === 'incomplete_expired'
  return wanted === 'all' || status === wanted
}

const list = operation<Stripe.SubscriptionListParams>()(
  'Subscriptions.list',
  [...PAGING, 'created', 'customer', 'price', 'status'],
  ({ account, given, path }) => {
    const subscriptions = newestFirst(account, 'subscription').filter(
      ({ id, created, customer, status }) =>
        isWanted(status, given.status) &&
        isWithin(created, given.created) &&
        (given.customer === undefined || customer === given.customer) &&
        (given.price === undefined || itemsOf(account, id).some(({ price }) => price.id === given.price)),
    )
    return pageOf(subscriptions, given, path)
  },
)

const retrieveItem = operation<Stripe.SubscriptionItemRetrieveParams>()(
  'SubscriptionItems.retrieve',
  [],
  ({ account, id }) => one(account, 'subscription_item', id),
)

const listItems = operation<Stripe.SubscriptionItemListParams>()(
  'SubscriptionItems.list',
  [...PAGING, 'subscription'],
  ({ account, given, path }) => {
    one(account, 'subscription', given.subscription, 'subscription')
    return pageOf(itemsOf(account, given.subscription), given, path)
  },
)

export const subscriptions = [create, update, cancel, retrieve, list, retrieveItem, listItems]
