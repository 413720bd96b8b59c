/** Payments of invoices, the intents behind them, and giving money back. */
import type Stripe from 'stripe'
import { newestFirst, one } from '../account.ts'
import { refund } from '../billing/crediting.ts'
import { mergedMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid } from '../wire/refusal.ts'
import { PAGING, operation } from './operation.ts'

const retrievePayment = operation<Stripe.InvoicePaymentRetrieveParams>()(
  'InvoicePayments.retrieve',
  [],
  ({ account, id }) => one(account, 'invoice_payment', id),
)

const listPayments = operation<Stripe.InvoicePaymentListParams>()(
  'InvoicePayments.list',
  [...PAGING, 'created', 'invoice', 'payment', 'status'],
  ({ account, given, path }) => {
    const intent = given.payment?.payment_intent
    const payments = newestFirst(account, 'invoice_payment').filter(
      (payment) =>
        isWithin(payment.created, given.created) &&
        (given.invoice === undefined || payment.invoice === given.invoice) &&
        (intent === undefined || payment.payment.payment_intent === intent) &&
        (given.status === undefined || payment.status === given.status),
    )
    return pageOf(payments, given, path)
  },
)

const retrieveIntent = operation<Stripe.PaymentIntentRetrieveParams>()(
  'PaymentIntents.retrieve',
  [],
  ({ account, id }) => one(account, 'payment_intent', id),
)

const listIntents = operation<Stripe.PaymentIntentListParams>()(
  'PaymentIntents.list',
  [...PAGING, 'created', 'customer'],
  ({ account, given, path }) => {
    const intents = newestFirst(account, 'payment_intent').filter(
      ({ created, customer }) =>
        isWithin(created, given.created) && (given.customer === undefined || customer === given.customer),
    )
    return pageOf(intents, given, path)
  },
)

const createRefund = operation<Stripe.RefundCreateParams>()(
  'Refunds.create',
  ['amount', 'metadata', 'payment_intent', 'reason'],
  ({ account, given }) => {
    if (given.payment_intent === undefined) {
      throw invalid('Missing required param: payment_intent.', 'payment_intent', 'parameter_missing')
    }
    const intent = one(account, 'payment_intent', given.payment_intent, 'payment_intent')
    return refund(account, intent, {
      ...(given.amount === undefined ? {} : { amount: given.amount }),
      metadata: mergedMetadata({}, given.metadata),
      reason: given.reason ?? null,
    })
  },
)

const retrieveRefund = operation<Stripe.RefundRetrieveParams>()('Refunds.retrieve', [], ({ account, id }) =>
  one(account, 'refund', id),
)

const listRefunds = operation<Stripe.RefundListParams>()(
  'Refunds.list',
  [...PAGING, 'created', 'payment_intent'],
  ({ account, given, path }) => {
    const refunds = newestFirst(account, 'refund').filter(
      (made) =>
        isWithin(made.created, given.created) &&
        (given.payment_intent === undefined || made.payment_intent === given.payment_intent),
    )
    return pageOf(refunds, given, path)
  },
)

export const payments = [
  retrievePayment,
  listPayments,
  retrieveIntent,
  listIntents,
  createRefund,
  retrieveRefund,
  listRefunds,
]
