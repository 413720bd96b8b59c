/** What a unit of a product costs, once or for each period. A price never changes; another takes its place. */
import type Stripe from 'stripe'
import type { Account } from '../account.ts'
import { newestFirst, one } from '../account.ts'
import { plainDecimal, wholeAmount } from '../billing/amounts.ts'
import type { Price } from '../store/objects.ts'
import { mergedMetadata } from '../wire/given.ts'
import type { GivenMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid, notSimulated } from '../wire/refusal.ts'
import { PAGING, operation } from './operation.ts'

type Recurring = {
  readonly interval: string
  readonly interval_count?: number
  readonly usage_type?: string
  readonly meter?: string
  readonly trial_period_days?: number
}

const recurringOf = (given: Recurring | undefined): Price['recurring'] => {
  if (given === undefined) return null
  if (given.usage_type === 'metered' || given.meter !== undefined) {
    throw notSimulated('metered prices', 'recurring[usage_type]')
  }
  if (given.trial_period_days !== undefined)
    throw notSimulated('trials of prices', 'recurring[trial_period_days]')
  return {
    interval: given.interval,
    interval_count: given.interval_count ?? 1,
    meter: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
}

const unitOf = (amount: number | undefined, decimal: string | undefined): string => {
  if (amount !== undefined && decimal !== undefined) {
    throw invalid(
      'You may only specify one of these parameters: unit_amount, unit_amount_decimal.',
      'unit_amount',
    )
  }
  const unit = decimal ?? (amount === undefined ? undefined : String(amount))
  if (unit === undefined)
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing')
  if (unit.startsWith('-')) throw invalid('Invalid non-negative integer', 'unit_amount')
  return plainDecimal(unit)
}

/** One price of the account has a lookup key; another may take it over. */
const takeLookupKey = (
  account: Account,
  key: string,
  transfers: boolean | undefined,
  taker: string | null,
): void => {
  const holder = account.store.all('price').find((price) => price.lookup_key === key && price.id !== taker)
  if (holder === undefined) return
  if (transfers !== true) {
    throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, 'lookup_key')
  }
  account.change(holder, { lookup_key: null }, 'price.updated')
}

const create = operation<Stripe.PriceCreateParams>()(
  'Prices.create',
  [
    'currency',
    'active',
    'billing_scheme',
    'lookup_key',
    'metadata',
    'nickname',
    'product',
    'recurring',
    'transfer_lookup_key',
    'unit_amount',
    'unit_amount_decimal',
  ],
  ({ account, given }) => {
    if (given.billing_scheme === 'tiered') throw notSimulated('tiered prices', 'billing_scheme')
    if (given.product === undefined)
      throw invalid('Missing required param: product.', 'product', 'parameter_missing')
    const product = one(account, 'product', given.product, 'product')
    const unit = unitOf(given.unit_amount, given.unit_amount_decimal)
    if (given.lookup_key !== undefined)
      takeLookupKey(account, given.lookup_key, given.transfer_lookup_key, null)
    const recurring = recurringOf(given.recurring)
    const price: Price = {
      id: account.newId('price'),
      object: 'price',
      active: given.active ?? true,
      billing_scheme: 'per_unit',
      created: account.now(),
      currency: currencyOf(given.currency),
      custom_unit_amount: null,
      livemode: false,
      lookup_key: given.lookup_key ?? null,
      metadata: mergedMetadata({}, given.metadata),
      nickname: given.nickname ?? null,
      product: product.id,
      recurring,
      tax_behavior: 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: recurring === null ? 'one_time' : 'recurring',
      unit_amount: wholeAmount(unit),
      unit_amount_decimal: unit,
    }
    return account.save(price, 'price.created')
  },
)

export const currencyOf = (given: string): string => {
  const currency = given.toLowerCase()
  if (/^[a-z]{3}$/.test(currency)) return currency
  throw invalid(`Invalid currency: ${given}.`, 'currency')
}

const update = operation<Stripe.PriceUpdateParams>()(
  'Prices.update',
  ['active', 'lookup_key', 'metadata', 'nickname', 'transfer_lookup_key'],
  ({ account, given, id }) => {
    const price = one(account, 'price', id)
    if (given.lookup_key !== undefined)
      takeLookupKey(account, given.lookup_key, given.transfer_lookup_key, id)
    return account.change(
      price,
      {
        active: given.active ?? price.active,
        lookup_key: given.lookup_key ?? price.lookup_key,
        metadata: mergedMetadata(price.metadata, given.metadata as GivenMetadata | undefined),
        nickname: given.nickname ?? price.nickname,
      },
      'price.updated',
    )
  },
)

const retrieve = operation<Stripe.PriceRetrieveParams>()('Prices.retrieve', [], ({ account, id }) =>
  one(account, 'price', id),
)

const list = operation<Stripe.PriceListParams>()(
  'Prices.list',
  [...PAGING, 'active', 'created', 'currency', 'lookup_keys', 'product', 'type'],
  ({ account, given, path }) => {
    const prices = newestFirst(account, 'price').filter(
      (price) =>
        (given.active === undefined || price.active === given.active) &&
        isWithin(price.created, given.created) &&
        (given.currency === undefined || price.currency === given.currency) &&
        (given.lookup_keys === undefined || given.lookup_keys.includes(price.lookup_key ?? '')) &&
        (given.product === undefined || price.product === given.product) &&
        (given.type === undefined || price.type === given.type),
    )
    return pageOf(prices, given, path)
  },
)

export const prices = [create, update, retrieve, list]
