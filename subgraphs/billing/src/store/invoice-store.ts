/** Writes invoices, of one company by the app and of many by the ledger's role. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { Money } from '@stormops/chassis/values/money'
import type { CompanyMonth, MetricCount } from '../domain/company-month.ts'
import type { CreditNote, InvoiceContent, InvoiceStatus, NumberRow } from '../domain/invoice.ts'
import { contentHashOf, ISSUER } from '../domain/invoice.ts'
import { insertLines } from './invoice-lines.ts'
import { invoiceReads } from './invoice-reads.ts'
import type { InvoiceReads } from './invoice-reads.ts'
import { readCounters, readMonths } from './month-store.ts'

/** An invoice of a month that is not void. */
export type StandingInvoice = {
  readonly tenantId: string
  readonly id: string
  readonly status: InvoiceStatus
  readonly createdAt: Date
}

/** `month` is a month's first day. */
export type InvoiceStore = InvoiceReads & {
  /** In the order of `tenantIds`; those without an account are left out. */
  readonly months: (tenantIds: readonly string[], month: string) => Promise<readonly CompanyMonth[]>
  readonly counters: (
    tenantIds: readonly string[],
    month: string,
  ) => Promise<ReadonlyMap<string, readonly MetricCount[]>>
  /** Until the transaction ends nobody counts in these months, and whoever was counting has committed. */
  readonly lockToClose: (tenantIds: readonly string[], month: string) => Promise<void>
  /** Until the transaction ends nobody else drafts this month, and nobody closes it. */
  readonly lockToDraft: (tenantId: string, month: string) => Promise<void>
  readonly close: (tenantIds: readonly string[], month: string, at: Date) => Promise<void>
  readonly standing: (tenantIds: readonly string[], month: string) => Promise<readonly StandingInvoice[]>
  /** So many numbers in a row. Others wait for theirs until the transaction ends, so take them late. */
  readonly takeNumbers: (kind: 'INVOICE' | 'CREDIT_NOTE', howMany: number) => Promise<NumberRow>
  /** Each in the place of its draft, where there is one: with a number it is OPEN, without one a DRAFT. */
  readonly put: (invoices: readonly InvoiceContent[]) => Promise<void>
  /** Holds the invoice until the transaction ends. */
  readonly lock: (id: string) => Promise<boolean>
  readonly markVoid: (id: string, at: Date) => Promise<void>
  /** `paidAt` for an invoice that has nothing left to pay with it. */
  readonly credit: (
    invoice: { readonly id: string; readonly tenantId: string },
    note: CreditNote,
    paidAt: Date | null,
  ) => Promise<void>
}

type Transaction = Pick<PlatformTx, 'rows' | 'change'>

/** Any number; it only has to be nobody else's. */
const DRAFT_LOCK = 4_107

