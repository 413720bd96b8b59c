/** Checkouts: pages somebody is sent to in order to pay, and comes back from. */
import type Stripe from 'stripe'
import type { Account } from '../account.ts'
import { newestFirst, one, randomText } from '../account.ts'
import { expireCheckout } from '../billing/checkout.ts'
import { amountOf } from '../billing/invoice-lines.ts'
import type { CheckoutLine, Of } from '../store/objects.ts'
import { mergedMetadata } from '../wire/given.ts'
import type { GivenMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid, notSimulated } from '../wire/refusal.ts'
import { emptySession } from './empty-session.ts'
import { PAGING, operation } from './operation.ts'

const LIFETIME_SECONDS = 24 * 3_600

type GivenLine = { readonly price?: string; readonly quantity?: number; readonly metadata?: GivenMetadata }

/** What is bought, at prices that exist; in a subscription at least one for each period. */
const linesOf = (account: Account, mode: string, given: readonly GivenLine[]): readonly CheckoutLine[] => {
  const lines = given.map((line, at) => lineOf(account, line, at))
  if (mode === 'setup' && lines.length > 0)
    throw invalid('You may not provide line_items in `setup` mode.', 'line_items')
  if (mode !== 'setup' && lines.length === 0) {
    throw invalid(`You must provide line_items in \`${mode}\` mode.`, 'line_items', 'parameter_missing')
  }
  const recurring = lines.filter(({ price }) => price.recurring !== null)
  if (mode === 'payment' && recurring.length > 0) {
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      'line_items',
    )
  }
  if (mode === 'subscription' && recurring.length === 0) {
    throw invalid(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      'line_items',
    )
  }
  if (mode === 'subscription' && recurring.length < lines.length) {
    throw notSimulated('one-time prices in a subscription checkout', 'line_items')
  }
  return lines
}

const HEEDED: readonly string[] = ['price', 'quantity', 'metadata']

const lineOf = (account: Account, given: GivenLine, at: number): CheckoutLine => {
  const other = Object.keys(given).find((name) => !HEEDED.includes(name))
  if (other !== undefined) throw notSimulated(`line_items[].${other}`, `line_items[${at}][${other}]`)
  const param = `line_items[${at}][price]`
  if (given.price === undefined)
    throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing')
  const price = one(account, 'price', given.price, param)
  if (!price.active)
    throw invalid('The price specified is inactive. This field only accepts active prices.', param)
  const quantity = given.quantity ?? 1
  const amount = amountOf(price, quantity)
  return {
    id: account.newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: account.store.maybe('product', price.product)?.name ?? null,
    metadata: mergedMetadata({}, given.metadata),
    price,
    quantity,
  }
}

