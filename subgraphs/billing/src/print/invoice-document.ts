/** An invoice as it is printed, with what became of it by now, and a credit note. */
import { canonicalHash } from '@stormops/chassis/values/canonical'
import { amountDue } from '../domain/invoice.ts'
import type { Invoice, IssuedCreditNote } from '../domain/invoice.ts'
import type { CreditNoteDocument, InvoiceDocument, Issuer } from './document.ts'

export type InvoiceParties = {
  readonly issuer: Issuer
  readonly company: string
  /** As clients see it. */
  readonly tenantId: string
  /** Whether the platform charges by itself what is due. */
  readonly isCharged: boolean
}

export const invoiceDocument = (
  invoice: Invoice,
  { issuer, company, tenantId, isCharged }: InvoiceParties,
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
  isCharged,
  contentHash: invoice.status === 'DRAFT' ? null : invoice.contentHash,
})

export const creditNoteDocument = (
  { invoice, number, amount, reason, createdAt }: IssuedCreditNote,
  { issuer, company, tenantId }: InvoiceParties,
): CreditNoteDocument => {
  const said = {
    kind: 'CREDIT_NOTE' as const,
    issuer,
    customer: { company, addressLines: null, email: null, tenantId },
    number,
    invoiceNumber: invoice.number ?? '',
    issuedAt: createdAt.toISOString(),
    timeZone: invoice.timeZone,
    currency: amount.currency,
    reason,
    lines: [
      { description: `Of invoice ${invoice.number ?? ''}`, detail: null, amount: String(amount.minorUnits) },
    ],
    total: String(amount.minorUnits),
    notes: [],
  }
  return { ...said, contentHash: canonicalHash(said) }
}