export const invoiceStore = (tx: Transaction): InvoiceStore => ({
  ...invoiceReads(tx),
  ...monthLocks(tx),
  months: (tenantIds, month) => readMonths(tx, tenantIds, month),
  counters: (tenantIds, month) => readCounters(tx, tenantIds, month),
  standing: (tenantIds, month) =>
    tx.rows<StandingInvoice>(
      `select tenant_id as "tenantId", id, status, created_at as "createdAt" from billing.invoice
        where tenant_id = any ($1::uuid[]) and month = $2 and status <> 'VOID'`,
      [tenantIds, month],
    ),
  takeNumbers: async (kind, howMany) => {
    const [row] = await tx.rows<{ first: string; cell: string | null }>(
      `select billing.take_numbers($1, $2, $3) as first, (select name from chassis.cell where not is_home) as cell`,
      [ISSUER, kind, howMany],
    )
    return { first: BigInt(row?.first ?? 0), cell: row?.cell ?? null }
  },
  put: (invoices) => putInvoices(tx, invoices),
  lock: async (id) =>
    (await tx.rows(`select from billing.invoice where id = $1 for update`, [id])).length > 0,
  markVoid: async (id, at) => {
    await tx.change(`update billing.invoice set status = 'VOID', voided_at = $2 where id = $1`, [id, at])
  },
  credit: async ({ id, tenantId }, note, paidAt) => {
    const { minorUnits, currency }: Money = note.amount
    await tx.change(
      `insert into billing.credit_note (tenant_id, id, invoice_id, number, amount, currency, reason, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tenantId, note.id, id, note.number, String(minorUnits), currency, note.reason, note.createdAt],
    )
    await tx.change(
      `update billing.invoice set credited = credited + $3, paid_at = coalesce(paid_at, $4),
              status = case when $4::timestamptz is null then status else 'PAID' end
        where tenant_id = $1 and id = $2`,
      [tenantId, id, String(minorUnits), paidAt],
    )
  },
})

const monthLocks = (tx: Transaction): Pick<InvoiceStore, 'lockToClose' | 'lockToDraft' | 'close'> => ({
  // In the order of the keys, as whoever counts takes them, so that nobody waits in a circle.
  lockToClose: async (tenantIds, month) => {
    await tx.rows(
      `select count(pg_advisory_xact_lock(key))
         from (select billing.month_key(t, $2) as key from unnest($1::uuid[]) t order by 1) keys`,
      [tenantIds, month],
    )
  },
  lockToDraft: async (tenantId, month) => {
    await tx.rows(`select pg_advisory_xact_lock($1, hashtext($2))`, [DRAFT_LOCK, `${tenantId} ${month}`])
    await tx.rows(`select pg_advisory_xact_lock_shared(billing.month_key($1, $2))`, [tenantId, month])
  },
  close: async (tenantIds, month, at) => {
    await tx.change(
      `insert into billing.closed_month (tenant_id, month, closed_at)
         select t, $2, $3 from unnest($1::uuid[]) t on conflict do nothing`,
      [tenantIds, month, at],
    )
  },
})

const putInvoices = async (tx: Transaction, invoices: readonly InvoiceContent[]): Promise<void> => {
  if (invoices.length === 0) return
  const keys = [invoices.map(({ tenantId }) => tenantId), invoices.map(({ id }) => id)]
  await tx.change(
    `delete from billing.invoice
      where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[])) and status = 'DRAFT'`,
    keys,
  )
  const inserted = insertLines(tx, invoices)
  // Hashed while the database writes.
  const hashes = invoices.map(contentHashOf)
  await inserted
  await tx.change(
    `insert into billing.invoice (tenant_id, id, status, issuer, number, month, starts_at, ends_at, time_zone,
                                  currency, total, content_hash, created_at, finalized_at, due_at)
       select x.t, x.i, case when x.n is null then 'DRAFT' else 'OPEN' end, x.s, x.n, x.m, x.f, x.e, x.z, x.c, x.a,
              x.h, x.b, x.o, x.d
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[], $6::timestamptz[],
                     $7::timestamptz[], $8::text[], $9::text[], $10::bigint[], $11::text[], $12::timestamptz[],
                     $13::timestamptz[], $14::timestamptz[]) as x(t, i, s, n, m, f, e, z, c, a, h, b, o, d)`,
    [
      ...keys,
      invoices.map(({ issuer }) => issuer),
      invoices.map(({ number }) => number),
      invoices.map(({ month }) => month),
      invoices.map(({ startsAt }) => startsAt.toISOString()),
      invoices.map(({ endsAt }) => endsAt.toISOString()),
      invoices.map(({ timeZone }) => timeZone),
      invoices.map(({ currency }) => currency),
      invoices.map(({ total }) => String(total.minorUnits)),
      hashes,
      invoices.map(({ createdAt }) => createdAt.toISOString()),
      invoices.map(({ finalizedAt }) => finalizedAt?.toISOString() ?? null),
      invoices.map(({ dueAt }) => dueAt?.toISOString() ?? null),
    ],
  )
}
