/** Invoices at Stripe against ours. */
import { invoiceDifference } from '../domain/reconciliation.ts'
import type { StripeInvoice } from '../domain/stripe-account.ts'
import type { KnownInvoice } from '../store/stripe-lookup.ts'
import { collectInvoice } from './collect-payment.ts'
import type { Comparing } from './reconcile-stripe.ts'
import { syncInvoice } from './sync-invoice.ts'

/** Older ones are compared only while they are owed; three months reach back over every retry. */
const LISTED_DAYS = 92
const DAY_MS = 86_400_000

export const compareInvoices = async (comparing: Comparing): Promise<number> => {
  const { work, known, report } = comparing
  const ours = await known.invoices()
  const byId = new Map(ours.map((invoice) => [invoice.invoiceId, invoice]))
  const seen = new Set<string>()
  const settled = new Set<string>()
  let compared = 0
  for await (const there of work.stripe.invoices(
    new Date(work.clock.now().getTime() - LISTED_DAYS * DAY_MS),
  )) {
    if (there.invoiceId === null) continue
    const here = byId.get(there.invoiceId)
    if (here === undefined || (here.stripeInvoiceId !== null && here.stripeInvoiceId !== there.id)) {
      await unknown(comparing, there)
      continue
    }
    seen.add(there.invoiceId)
    compared += 1
    if (there.status === 'paid') settled.add(there.invoiceId)
    await compare(comparing, here, there)
  }
  for (const here of ours) {
    if (!seen.has(here.invoiceId) && isOwed(here)) compared += await compareOld(comparing, here)
    if (here.isPending && !settled.has(here.invoiceId)) {
      await report({
        kind: 'ATTEMPT_UNENDED',
        subject: here.stripeInvoiceId ?? here.number,
        tenantId: here.tenantId,
        message: `Nobody wrote down how a payment of invoice ${here.number} ended.`,
        repair: () => collectInvoice(work, here.tenantId, here.invoiceId),
      })
    }
  }
  return compared
}

const isOwed = ({ status }: KnownInvoice): boolean => status === 'OPEN' || status === 'UNCOLLECTIBLE'

/** A draft is one that somebody is at work on, and a void one can be paid by nobody. */
const unknown = async ({ report }: Comparing, there: StripeInvoice): Promise<void> => {
  if (there.status === 'draft' || there.status === 'void') return
  await report({
    kind: 'INVOICE_UNKNOWN',
    subject: there.id,
    tenantId: there.tenantId,
    message: `The invoice is labelled as ours and is ${there.status}, and no invoice here is it.`,
    repair: null,
  })
}

const compare = async (
  { work, report }: Comparing,
  here: KnownInvoice,
  there: StripeInvoice,
): Promise<void> => {
  if (there.status === 'draft') return
  const found = invoiceDifference(here, there)
  if (found === null) return
  const { kind, message, repair } = found
  const repairs = {
    settle: () => syncInvoice(work, here.tenantId, there.id),
    void: () => work.stripe.voidInvoice(there.id),
  }
  await report({
    kind,
    message,
    subject: there.id,
    tenantId: here.tenantId,
    repair: repair === null ? null : repairs[repair],
  })
}

const compareOld = async (comparing: Comparing, here: KnownInvoice): Promise<number> => {
  const { stripeInvoiceId } = here
  if (stripeInvoiceId === null) return 0
  const there = await comparing.work.stripe.maybeInvoice(stripeInvoiceId)
  if (there === null) {
    await comparing.report({
      kind: 'INVOICE_MISSING',
      subject: stripeInvoiceId,
      tenantId: here.tenantId,
      message: `Stripe does not know invoice ${here.number} any more.`,
      repair: null,
    })
    return 0
  }
  await compare(comparing, here, there)
  return 1
}
