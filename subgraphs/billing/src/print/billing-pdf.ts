/**
 * The printed invoice and credit note: PDF/A-3, tagged, to be kept for decades, with its own data attached. The same
 * document gives the same bytes, anywhere and at any time.
 */
import { PrintError } from '@stormops/chassis/pdf/print-error'
import { typesetter } from '@stormops/chassis/pdf/typesetter'
import type { PrintedPdf, TemplateInputs } from '@stormops/chassis/pdf/typesetter'
import { canonicalJson } from '@stormops/chassis/values/canonical'
import { creditNotePage } from './credit-note-page.ts'
import type { BillingDocument } from './document.ts'
import { invoicePage } from './invoice-page.ts'

/** The template's folder holds the template and nothing else: it is all that the compiler can read. */
export const billingTypesetter = typesetter(new URL('./template/billing.typ', import.meta.url))

/** Blocks its thread while it works; servers call `renderInvoice` or `renderCreditNote`. Throws PrintError. */
export const printBillingDocument = (document: BillingDocument): PrintedPdf =>
  billingTypesetter.pdf(templateInputs(document), 'a-3a', datedAt(document))

/** The words of the page, and the data they were made of. */
export const templateInputs = (document: BillingDocument): TemplateInputs => {
  const page = document.kind === 'INVOICE' ? invoicePage(document) : creditNotePage(document)
  return { page: JSON.stringify(page), data: canonicalJson(document) }
}

/** When it was issued; a draft is dated by the end of its period, since a clock would give it other bytes each time. */
const datedAt = (document: BillingDocument): Date => {
  const instant = document.issuedAt ?? (document.kind === 'INVOICE' ? document.period.end : document.issuedAt)
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) throw new PrintError('INPUT', `no instant: ${instant}`)
  return at
}
