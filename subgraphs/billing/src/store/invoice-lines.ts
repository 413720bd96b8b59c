/** Writes the lines of invoices, which come before the invoices they are of. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { InvoiceContent } from '../domain/invoice.ts'

export const insertLines = async (
  tx: Pick<PlatformTx, 'change'>,
  invoices: readonly InvoiceContent[],
): Promise<void> => {
  const lines = invoices.flatMap(({ tenantId, id, lines: ofInvoice }) =>
    ofInvoice.map((line, index) => ({ tenantId, invoiceId: id, position: index + 1, ...line })),
  )
  await tx.change(
    `insert into billing.invoice_line (tenant_id, invoice_id, position, kind, metric, catalogue, tier, version,
                                       description, quantity, included, unit_size, unit_price, amount)
       select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[],
                            $8::integer[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::numeric[],
                            $14::bigint[])`,
    [
      lines.map(({ tenantId }) => tenantId),
      lines.map(({ invoiceId }) => invoiceId),
      lines.map(({ position }) => position),
      lines.map(({ kind }) => kind),
      lines.map(({ metric }) => metric),
      lines.map(({ catalogue }) => catalogue),
      lines.map(({ tier }) => tier),
      lines.map(({ version }) => version),
      lines.map(({ description }) => description),
      lines.map(({ quantity }) => String(quantity)),
      lines.map(({ included }) => (included === null ? null : String(included))),
      lines.map(({ unitSize }) => String(unitSize)),
      lines.map(({ unitPrice }) => unitPrice),
      lines.map(({ amount }) => String(amount.minorUnits)),
    ],
  )
}
