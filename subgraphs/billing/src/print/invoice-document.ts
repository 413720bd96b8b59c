/** An invoice as it is printed: what it says, and what became of it by now. */
import { amountDue } from '../domain/invoice.ts'
import type { Invoice } from '../domain/invoice.ts'
import type { InvoiceDocument, Issuer } from './document.ts'

export type InvoiceParties = {
  readonly issuer: Issuer
  readonly company: string
  /** As clients see it. */
  readonly tenantId: string
}

export const invoiceDocument = (
  invoice: Invoice,
  { issuer, company, tenantId }: InvoiceParties,
): InvoiceDocument => ({
  kind: 'INVOICE',
  issuer,
  customer: { company, addressLines: null, email: null, tenantId },
  number: invoice.number,
  status: invoice.status,
  issuedAt: invoice.finalizedAt?.toISOString() ?? null,
  dueAt: invoice.dueAt?.toISOString() ?? null,
  paidAt: invoice.paidAt?.toISOString() ?? null,
  period: {
    start: invoice.startsAt.toISOString(),
    end: invoice.endsAt.toISOString(),
    timeZone: invoice.timeZone,
  },
  currency: invoice.currency,
  lines: invoice.lines.map(({ description, amount }) => ({
    description,
    detail: null,
    amount: String(amount.minorUnits),
  })),
  subtotal: String(invoice.total.minorUnits),
  credits: String(invoice.credited.minorUnits),
  total: String(invoice.total.minorUnits - invoice.credited.minorUnits),
  amountDue: String(amountDue(invoice).minorUnits),
  notes: invoice.creditNotes.map(({ number, reason }) => `Credit note ${number}: ${reason}`),
  paymentUrl: null,
  contentHash: invoice.status === 'DRAFT' ? null : invoice.contentHash,
})
