/** Documents for tests, complete; each test states only what differs. */
import type { CreditNoteDocument, Customer, InvoiceDocument, Issuer } from './document.ts'

const issuer: Issuer = {
  name: 'StormOps, Inc.',
  addressLines: ['2200 Ross Avenue, Suite 4100', 'Dallas, TX 75201', 'United States'],
  email: 'billing@stormops.example',
}

const customer: Customer = {
  company: 'Lone Star Roofing & Restoration LLC',
  addressLines: ['815 West Magnolia Avenue', 'Fort Worth, TX 76104', 'United States'],
  email: 'accounts@lonestar.example',
  tenantId: 'ten_019a3c5e8f7b7c10b2d4e6f8a1c3d5e7',
}

/** The month of the price list's own example: 7 storms, 6,000 properties and 15,000 model calls are $850. */
export const anInvoiceDocument = (difference: Partial<InvoiceDocument> = {}): InvoiceDocument => ({
  kind: 'INVOICE',
  issuer,
  customer,
  number: 'INV-2026-000123',
  status: 'OPEN',
  issuedAt: '2026-12-01T06:05:00.000Z',
  dueAt: '2026-12-04T06:05:00.000Z',
  paidAt: null,
  period: {
    start: '2026-11-01T05:00:00.000Z',
    end: '2026-12-01T06:00:00.000Z',
    timeZone: 'America/Chicago',
  },
  currency: 'USD',
  lines: [
    { description: 'Standard plan, one month', detail: null, amount: '50000' },
    { description: 'Storms', detail: '7 used, 5 included, 2 × $100.00', amount: '20000' },
    { description: 'Properties', detail: '6,000 used, 5,000 included, 1,000 × $0.10', amount: '10000' },
    { description: 'Model calls', detail: '15,000 used, 10,000 included, 5,000 × $0.01', amount: '5000' },
    { description: 'Journey events', detail: '212,840 used, 1,000,000 included', amount: '0' },
  ],
  subtotal: '85000',
  credits: '0',
  total: '85000',
  amountDue: '85000',
  notes: ['Usage is counted from midnight to midnight in the time zone of your company.'],
  paymentUrl: 'https://app.stormops.example/billing/invoices/INV-2026-000123',
  isCharged: false,
  contentHash: '9f2c1d7be0a4835f6c1e2b7d90a3f5e8c4b6d1a27e3f90b8c5d4a6e1f2b30c97',
  ...difference,
})

export const aDraftInvoice = (): InvoiceDocument =>
  anInvoiceDocument({
    status: 'DRAFT',
    number: null,
    issuedAt: null,
    dueAt: null,
    paymentUrl: null,
    contentHash: null,
  })

export const aPaidInvoice = (): InvoiceDocument =>
  anInvoiceDocument({
    status: 'PAID',
    paidAt: '2026-12-04T15:20:00.000Z',
    credits: '5000',
    total: '80000',
    amountDue: '0',
  })

export const aVoidInvoice = (): InvoiceDocument => anInvoiceDocument({ status: 'VOID', amountDue: '0' })

export const anUncollectibleInvoice = (): InvoiceDocument =>
  anInvoiceDocument({ status: 'UNCOLLECTIBLE', paymentUrl: null })

/** A busy month: a line for each storm. */
export const aLongInvoice = (count = 60): InvoiceDocument => {
  const lines = Array.from({ length: count }, (_, index) => {
    const properties = 113 * (index + 1)
    return {
      description: `Storm ${index + 1}, Tarrant County`,
      detail: `${properties.toLocaleString('en-US')} properties × $0.10`,
      amount: String(properties * 10),
    }
  })
  const total = String(lines.reduce((sum, { amount }) => sum + Number(amount), 0))
  return anInvoiceDocument({ lines, subtotal: total, total, amountDue: total })
}

export const aCreditNote = (difference: Partial<CreditNoteDocument> = {}): CreditNoteDocument => ({
  kind: 'CREDIT_NOTE',
  issuer,
  customer,
  number: 'CN-2026-000007',
  invoiceNumber: 'INV-2026-000123',
  issuedAt: '2026-12-09T16:30:00.000Z',
  timeZone: 'America/Chicago',
  currency: 'USD',
  reason: 'Two storms were counted that the weather service withdrew.',
  lines: [{ description: 'Storms', detail: '2 × $100.00', amount: '20000' }],
  total: '20000',
  notes: [],
  contentHash: '1a7c3e5f90b2d4f6a8c0e1b3d5f7a9c2e4f6081a3c5e7092b4d6f8a0c1e3f527',
  ...difference,
})
