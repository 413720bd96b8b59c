/** Tells a company's owners and billing members of a failed payment, of a suspension, and that it is lifted. */
import type { Tx } from '@stormops/chassis/database/transaction'
import { unreachable } from '@stormops/chassis/fault'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Mail, SendMail } from '@stormops/chassis/mail/mail'
import { formatMoney } from '@stormops/chassis/values/money'
import { dueOf, failureInWords, nextChargeAt } from '../domain/collection.ts'
import type { OwedInvoice, PaymentAttempt } from '../domain/collection.ts'
import type { StripeClient } from '../ports.ts'
import { sendPaymentNotice } from './payment-notice-job.ts'
import type { PaymentNotice } from './payment-notice-job.ts'

export type NoticeDependencies = {
  readonly inTenant: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly noted: (tx: Tx, invoiceId: string) => Promise<Noted | null>
  readonly recipients: (tx: Tx) => Promise<readonly string[]>
  readonly stripe: StripeClient | null
  readonly sendMail: SendMail
  readonly publicUrl: () => string
}

export type Noted = {
  readonly company: string
  readonly invoice: OwedInvoice
  readonly attempts: readonly PaymentAttempt[]
  readonly customerId: string | null
  readonly stripeInvoiceId: string | null
}

/** Whoever is no member any more gets nothing. */
export const sendPaymentNoticeHandler = (dependencies: NoticeDependencies): JobHandler =>
  handleJob(sendPaymentNotice, async ({ tenantId }, notice) => {
    const { inTenant, noted, recipients, sendMail } = dependencies
    const { to, found } = await inTenant(tenantId, async (tx) => ({
      to: (await recipients(tx))[notice.recipient],
      found: await noted(tx, notice.invoiceId),
    }))
    if (to === undefined || found === null) return
    const link = notice.kind === 'REACTIVATED' ? null : await whereToPay(dependencies, found)
    await sendMail(mailOf(to, notice, found, link))
  })

/** Stripe's page of the invoice, which stays; where it has none, a portal of now, which ends after a while. */
const whereToPay = async (
  { stripe, publicUrl }: NoticeDependencies,
  { stripeInvoiceId, customerId }: Noted,
): Promise<string | null> => {
  if (stripe === null) return null
  const invoice = stripeInvoiceId === null ? null : await stripe.maybeInvoice(stripeInvoiceId)
  if (invoice?.page !== null && invoice?.page !== undefined) return invoice.page
  return customerId === null ? null : stripe.openPortal(customerId, publicUrl())
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

const mailOf = (to: string, notice: PaymentNotice, noted: Noted, link: string | null): Mail => {
  const { invoice } = noted
  const company = oneLine(noted.company)
  switch (notice.kind) {
    case 'FAILED':
      return {
        to,
        subject: `A payment of ${company} failed: invoice ${invoice.number}`,
        text: `${whatFailed(notice, noted)}\n\n${whatNext(noted)}\n\n${wayToPay(link)}\n`,
      }
    case 'SUSPENDED':
      return {
        to,
        subject: `${company} is suspended until invoice ${invoice.number} is paid`,
        text: `${whatFailed(notice, noted)}\n\nIt was the third payment in a row that failed, so ${company} can now read everything and change nothing. Once an invoice is paid it can work again, at once.\n\n${wayToPay(link)}\n`,
      }
    case 'REACTIVATED':
      return {
        to,
        subject: `${company} can work again`,
        text: `Invoice ${invoice.number} is paid. Thank you: ${company} can work again.\n`,
      }
    default:
      return unreachable(notice.kind)
  }
}

const whatFailed = ({ attempt }: PaymentNotice, { invoice, attempts }: Noted): string => {
  const failed = attempts.find((tried) => tried.attempt === attempt)
  const amount = formatMoney({ minorUnits: dueOf(invoice), currency: invoice.currency })
  return `${amount} for invoice ${invoice.number} could not be charged. ${failureInWords(failed?.failureCode ?? null)}`
}

const DAY = new Intl.DateTimeFormat('en-US', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

const whatNext = ({ invoice, attempts }: Noted): string => {
  const next = invoice.status === 'OPEN' ? nextChargeAt(invoice, attempts) : null
  return next === null ? 'It is not tried again by itself.' : `It is tried again on ${DAY.format(next)}.`
}

const wayToPay = (link: string | null): string =>
  link === null
    ? 'Whoever manages the bill can open the billing portal after signing in.'
    : `Pay it, or give another card, here:\n\n${link}`
