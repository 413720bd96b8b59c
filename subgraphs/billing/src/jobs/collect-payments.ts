/** Charges what is due: one job finds it, and one for each invoice charges it. */
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import { collectInvoice } from '../commands/collect-payment.ts'
import type { StripeWork } from '../commands/stripe-work.ts'
import type { InvoiceOfTenant } from '../store/stripe-lookup.ts'
import { collectPayment, collectPayments } from './stripe-jobs.ts'

export const collectPaymentsHandler = (
  due: (now: Date) => Promise<readonly InvoiceOfTenant[]>,
  work: StripeWork | null,
): JobHandler =>
  handleJob(collectPayments, async () => {
    if (work === null) return
    for (const { tenantId, invoiceId } of await due(work.clock.now())) {
      await work.database.withTenant(tenantId, (tx) => work.queue.enqueue(tx, collectPayment, { invoiceId }))
    }
  })

export const collectPaymentHandler = (work: StripeWork | null): JobHandler =>
  handleJob(collectPayment, async ({ tenantId }, { invoiceId }) => {
    if (work !== null) await collectInvoice(work, tenantId, invoiceId)
  })
