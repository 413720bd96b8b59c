import { Fault } from '@stormops/chassis/fault'
import { connectionById } from '@stormops/chassis/graphql/page'
import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { requireScope } from '@stormops/chassis/identity'
import { nextPeriod } from '@stormops/chassis/values/periods'
import { invoiceIds, tenantIds } from '../context.ts'
import { amountDue, issuedNotes, totalOf } from '../domain/invoice.ts'
import type { Invoice, InvoiceLine, IssuedCreditNote } from '../domain/invoice.ts'
import { USAGE_METRICS } from '../domain/plan.ts'
import type { UsageMetric } from '../domain/plan.ts'
import type {
  CreditNoteResolvers,
  InvoiceLineResolvers,
  InvoiceResolvers,
  QueryResolvers,
} from '../generated/resolvers.ts'
import { creditNotePdf, invoicePdf } from './invoice-pdf.ts'

const sumOf = ({ lines, currency }: Invoice, kind: InvoiceLine['kind']) =>
  totalOf(
    lines.filter((line) => line.kind === kind),
    currency,
  )

export const invoiceResolvers: FieldsBeyond<Invoice, InvoiceResolvers> = {
  id: ({ id }) => invoiceIds.encode(id),
  periodStartsOn: ({ month }) => month,
  nextPeriodStartsOn: ({ month, startsAt, endsAt, timeZone }) =>
    nextPeriod({ month, startsAt, endsAt }, timeZone).month,
  lines: ({ lines }) => [...lines],
  base: (invoice) => sumOf(invoice, 'BASE'),
  overage: (invoice) => sumOf(invoice, 'USAGE'),
  amountDue: (invoice) => amountDue(invoice),
  creditNotes: (invoice) => [...issuedNotes(invoice)],
  pdf: (invoice, _arguments, context) => invoicePdf(invoice, context),
}

export const creditNoteResolvers: FieldsBeyond<IssuedCreditNote, CreditNoteResolvers> = {
  pdf: (note, _arguments, context) => creditNotePdf(note, context),
}

export const invoiceLineResolvers: FieldsBeyond<InvoiceLine, InvoiceLineResolvers> = {
  metric: ({ metric }) => (metric === null ? null : knownMetric(metric)),
  unitPrice: ({ unitPrice, amount }) =>
    unitPrice === null ? null : { minorUnits: unitPrice, currency: amount.currency },
}

const knownMetric = (metric: string): UsageMetric => {
  const known = USAGE_METRICS.find((one) => one === metric)
  if (known === undefined) throw new Fault('INTERNAL', `The graph has no metric ${metric}.`)
  return known
}

export const invoiceQueries: Pick<EveryField<QueryResolvers>, 'invoices' | 'invoice'> = {
  invoices: async (_root, { status, filter, first, after }, context) => {
    const asked = filter?.tenantId ?? null
    if (asked !== null) requireScope(context.actor(), 'platform:staff')
    const tenantId = asked === null ? null : (tenantIds.decode(asked) ?? NOBODY)
    return connectionById(first, after, (page) =>
      context.readInvoices((invoices) => invoices.page(page, { status: status ?? null, tenantId })),
    )
  },
  invoice: async (_root, { id }, context) => {
    const uuid = invoiceIds.decode(id)
    return uuid === null ? null : context.readInvoices((invoices) => invoices.maybeById(uuid))
  },
}

/** Stands for an id of a company that is none of ours. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
