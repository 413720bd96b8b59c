/**
 * Collecting an open invoice. Any payment attempt counts as the first; after it only Stripe's own retries raise
 * `attempt_count`, so that a caller who pays by hand and counts failures has to count the events.
 */
import type { Account } from '../account.ts'
import { one } from '../account.ts'
import type { Invoice, InvoicePayment, PaymentIntent } from '../store/objects.ts'
import { declined, invalid } from '../wire/refusal.ts'
import { methodOf } from './cards.ts'
import { cancelIntent, charge } from './payment-intents.ts'
import { subscriptionPaid, subscriptionUnpaid } from './subscription-standing.ts'

/** Who asked for the payment decides whether it counts as one of the retries. */
export type Initiative = 'caller' | 'schedule'

const RETRY_SECONDS = 3 * 86_400
/** Then it is left alone. */
const MOST_ATTEMPTS = 4

/** The default payment of an invoice that waits for its money, and its intent. */
export const expectedPayment = (
  account: Account,
  invoice: Invoice,
): { readonly payment: InvoicePayment; readonly intent: PaymentIntent } | null => {
  const payment = account.store
    .all('invoice_payment')
    .find((made) => made.invoice === invoice.id && made.status === 'open')
  const id = payment?.payment.payment_intent
  const intent = typeof id === 'string' ? account.store.maybe('payment_intent', id) : null
  return payment === undefined || intent === null ? null : { payment, intent }
}

/** The card that pays: the invoice's, its subscription's, or the customer's. */
export const methodFor = (account: Account, invoice: Invoice): string | null => {
  const subscription = invoice.parent?.subscription_details?.subscription
  const ofSubscription =
    typeof subscription === 'string'
      ? account.store.maybe('subscription', subscription)?.default_payment_method
      : null
  const customer = account.store.maybe('customer', invoice.customer)
  return (
    invoice.default_payment_method ??
    ofSubscription ??
    customer?.invoice_settings.default_payment_method ??
    null
  )
}

/** Tries to collect. The invoice after that, and why it was declined if it was. */
export const attempt = (
  account: Account,
  invoice: Invoice,
  initiative: Initiative,
  given?: string,
): {
  readonly invoice: Invoice
  readonly declineCode: string | null
  readonly intent: PaymentIntent | null
} => {
  if (invoice.amount_remaining === 0)
    return { invoice: settle(account, invoice), declineCode: null, intent: null }
  const method = given ?? methodFor(account, invoice)
  if (method === null) {
    if (initiative === 'caller') throw noMethod()
    return { invoice: unpaid(account, invoice, initiative), declineCode: 'generic_decline', intent: null }
  }
  methodOf(account, invoice.customer, method, 'payment_method')
  const expected = expectedPayment(account, invoice)
  if (expected === null) throw new Error(`Nothing is expected of ${invoice.id}.`)
  const { intent, declineCode } = charge(account, expected.intent, method)
  if (declineCode !== null) return { invoice: unpaid(account, invoice, initiative), declineCode, intent }
  account.change(
    expected.payment,
    {
      status: 'paid',
      amount_paid: intent.amount,
      status_transitions: { canceled_at: null, paid_at: account.now() },
    },
    'invoice_payment.paid',
  )
  const counted = account.save({ ...invoice, ...counting(invoice, initiative) })
  return { invoice: settle(account, counted, intent.amount), declineCode: null, intent }
}

export const noMethod = (): Error =>
  invalid(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
    'payment_method',
    'resource_missing',
  )

const counting = (
  invoice: Invoice,
  initiative: Initiative,
): Pick<Invoice, 'attempt_count' | 'attempted'> => ({
  attempted: true,
  attempt_count:
    initiative === 'schedule' || invoice.attempt_count === 0
      ? invoice.attempt_count + 1
      : invoice.attempt_count,
})

const unpaid = (account: Account, invoice: Invoice, initiative: Initiative): Invoice => {
  const counted = counting(invoice, initiative)
  const isRetried = invoice.auto_advance && counted.attempt_count < MOST_ATTEMPTS
  const after = account.change(
    invoice,
    { ...counted, next_payment_attempt: isRetried ? account.now() + RETRY_SECONDS : null },
    'invoice.updated',
    'invoice.payment_failed',
  )
  subscriptionUnpaid(account, after)
  return after
}

/** Paid, by whatever means; `amount` is what came in. */
export const settle = (account: Account, invoice: Invoice, amount = 0): Invoice => {
  const after = account.change(
    invoice,
    {
      status: 'paid',
      amount_paid: invoice.amount_paid + amount,
      amount_remaining: 0,
      attempted: true,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, paid_at: account.now() },
    },
    'invoice.updated',
    'invoice.paid',
    'invoice.payment_succeeded',
  )
  subscriptionPaid(account, after)
  return after
}

/** As an API call: a card that declines is a refusal, after everything it changed was kept. */
export const pay = (account: Account, invoice: Invoice, given?: string): Invoice => {
  requirePayable(invoice)
  const { invoice: after, declineCode, intent } = attempt(account, invoice, 'caller', given)
  if (declineCode !== null) throw declined(declineCode, intent)
  return after
}

const requirePayable = (invoice: Invoice): void => {
  switch (invoice.status) {
    case 'open':
    case 'uncollectible':
      return
    case 'paid':
      throw invalid('Invoice is already paid', 'invoice')
    case 'draft':
      throw invalid('This invoice is a draft; finalize it before it is paid.', 'invoice')
    default:
      throw invalid(`You can't pay an invoice that is ${invoice.status}.`, 'invoice')
  }
}

export const payOutside = (account: Account, invoice: Invoice): Invoice => {
  requirePayable(invoice)
  giveUpPayment(account, invoice)
  return settle(
    account,
    { ...invoice, amount_paid_off_stripe: invoice.amount_remaining },
    invoice.amount_remaining,
  )
}

export const giveUpPayment = (account: Account, invoice: Invoice): void => {
  const expected = expectedPayment(account, invoice)
  if (expected === null) return
  cancelIntent(account, expected.intent)
  account.change(expected.payment, {
    status: 'canceled',
    status_transitions: { canceled_at: account.now(), paid_at: null },
  })
}

export const voidInvoice = (account: Account, invoice: Invoice): Invoice => {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalid(`You can only pass in open invoices. This invoice isn't open.`, 'invoice')
  }
  giveUpPayment(account, invoice)
  return account.change(
    invoice,
    {
      status: 'void',
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, voided_at: account.now() },
    },
    'invoice.updated',
    'invoice.voided',
  )
}

export const markUncollectible = (account: Account, invoice: Invoice): Invoice => {
  if (invoice.status !== 'open') throw invalid(`This invoice isn't open.`, 'invoice')
  return account.change(
    invoice,
    {
      status: 'uncollectible',
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: account.now() },
    },
    'invoice.updated',
    'invoice.marked_uncollectible',
  )
}

export const openInvoice = (account: Account, id: string): Invoice => one(account, 'invoice', id)
