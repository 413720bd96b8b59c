/** What an invoice is for: each line comes from an invoice item, or from an item of a subscription. */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import type { Invoice, InvoiceItem, InvoiceLine, Price, SubscriptionItem } from '../store/objects.ts'
import type { Metadata } from '../wire/given.ts'
import { invalid } from '../wire/refusal.ts'
import { LARGEST_AMOUNT, plainDecimal, timesQuantity } from './amounts.ts'

export type Period = { readonly start: number; readonly end: number }

/** Some of what an invoice item may be made of; either an amount, or a price and a quantity. */
export type ItemRequest = {
  readonly amount?: number
  readonly currency?: string
  readonly description?: string
  readonly metadata: Metadata
  readonly period?: Period
  readonly price?: string
  readonly quantity?: number
  readonly unitAmountDecimal?: string
  readonly product?: string
  readonly proration?: boolean
  readonly subscription?: { readonly id: string; readonly item: string }
}

type Priced = Pick<InvoiceItem, 'amount' | 'currency' | 'pricing' | 'quantity'>

const pricedItem = (account: Account, wanted: ItemRequest, currency: string): Priced => {
  const quantity = wanted.quantity ?? 1
  if (quantity < 0) throw invalid('Invalid non-negative integer', 'quantity')
  if (wanted.price !== undefined) return pricedByPrice(account, wanted.price, quantity, wanted.amount)
  if (wanted.unitAmountDecimal !== undefined) {
    const unit = plainDecimal(wanted.unitAmountDecimal)
    const pricing =
      wanted.product === undefined
        ? { type: 'price_details' as const, unit_amount_decimal: unit }
        : {
            type: 'price_details' as const,
            unit_amount_decimal: unit,
            price_details: { price: account.newId('price'), product: wanted.product },
          }
    return { amount: timesQuantity(unit, quantity), currency, pricing, quantity }
  }
  if (wanted.amount === undefined) {
    throw invalid(
      'You must pass one of amount, pricing, price_data or unit_amount_decimal.',
      'amount',
      'parameter_missing',
    )
  }
  if (wanted.quantity !== undefined && wanted.quantity !== 1) {
    throw invalid('You may only specify one of these parameters: amount, quantity.', 'amount')
  }
  return {
    amount: wanted.amount,
    currency,
    pricing: { type: 'price_details', unit_amount_decimal: String(wanted.amount) },
    quantity: 1,
  }
}

/** A proration is of a price, and its amount is not the price's. */
const pricedByPrice = (account: Account, id: string, quantity: number, amount?: number): Priced => {
  const price = one(account, 'price', id, 'pricing[price]')
  return {
    amount: amount ?? amountOf(price, quantity),
    currency: price.currency,
    pricing: {
      type: 'price_details',
      unit_amount_decimal: price.unit_amount_decimal,
      price_details: { price: price.id, product: price.product },
    },
    quantity,
  }
}

export const amountOf = (price: Price, quantity: number): number =>
  timesQuantity(price.unit_amount_decimal ?? '0', quantity)

/** Makes an invoice item that waits for an invoice. */
export const createInvoiceItem = (
  account: Account,
  customer: string,
  currency: string,
  wanted: ItemRequest,
): InvoiceItem => {
  const priced = pricedItem(account, wanted, currency)
  if (Math.abs(priced.amount) > LARGEST_AMOUNT) {
    throw invalid(`Amount must be no more than $999,999.99`, 'amount', 'amount_too_large')
  }
  const now = account.now()
  const subscription = wanted.subscription
  const item: InvoiceItem = {
    id: account.newId('ii'),
    object: 'invoiceitem',
    amount: priced.amount,
    currency: priced.currency,
    customer,
    customer_account: null,
    date: now,
    description: wanted.description ?? descriptionOf(account, priced),
    discountable: !(wanted.proration ?? false),
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: wanted.metadata,
    net_amount: priced.amount,
    parent:
      subscription === undefined
        ? null
        : {
            type: 'subscription_details',
            subscription_details: { subscription: subscription.id, subscription_item: subscription.item },
          },
    period: wanted.period ?? { start: now, end: now },
    pricing: priced.pricing,
    proration: wanted.proration ?? false,
    quantity: priced.quantity,
    quantity_decimal: String(priced.quantity),
    tax_rates: [],
    test_clock: null,
  }
  return account.save(item, 'invoiceitem.created')
}

const descriptionOf = (account: Account, { pricing }: Priced): string | null => {
  const product = pricing?.price_details?.product
  return product === undefined ? null : (account.store.maybe('product', product)?.name ?? null)
}

/** Puts a waiting item on a draft, as a line of it. */
export const addItemToInvoice = (account: Account, item: InvoiceItem, invoice: Invoice): InvoiceLine => {
  account.store.put({ ...item, invoice: invoice.id })
  return account.save({
    ...bareLine(account, invoice),
    amount: item.amount,
    subtotal: item.amount,
    description: item.description,
    discountable: item.discountable,
    metadata: item.metadata,
    parent: {
      type: 'invoice_item_details',
      invoice_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details: null,
        subscription: item.parent?.subscription_details?.subscription ?? null,
      },
      subscription_item_details: null,
    },
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
  })
}

/** A period of a subscription's item, as a line of an invoice. */
export const addSubscriptionLine = (
  account: Account,
  item: SubscriptionItem,
  invoice: Invoice,
  isTrial: boolean,
): InvoiceLine => {
  const amount = isTrial ? 0 : amountOf(item.price, item.quantity)
  const product = account.store.maybe('product', item.price.product)?.name ?? item.price.product
  return account.save({
    ...bareLine(account, invoice),
    amount,
    subtotal: amount,
    description: isTrial ? `Trial period for ${product}` : `${item.quantity} × ${product}`,
    metadata: item.metadata,
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: item.subscription,
        subscription_item: item.id,
      },
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    pricing: {
      type: 'price_details',
      unit_amount_decimal: item.price.unit_amount_decimal,
      price_details: { price: item.price.id, product: item.price.product },
    },
    quantity: item.quantity,
    quantity_decimal: String(item.quantity),
    subscription: item.subscription,
  })
}

const bareLine = (account: Account, invoice: Invoice): InvoiceLine => ({
  id: account.newId('il'),
  object: 'line_item',
  amount: 0,
  currency: invoice.currency,
  description: null,
  discount_amounts: [],
  discountable: true,
  discounts: [],
  invoice: invoice.id,
  livemode: false,
  metadata: {},
  parent: null,
  period: { start: invoice.period_start, end: invoice.period_end },
  pretax_credit_amounts: [],
  pricing: null,
  quantity: 1,
  quantity_decimal: '1',
  subscription: null,
  subtotal: 0,
  taxes: [],
})

export const linesOf = (account: Account, invoice: string): readonly InvoiceLine[] =>
  account.store.all('line_item').filter((line) => line.invoice === invoice)
