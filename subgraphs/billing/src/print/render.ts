/** A server prints in a thread of its own, so that it goes on answering meanwhile. */
import { printInThread } from '@stormops/chassis/pdf/printing-thread'
import type { PrintedPdf } from '@stormops/chassis/pdf/typesetter'
import type { BillingDocument, CreditNoteDocument, InvoiceDocument } from './document.ts'

export type PrintingOptions = { readonly timeoutMs?: number }

/**
 * The invoice as PDF/A-3a with its own canonical JSON attached; the same document gives the same bytes. Rejects with
 * PrintError: INPUT when it holds what is no amount, day, zone or currency; TIMEOUT and THREAD are worth another try.
 */
export const renderInvoice = (invoice: InvoiceDocument, options?: PrintingOptions): Promise<PrintedPdf> =>
  render(invoice, options)

/** As for an invoice. */
export const renderCreditNote = (note: CreditNoteDocument, options?: PrintingOptions): Promise<PrintedPdf> =>
  render(note, options)

const render = (document: BillingDocument, options?: PrintingOptions): Promise<PrintedPdf> =>
  printInThread(new URL('./billing-thread.ts', import.meta.url), document, options)
