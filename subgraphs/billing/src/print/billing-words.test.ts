import { describe, expect, it } from 'vitest'
import {
  aCreditNote,
  aDraftInvoice,
  anInvoiceDocument,
  anUncollectibleInvoice,
  aPaidInvoice,
  aVoidInvoice,
} from './billing.example.ts'
import { printBillingDocument } from './billing-pdf.ts'
import { asText, wordsOf } from './reading-pdf.example.ts'

describe('an invoice', () => {
  it('says who owes what to whom, until when and for what', () => {
    const words = wordsOf(anInvoiceDocument())
    for (const told of [
      'StormOps, Inc.',
      'Lone Star Roofing & Restoration LLC',
      'Account ten_019a3c5e8f7b7c10b2d4e6f8a1c3d5e7',
      'INV-2026-000123',
      'Issued 1 December 2026',
      'Due 4 December 2026',
      'Period 1 – 30 November 2026 America/Chicago',
      'Amount due $850.00',
      'Please pay by 4 December 2026.',
      'Storms 7 used, 5 included, 2 × $100.00 $200.00',
      'Total in USD $850.00',
      'Amount due in USD $850.00',
      'Recompute them with stormops invoice verify INV-2026-000123',
      '9f2c1d7be0a4835f6c1e2b7d90a3f5e8c4b6d1a27e3f90b8c5d4a6e1f2b30c97',
      'Page 1 of 1',
    ]) {
      expect(words).toContain(told)
    }
    expect(words).not.toMatch(/NaN|undefined|null|Invalid/)
    expect(words).not.toContain('Subtotal')
  })

  it('says how to pay while it is open, with a link', () => {
    const pdf = asText(printBillingDocument(anInvoiceDocument()).pdf)
    expect(pdf).toContain('https://app.stormops.example/billing/invoices/INV-2026-000123')
    expect(wordsOf(anInvoiceDocument())).toMatch(/how to pay/i)
  })

  it('says that payments are not configured where they are not', () => {
    expect(wordsOf(anInvoiceDocument({ paymentUrl: null }))).toContain('Payments are not configured.')
    expect(wordsOf(anInvoiceDocument({ paymentUrl: null, isCharged: true }))).toContain(
      'charged to your company’s card',
    )
  })

  it('shows credits between subtotal and total', () => {
    expect(wordsOf(aPaidInvoice())).toContain('Subtotal $850.00 Credits −$50.00 Total in USD $800.00')
  })

  it.each([
    ['draft', aDraftInvoice, ['DRAFT', 'Draft, not numbered', 'Not issued yet']],
    ['paid', aPaidInvoice, ['Paid on 4 December 2026', 'Amount due $0.00']],
    ['void', aVoidInvoice, ['VOID', 'Please do not pay this invoice.']],
    ['uncollectible', anUncollectibleInvoice, ['Uncollectible', 'no longer collected']],
  ])('that is %s says so, and not how to pay', (_, document, told) => {
    const words = wordsOf(document())
    for (const one of told) expect(words).toContain(one)
    expect(words).not.toMatch(/how to pay/i)
  })

  it('has no address line for what is not known', () => {
    const { customer } = anInvoiceDocument()
    const words = wordsOf(anInvoiceDocument({ customer: { ...customer, addressLines: null, email: null } }))
    expect(words).toContain('Lone Star Roofing & Restoration LLC Account ten_')
  })

  it.each([
    ['JPY', '¥85,000'],
    ['KWD', 'KWD 85.000'],
    ['EUR', '€850.00'],
  ])('in %s has the decimals of its currency', (currency, amount) => {
    expect(wordsOf(anInvoiceDocument({ currency }))).toContain(`Amount due in ${currency} ${amount}`)
  })

  it.each([
    ['an amount', { total: '850.00' }, 'not in whole minor units'],
    ['a day', { dueAt: 'soon' }, 'no instant'],
    ['a zone', { period: { ...anInvoiceDocument().period, timeZone: 'Mars/Olympus' } }, 'no time zone'],
    ['a currency', { currency: 'dollars' }, 'no currency'],
  ])('is refused with what is no %s', (_, difference, told) => {
    expect(() => printBillingDocument(anInvoiceDocument(difference))).toThrow(told)
  })
})

describe('a credit note', () => {
  it('says what is given back, of which invoice, and why', () => {
    const words = wordsOf(aCreditNote())
    for (const told of [
      'Credit note CN-2026-000007',
      'Issued 9 December 2026',
      'Invoice INV-2026-000123',
      'Amount credited $200.00',
      'It corrects invoice INV-2026-000123.',
      'Two storms were counted that the weather service withdrew.',
      'Total credited in USD $200.00',
    ]) {
      expect(words).toContain(told)
    }
  })
})
