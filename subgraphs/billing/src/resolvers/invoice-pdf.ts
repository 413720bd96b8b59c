/**
 * The file of an invoice is made when somebody asks for it, and kept under the hash of what it prints, so that each
 * state of an invoice is printed once. A draft has one file, which is written over.
 */
import { LINK_LIFETIME_SECONDS } from '@stormops/chassis/files/signed-link'
import { canonicalHash, sha256Hex } from '@stormops/chassis/values/canonical'
import { tenantIds } from '../context.ts'
import type { BillingContext } from '../context.ts'
import type { Invoice } from '../domain/invoice.ts'
import type { InvoicePdf } from '../generated/resolvers.ts'

const MILLISECONDS = 1_000

export const invoicePdf = async (
  invoice: Invoice,
  { ports, now, documentOf }: Pick<BillingContext, 'ports' | 'now' | 'documentOf'>,
): Promise<InvoicePdf> => {
  const { tenantId } = invoice
  const document = await documentOf(invoice, tenantIds.encode(tenantId))
  const isDraft = invoice.status === 'DRAFT'
  const path = `invoices/${invoice.id}/${isDraft ? 'draft' : canonicalHash(document)}.pdf`
  const kept = !isDraft && (await ports.files.exists(tenantId, path))
  const print = async (): Promise<string> => {
    const printed = await ports.renderInvoice(document)
    await ports.files.put(tenantId, path, printed.pdf)
    return printed.sha256
  }
  const sha256 = kept ? await hashOfFile(ports, tenantId, path) : await print()
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
