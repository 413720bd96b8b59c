/**
 * How a payment ended, written down with everything that follows from it, in one transaction: an invoice is paid once,
 * a failure counts once, and a company is suspended or works again from the moment that the transaction commits.
 */
import type { Tx } from '@stormops/chassis/database/transaction'
import { systemActor } from '@stormops/chassis/identity'
import { FAILED_PAYMENTS_BEFORE_SUSPENSION, dueOf, isGivenUp } from '../domain/collection.ts'
import type { OwedInvoice } from '../domain/collection.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import { sendPaymentNotice } from '../jobs/payment-notice-job.ts'
import type { PaymentNotice } from '../jobs/payment-notice-job.ts'
import type { StripeWork } from './stripe-work.ts'

type Settling = Pick<StripeWork, 'stores' | 'queue' | 'writeAudit' | 'debts' | 'company' | 'clock'>

export type Settled =
  | { readonly kind: 'paid'; readonly reactivated: boolean }
  | { readonly kind: 'failed'; readonly failedPayments: number; readonly suspended: boolean }
  /** Somebody wrote it down before. */
  | { readonly kind: 'known' }
  /** Money came for an invoice that nobody may pay. */
  | { readonly kind: 'not-owed'; readonly status: OwedInvoice['status'] }

export const settlePaid = async (
  work: Settling,
  tx: Tx,
  invoiceId: string,
  /** By which try, if it was one of ours. */
  attempt: number | null,
): Promise<Settled> => {
  const { payments } = work.stores(tx)
  const at = work.clock.now()
  const invoice = await payments.lockInvoice(invoiceId)
  if (invoice === null) return { kind: 'not-owed', status: 'DRAFT' }
  await settlePending(payments, invoiceId, attempt, at)
  if (invoice.status === 'PAID') return { kind: 'known' }
  if (invoice.status !== 'OPEN' && invoice.status !== 'UNCOLLECTIBLE') {
    return { kind: 'not-owed', status: invoice.status }
  }
  await payments.setStatus(invoiceId, 'PAID', at)
  await payments.endRow()
  await tell(work, tx, 'billing.settlePaid', invoice, { attempt })
  const reactivated = await work.debts.lift(tx)
  if (reactivated) await notify(work, tx, { kind: 'REACTIVATED', invoiceId })
  return { kind: 'paid', reactivated }
}

/** The try that paid succeeded; one that still waits for its end while something else paid is of no use any more. */
const settlePending = async (
  payments: PaymentStore,
  invoiceId: string,
  paidBy: number | null,
  at: Date,
): Promise<void> => {
  for (const { attempt, state } of await payments.attempts(invoiceId)) {
    if (state !== 'PENDING') continue
    const ended = attempt === paidBy ? 'SUCCEEDED' : 'SUPERSEDED'
    await payments.settle({ invoiceId, attempt, state: ended, failureCode: null, at })
  }
}

export const settleFailed = async (
  work: Settling,
  tx: Tx,
  invoiceId: string,
  attempt: number,
  failureCode: string,
): Promise<Settled> => {
  const { payments } = work.stores(tx)
  const at = work.clock.now()
  const invoice = await payments.lockInvoice(invoiceId)
  if (invoice === null) return { kind: 'not-owed', status: 'DRAFT' }
  if (!(await payments.settle({ invoiceId, attempt, state: 'FAILED', failureCode, at })))
    return { kind: 'known' }
  const failedPayments = await payments.countFailure()
  const suspended =
    failedPayments >= FAILED_PAYMENTS_BEFORE_SUSPENSION &&
    (await work.debts.suspend(tx, {
      invoiceNumber: invoice.number,
      amount: String(dueOf(invoice)),
      currency: invoice.currency,
      at,
    }))
  const givenUp = invoice.status === 'OPEN' && isGivenUp(await payments.attempts(invoiceId))
  if (givenUp) await payments.setStatus(invoiceId, 'UNCOLLECTIBLE', at)
  await tell(work, tx, 'billing.settleFailed', invoice, { attempt, failureCode, failedPayments, givenUp })
  await notify(work, tx, { kind: suspended ? 'SUSPENDED' : 'FAILED', invoiceId, attempt })
  return { kind: 'failed', failedPayments, suspended }
}

const tell = (
  work: Settling,
  tx: Tx,
  action: string,
  { id, number }: OwedInvoice,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> =>
  work.writeAudit(tx, {
    action,
    actor: systemActor(tx.tenantId, 'billing'),
    requestId: 'job',
    subjectKind: 'invoice',
    subjectId: id,
    detail: { number, ...detail },
  })

/** A job for each address, so that one that is refused does not keep another from being told, or tell it twice. */
const notify = async (work: Settling, tx: Tx, notice: Omit<PaymentNotice, 'recipient'>): Promise<void> => {
  const recipients = await work.company.recipients(tx)
  for (const recipient of recipients.keys()) {
    await work.queue.enqueue(tx, sendPaymentNotice, { ...notice, recipient })
  }
}
