/** Brings an invoice of ours to what Stripe says of it now. */
import { unreachable } from '@stormops/chassis/fault'
import type { StripeInvoice } from '../domain/stripe-account.ts'
import { chargeInvoice } from './charge-invoice.ts'
import { settlePaid } from './settle-payment.ts'
import type { Settled } from './settle-payment.ts'
import type { StripeWork } from './stripe-work.ts'

/** Null when there is nothing to bring: it is none of ours, or stands as we know it. */
export const syncInvoice = async (
  work: StripeWork,
  tenantId: string,
  stripeInvoiceId: string,
): Promise<Settled | null> => {
  const now = await work.stripe.maybeInvoice(stripeInvoiceId)
  if (now === null || now.invoiceId === null || now.tenantId !== tenantId) return null
  return apply(work, tenantId, now.invoiceId, now)
}

/** States only go up: open, given up, paid. A payment that failed is learnt from the try that it was. */
const apply = async (
  work: StripeWork,
  tenantId: string,
  invoiceId: string,
  now: StripeInvoice,
): Promise<Settled | null> => {
  switch (now.status) {
    case 'draft':
    case 'void':
      return null
    case 'open':
      return endPending(work, tenantId, invoiceId)
    case 'uncollectible':
      await giveUp(work, tenantId, invoiceId)
      return endPending(work, tenantId, invoiceId)
    case 'paid':
      return settleAmount(work, tenantId, invoiceId, now)
    default:
      return unreachable(now.status)
  }
}

/** A try that nobody wrote the end of is asked again under its key, which tells how it ended and charges nothing more. */
const endPending = async (work: StripeWork, tenantId: string, invoiceId: string): Promise<Settled | null> => {
  const attempts = await work.database.withTenant(tenantId, (tx) =>
    work.stores(tx).payments.attempts(invoiceId),
  )
  const pending = attempts.find(({ state }) => state === 'PENDING')
  return pending === undefined ? null : chargeInvoice(work, tenantId, invoiceId, pending.attempt)
}

const giveUp = (work: StripeWork, tenantId: string, invoiceId: string): Promise<void> =>
  work.database.withTenant(tenantId, async (tx) => {
    const { payments } = work.stores(tx)
    const invoice = await payments.lockInvoice(invoiceId)
    if (invoice?.status === 'OPEN') await payments.setStatus(invoiceId, 'UNCOLLECTIBLE', work.clock.now())
  })

const settleAmount = (
  work: StripeWork,
  tenantId: string,
  invoiceId: string,
  now: StripeInvoice,
): Promise<Settled> =>
  work.database.withTenant(tenantId, async (tx): Promise<Settled> => {
    const { payments } = work.stores(tx)
    const invoice = await payments.maybeInvoice(invoiceId)
    if (invoice !== null && (invoice.total !== now.total || invoice.currency !== now.currency)) {
      work.log.error(
        { invoiceId, stripeInvoiceId: now.id },
        'an invoice was paid at Stripe that says another amount',
      )
      return { kind: 'not-owed', status: invoice.status }
    }
    const pending = (await payments.attempts(invoiceId)).find(({ state }) => state === 'PENDING')
    const settled = await settlePaid(work, tx, invoiceId, pending?.attempt ?? null)
    if (settled.kind === 'not-owed') {
      work.log.error(
        { invoiceId, stripeInvoiceId: now.id, ...settled },
        'money came for an invoice that nobody owes',
      )
    }
    return settled
  })
