import { defineCommand } from '@stormops/chassis/command'
import { monthOfBoundary, nextPeriod, periodOfMonth } from '@stormops/chassis/values/periods'
import type { BillingStores } from '../context.ts'
import { invoiceOf, linesOf } from '../domain/invoice.ts'

/** A day as YYYY-MM-DD, or an instant. */
export type CreateInvoice = { readonly periodStart: string; readonly periodEnd: string }

export type CreateInvoiceResult =
  | { readonly kind: 'ok'; readonly invoiceId: string; readonly month: string }
  | { readonly kind: 'taken'; readonly invoiceId: string }
  | { readonly kind: 'no-company' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Drafts a month, running or over. A draft that is there is computed again and keeps its id. */
export const createInvoice = defineCommand<CreateInvoice, CreateInvoiceResult, BillingStores>({
  name: 'billing.createInvoice',
  permission: 'billing:manage',
  orStaff: true,
  audit: (_input, { invoiceId, month }) => ({
    subjectKind: 'invoice',
    subjectId: invoiceId,
    detail: { month },
  }),
  run: async ({ tx, stores, clock, newId }, { periodStart, periodEnd }) => {
    const now = clock.now()
    const timeZone = (await stores.accounts.maybe())?.timeZone ?? null
    if (timeZone === null) return { kind: 'no-company' }
    const month = monthOfBoundary(periodStart, timeZone)
    if (month === null)
      return invalid('periodStart', `${periodStart} is not where a month of ${timeZone} begins.`)
    const period = periodOfMonth(month, timeZone)
    if (monthOfBoundary(periodEnd, timeZone) !== nextPeriod(period, timeZone).month) {
      return invalid(
        'periodEnd',
        `An invoice is for one month, and this one ends before ${nextPeriod(period, timeZone).month}.`,
      )
    }
    if (period.startsAt > now) return invalid('periodStart', `The month of ${month} has not begun.`)

    await stores.invoices.lockToDraft(tx.tenantId, month)
    const [standing] = await stores.invoices.standing([tx.tenantId], month)
    if (standing !== undefined && standing.status !== 'DRAFT') {
      return { kind: 'taken', invoiceId: standing.id }
    }
    const [company] = await stores.invoices.months([tx.tenantId], month)
    if (company === undefined) return { kind: 'no-company' }
    const invoice = invoiceOf(
      company,
      {
        id: standing?.id ?? newId(),
        createdAt: standing?.createdAt ?? now,
        number: null,
        finalizedAt: null,
      },
      linesOf(company),
    )
    await stores.invoices.put([invoice])
    return { kind: 'ok', invoiceId: invoice.id, month }
  },
})

const invalid = (field: string, message: string) => ({ kind: 'invalid' as const, field, message })
