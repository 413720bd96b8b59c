/**
 * An invoice is proved in two ways: what it says still has the hash it was given with its number, and the ledger, rated
 * again, still comes to the same lines.
 */
import { metricsThatDiffer } from './company-month.ts'
import type { CompanyMonth, MetricCount } from './company-month.ts'
import { contentHashOf, linesOf, totalOf } from './invoice.ts'
import type { Invoice, InvoiceLine } from './invoice.ts'
import { UnratableMonth } from './unratable-month.ts'

export type InvoiceProof = {
  readonly number: string
  readonly tenantId: string
  readonly invoiceId: string
  /** Nothing when it is proved; a sentence for each thing that is not so. */
  readonly faults: readonly string[]
}

export type Evidence = {
  /** Null when the company has no account any more. */
  readonly month: CompanyMonth | null
  readonly counters: readonly MetricCount[]
}

export const proofOf = (invoice: Invoice, evidence: Evidence): InvoiceProof => ({
  number: invoice.number ?? '',
  tenantId: invoice.tenantId,
  invoiceId: invoice.id,
  faults: [
    ...(contentHashOf(invoice) === invoice.contentHash
      ? []
      : ['What it says was changed after it was issued.']),
    ...(totalOf(invoice.lines, invoice.currency).minorUnits === invoice.total.minorUnits
      ? []
      : ['Its lines do not sum to its total.']),
    ...faultsOfLedger(invoice, evidence),
  ],
})

const faultsOfLedger = (invoice: Invoice, { month, counters }: Evidence): readonly string[] => {
  if (month === null) return ['The company has no account.']
  const differing = metricsThatDiffer(month.counted, counters)
  const faults = differing.map((metric) => `The counter of ${metric} is not what the ledger sums to.`)
  const now = linesOrFault(month)
  if (typeof now === 'string') return [...faults, now]
  const length = Math.max(now.length, invoice.lines.length)
  const places = Array.from({ length }, (_, place) => place).filter(
    (place) => figures(now[place]) !== figures(invoice.lines[place]),
  )
  return [
    ...faults,
    ...places.map(
      (place) =>
        `Line ${place + 1} is ${said(invoice.lines[place])}, and the ledger says ${said(now[place])}.`,
    ),
  ]
}

const linesOrFault = (month: CompanyMonth): readonly InvoiceLine[] | string => {
  try {
    return linesOf(month)
  } catch (error) {
    if (error instanceof UnratableMonth) return error.message
    throw error
  }
}

/** All but the words, which a later version of the platform may choose otherwise. */
const figures = (line: InvoiceLine | undefined): string =>
  line === undefined
    ? ''
    : [
        line.kind,
        line.metric,
        line.catalogue,
        line.tier,
        line.version,
        line.quantity,
        line.included,
        line.unitSize,
        line.unitPrice,
        line.amount.minorUnits,
        line.amount.currency,
      ].join(' ')

const said = (line: InvoiceLine | undefined): string =>
  line === undefined
    ? 'none'
    : `${line.metric ?? line.tier} ${line.quantity} for ${line.amount.minorUnits} ${line.amount.currency}`
