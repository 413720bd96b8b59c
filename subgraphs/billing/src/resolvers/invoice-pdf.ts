/**
 * The file of an invoice, or of a credit note, is made when somebody asks for it, and kept under the hash of what it prints, so that each
 * state of an invoice is printed once. A draft has one file, which is written over.
 */
import { LINK_LIFETIME_SECONDS } from '@stormops/chassis/files/signed-link'
import { canonicalHash, sha256Hex } from '@stormops/chassis/values/canonical'
import { tenantIds } from '../context.ts'
import type { BillingContext } from '../context.ts'
import type { Invoice, IssuedCreditNote } from '../domain/invoice.ts'
import type { InvoicePdf } from '../generated/resolvers.ts'
import type { PrintedPdf } from '../ports.ts'

const MILLISECONDS = 1_000

type Printing = Pick<BillingContext, 'ports' | 'now' | 'documentOf' | 'creditNoteDocumentOf'>

export const invoicePdf = async (invoice: Invoice, context: Printing): Promise<InvoicePdf> => {
  const { id, tenantId, status } = invoice
  const document = await context.documentOf(invoice, tenantIds.encode(tenantId))
  const isDraft = status === 'DRAFT'
  const path = `invoices/${id}/${isDraft ? 'draft' : canonicalHash(document)}.pdf`
  return file(
    { tenantId, path, isKept: !isDraft, print: () => context.ports.renderInvoice(document) },
    context,
  )
}

export const creditNotePdf = async (note: IssuedCreditNote, context: Printing): Promise<InvoicePdf> => {
  const { id, tenantId } = note.invoice
  const document = await context.creditNoteDocumentOf(note, tenantIds.encode(tenantId))
  const path = `invoices/${id}/${document.contentHash}.pdf`
  return file(
    { tenantId, path, isKept: true, print: () => context.ports.renderCreditNote(document) },
    context,
  )
}

type PrintedFile = {
  readonly tenantId: string
  readonly path: string
  /** Whether what was printed under this name is still what would be printed. */
  readonly isKept: boolean
  readonly print: () => Promise<PrintedPdf>
}

const file = async (
  { tenantId, path, isKept, print }: PrintedFile,
  { ports, now }: Printing,
): Promise<InvoicePdf> => {
  const printed = async (): Promise<string> => {
    const { pdf, sha256 } = await print()
    await ports.files.put(tenantId, path, pdf)
    return sha256
  }
  const isThere = isKept && (await ports.files.exists(tenantId, path))
  const sha256 = isThere ? await hashOfFile(ports, tenantId, path) : await printed()
  const expiresAt = new Date(now().getTime() + LINK_LIFETIME_SECONDS * MILLISECONDS)
  return { url: await ports.linkTo({ tenantId, path, purpose: 'download' }, expiresAt), sha256 }
}

const hashOfFile = async (
  { files }: BillingContext['ports'],
  tenantId: string,
  path: string,
): Promise<string> => {
  const stream = await files.stream(tenantId, path)
  return sha256Hex(Buffer.concat(await stream.toArray()))
}
