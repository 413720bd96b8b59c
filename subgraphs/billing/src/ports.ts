/** What billing needs of the world outside it; a composition root decides what each of these is. */
import type { TenantFiles } from '@stormops/chassis/files/tenant-files'
import type { SendMail } from '@stormops/chassis/mail/mail'
import type {
  Bill,
  ChargeOutcome,
  CheckoutWanted,
  NewCustomer,
  SoldPlan,
  StripeCheckout,
  StripeCustomer,
  StripeInvoice,
  StripeNews,
  StripePrice,
  StripeSubscription,
} from './domain/stripe-account.ts'
import type { CreditNoteDocument, InvoiceDocument } from './print/document.ts'

export type PrintedInvoice = InvoiceDocument
export type PrintedCreditNote = CreditNoteDocument
export type PrintedPdf = { readonly pdf: Uint8Array; readonly sha256: string }

export type BillingPorts = {
  readonly sendMail: SendMail
  /** Where people reach the platform; links begin with it. */
  readonly publicUrl: () => string
  /** Null where no payment can be taken: everything else works. */
  readonly stripe: StripeClient | null
  readonly files: TenantFiles
  readonly renderInvoice: (invoice: PrintedInvoice) => Promise<PrintedPdf>
  readonly renderCreditNote: (note: PrintedCreditNote) => Promise<PrintedPdf>
  /** The address of a file for whoever holds it, until the given time. */
  readonly linkTo: (
    link: { readonly tenantId: string; readonly path: string; readonly purpose: 'download' },
    expiresAt: Date,
  ) => Promise<string>
  /** The plan of a company may be another from now on; whoever remembers it asks again. */
  readonly planChanged: (tenantId: string) => void
}

/**
 * One account of Stripe's. Whatever makes something there is asked under a key that says what it is for, so that asking
 * again makes nothing more. Every call throws UNAVAILABLE when Stripe did not say how it ended.
 */
export type StripeClient = StripeShop & StripeBilling & StripeLists & StripeDoor

export type StripeDoor = {
  /** What a webhook brought. Throws BAD_INPUT for a body that Stripe did not sign, or signed more than 5 minutes ago. */
  readonly readEvent: (body: Uint8Array, signature: string, receivedAt: Date) => StripeNews
  /** Throws when what answers is no Stripe where it has to be one; silent when nothing answers. */
  readonly assertGenuine: () => Promise<void>
}

export type StripeShop = {
  readonly ensurePrice: (plan: SoldPlan) => Promise<StripePrice>
  /** Its id. */
  readonly createCustomer: (customer: NewCustomer) => Promise<string>
  readonly labelCustomer: (customerId: string, tenantId: string) => Promise<void>
  readonly openCheckout: (
    wanted: CheckoutWanted,
  ) => Promise<{ readonly sessionId: string; readonly url: string }>
  readonly openPortal: (customerId: string, returnUrl: string) => Promise<string>
  readonly maybeCheckout: (sessionId: string) => Promise<StripeCheckout | null>
  readonly maybeSubscription: (subscriptionId: string) => Promise<StripeSubscription | null>
  readonly putOnPrice: (subscription: StripeSubscription, priceId: string) => Promise<void>
  /** At once. One that is over already stays so. */
  readonly endSubscription: (subscriptionId: string) => Promise<void>
  /** Our invoices are paid by it from now on. */
  readonly payBy: (customerId: string, paymentMethodId: string) => Promise<void>
}

export type StripeBilling = {
  readonly maybeInvoice: (stripeInvoiceId: string) => Promise<StripeInvoice | null>
  /** Makes it there and opens it, or finds it where it was made before. */
  readonly pushInvoice: (bill: Bill) => Promise<StripeInvoice>
  /** Takes `amount` off one that is open, having taken off `before`. */
  readonly credit: (stripeInvoiceId: string, amount: bigint, before: bigint) => Promise<void>
  readonly pay: (stripeInvoiceId: string, key: string) => Promise<ChargeOutcome>
  /** An open one, so that nobody can pay it any more. */
  readonly voidInvoice: (stripeInvoiceId: string) => Promise<void>
}

export type StripeLists = {
  readonly customers: () => AsyncIterable<StripeCustomer>
  /** Those that are over too. */
  readonly subscriptions: () => AsyncIterable<StripeSubscription>
  /** Made since then. */
  readonly invoices: (since: Date) => AsyncIterable<StripeInvoice>
}
