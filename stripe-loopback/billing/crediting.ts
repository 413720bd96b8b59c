/**
 * Correcting an invoice that is final. Before it is paid a credit note takes from what is left to pay; after that the
 * amount has to go somewhere: back to the card, or outside of Stripe.
 */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import type { CreditNote, CreditNoteLine, Invoice, PaymentIntent, Refund } from '../store/objects.ts'
import type { Metadata } from '../wire/given.ts'
import { invalid } from '../wire/refusal.ts'
import { giveUpPayment, settle } from './collection.ts'

export type RefundRequest = {
  readonly amount?: number
  readonly metadata: Metadata
  readonly reason: Refund['reason']
}

export const refund = (account: Account, intent: PaymentIntent, wanted: RefundRequest): Refund => {
  if (intent.status !== 'succeeded') {
    throw invalid(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      'payment_intent',
    )
  }
  const before = account.store
    .all('refund')
    .filter(({ payment_intent: of }) => of === intent.id)
    .reduce((sum, { amount }) => sum + amount, 0)
  const left = intent.amount_received - before
  if (left === 0)
    throw invalid('The charge has already been refunded.', 'payment_intent', 'charge_already_refunded')
  const amount = wanted.amount ?? left
  if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer')
  if (amount > left) {
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, 'amount')
  }
  return account.save(
    {
      id: account.newId('re'),
      object: 'refund',
      amount,
      balance_transaction: null,
      charge: null,
      created: account.now(),
      currency: intent.currency,
      customer: intent.customer,
      customer_account: null,
      metadata: wanted.metadata,
      payment_intent: intent.id,
      payment_method: intent.payment_method,
      reason: wanted.reason,
      receipt_number: null,
      source_transfer_reversal: null,
      status: 'succeeded',
      transfer_reversal: null,
    },
    'refund.created',
  )
}

export type CreditRequest = {
  readonly invoice: Invoice
  readonly lines: readonly Omit<CreditNoteLine, 'id'>[]
  readonly refundAmount: number
  readonly outside: number
  readonly memo: string | null
  readonly reason: CreditNote['reason']
  readonly metadata: Metadata
}

/** What can still be credited: all that was invoiced, less what was credited before. */
const creditable = (invoice: Invoice): number =>
  invoice.total - invoice.pre_payment_credit_notes_amount - invoice.post_payment_credit_notes_amount

export const createCreditNote = (account: Account, wanted: CreditRequest): CreditNote => {
  const { invoice } = wanted
  if (invoice.status !== 'open' && invoice.status !== 'paid') {
    throw invalid(
      `You can only create credit notes for open or paid invoices; this one is ${invoice.status}.`,
      'invoice',
    )
  }
  const amount = wanted.lines.reduce((sum, line) => sum + line.amount, 0)
  if (amount < 1) throw invalid('The amount of a credit note must be more than 0.', 'amount')
  if (amount > creditable(invoice)) {
    throw invalid(
      `The credit note total exceeds the ${creditable(invoice)} that can still be credited.`,
      'amount',
    )
  }
  const isPaid = invoice.status === 'paid'
  requireWhereabouts(wanted, amount, isPaid)
  const note = noteOf(account, wanted, amount, isPaid)
  const refunds = wanted.refundAmount === 0 ? [] : [refundOf(account, invoice, wanted.refundAmount)]
  account.save({ ...note, refunds }, 'credit_note.created')
  applyToInvoice(account, invoice, amount, isPaid)
  return one(account, 'credit_note', note.id)
}

const requireWhereabouts = (wanted: CreditRequest, amount: number, isPaid: boolean): void => {
  const told = wanted.refundAmount + wanted.outside
  if (isPaid ? told === amount : told === 0) return
  throw isPaid
    ? invalid(
        `The sum of refund_amount and out_of_band_amount (${told}) must equal the credit note total (${amount}).`,
        'amount',
      )
    : invalid('Nothing was paid yet, so that nothing can be refunded.', 'refund_amount')
}

const refundOf = (account: Account, invoice: Invoice, amount: number): CreditNote['refunds'][number] => {
  const paid = account.store
    .all('invoice_payment')
    .find((payment) => payment.invoice === invoice.id && payment.status === 'paid')
  const intent = paid?.payment.payment_intent
  if (typeof intent !== 'string') {
    throw invalid('The invoice was paid outside of Stripe, so that nothing can be refunded.', 'refund_amount')
  }
  const made = refund(account, one(account, 'payment_intent', intent), { amount, metadata: {}, reason: null })
  return { amount_refunded: amount, payment_record_refund: null, refund: made.id, type: 'refund' }
}

const noteOf = (account: Account, wanted: CreditRequest, amount: number, isPaid: boolean): CreditNote => {
  const { invoice } = wanted
  const id = account.newId('cn')
  const before = account.store.all('credit_note').filter((note) => note.invoice === invoice.id).length
  const lines = wanted.lines.map((line) => ({ ...line, id: account.newId('cnli') }))
  return {
    id,
    object: 'credit_note',
    amount,
    amount_shipping: 0,
    created: account.now(),
    currency: invoice.currency,
    customer: invoice.customer,
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: account.now(),
    invoice: invoice.id,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/credit_notes/${id}/lines` },
    livemode: false,
    memo: wanted.memo,
    metadata: wanted.metadata,
    number: `${invoice.number}-CN-${String(before + 1).padStart(2, '0')}`,
    out_of_band_amount: wanted.outside === 0 ? null : wanted.outside,
    pdf: `${account.url()}/not-simulated`,
    post_payment_amount: isPaid ? amount : 0,
    pre_payment_amount: isPaid ? 0 : amount,
    pretax_credit_amounts: [],
    reason: wanted.reason,
    refunds: [],
    shipping_cost: null,
    status: 'issued',
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
    total_taxes: [],
    type: isPaid ? 'post_payment' : 'pre_payment',
    voided_at: null,
  }
}

/** Less is due, and the intent asks for less; an invoice of which nothing is left is paid. */
const applyToInvoice = (account: Account, invoice: Invoice, amount: number, isPaid: boolean): void => {
  if (isPaid) {
    const sum = invoice.post_payment_credit_notes_amount + amount
    account.change(invoice, { post_payment_credit_notes_amount: sum }, 'invoice.updated')
    return
  }
  const left = invoice.amount_remaining - amount
  const after = account.change(
    invoice,
    {
      pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + amount,
      amount_due: left,
      amount_remaining: left,
    },
    'invoice.updated',
  )
  const payment = account.store
    .all('invoice_payment')
    .find((made) => made.invoice === invoice.id && made.status === 'open')
  const intent = payment?.payment.payment_intent
  if (left === 0) {
    giveUpPayment(account, after)
    settle(account, after)
  } else if (payment !== undefined && typeof intent === 'string') {
    account.save({ ...payment, amount_requested: left })
    account.save({ ...one(account, 'payment_intent', intent), amount: left })
  }
}
