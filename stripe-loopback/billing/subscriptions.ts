/** A subscription: items that are each billed for a period ahead. */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import type { Customer, Invoice, Plan, Price, Subscription, SubscriptionItem } from '../store/objects.ts'
import type { Metadata } from '../wire/given.ts'
import { declined, invalid } from '../wire/refusal.ts'
import { declineCodeOf } from './cards.ts'
import { attempt, noMethod, settle } from './collection.ts'
import { addItemToInvoice, addSubscriptionLine, amountOf } from './invoice-lines.ts'
import { createInvoice, finalize, saveTotals } from './invoicing.ts'
import { periodEnd } from './periods.ts'

export type ItemWanted = { readonly price: string; readonly quantity: number; readonly metadata: Metadata }

export type SubscriptionRequest = {
  readonly customer: Customer
  readonly items: readonly ItemWanted[]
  readonly metadata: Metadata
  readonly description: string | null
  readonly defaultPaymentMethod: string | null
  readonly trialEnd: number | null
  readonly cancelAtPeriodEnd: boolean
  readonly behavior: 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete'
}

export const recurringPrice = (account: Account, id: string, param: string): Price => {
  const price = one(account, 'price', id, param)
  if (price.recurring === null) {
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      param,
    )
  }
  if (!price.active)
    throw invalid(`The price specified is inactive. This field only accepts active prices.`, param)
  return price
}

export const itemsOf = (account: Account, subscription: string): readonly SubscriptionItem[] =>
  account.store.all('subscription_item').filter((item) => item.subscription === subscription)

/** Makes it, and bills and collects its first period. */
export const createSubscription = (account: Account, wanted: SubscriptionRequest): Subscription => {
  const prices = wanted.items.map(({ price }, at) => recurringPrice(account, price, `items[${at}][price]`))
  const [first] = prices
  if (first === undefined) throw invalid('Missing required param: items.', 'items', 'parameter_missing')
  requireAlike(prices)
  requireMeans(account, wanted, prices)
  const now = account.now()
  const end = wanted.trialEnd ?? periodEnd(now, first.recurring)
  const subscription = account.save({
    ...emptySubscription,
    id: account.newId('sub'),
    billing_cycle_anchor: wanted.trialEnd ?? now,
    cancel_at: wanted.cancelAtPeriodEnd ? end : null,
    cancel_at_period_end: wanted.cancelAtPeriodEnd,
    canceled_at: wanted.cancelAtPeriodEnd ? now : null,
    created: now,
    currency: first.currency,
    customer: wanted.customer.id,
    default_payment_method: wanted.defaultPaymentMethod,
    description: wanted.description,
    metadata: wanted.metadata,
    start_date: now,
    status: wanted.trialEnd === null ? 'incomplete' : 'trialing',
    trial_start: wanted.trialEnd === null ? null : now,
    trial_end: wanted.trialEnd,
  })
  wanted.items.forEach((item, at) => {
    const price = prices[at]
    if (price !== undefined) addItem(account, subscription.id, price, item, { start: now, end })
  })
  account.emit('customer.subscription.created', subscription)
  const invoice = billPeriod(account, subscription, 'subscription_create')
  if (invoice.amount_remaining === 0) settle(account, invoice)
  else if (wanted.behavior !== 'default_incomplete') attempt(account, invoice, 'schedule')
  return one(account, 'subscription', subscription.id)
}

const requireAlike = (prices: readonly Price[]): void => {
  const kinds = new Set(
    prices.map(
      ({ currency, recurring }) => `${currency} ${recurring?.interval} ${recurring?.interval_count}`,
    ),
  )
  if (kinds.size > 1) {
    throw invalid(
      'All prices of a subscription must have the same currency and, on the loopback, the same interval.',
      'items',
    )
  }
}

export const addItem = (
  account: Account,
  subscription: string,
  price: Price,
  wanted: Omit<ItemWanted, 'price'>,
  period: { readonly start: number; readonly end: number },
): SubscriptionItem =>
  account.save({
    id: account.newId('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: account.now(),
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: wanted.metadata,
    plan: planOf(price),
    price,
    quantity: wanted.quantity,
    subscription,
    tax_rates: [],
  })

/** The older view of a price, which Stripe still shows beside it. */
export const planOf = (price: Price): Plan => ({
  id: price.id,
  object: 'plan',
  active: price.active,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  billing_scheme: price.billing_scheme,
  created: price.created,
  currency: price.currency,
  interval: price.recurring?.interval ?? 'month',
  interval_count: price.recurring?.interval_count ?? 1,
  livemode: false,
  metadata: price.metadata,
  meter: null,
  nickname: price.nickname,
  product: price.product,
  tiers_mode: null,
  transform_usage: null,
  trial_period_days: null,
  usage_type: 'licensed',
})

/** The invoice for the period that has begun, with what waited for it. */
export const billPeriod = (
  account: Account,
  subscription: Subscription,
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update',
): Invoice => {
  const customer = one(account, 'customer', subscription.customer, 'customer')
  const items = itemsOf(account, subscription.id)
  const draft = createInvoice(account, {
    customer,
    currency: subscription.currency,
    autoAdvance: true,
    reason,
    subscription: { id: subscription.id, metadata: subscription.metadata },
    period: { start: subscription.created, end: account.now() },
  })
  if (reason !== 'subscription_update') {
    for (const item of items) addSubscriptionLine(account, item, draft, subscription.status === 'trialing')
  }
  const waiting = account.store
    .all('invoiceitem')
    .filter(
      (item) => item.invoice === null && item.parent?.subscription_details?.subscription === subscription.id,
    )
  for (const item of waiting) addItemToInvoice(account, item, draft)
  const invoice = finalize(account, saveTotals(account, draft, 'invoice.created'))
  const current = account.store.maybe('subscription', subscription.id) ?? subscription
  account.save({ ...current, latest_invoice: invoice.id })
  return invoice
}

/** With nothing to pay with, or a card that declines where that is to be an error, there is no subscription at all. */
const requireMeans = (account: Account, wanted: SubscriptionRequest, prices: readonly Price[]): void => {
  const total = wanted.items.reduce((sum, { quantity }, at) => {
    const price = prices[at]
    return sum + (price === undefined ? 0 : amountOf(price, quantity))
  }, 0)
  if (total === 0 || wanted.trialEnd !== null || wanted.behavior === 'default_incomplete') return
  const card = wanted.defaultPaymentMethod ?? wanted.customer.invoice_settings.default_payment_method
  if (card === null) throw noMethod()
  const declineCode = declineCodeOf(account, card)
  if (declineCode !== null && wanted.behavior === 'error_if_incomplete') throw declined(declineCode)
}

export const endSubscription = (account: Account, subscription: Subscription): Subscription => {
  const now = account.now()
  return account.change(
    subscription,
    {
      status: 'canceled',
      canceled_at: subscription.canceled_at ?? now,
      ended_at: now,
      cancellation_details: {
        comment: null,
        feedback: null,
        feedback_option: null,
        reason: 'cancellation_requested',
      },
    },
    'customer.subscription.deleted',
  )
}

const emptySubscription: Omit<
  Subscription,
  'id' | 'customer' | 'created' | 'currency' | 'start_date' | 'status' | 'billing_cycle_anchor'
> = {
  object: 'subscription',
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  collection_method: 'charge_automatically',
  customer_account: null,
  days_until_due: null,
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  metadata: {},
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: 'off',
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  test_clock: null,
  transfer_data: null,
  trial_end: null,
  trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' } },
  trial_start: null,
}
