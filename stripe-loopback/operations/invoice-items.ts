/** Invoice items: what the next invoice, or one that is still a draft, will be for. */
import type Stripe from 'stripe'
import { newestFirst, one } from '../account.ts'
import { addItemToInvoice, createInvoiceItem, linesOf } from '../billing/invoice-lines.ts'
import { requireDraft, saveTotals } from '../billing/invoicing.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid } from '../wire/refusal.ts'
import { itemRequestOf } from './invoice-item-request.ts'
import { PAGING, operation } from './operation.ts'
import { currencyOf } from './prices.ts'

const create = operation<Stripe.InvoiceItemCreateParams>()(
  'InvoiceItems.create',
  [
    'amount',
    'currency',
    'customer',
    'description',
    'discountable',
    'invoice',
    'metadata',
    'period',
    'price_data',
    'pricing',
    'quantity',
    'unit_amount_decimal',
  ],
  ({ account, given }) => {
    const invoice = given.invoice === undefined ? null : one(account, 'invoice', given.invoice, 'invoice')
    if (invoice !== null) requireDraft(invoice)
    const customer = given.customer ?? invoice?.customer
    if (customer === undefined)
      throw invalid('Missing required param: customer.', 'customer', 'parameter_missing')
    one(account, 'customer', customer, 'customer')
    if (invoice !== null && invoice.customer !== customer) {
      throw invalid('The invoice is of another customer.', 'invoice')
    }
    const currency = currencyOf(given.currency ?? given.price_data?.currency ?? invoice?.currency ?? 'usd')
    if (invoice !== null && currency !== invoice.currency) {
      throw invalid(`The currency of the item has to be the invoice's, ${invoice.currency}.`, 'currency')
    }
    const item = createInvoiceItem(account, customer, currency, itemRequestOf(account, given, '', currency))
    if (invoice === null) return item
    addItemToInvoice(account, item, invoice)
    saveTotals(account, invoice, 'invoice.updated')
    return one(account, 'invoiceitem', item.id)
  },
)

const retrieve = operation<Stripe.InvoiceItemRetrieveParams>()(
  'InvoiceItems.retrieve',
  [],
  ({ account, id }) => one(account, 'invoiceitem', id),
)

const list = operation<Stripe.InvoiceItemListParams>()(
  'InvoiceItems.list',
  [...PAGING, 'created', 'customer', 'invoice', 'pending'],
  ({ account, given, path }) => {
    const items = newestFirst(account, 'invoiceitem').filter(
      (item) =>
        isWithin(item.date, given.created) &&
        (given.customer === undefined || item.customer === given.customer) &&
        (given.invoice === undefined || item.invoice === given.invoice) &&
        (given.pending === undefined || (item.invoice === null) === given.pending),
    )
    return pageOf(items, given, path)
  },
)

const del = operation<Stripe.InvoiceItemDeleteParams>()('InvoiceItems.del', [], ({ account, id }) => {
  const item = one(account, 'invoiceitem', id)
  const invoice = item.invoice === null ? null : one(account, 'invoice', item.invoice)
  if (invoice !== null) {
    requireDraft(invoice)
    const line = linesOf(account, invoice.id).find(
      ({ parent }) => parent?.invoice_item_details?.invoice_item === id,
    )
    if (line !== undefined) account.store.remove('line_item', line.id)
  }
  account.store.remove('invoiceitem', id)
  account.emit('invoiceitem.deleted', item)
  if (invoice !== null) saveTotals(account, invoice, 'invoice.updated')
  return { id, object: 'invoiceitem', deleted: true }
})

export const invoiceItems = [create, retrieve, list, del]
