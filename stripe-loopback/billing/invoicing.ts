/** An invoice from draft to open: what it is for, its number, and what is left to pay. */
import type { Account, EventType } from '../account.ts'
import type { Customer, Invoice, InvoicePayment } from '../store/objects.ts'
import type { Metadata } from '../wire/given.ts'
import { invalid, notSimulated } from '../wire/refusal.ts'
import { linesOf } from './invoice-lines.ts'
import { openPaymentIntent } from './payment-intents.ts'

/** Stripe leaves a draft alone for about an hour before it finalises one that advances by itself. */
export const DRAFT_SECONDS = 3_600

export type InvoiceRequest = {
  readonly customer: Customer
  readonly currency: string
  readonly autoAdvance: boolean
  readonly reason: Invoice['billing_reason']
  readonly subscription?: { readonly id: string; readonly metadata: Metadata }
  readonly period?: { readonly start: number; readonly end: number }
  readonly metadata?: Metadata
  readonly description?: string | null
  readonly number?: string
  readonly footer?: string | null
  readonly dueDate?: number | null
  readonly sent?: boolean
  readonly defaultPaymentMethod?: string | null
}

export const createInvoice = (account: Account, wanted: InvoiceRequest): Invoice => {
  const now = account.now()
  const { customer, subscription } = wanted
  const invoice: Invoice = {
    ...emptyInvoice,
    id: account.newId('in'),
    auto_advance: wanted.autoAdvance,
    automatically_finalizes_at: wanted.autoAdvance ? now + DRAFT_SECONDS : null,
    billing_reason: wanted.reason,
    collection_method: wanted.sent === true ? 'send_invoice' : 'charge_automatically',
    created: now,
    currency: wanted.currency,
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    default_payment_method: wanted.defaultPaymentMethod ?? null,
    description: wanted.description ?? null,
    due_date: wanted.dueDate ?? null,
    footer: wanted.footer ?? null,
    metadata: wanted.metadata ?? {},
    number: wanted.number ?? null,
    parent:
      subscription === undefined
        ? null
        : {
            type: 'subscription_details',
            quote_details: null,
            subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
          },
    period_start: wanted.period?.start ?? now,
    period_end: wanted.period?.end ?? now,
  }
  return account.save(invoice)
}

const emptyInvoice: Omit<
  Invoice,
  'id' | 'customer' | 'created' | 'currency' | 'period_start' | 'period_end'
> = {
  object: 'invoice',
  account_country: 'US',
  account_name: 'Stripe loopback',
  account_tax_ids: null,
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  auto_advance: false,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  automatically_finalizes_at: null,
  billing_reason: 'manual',
  collection_method: 'charge_automatically',
  custom_fields: null,
  customer_account: null,
  customer_address: null,
  customer_email: null,
  customer_name: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: 'none',
  customer_tax_ids: [],
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  due_date: null,
  effective_at: null,
  ending_balance: null,
  footer: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  metadata: {},
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  parent: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  status: 'draft',
  status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
  subtotal: 0,
  subtotal_excluding_tax: 0,
  test_clock: null,
  total: 0,
  total_discount_amounts: [],
  total_excluding_tax: 0,
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
}

/** Adds the lines up. There are no taxes, discounts or balances here. */
export const withTotals = (account: Account, invoice: Invoice): Invoice => {
  const total = linesOf(account, invoice.id).reduce((sum, { amount }) => sum + amount, 0)
  const due = Math.max(0, total)
  return {
    ...invoice,
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
    amount_due: due,
    amount_remaining: due,
  }
}

export const saveTotals = (account: Account, invoice: Invoice, ...events: readonly EventType[]): Invoice =>
  account.save(withTotals(account, invoice), ...events)

export const requireDraft = (invoice: Invoice): void => {
  if (invoice.status !== 'draft') {
    throw invalid('This invoice is no longer editable.', 'invoice', 'invoice_not_editable')
  }
}

/** From here on it cannot be changed. One of nothing is paid at once. */
export const finalize = (account: Account, draft: Invoice): Invoice => {
  if (draft.status !== 'draft') {
    throw invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice.", 'invoice')
  }
  const counted = withTotals(account, draft)
  if (counted.total < 0) throw notSimulated('an invoice of less than nothing, which becomes a balance')
  const now = account.now()
  const open = account.save(
    {
      ...counted,
      number: draft.number ?? nextNumber(account, draft.customer),
      status: 'open',
      automatically_finalizes_at: null,
      effective_at: now,
      ending_balance: 0,
      next_payment_attempt:
        draft.auto_advance && draft.collection_method === 'charge_automatically' ? now + DRAFT_SECONDS : null,
      status_transitions: { ...draft.status_transitions, finalized_at: now },
    },
    'invoice.finalized',
  )
  if (open.amount_due > 0) requestPayment(account, open)
  return open
}

const nextNumber = (account: Account, customerId: string): string => {
  const customer = account.store.maybe('customer', customerId)
  if (customer === null) throw invalid('The customer of this invoice was deleted.', 'customer')
  const next = customer.next_invoice_sequence ?? 1
  account.store.put({ ...customer, next_invoice_sequence: next + 1 })
  return `${customer.invoice_prefix ?? 'LOOPBACK'}-${String(next).padStart(4, '0')}`
}

/** The payment that is expected, which holds its intent. */
const requestPayment = (account: Account, invoice: Invoice): InvoicePayment => {
  const intent = openPaymentIntent(account, {
    amount: invoice.amount_remaining,
    currency: invoice.currency,
    customer: invoice.customer,
    description: invoice.description,
    metadata: {},
  })
  return account.save({
    id: account.newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: account.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intent.id },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  })
}
