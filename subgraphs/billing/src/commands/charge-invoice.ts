/**
 * Charges an invoice once. The try is written down before Stripe is asked, and asked under a key made of the invoice
 * and the try's number: whoever ends in between leaves a try that the next one finds and asks again, and Stripe gives
 * the answer it gave. And one invoice of Stripe's can be paid once, whatever is asked.
 */
import type { Tx } from '@stormops/chassis/database/transaction'
import { failpoint } from '@stormops/chassis/failpoint'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { dueOf } from '../domain/collection.ts'
import type { OwedInvoice, PaymentAttempt } from '../domain/collection.ts'
import type { BillLine, StripeInvoice } from '../domain/stripe-account.ts'
import type { PushedInvoice } from '../store/stripe-store.ts'
import { settleFailed, settlePaid } from './settle-payment.ts'
import type { Settled } from './settle-payment.ts'
import { ensureCustomer } from './stripe-work.ts'
import type { StripeWork } from './stripe-work.ts'

type Charged = {
  readonly invoice: OwedInvoice
  readonly attempt: PaymentAttempt
  readonly lines: readonly BillLine[]
  readonly pushed: PushedInvoice | null
}

/** Throws UNAVAILABLE where Stripe did not say how it ended; the try then waits to be asked again. */
export const chargeInvoice = async (
  work: StripeWork,
  tenantId: string,
  invoiceId: string,
  attempt: number,
): Promise<Settled> => {
  const charged = await toCharge(work, tenantId, invoiceId, attempt)
  if (charged === null) return { kind: 'known' }
  const atStripe = await atItsAmount(work, tenantId, charged, await pushed(work, tenantId, charged))
  switch (atStripe.status) {
    case 'paid':
      return work.database.withTenant(tenantId, (tx) => settlePaid(work, tx, invoiceId, attempt))
    case 'void':
      throw new Fault('INTERNAL', `Invoice ${charged.invoice.number} was voided at Stripe, and not here.`)
    default:
      return pay(work, tenantId, charged, atStripe)
  }
}

const toCharge = (
  work: StripeWork,
  tenantId: string,
  invoiceId: string,
  attempt: number,
): Promise<Charged | null> =>
  work.database.withTenant(tenantId, async (tx) => {
    const { payments, stripe } = work.stores(tx)
    const invoice = await payments.maybeInvoice(invoiceId)
    const tried = (await payments.attempts(invoiceId)).find((known) => known.attempt === attempt)
    if (invoice === null || tried?.state !== 'PENDING') return null
    return {
      invoice,
      attempt: tried,
      lines: await payments.lines(invoiceId),
      pushed: await stripe.maybeInvoice(invoiceId),
    }
  })

const pushed = async (
  work: StripeWork,
  tenantId: string,
  { invoice, lines, pushed: before }: Charged,
): Promise<StripeInvoice> => {
  if (before !== null) {
    const known = await work.stripe.maybeInvoice(before.stripeInvoiceId)
    if (known !== null) return known
    throw new Fault(
      'INTERNAL',
      `Stripe does not know invoice ${invoice.number} any more, as ${before.stripeInvoiceId}.`,
    )
  }
  const sum = lines.reduce((total, { amount }) => total + amount, 0n)
  if (sum !== invoice.total) {
    throw new Fault(
      'INTERNAL',
      `The lines of invoice ${invoice.number} come to ${sum}, and it says ${invoice.total}.`,
    )
  }
  const made = await work.stripe.pushInvoice({
    tenantId,
    invoiceId: invoice.id,
    number: invoice.number,
    customerId: await ensureCustomer(work, tenantId),
    currency: invoice.currency,
    total: invoice.total,
    lines,
  })
  await work.database.withTenant(tenantId, (tx) =>
    work.stores(tx).stripe.keepInvoice(invoice.id, made.id, work.clock.now()),
  )
  return made
}

/** Credit notes that came since are taken off before anything is charged, and nothing is charged but what is owed. */
const atItsAmount = async (
  work: StripeWork,
  tenantId: string,
  { invoice, pushed: before }: Charged,
  atStripe: StripeInvoice,
): Promise<StripeInvoice> => {
  if (atStripe.status === 'paid' || atStripe.status === 'void') return atStripe
  const told = before?.credited ?? 0n
  if (invoice.credited > told) {
    await work.stripe.credit(atStripe.id, invoice.credited - told, told)
    await work.database.withTenant(tenantId, (tx) =>
      work.stores(tx).stripe.keepCredited(invoice.id, invoice.credited),
    )
  }
  const now = (await work.stripe.maybeInvoice(atStripe.id)) ?? atStripe
  if (now.status === 'paid') return now
  if (now.due !== dueOf(invoice) || now.currency !== invoice.currency) {
    throw new Fault(
      'INTERNAL',
      `Invoice ${invoice.number} has ${dueOf(invoice)} ${invoice.currency} to pay, and ${now.due} ${now.currency} at Stripe: nothing is charged.`,
    )
  }
  return now
}

const pay = async (
  work: StripeWork,
  tenantId: string,
  { invoice, attempt: { attempt, faults } }: Charged,
  atStripe: StripeInvoice,
): Promise<Settled> => {
  const inTenant = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => work.database.withTenant(tenantId, run)
  const key = [invoice.id, attempt, faults].join(':')
  const outcome = await work.stripe.pay(atStripe.id, key)
  await failpoint('billing.charge.answered')
  switch (outcome.kind) {
    case 'paid':
      return inTenant((tx) => settlePaid(work, tx, invoice.id, attempt))
    case 'declined':
      return inTenant((tx) => settleFailed(work, tx, invoice.id, attempt, outcome.code))
    case 'fault':
      await inTenant((tx) => work.stores(tx).payments.countFault(invoice.id, attempt))
      throw new Fault(
        'UNAVAILABLE',
        `Stripe failed while it charged invoice ${invoice.number}: ${outcome.message}`,
      )
    default:
      return unreachable(outcome)
  }
}
