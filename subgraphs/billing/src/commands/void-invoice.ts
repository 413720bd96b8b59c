import { defineCommand } from '@stormops/chassis/command'
import type { BillingStores } from '../context.ts'
import { isVoidable } from '../domain/invoice.ts'
import type { InvoiceStatus } from '../domain/invoice.ts'

export type VoidInvoice = { readonly invoiceId: string; readonly reason: string }

export type VoidInvoiceResult =
  | { readonly kind: 'ok'; readonly invoiceId: string; readonly number: string }
  | { readonly kind: 'wrong-status'; readonly status: InvoiceStatus; readonly credited: boolean }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Long enough for a sentence; the audit keeps it. */
export const REASON_LENGTH = 500

/** Runs for the company whose invoice it is, whose month can then be asked for again. */
export const voidInvoice = defineCommand<VoidInvoice, VoidInvoiceResult, BillingStores>({
  name: 'billing.voidInvoice',
  permission: 'platform:staff',
  audit: ({ reason }, { invoiceId, number }) => ({
    subjectKind: 'invoice',
    subjectId: invoiceId,
    detail: { number, reason },
  }),
  run: async ({ stores, clock }, { invoiceId, reason }) => {
    if (reason.trim() === '' || reason.length > REASON_LENGTH) {
      return { kind: 'invalid', field: 'reason', message: `Say why, in 1 to ${REASON_LENGTH} characters.` }
    }
    await stores.invoices.lock(invoiceId)
    const invoice = await stores.invoices.maybeById(invoiceId)
    if (invoice === null) return { kind: 'not-found' }
    if (!isVoidable(invoice)) {
      return { kind: 'wrong-status', status: invoice.status, credited: invoice.credited.minorUnits > 0n }
    }
    await stores.invoices.markVoid(invoiceId, clock.now())
    return { kind: 'ok', invoiceId, number: invoice.number ?? '' }
  },
})
