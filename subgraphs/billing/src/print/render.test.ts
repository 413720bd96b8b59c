import { describe, expect, it } from 'vitest'
import { aCreditNote, anInvoiceDocument } from './billing.example.ts'
import { printBillingDocument } from './billing-pdf.ts'
import { renderCreditNote, renderInvoice } from './render.ts'

describe('a document of billing printed in a thread of its own', () => {
  it('has the same bytes as one printed here', async () => {
    const [invoice, note] = await Promise.all([
      renderInvoice(anInvoiceDocument()),
      renderCreditNote(aCreditNote()),
    ])
    expect(Buffer.from(invoice.pdf).equals(printBillingDocument(anInvoiceDocument()).pdf)).toBe(true)
    expect(note.sha256).toBe(printBillingDocument(aCreditNote()).sha256)
  })

  it('is given up after its time', async () => {
    const rendering = renderInvoice(anInvoiceDocument(), { timeoutMs: 1 })
    await expect(rendering).rejects.toMatchObject({ name: 'PrintError', failure: 'TIMEOUT' })
  })

  it('says what is wrong with it', async () => {
    const rendering = renderInvoice(anInvoiceDocument({ total: '850.00' }))
    await expect(rendering).rejects.toMatchObject({
      failure: 'INPUT',
      message: expect.stringContaining('850.00'),
    })
  })
})
