/**
 * An invoice asks one company for one month. While it is a draft it is computed again whenever it is asked for; with
 * its number it stays as it is, and is only paid, voided, given up, or corrected by credit notes. What it says has a
 * hash, so that anybody can tell later whether it says the same.
 */
import { isZeroMoney, money, subtractMoney, sumMoney } from '@stormops/chassis/values/money'
import type { Money } from '@stormops/chassis/values/money'
import { canonicalHash } from '@stormops/chassis/values/canonical'
import type { CompanyMonth } from './company-month.ts'
import { rateMonthOf } from './company-month.ts'

export const INVOICE_STATUSES = ['DRAFT', 'OPEN', 'PAID', 'VOID', 'UNCOLLECTIBLE'] as const
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

export type InvoiceLine = {
  readonly kind: 'BASE' | 'USAGE'
  readonly metric: string | null
  readonly catalogue: string
  readonly tier: string
  readonly version: number
  readonly description: string
  readonly quantity: bigint
  readonly included: bigint | null
  readonly unitSize: bigint
  /** Minor units for `unitSize` units, as decimal text. */
  readonly unitPrice: string | null
  readonly amount: Money
}

/** Everything that an invoice says. */
export type InvoiceContent = {
  readonly id: string
  readonly tenantId: string
  readonly issuer: string
  /** Null while it is a draft. */
  readonly number: string | null
  /** The month's first day, and its two ends in the company's days. */
  readonly month: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly timeZone: string
  readonly currency: string
  readonly lines: readonly InvoiceLine[]
  readonly total: Money
  readonly createdAt: Date
  readonly finalizedAt: Date | null
  readonly dueAt: Date | null
}

export type CreditNote = {
  readonly id: string
  readonly number: string
  readonly amount: Money
  readonly reason: string
  readonly createdAt: Date
}

export type Invoice = InvoiceContent & {
  readonly status: InvoiceStatus
  /** The sum of its credit notes. */
  readonly credited: Money
  readonly contentHash: string
  readonly paidAt: Date | null
  readonly voidedAt: Date | null
  readonly uncollectibleAt: Date | null
  readonly creditNotes: readonly CreditNote[]
}

/** A credit note with the invoice that it gives back of. */
export type IssuedCreditNote = CreditNote & { readonly invoice: Invoice }

export const issuedNotes = (invoice: Invoice): readonly IssuedCreditNote[] =>
  invoice.creditNotes.map((note) => ({ ...note, invoice }))

/** The one that asks. */
export const ISSUER = 'stormops'

const NUMBER_DIGITS = 6

/** Each database counts for itself and without a gap; those beside the first one put their name before the count. */
export type NumberRow = { readonly first: bigint; readonly cell: string | null }

/** The number at a place, from 0, of a row of numbers. */
export const invoiceNumber = (row: NumberRow, place = 0): string => `INV-${numberAt(row, place)}`

export const creditNoteNumber = (row: NumberRow): string => `CN-${numberAt(row, 0)}`

const numberAt = ({ first, cell }: NumberRow, place: number): string =>
  `${cell === null ? '' : `${cell.toUpperCase()}-`}${String(first + BigInt(place)).padStart(NUMBER_DIGITS, '0')}`

/** An invoice is charged three days after it opens, which is when it is due. */
const DUE_AFTER_MS = 3 * 24 * 3_600_000

export const dueAfter = (finalizedAt: Date): Date => new Date(finalizedAt.getTime() + DUE_AFTER_MS)

/** The lines of a company's month. Throws UnratableMonth. */
export const linesOf = (month: CompanyMonth): readonly InvoiceLine[] =>
  rateMonthOf(month).lines.map((line) => ({
    kind: line.kind,
    metric: line.metric,
    catalogue: catalogueOf(month),
    tier: line.plan.tier,
    version: line.plan.version,
    description: line.description,
    quantity: line.quantity,
    included: line.included,
    unitSize: line.unitSize,
    unitPrice: line.unitPrice,
    amount: line.amount,
  }))

/** A company's plans all are of one catalogue. */
const catalogueOf = ({ phases }: CompanyMonth): string => phases[0]?.plan.catalogue ?? ''

export type InvoiceIdentity = Pick<InvoiceContent, 'id' | 'createdAt'> &
  (
    | { readonly number: null; readonly finalizedAt: null }
    | { readonly number: string; readonly finalizedAt: Date }
  )

/** The invoice that a month comes to. Throws UnratableMonth. */
export const invoiceOf = (
  month: CompanyMonth,
  { id, createdAt, number, finalizedAt }: InvoiceIdentity,
  lines: readonly InvoiceLine[] = linesOf(month),
): InvoiceContent => ({
  id,
  tenantId: month.tenantId,
  issuer: ISSUER,
  number,
  month: month.period.month,
  startsAt: month.period.startsAt,
  endsAt: month.period.endsAt,
  timeZone: month.timeZone,
  currency: month.currency,
  lines,
  total: totalOf(lines, month.currency),
  createdAt,
  finalizedAt,
  dueAt: finalizedAt === null ? null : dueAfter(finalizedAt),
})

export const totalOf = (lines: readonly InvoiceLine[], currency: string): Money =>
  sumMoney(
    lines.map(({ amount }) => amount),
    currency,
  )

/** Of what it says and nothing else: what became of it later does not change it. */
export const contentHashOf = ({
  id,
  tenantId,
  issuer,
  number,
  month,
  startsAt,
  endsAt,
  timeZone,
  currency,
  lines,
  total,
  createdAt,
  finalizedAt,
  dueAt,
}: InvoiceContent): string =>
  canonicalHash({
    id,
    tenantId,
    issuer,
    number,
    month,
    startsAt,
    endsAt,
    timeZone,
    currency,
    lines,
    total,
    createdAt,
    finalizedAt,
    dueAt,
  })

/** A month that costs nothing is not asked for: a free plan sends no bills, and a number stands for a demand. */
export const isAskedFor = (lines: readonly InvoiceLine[]): boolean =>
  lines.some(({ amount }) => !isZeroMoney(amount))

/** What can still be given back by a credit note. */
export const creditable = ({ total, credited }: Pick<Invoice, 'total' | 'credited'>): Money =>
  subtractMoney(total, credited)

/** What is still to be paid. */
export const amountDue = (invoice: Pick<Invoice, 'status' | 'total' | 'credited' | 'currency'>): Money => {
  const isSettled = invoice.status === 'PAID' || invoice.status === 'VOID'
  return isSettled ? money(0n, invoice.currency) : creditable(invoice)
}

const CREDITABLE: readonly InvoiceStatus[] = ['OPEN', 'PAID', 'UNCOLLECTIBLE']
const VOIDABLE: readonly InvoiceStatus[] = ['OPEN', 'UNCOLLECTIBLE']

export const isCreditable = ({ status }: Pick<Invoice, 'status'>): boolean => CREDITABLE.includes(status)

/** What has a credit note is corrected already; voiding it as well would give the same money back twice. */
export const isVoidable = ({ status, credited }: Pick<Invoice, 'status' | 'credited'>): boolean =>
  VOIDABLE.includes(status) && isZeroMoney(credited)
