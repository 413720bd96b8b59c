/**
 * A comparison of what Stripe has with what we have. What is safe to bring together is brought together: our plans and
 * invoices are the truth, and so is Stripe's word on what was paid. Everything else is left to staff.
 */
import type { InvoiceStatus } from './collection.ts'
import type { StripeInvoice } from './stripe-account.ts'

export type DifferenceKind =
  | 'CUSTOMER_MISSING'
  | 'CUSTOMER_UNLABELLED'
  | 'CUSTOMER_UNKNOWN'
  | 'CHECKOUT_MISSED'
  | 'SUBSCRIPTION_MISSED'
  | 'SUBSCRIPTION_UNKNOWN'
  | 'SUBSCRIPTION_DOUBLE'
  | 'PLAN_DIFFERENT'
  | 'INVOICE_MISSING'
  | 'INVOICE_UNKNOWN'
  | 'INVOICE_AMOUNT'
  | 'PAYMENT_MISSED'
  | 'PAYMENT_OF_VOID'
  | 'INVOICE_SETTLED_HERE'
  | 'INVOICE_VOID_THERE'
  | 'ATTEMPT_UNENDED'
  | 'EVENT_LEFT'

/** REPAIRABLE in a dry run, which changes nothing; LEFT is for staff to look at. */
export type DifferenceOutcome = 'REPAIRED' | 'REPAIRABLE' | 'LEFT' | 'FAILED'

export type Difference = {
  readonly kind: DifferenceKind
  /** What differs, by Stripe's id where it has one. */
  readonly subject: string
  readonly tenantId: string | null
  /** For a person. */
  readonly message: string
  readonly outcome: DifferenceOutcome
}

export type Compared = {
  readonly customers: number
  readonly subscriptions: number
  readonly invoices: number
}

export type Reconciliation = {
  readonly id: string
  readonly startedAt: Date
  readonly endedAt: Date
  readonly dryRun: boolean
  readonly compared: Compared
  readonly differences: readonly Difference[]
}

export type InvoiceHere = {
  readonly number: string
  readonly status: InvoiceStatus
  readonly total: bigint
  readonly currency: string
}

export type InvoiceDifference = Pick<Difference, 'kind' | 'message'> & {
  readonly repair: 'settle' | 'void' | null
}

/** How one of our invoices differs at Stripe, or null. */
export const invoiceDifference = (here: InvoiceHere, there: StripeInvoice): InvoiceDifference | null => {
  const { number, status } = here
  if (here.total !== there.total || here.currency !== there.currency) {
    const message = `Invoice ${number} comes to ${here.total} ${here.currency}, and to ${there.total} ${there.currency} at Stripe.`
    return { kind: 'INVOICE_AMOUNT', message, repair: null }
  }
  if (there.status === 'paid') return paidThere(number, status)
  if (there.status === 'void') {
    return status === 'OPEN' || status === 'UNCOLLECTIBLE'
      ? {
          kind: 'INVOICE_VOID_THERE',
          message: `Invoice ${number} is void at Stripe and owed here.`,
          repair: null,
        }
      : null
  }
  if (status !== 'PAID' && status !== 'VOID') return null
  const message = `Invoice ${number} is ${status} here and could still be paid at Stripe.`
  return { kind: 'INVOICE_SETTLED_HERE', message, repair: 'void' }
}

const paidThere = (number: string, status: InvoiceStatus): InvoiceDifference | null => {
  switch (status) {
    case 'PAID':
      return null
    case 'VOID':
    case 'DRAFT':
      return {
        kind: 'PAYMENT_OF_VOID',
        message: `Invoice ${number} is ${status} here and was paid.`,
        repair: null,
      }
    case 'OPEN':
    case 'UNCOLLECTIBLE':
      return {
        kind: 'PAYMENT_MISSED',
        message: `Invoice ${number} was paid, which nobody told us.`,
        repair: 'settle',
      }
  }
}
