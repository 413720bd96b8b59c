/**
 * Stripe's objects as they lie in the store. They are the types of Stripe's own SDK, so that the compiler says when a
 * field is missing or has another type; only what lies elsewhere, or is text on the wire, is told apart.
 */
import type Stripe from 'stripe'
import type { Metadata } from '../wire/given.ts'

type With<T, Changes> = Omit<T, keyof Changes | 'deleted'> & Changes

/** A decimal is an object in the SDK and text on the wire. */
type Decimal = string

export type Customer = With<
  Stripe.Customer,
  {
    metadata: Metadata
    invoice_settings: With<Stripe.Customer.InvoiceSettings, { default_payment_method: string | null }>
  }
>
export type Product = With<Stripe.Product, { metadata: Metadata }>
export type Price = With<
  Stripe.Price,
  {
    metadata: Metadata
    product: string
    unit_amount_decimal: Decimal | null
    currency_options?: never
    tiers?: never
  }
>
export type Plan = With<Stripe.Plan, { amount_decimal: Decimal | null; product: string; tiers?: never }>

export type PaymentMethod = With<
  Stripe.PaymentMethod,
  { metadata: Metadata; customer: string | null; card: Stripe.PaymentMethod.Card }
>
export type PaymentIntent = With<
  Stripe.PaymentIntent,
  { metadata: Metadata; customer: string | null; payment_method: string | null; amount_details?: never }
>
export type SetupIntent = With<
  Stripe.SetupIntent,
  { metadata: Metadata; customer: string | null; payment_method: string | null }
>

export type SubscriptionItem = With<
  Stripe.SubscriptionItem,
  { metadata: Metadata; price: Price; plan: Plan; quantity: number }
>
/** Its items are objects of their own. */
export type Subscription = With<
  Omit<Stripe.Subscription, 'items'>,
  {
    metadata: Metadata
    customer: string
    default_payment_method: string | null
    latest_invoice: string | null
    pending_update: null
  }
>

type Pricing = With<Stripe.InvoiceLineItem.Pricing, { unit_amount_decimal: Decimal | null }>

export type InvoiceItem = With<
  Stripe.InvoiceItem,
  {
    metadata: Metadata
    customer: string
    invoice: string | null
    pricing: Pricing | null
    quantity_decimal: Decimal
  }
>
export type InvoiceLine = With<
  Stripe.InvoiceLineItem,
  { metadata: Metadata; invoice: string; pricing: Pricing | null; quantity_decimal: Decimal | null }
>
/** Its lines and payments are objects of their own. */
export type Invoice = With<
  Omit<Stripe.Invoice, 'lines' | 'payments'>,
  {
    metadata: Metadata
    customer: string
    default_payment_method: string | null
    currency: string
    auto_advance: boolean
    from_invoice: null
    latest_revision: null
  }
>
export type InvoicePayment = With<Stripe.InvoicePayment, { invoice: string }>

export type CreditNoteLine = With<
  Stripe.CreditNoteLineItem,
  { metadata: Metadata; unit_amount_decimal: Decimal | null }
>
export type CreditNote = With<
  Omit<Stripe.CreditNote, 'lines'>,
  { metadata: Metadata; customer: string; invoice: string; lines: { data: readonly CreditNoteLine[] } & List }
>
type List = { object: 'list'; has_more: boolean; url: string }

export type Refund = With<
  Stripe.Refund,
  { metadata: Metadata; customer: string | null; payment_intent: string | null }
>

export type CheckoutLine = With<Stripe.LineItem, { metadata: Metadata | null; price: Price }>
/** What a checkout will do once it is paid is the loopback's own affair, and never shown. */
export type CheckoutSession = With<
  Omit<Stripe.Checkout.Session, 'line_items' | 'currency_conversion'>,
  {
    metadata: Metadata
    customer: string | null
    invoice: string | null
    subscription: string | null
    payment_intent: string | null
    setup_intent: string | null
    currency_conversion: null
  }
>
export type PortalSession = Stripe.BillingPortal.Session

export type WebhookEndpoint = With<Stripe.WebhookEndpoint, { metadata: Metadata; secret: string }>
export type Event = With<Stripe.EventBase, { data: EventData }>
type EventData = { object: unknown; previous_attributes?: unknown }

export type StripeObject =
  | Customer
  | Product
  | Price
  | PaymentMethod
  | PaymentIntent
  | SetupIntent
  | Subscription
  | SubscriptionItem
  | InvoiceItem
  | InvoiceLine
  | Invoice
  | InvoicePayment
  | CreditNote
  | Refund
  | CheckoutSession
  | PortalSession
  | WebhookEndpoint
  | Event

/** What the loopback keeps for itself. */
export type OwnRecord =
  /** The answer to a request that had an Idempotency-Key; `id` is the key. */
  | {
      readonly object: 'loopback.answer'
      readonly id: string
      readonly fingerprint: string
      readonly status: number
      readonly body: string
      /** The request that was answered so. */
      readonly request: string
      readonly created: number
    }
  /** What a checkout was asked to do once it is paid; `id` is the session's. */
  | {
      readonly object: 'loopback.checkout'
      readonly id: string
      readonly lines: readonly CheckoutLine[]
      readonly subscriptionMetadata: Metadata
      readonly subscriptionDescription: string | null
      readonly trialDays: number
      readonly paymentMetadata: Metadata
    }
  /** How a card behaves; `id` is the payment method's. */
  | { readonly object: 'loopback.card'; readonly id: string; readonly declines: string | null }
  | ({ readonly object: 'loopback.delivery'; readonly id: string } & DeliveryRecord)
  /** The key and the secrets of this account; one, with the id `account`. */
  | {
      readonly object: 'loopback.account'
      readonly id: string
      readonly apiKey: string
      readonly webhookSecret: string
    }

export type DeliveryRecord = {
  readonly event: string
  readonly endpoint: string
  readonly url: string
  readonly state: 'pending' | 'delivered' | 'failed'
  readonly attempts: readonly DeliveryAttempt[]
  readonly created: number
}

export type DeliveryAttempt = {
  /** Milliseconds since 1970. */
  readonly at: number
  /** What the receiver answered; null when there was no answer. */
  readonly status: number | null
  readonly error: string | null
}

export type Stored = StripeObject | OwnRecord
export type Kind = Stored['object']
export type Of<K extends Kind> = Extract<Stored, { readonly object: K }>
