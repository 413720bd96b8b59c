import { describe, expect, it } from 'vitest'
import { invoiceDifference } from './reconciliation.ts'
import type { InvoiceStatus } from './collection.ts'
import type { StripeInvoice } from './stripe-account.ts'

const here = (status: InvoiceStatus, total = 85_000n) => ({ number: 'INV-1', status, total, currency: 'USD' })
const there = (status: StripeInvoice['status']): StripeInvoice => ({
  id: 'in_1',
  customerId: 'cus_1',
  status,
  invoiceId: 'an-invoice',
  tenantId: 'a-tenant',
  total: 85_000n,
  due: 85_000n,
  currency: 'USD',
  paidAt: null,
  page: null,
})

describe('an invoice', () => {
  it.each([
    ['OPEN', 'open', null],
    ['PAID', 'paid', null],
    ['VOID', 'void', null],
    ['UNCOLLECTIBLE', 'open', null],
    ['UNCOLLECTIBLE', 'uncollectible', null],
    ['OPEN', 'paid', 'settle'],
    ['UNCOLLECTIBLE', 'paid', 'settle'],
    ['PAID', 'open', 'void'],
    ['VOID', 'open', 'void'],
    ['VOID', 'uncollectible', 'void'],
  ] as const)('that is %s here and %s there is repaired by: %s', (ours, theirs, repair) => {
    expect(invoiceDifference(here(ours), there(theirs))?.repair ?? null).toBe(repair)
  })

  it.each([
    ['VOID', 'paid', 'PAYMENT_OF_VOID'],
    ['OPEN', 'void', 'INVOICE_VOID_THERE'],
  ] as const)('that is %s here and %s there is left to staff as %s', (ours, theirs, kind) => {
    expect(invoiceDifference(here(ours), there(theirs))).toMatchObject({ kind, repair: null })
  })

  it('that comes to another amount is left to staff, even when it was paid', () => {
    expect(invoiceDifference(here('OPEN', 84_999n), there('paid'))).toMatchObject({
      kind: 'INVOICE_AMOUNT',
      repair: null,
    })
  })
})
