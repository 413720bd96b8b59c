import { defineCommand } from '@stormops/chassis/command'
import type { BillingStores } from '../context.ts'
import { dueOf, nextNumber } from '../domain/collection.ts'
import type { InvoiceStatus } from '../domain/collection.ts'

export type PayInvoice = { readonly invoiceId: string }

export type PayInvoiceResult =
  /** Which try it is; one that already waits for its end is nobody's second. */
  | { readonly kind: 'ok'; readonly attempt: number }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-payable'; readonly status: InvoiceStatus }

/** Writes down that it is tried. Stripe is asked after that, and if nobody does, by the schedule. */
export const payInvoice = defineCommand<PayInvoice, PayInvoiceResult, BillingStores>({
  name: 'billing.payInvoice',
  permission: 'billing:manage',
  duringSuspension: true,
  audit: ({ invoiceId }, { attempt }) => ({
    subjectKind: 'invoice',
    subjectId: invoiceId,
    detail: { attempt },
  }),
  run: async ({ stores: { payments }, clock }, { invoiceId }) => {
    const invoice = await payments.lockInvoice(invoiceId)
    if (invoice === null) return { kind: 'not-found' }
    const due = dueOf(invoice)
    if ((invoice.status !== 'OPEN' && invoice.status !== 'UNCOLLECTIBLE') || due <= 0n) {
      return { kind: 'not-payable', status: invoice.status }
    }
    const attempts = await payments.attempts(invoiceId)
    const pending = attempts.find(({ state }) => state === 'PENDING')
    if (pending !== undefined) return { kind: 'ok', attempt: pending.attempt }
    const attempt = nextNumber(attempts)
    const { currency } = invoice
    await payments.begin({ invoiceId, attempt, source: 'CUSTOMER', amount: due, currency, at: clock.now() })
    return { kind: 'ok', attempt }
  },
})
