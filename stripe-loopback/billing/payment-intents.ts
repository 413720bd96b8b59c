/** The attempt to collect an amount once. */
import type { Account } from '../account.ts'
import { randomText } from '../account.ts'
import type { Metadata } from '../wire/given.ts'
import type { PaymentIntent } from '../store/objects.ts'
import { declineCodeOf } from './cards.ts'

export type Wanted = {
  readonly amount: number
  readonly currency: string
  readonly customer: string | null
  readonly description: string | null
  readonly metadata: Metadata
}

export const openPaymentIntent = (account: Account, wanted: Wanted): PaymentIntent => {
  const id = account.newId('pi')
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: wanted.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${id}_secret_${randomText(24)}`,
    confirmation_method: 'automatic',
    created: account.now(),
    currency: wanted.currency,
    customer: wanted.customer,
    customer_account: null,
    description: wanted.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: wanted.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_group: null,
  }
  return account.save(intent, 'payment_intent.created')
}

/** Charges a card: the intent after that, and why it was declined if it was. */
export const charge = (
  account: Account,
  intent: PaymentIntent,
  method: string,
): { readonly intent: PaymentIntent; readonly declineCode: string | null } => {
  const declineCode = declineCodeOf(account, method)
  if (declineCode !== null) return { intent: declineIntent(account, intent, declineCode), declineCode }
  const paid = account.change(
    intent,
    { status: 'succeeded', amount_received: intent.amount, payment_method: method, last_payment_error: null },
    'payment_intent.succeeded',
  )
  return { intent: paid, declineCode: null }
}

export const declineIntent = (account: Account, intent: PaymentIntent, declineCode: string): PaymentIntent =>
  account.change(
    intent,
    {
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: declineCode,
        message: 'Your card was declined.',
      },
    },
    'payment_intent.payment_failed',
  )

export const cancelIntent = (account: Account, intent: PaymentIntent): PaymentIntent =>
  account.change(
    intent,
    { status: 'canceled', canceled_at: account.now(), cancellation_reason: 'void_invoice' },
    'payment_intent.canceled',
  )
