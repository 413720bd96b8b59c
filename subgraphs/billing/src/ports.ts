/** What billing needs of the world outside it; a composition root decides what each of these is. */
import type { TenantFiles } from '@stormops/chassis/files/tenant-files'
import type { SendMail } from '@stormops/chassis/mail/mail'
import type { InvoiceDocument } from './print/document.ts'

export type PrintedInvoice = InvoiceDocument

export type BillingPorts = {
  readonly files: TenantFiles
  readonly renderInvoice: (
    invoice: PrintedInvoice,
  ) => Promise<{ readonly pdf: Uint8Array; readonly sha256: string }>
  /** The address of a file for whoever holds it, until the given time. */
  readonly linkTo: (
    link: { readonly tenantId: string; readonly path: string; readonly purpose: 'download' },
    expiresAt: Date,
  ) => Promise<string>
  readonly sendMail: SendMail
  /** Where people reach the platform; links begin with it. */
  readonly publicUrl: () => string
  /** The plan of a company may be another from now on; whoever remembers it asks again. */
  readonly planChanged: (tenantId: string) => void
}
