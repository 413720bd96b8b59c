/** Invoices as they lie in the database. */
import { money } from '@stormops/chassis/values/money'
import type { CreditNote, Invoice, InvoiceLine, InvoiceStatus } from '../domain/invoice.ts'

export type InvoiceRow = {
  readonly tenant_id: string
  readonly id: string
  readonly status: InvoiceStatus
  readonly issuer: string
  readonly number: string | null
  readonly month: string
  readonly starts_at: Date
  readonly ends_at: Date
  readonly time_zone: string
  readonly currency: string
  readonly total: string
  readonly credited: string
  readonly content_hash: string
  readonly created_at: Date
  readonly finalized_at: Date | null
  readonly due_at: Date | null
  readonly paid_at: Date | null
  readonly voided_at: Date | null
  readonly uncollectible_at: Date | null
}

export type LineRow = {
  readonly tenant_id: string
  readonly invoice_id: string
  readonly kind: InvoiceLine['kind']
  readonly metric: string | null
  readonly catalogue: string
  readonly tier: string
  readonly version: number
  readonly description: string
  readonly quantity: string
  readonly included: string | null
  readonly unit_size: string | null
  readonly unit_price: string | null
  readonly amount: string
}

export type CreditNoteRow = {
  readonly id: string
  readonly invoice_id: string
  readonly number: string
  readonly amount: string
  readonly currency: string
  readonly reason: string
  readonly created_at: Date
}

/** Days as text: a driver's Date would take them for midnights of its own zone. */
export const INVOICE_COLUMNS = `tenant_id, id, status, issuer, number, month::text as month, starts_at, ends_at,
  time_zone, currency, total, credited, content_hash, created_at, finalized_at, due_at, paid_at, voided_at,
  uncollectible_at`

export const invoiceOfRow = (
  row: InvoiceRow,
  lines: readonly LineRow[],
  creditNotes: readonly CreditNoteRow[],
): Invoice => ({
  id: row.id,
  tenantId: row.tenant_id,
  status: row.status,
  issuer: row.issuer,
  number: row.number,
  month: row.month,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  timeZone: row.time_zone,
  currency: row.currency,
  lines: lines.map((line) => lineOf(line, row.currency)),
  total: money(BigInt(row.total), row.currency),
  credited: money(BigInt(row.credited), row.currency),
  contentHash: row.content_hash,
  createdAt: row.created_at,
  finalizedAt: row.finalized_at,
  dueAt: row.due_at,
  paidAt: row.paid_at,
  voidedAt: row.voided_at,
  uncollectibleAt: row.uncollectible_at,
  creditNotes: creditNotes.map(creditNoteOf),
})

const lineOf = (row: LineRow, currency: string): InvoiceLine => ({
  kind: row.kind,
  metric: row.metric,
  catalogue: row.catalogue,
  tier: row.tier,
  version: row.version,
  description: row.description,
  quantity: BigInt(row.quantity),
  included: row.included === null ? null : BigInt(row.included),
  unitSize: BigInt(row.unit_size ?? 1),
  unitPrice: row.unit_price,
  amount: money(BigInt(row.amount), currency),
})

const creditNoteOf = (row: CreditNoteRow): CreditNote => ({
  id: row.id,
  number: row.number,
  amount: money(BigInt(row.amount), row.currency),
  reason: row.reason,
  createdAt: row.created_at,
})
