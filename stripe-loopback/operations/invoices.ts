/** Invoices from draft to the end. */
import type Stripe from 'stripe'
import type { Account } from '../account.ts'
import { newestFirst, one } from '../account.ts'
import { methodOf } from '../billing/cards.ts'
import { markUncollectible, pay, payOutside, settle, voidInvoice } from '../billing/collection.ts'
import { addItemToInvoice, createInvoiceItem, linesOf } from '../billing/invoice-lines.ts'
import { DRAFT_SECONDS, createInvoice, finalize, requireDraft, saveTotals } from '../billing/invoicing.ts'
import type { Customer, Invoice } from '../store/objects.ts'
import { mergedMetadata } from '../wire/given.ts'
import type { GivenMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid } from '../wire/refusal.ts'
import { itemRequestOf } from './invoice-item-request.ts'
import { PAGING, operation } from './operation.ts'
import { currencyOf } from './prices.ts'

const DAY_SECONDS = 86_400

const FIELDS = [
  'auto_advance',
  'collection_method',
  'days_until_due',
  'default_payment_method',
  'description',
  'due_date',
  'footer',
  'metadata',
  'number',
] as const

type Due = {
  readonly collection_method?: string
  readonly days_until_due?: number
  readonly due_date?: number
}

const dueDateOf = (account: Account, given: Due): number | null => {
  if (given.collection_method !== 'send_invoice') {
    if (given.days_until_due === undefined && given.due_date === undefined) return null
    throw invalid(
      'You can only specify days_until_due or due_date if collection_method is send_invoice.',
      given.due_date === undefined ? 'days_until_due' : 'due_date',
    )
  }
  if (given.due_date !== undefined) return given.due_date
  if (given.days_until_due !== undefined) return account.now() + given.days_until_due * DAY_SECONDS
  throw invalid(
    "If invoice collection method is 'send_invoice', you must specify days_until_due or due_date.",
    'due_date',
  )
}

const requireFreeNumber = (account: Account, number: string | undefined, invoice?: string): void => {
  const taken = account.store.all('invoice').some((other) => other.number === number && other.id !== invoice)
  if (number !== undefined && taken) throw invalid(`Invoice number ${number} is already used.`, 'number')
}

const create = operation<Stripe.InvoiceCreateParams>()(
  'Invoices.create',
  [...FIELDS, 'currency', 'customer', 'pending_invoice_items_behavior'],
  ({ account, given }) => {
    if (given.customer === undefined)
      throw invalid('Missing required param: customer.', 'customer', 'parameter_missing')
    const customer = one(account, 'customer', given.customer, 'customer')
    requireFreeNumber(account, given.number)
    const card = given.default_payment_method
    if (card !== undefined) methodOf(account, customer.id, card, 'default_payment_method')
    const draft = createInvoice(account, {
      customer,
      currency: given.currency === undefined ? (customer.currency ?? 'usd') : currencyOf(given.currency),
      autoAdvance: given.auto_advance ?? false,
      reason: 'manual',
      metadata: mergedMetadata({}, given.metadata),
      description: given.description ?? null,
      footer: given.footer ?? null,
      dueDate: dueDateOf(account, given),
      sent: given.collection_method === 'send_invoice',
      defaultPaymentMethod: card ?? null,
      ...(given.number === undefined ? {} : { number: given.number }),
    })
    if (given.pending_invoice_items_behavior === 'include') takeWaiting(account, draft, customer)
    return saveTotals(account, draft, 'invoice.created')
  },
)

/** Items without an invoice that are of no subscription, in the invoice's currency. */
const takeWaiting = (account: Account, draft: Invoice, customer: Customer): void => {
  const waiting = account.store
    .all('invoiceitem')
    .filter(
      (item) =>
        item.customer === customer.id &&
        item.invoice === null &&
        item.parent === null &&
        item.currency === draft.currency,
    )
  for (const item of waiting) addItemToInvoice(account, item, draft)
}

/** After an invoice is final only what is about collecting it, and metadata, can be changed. */
const ALWAYS_EDITABLE: readonly string[] = ['metadata', 'auto_advance', 'default_payment_method']

const update = operation<Stripe.InvoiceUpdateParams>()(
  'Invoices.update',
  FIELDS,
  ({ account, given, id }) => {
    const invoice = one(account, 'invoice', id)
    const isFinal = Object.keys(given).some((name) => !ALWAYS_EDITABLE.includes(name))
    if (isFinal) requireDraft(invoice)
    requireFreeNumber(account, given.number === '' ? undefined : given.number, id)
    const card = given.default_payment_method
    if (card !== undefined) methodOf(account, invoice.customer, card, 'default_payment_method')
    const advances = given.auto_advance ?? invoice.auto_advance
    const due =
      given.due_date === undefined && given.days_until_due === undefined
        ? invoice.due_date
        : dueDateOf(account, {
            ...given,
            collection_method: given.collection_method ?? invoice.collection_method,
          })
    return account.change(
      invoice,
      {
        auto_advance: advances,
        automatically_finalizes_at:
          advances && invoice.status === 'draft'
            ? (invoice.automatically_finalizes_at ?? account.now() + DRAFT_SECONDS)
            : null,
        collection_method: given.collection_method ?? invoice.collection_method,
        default_payment_method: card ?? invoice.default_payment_method,
        description: given.description ?? invoice.description,
        due_date: due,
        footer: given.footer ?? invoice.footer,
        metadata: mergedMetadata(invoice.metadata, given.metadata as GivenMetadata | undefined),
        number: given.number === '' ? null : (given.number ?? invoice.number),
      },
      'invoice.updated',
    )
  },
)

