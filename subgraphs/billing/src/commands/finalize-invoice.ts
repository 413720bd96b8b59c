import { defineCommand } from '@stormops/chassis/command'
import { Fault, unreachable } from '@stormops/chassis/fault'
import type { BillingStores } from '../context.ts'
import type { InvoiceStatus } from '../domain/invoice.ts'
import { invoiceOpened } from '../port.ts'
import { closeCompanies } from './close-companies.ts'

export type FinalizeInvoice = { readonly invoiceId: string }

export type FinalizeInvoiceResult =
  | { readonly kind: 'ok'; readonly invoiceId: string; readonly number: string }
  | { readonly kind: 'running'; readonly endsAt: string }
  | { readonly kind: 'wrong-status'; readonly status: InvoiceStatus }
  | { readonly kind: 'nothing-to-ask' }
  | { readonly kind: 'not-found' }

/** Closes the draft's month, computes it once more, and gives it a number. */
export const finalizeInvoice = defineCommand<FinalizeInvoice, FinalizeInvoiceResult, BillingStores>({
  name: 'billing.finalizeInvoice',
  permission: 'billing:manage',
  orStaff: true,
  audit: (_input, { invoiceId, number }) => ({
    subjectKind: 'invoice',
    subjectId: invoiceId,
    detail: { number },
  }),
  run: async ({ tx, stores, clock, newId, queue }, { invoiceId }) => {
    const draft = await stores.invoices.maybeById(invoiceId)
    if (draft === null) return { kind: 'not-found' }
    if (draft.status !== 'DRAFT') return { kind: 'wrong-status', status: draft.status }
    const now = clock.now()
    if (draft.endsAt > now) return { kind: 'running', endsAt: draft.endsAt.toISOString() }
    const [closed] = await closeCompanies(stores.invoices, {
      tenantIds: [tx.tenantId],
      month: draft.month,
      at: now,
      newId,
    })
    if (closed === undefined) return { kind: 'not-found' }
    switch (closed.kind) {
      case 'opened': {
        const { id, number } = closed.invoice
        await queue.publish(tx, invoiceOpened, { tenantId: tx.tenantId, invoiceId: id })
        return { kind: 'ok', invoiceId: id, number: number ?? '' }
      }
      case 'asked-before':
        return { kind: 'wrong-status', status: 'OPEN' }
      case 'nothing-to-ask':
        return { kind: 'nothing-to-ask' }
      case 'counters-differ':
        throw new Fault('INTERNAL', `The counters of ${closed.metrics.join(', ')} differ from the ledger.`)
      case 'unratable':
        throw new Fault('INTERNAL', closed.message)
      default:
        return unreachable(closed)
    }
  },
})
