/** Invoices with their lines and credit notes, of whatever companies the transaction may see. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { Invoice, InvoiceStatus } from '../domain/invoice.ts'
import { INVOICE_COLUMNS, invoiceOfRow } from './invoice-rows.ts'
import type { CreditNoteRow, InvoiceRow, LineRow } from './invoice-rows.ts'

export type InvoiceFilter = { readonly status: InvoiceStatus | null; readonly tenantId: string | null }

/** Who asks for the money, as invoices print it. */
export type IssuerProfile = {
  readonly name: string
  readonly address: readonly string[]
  readonly email: string | null
}

export type InvoiceReads = {
  readonly maybeById: (id: string) => Promise<Invoice | null>
  /** Newest first, from after the invoice with this id, one more than the page holds. */
  readonly page: (page: PageRequest, filter: InvoiceFilter) => Promise<readonly Invoice[]>
  /** Those with a number, in the order of their ids, from after the one given. */
  readonly numbered: (
    after: string | null,
    first: number,
    which: { readonly tenantId: string | null; readonly number: string | null },
  ) => Promise<readonly Invoice[]>
  readonly issuer: (id: string) => Promise<IssuerProfile | null>
}

export const invoiceReads = (tx: Pick<PlatformTx, 'rows'>): InvoiceReads => {
  const invoices = async (rest: string, parameters: readonly unknown[]): Promise<readonly Invoice[]> =>
    withParts(
      tx,
      await tx.rows<InvoiceRow>(`select ${INVOICE_COLUMNS} from billing.invoice ${rest}`, parameters),
    )
  return {
    maybeById: async (id) => (await invoices(`where id = $1`, [id]))[0] ?? null,
    page: ({ first, after }, { status, tenantId }) =>
      invoices(
        `where ($1::uuid is null or id < $1) and ($2::text is null or status = $2)
           and ($3::uuid is null or tenant_id = $3)
         order by id desc limit $4`,
        [after, status, tenantId, first + 1],
      ),
    numbered: (after, first, { tenantId, number }) =>
      invoices(
        `where number is not null and ($1::uuid is null or id > $1) and ($2::uuid is null or tenant_id = $2)
           and ($3::text is null or number = $3)
         order by id limit $4`,
        [after, tenantId, number, first],
      ),
    issuer: async (id) =>
      (
        await tx.rows<IssuerProfile>(`select name, address, email from billing.issuer where id = $1`, [id])
      )[0] ?? null,
  }
}

const withParts = async (
  tx: Pick<PlatformTx, 'rows'>,
  rows: readonly InvoiceRow[],
): Promise<readonly Invoice[]> => {
  if (rows.length === 0) return []
  const keys = [rows.map(({ tenant_id: tenantId }) => tenantId), rows.map(({ id }) => id)]
  const lines = await tx.rows<LineRow>(
    `select l.* from billing.invoice_line l
      where (l.tenant_id, l.invoice_id) in (select * from unnest($1::uuid[], $2::uuid[]))
      order by l.invoice_id, l.position`,
    keys,
  )
  const notes = await tx.rows<CreditNoteRow>(
    `select c.* from billing.credit_note c
      where (c.tenant_id, c.invoice_id) in (select * from unnest($1::uuid[], $2::uuid[]))
      order by c.created_at, c.number`,
    keys,
  )
  const linesOf = Map.groupBy(lines, ({ invoice_id: id }) => id)
  const notesOf = Map.groupBy(notes, ({ invoice_id: id }) => id)
  return rows.map((row) => invoiceOfRow(row, linesOf.get(row.id) ?? [], notesOf.get(row.id) ?? []))
}