const del = operation<Stripe.InvoiceDeleteParams>()('Invoices.del', [], ({ account, id }) => {
  const invoice = one(account, 'invoice', id)
  if (invoice.status !== 'draft') {
    throw invalid(
      'You can only delete draft invoices. To void an open invoice, use the void endpoint.',
      'invoice',
    )
  }
  for (const line of linesOf(account, id)) account.store.remove('line_item', line.id)
  for (const item of account.store.all('invoiceitem')) {
    if (item.invoice === id) account.store.remove('invoiceitem', item.id)
  }
  account.store.remove('invoice', id)
  account.emit('invoice.deleted', invoice)
  return { id, object: 'invoice', deleted: true }
})

const retrieve = operation<Stripe.InvoiceRetrieveParams>()('Invoices.retrieve', [], ({ account, id }) =>
  one(account, 'invoice', id),
)

const list = operation<Stripe.InvoiceListParams>()(
  'Invoices.list',
  [...PAGING, 'collection_method', 'created', 'customer', 'status', 'subscription'],
  ({ account, given, path }) => {
    const invoices = newestFirst(account, 'invoice').filter(
      (invoice) =>
        isWithin(invoice.created, given.created) &&
        (given.collection_method === undefined || invoice.collection_method === given.collection_method) &&
        (given.customer === undefined || invoice.customer === given.customer) &&
        (given.status === undefined || invoice.status === given.status) &&
        (given.subscription === undefined ||
          invoice.parent?.subscription_details?.subscription === given.subscription),
    )
    return pageOf(invoices, given, path)
  },
)

const addLines = operation<Stripe.InvoiceAddLinesParams>()(
  'Invoices.addLines',
  ['lines', 'invoice_metadata'],
  ({ account, given, id }) => {
    const invoice = one(account, 'invoice', id)
    requireDraft(invoice)
    given.lines.forEach((line, at) => {
      const item =
        line.invoice_item === undefined
          ? createInvoiceItem(
              account,
              invoice.customer,
              invoice.currency,
              itemRequestOf(account, line, `lines[${at}]`, invoice.currency),
            )
          : one(account, 'invoiceitem', line.invoice_item, `lines[${at}][invoice_item]`)
      if (item.invoice !== null)
        throw invalid('The invoice item is on an invoice already.', `lines[${at}][invoice_item]`)
      addItemToInvoice(account, item, invoice)
    })
    const metadata = mergedMetadata(invoice.metadata, given.invoice_metadata)
    return saveTotals(account, { ...invoice, metadata }, 'invoice.updated')
  },
)

const listLines = operation<Stripe.InvoiceListLineItemsParams>()(
  'Invoices.listLineItems',
  PAGING,
  ({ account, given, id, path }) => {
    one(account, 'invoice', id)
    return pageOf(linesOf(account, id), given, path)
  },
)

const finalizeInvoice = operation<Stripe.InvoiceFinalizeInvoiceParams>()(
  'Invoices.finalizeInvoice',
  ['auto_advance'],
  ({ account, given, id }) => {
    const draft = one(account, 'invoice', id)
    const invoice = finalize(account, { ...draft, auto_advance: given.auto_advance ?? draft.auto_advance })
    return invoice.amount_due === 0 ? settle(account, invoice) : invoice
  },
)

const payInvoice = operation<Stripe.InvoicePayParams>()(
  'Invoices.pay',
  ['off_session', 'paid_out_of_band', 'payment_method'],
  ({ account, given, id }) => {
    const invoice = one(account, 'invoice', id)
    return given.paid_out_of_band === true
      ? payOutside(account, invoice)
      : pay(account, invoice, given.payment_method)
  },
)

const voids = operation<Stripe.InvoiceVoidInvoiceParams>()('Invoices.voidInvoice', [], ({ account, id }) =>
  voidInvoice(account, one(account, 'invoice', id)),
)

const writesOff = operation<Stripe.InvoiceMarkUncollectibleParams>()(
  'Invoices.markUncollectible',
  [],
  ({ account, id }) => markUncollectible(account, one(account, 'invoice', id)),
)

export const invoices = [
  create,
  update,
  del,
  retrieve,
  list,
  addLines,
  listLines,
  finalizeInvoice,
  payInvoice,
  voids,
  writesOff,
]
