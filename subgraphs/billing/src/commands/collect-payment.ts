/** What the schedule has to do with an invoice now. */
import { unreachable } from '@stormops/chassis/fault'
import { dueOf, nextStep } from '../domain/collection.ts'
import type { NextStep } from '../domain/collection.ts'
import { chargeInvoice } from './charge-invoice.ts'
import { settlePaid } from './settle-payment.ts'
import type { Settled } from './settle-payment.ts'
import type { StripeWork } from './stripe-work.ts'

/** Null when there is nothing to do. Two at once do it once: a second try is not begun while one waits for its end. */
export const collectInvoice = async (
  work: StripeWork,
  tenantId: string,
  invoiceId: string,
): Promise<Settled | null> => {
  const step = await begin(work, tenantId, invoiceId)
  switch (step.kind) {
    case 'nothing':
    case 'wait':
      return null
    case 'settled':
      return work.database.withTenant(tenantId, (tx) => settlePaid(work, tx, invoiceId, null))
    case 'charge':
    case 'resume':
      return chargeInvoice(work, tenantId, invoiceId, step.attempt)
    default:
      return unreachable(step)
  }
}

const begin = (work: StripeWork, tenantId: string, invoiceId: string): Promise<NextStep> =>
  work.database.withTenant(tenantId, async (tx) => {
    const { payments } = work.stores(tx)
    const now = work.clock.now()
    const invoice = await payments.lockInvoice(invoiceId)
    if (invoice === null) return { kind: 'nothing' }
    const step = nextStep(invoice, await payments.attempts(invoiceId), now)
    if (step.kind === 'charge') {
      await payments.begin({
        invoiceId,
        attempt: step.attempt,
        source: 'SCHEDULE',
        amount: dueOf(invoice),
        currency: invoice.currency,
        at: now,
      })
    }
    return step
  })