export const requireAddress = (url: string | undefined, param: string): string => {
  if (url === undefined) throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing')
  if (/^https?:\/\//.test(url) && URL.canParse(url.replaceAll(/[{}]/g, ''))) return url
  throw invalid('Not a valid URL', param, 'url_invalid')
}

const create = operation<Stripe.Checkout.SessionCreateParams>()(
  'Checkout/Sessions.create',
  [
    'billing_address_collection',
    'cancel_url',
    'client_reference_id',
    'currency',
    'customer',
    'customer_email',
    'customer_update',
    'expires_at',
    'line_items',
    'locale',
    'metadata',
    'mode',
    'payment_intent_data',
    'setup_intent_data',
    'subscription_data',
    'success_url',
  ],
  ({ account, given }) => {
    const mode = given.mode ?? 'payment'
    if (given.customer !== undefined) one(account, 'customer', given.customer, 'customer')
    if (given.customer !== undefined && given.customer_email !== undefined) {
      throw invalid('You may only specify one of these parameters: customer, customer_email.', 'customer')
    }
    if (mode === 'setup' && given.currency === undefined) {
      throw invalid('Missing required param: currency.', 'currency', 'parameter_missing')
    }
    const lines = linesOf(account, mode, given.line_items ?? [])
    const id = `cs_test_${randomText(40)}`
    const plan = planOf(id, lines, given)
    account.store.put(plan)
    const total = plan.trialDays > 0 ? 0 : lines.reduce((sum, line) => sum + line.amount_total, 0)
    return account.save({
      ...emptySession,
      id,
      amount_subtotal: mode === 'setup' ? null : total,
      amount_total: mode === 'setup' ? null : total,
      cancel_url: given.cancel_url === undefined ? null : requireAddress(given.cancel_url, 'cancel_url'),
      client_reference_id: given.client_reference_id ?? null,
      created: account.now(),
      currency: given.currency ?? lines[0]?.currency ?? null,
      customer: given.customer ?? null,
      customer_email: given.customer_email ?? null,
      expires_at: expiryOf(account, given.expires_at),
      metadata: mergedMetadata({}, given.metadata),
      mode,
      payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
      success_url: requireAddress(given.success_url, 'success_url'),
      url: `${account.url()}/pay/${id}`,
    })
  },
)

/** Stripe takes from 30 minutes to 24 hours. */
const expiryOf = (account: Account, given: number | undefined): number => {
  const now = account.now()
  const expiresAt = given ?? now + LIFETIME_SECONDS
  if (expiresAt >= now + 1_800 && expiresAt <= now + LIFETIME_SECONDS) return expiresAt
  throw invalid(
    'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from now.',
    'expires_at',
  )
}

type Planned = {
  readonly subscription_data?: Record<string, unknown> & {
    readonly metadata?: GivenMetadata
    readonly description?: string
    readonly trial_period_days?: number
  }
  readonly payment_intent_data?: { readonly metadata?: GivenMetadata }
  readonly setup_intent_data?: { readonly metadata?: GivenMetadata }
}

const PLANNED: readonly string[] = ['metadata', 'description', 'trial_period_days']

const requireHeeded = (param: string, given: object | undefined, heeded: readonly string[]): void => {
  const other = Object.keys(given ?? {}).find((name) => !heeded.includes(name))
  if (other !== undefined) throw notSimulated(`${param}.${other}`, `${param}[${other}]`)
}

const planOf = (id: string, lines: readonly CheckoutLine[], given: Planned): Of<'loopback.checkout'> => {
  const data = given.subscription_data
  requireHeeded('subscription_data', data, PLANNED)
  requireHeeded('payment_intent_data', given.payment_intent_data, ['metadata'])
  requireHeeded('setup_intent_data', given.setup_intent_data, ['metadata'])
  return {
    object: 'loopback.checkout',
    id,
    lines,
    subscriptionMetadata: mergedMetadata({}, data?.metadata),
    subscriptionDescription: data?.description ?? null,
    trialDays: data?.trial_period_days ?? 0,
    paymentMetadata: mergedMetadata(
      {},
      given.payment_intent_data?.metadata ?? given.setup_intent_data?.metadata,
    ),
  }
}

const retrieve = operation<Stripe.Checkout.SessionRetrieveParams>()(
  'Checkout/Sessions.retrieve',
  [],
  ({ account, id }) => one(account, 'checkout.session', id),
)

const list = operation<Stripe.Checkout.SessionListParams>()(
  'Checkout/Sessions.list',
  [...PAGING, 'created', 'customer', 'status', 'subscription', 'payment_intent'],
  ({ account, given, path }) => {
    const sessions = newestFirst(account, 'checkout.session').filter(
      (session) =>
        isWithin(session.created, given.created) &&
        (given.customer === undefined || session.customer === given.customer) &&
        (given.status === undefined || session.status === given.status) &&
        (given.subscription === undefined || session.subscription === given.subscription) &&
        (given.payment_intent === undefined || session.payment_intent === given.payment_intent),
    )
    return pageOf(sessions, given, path)
  },
)

const expire = operation<Stripe.Checkout.SessionExpireParams>()(
  'Checkout/Sessions.expire',
  [],
  ({ account, id }) => expireCheckout(account, id),
)

const listLines = operation<Stripe.Checkout.SessionListLineItemsParams>()(
  'Checkout/Sessions.listLineItems',
  PAGING,
  ({ account, given, id, path }) => {
    one(account, 'checkout.session', id)
    return pageOf(account.store.maybe('loopback.checkout', id)?.lines ?? [], given, path)
  },
)

export const checkout = [create, retrieve, list, expire, listLines]
