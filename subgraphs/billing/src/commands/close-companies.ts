/**
 * Closes a month of companies and asks for what it costs, in the caller's transaction. First nobody can count in the
 * month any more, then it is read from the ledger, then it is rated, and the numbers come last, since others wait for
 * theirs from there on. A company whose figures do not hold together is left open, and said.
 */
import { failpoint } from '@stormops/chassis/failpoint'
import type { CompanyMonth } from '../domain/company-month.ts'
import { metricsThatDiffer } from '../domain/company-month.ts'
import { invoiceNumber, invoiceOf, isAskedFor, linesOf } from '../domain/invoice.ts'
import type { InvoiceContent, InvoiceLine, NumberRow } from '../domain/invoice.ts'
import { UnratableMonth } from '../domain/unratable-month.ts'
import type { InvoiceStore, StandingInvoice } from '../store/invoice-store.ts'

export type ClosedCompany = { readonly tenantId: string } & (
  | { readonly kind: 'opened'; readonly invoice: InvoiceContent }
  /** Closed, and nothing to pay: a free plan. */
  | { readonly kind: 'nothing-to-ask' }
  /** Closed, and asked for before. */
  | { readonly kind: 'asked-before'; readonly invoiceId: string }
  /** Left open: these counters are not what the ledger sums to. */
  | { readonly kind: 'counters-differ'; readonly metrics: readonly string[] }
  /** Left open: no price could be put on it. */
  | { readonly kind: 'unratable'; readonly message: string }
)

export type Closing = {
  readonly tenantIds: readonly string[]
  /** The first day of a month that is over for all of them. */
  readonly month: string
  readonly at: Date
  readonly newId: () => string
}

/** In the order of `tenantIds`; companies without an account are left out. */
export const closeCompanies = async (
  store: InvoiceStore,
  { tenantIds, month, at, newId }: Closing,
): Promise<readonly ClosedCompany[]> => {
  await store.lockToClose(tenantIds, month)
  const months = await store.months(tenantIds, month)
  const counters = await store.counters(tenantIds, month)
  const standing = new Map((await store.standing(tenantIds, month)).map((one) => [one.tenantId, one]))
  const judged = months.map((company) =>
    judge(company, counters.get(company.tenantId) ?? [], standing.get(company.tenantId)),
  )
  await store.close(
    judged.filter(isClosed).map(({ tenantId }) => tenantId),
    month,
    at,
  )
  const asking = judged.filter((one) => one.kind === 'asks')
  const numbers = asking.length === 0 ? NO_NUMBERS : await store.takeNumbers('INVOICE', asking.length)
  const invoices = asking.map(({ company, lines, draft }, place) =>
    invoiceOf(
      company,
      {
        id: draft?.id ?? newId(),
        createdAt: draft?.createdAt ?? at,
        number: invoiceNumber(numbers, place),
        finalizedAt: at,
      },
      lines,
    ),
  )
  await failpoint('billing.close.numbered')
  await store.put(invoices)
  const opened = new Map(invoices.map((invoice) => [invoice.tenantId, invoice]))
  return judged.flatMap((one): readonly ClosedCompany[] => {
    if (one.kind !== 'asks') return [one]
    const invoice = opened.get(one.tenantId)
    return invoice === undefined ? [] : [{ kind: 'opened', tenantId: one.tenantId, invoice }]
  })
}

const NO_NUMBERS: NumberRow = { first: 0n, cell: null }

type Judged =
  | Exclude<ClosedCompany, { readonly kind: 'opened' }>
  | {
      readonly kind: 'asks'
      readonly tenantId: string
      readonly company: CompanyMonth
      readonly lines: readonly InvoiceLine[]
      readonly draft: StandingInvoice | null
    }

const isClosed = ({ kind }: Judged): boolean => kind !== 'counters-differ' && kind !== 'unratable'

const judge = (
  company: CompanyMonth,
  counters: Parameters<typeof metricsThatDiffer>[1],
  standing: StandingInvoice | undefined,
): Judged => {
  const { tenantId } = company
  const metrics = metricsThatDiffer(company.counted, counters)
  if (metrics.length > 0) return { kind: 'counters-differ', tenantId, metrics }
  if (standing !== undefined && standing.status !== 'DRAFT') {
    return { kind: 'asked-before', tenantId, invoiceId: standing.id }
  }
  const lines = linesOrFault(company)
  if (typeof lines === 'string') return { kind: 'unratable', tenantId, message: lines }
  return isAskedFor(lines)
    ? { kind: 'asks', tenantId, company, lines, draft: standing ?? null }
    : { kind: 'nothing-to-ask', tenantId }
}

const linesOrFault = (company: CompanyMonth): readonly InvoiceLine[] | string => {
  try {
    return linesOf(company)
  } catch (error) {
    if (error instanceof UnratableMonth) return error.message
    throw error
  }
}
