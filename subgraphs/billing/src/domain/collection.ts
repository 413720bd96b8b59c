/**
 * An invoice is charged three days after it opened, and again at named distances while it fails. Failures are counted
 * over all invoices of a company, each try once however often it is told of: the third in a row suspends the company,
 * and a payment ends the row. An invoice that the last try failed for is given up, and can still be paid.
 */

/** Long enough to look at an invoice before it is charged. */
export const CHARGED_AFTER_DAYS = 3

/** After each failure but the last. With the first three days it is just over three weeks, in which cards are renewed. */
export const RETRY_AFTER_DAYS: readonly number[] = [3, 5, 10]

/** One failure is an accident and two may be; who fails three times in a row was told three times. */
export const FAILED_PAYMENTS_BEFORE_SUSPENSION = 3

const DAY_MS = 86_400_000

export type InvoiceStatus = 'DRAFT' | 'OPEN' | 'PAID' | 'VOID' | 'UNCOLLECTIBLE'

export type OwedInvoice = {
  readonly id: string
  readonly number: string
  readonly status: InvoiceStatus
  readonly currency: string
  readonly total: bigint
  /** The sum of its credit notes. */
  readonly credited: bigint
  readonly openedAt: Date
}

export type AttemptSource = 'SCHEDULE' | 'CUSTOMER'
export type AttemptState = 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'SUPERSEDED'

export type PaymentAttempt = {
  readonly invoiceId: string
  /** Counts from 1 within its invoice. */
  readonly attempt: number
  readonly source: AttemptSource
  readonly state: AttemptState
  readonly amount: bigint
  readonly currency: string
  /** How often Stripe answered it with a fault of its own. */
  readonly faults: number
  readonly failureCode: string | null
  readonly settledAt: Date | null
}

export const dueOf = ({ total, credited }: Pick<OwedInvoice, 'total' | 'credited'>): bigint =>
  total - credited

export type NextStep =
  | { readonly kind: 'nothing' }
  /** Nothing of it is left to pay. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'wait'; readonly until: Date }
  /** A try that nobody knows the end of yet: it is asked again under the same key. */
  | { readonly kind: 'resume'; readonly attempt: number }
  | { readonly kind: 'charge'; readonly attempt: number }

/** What the schedule does with an invoice now; `attempts` are all of its own. */
export const nextStep = (invoice: OwedInvoice, attempts: readonly PaymentAttempt[], now: Date): NextStep => {
  const pending = attempts.find(({ state }) => state === 'PENDING')
  if (pending !== undefined) return { kind: 'resume', attempt: pending.attempt }
  if (invoice.status !== 'OPEN') return { kind: 'nothing' }
  if (dueOf(invoice) <= 0n) return { kind: 'settled' }
  const at = nextChargeAt(invoice, attempts)
  if (at === null) return { kind: 'nothing' }
  return at <= now ? { kind: 'charge', attempt: nextNumber(attempts) } : { kind: 'wait', until: at }
}

export const nextNumber = (attempts: readonly PaymentAttempt[]): number =>
  Math.max(0, ...attempts.map(({ attempt }) => attempt)) + 1

/** When the schedule charges it next; null once it has tried as often as it does. */
export const nextChargeAt = (
  { openedAt }: Pick<OwedInvoice, 'openedAt'>,
  attempts: readonly PaymentAttempt[],
): Date | null => {
  const failures = scheduledFailures(attempts).flatMap(({ settledAt }) => settledAt ?? [])
  return chargedAt(openedAt, failures)
}

/** The same by when the schedule's tries failed, oldest first. */
export const chargedAt = (openedAt: Date, failures: readonly Date[]): Date | null => {
  const last = failures.at(-1)
  if (last === undefined) return daysAfter(openedAt, CHARGED_AFTER_DAYS)
  const days = RETRY_AFTER_DAYS[failures.length - 1]
  return days === undefined ? null : daysAfter(last, days)
}

/** Whether the schedule has failed so often that it tries no more. What a customer tried does not count. */
export const isGivenUp = (attempts: readonly PaymentAttempt[]): boolean =>
  scheduledFailures(attempts).length > RETRY_AFTER_DAYS.length

const scheduledFailures = (attempts: readonly PaymentAttempt[]): readonly PaymentAttempt[] =>
  attempts.filter(({ source, state }) => source === 'SCHEDULE' && state === 'FAILED')

const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS)

/** Why a payment failed, for the person who has to do something about it. */
export const failureInWords = (code: string | null): string =>
  FAILURES[code ?? ''] ?? 'The card was declined.'

const FAILURES: Readonly<Record<string, string>> = {
  insufficient_funds: 'The card does not have enough on it.',
  expired_card: 'The card has expired.',
  no_payment_method: 'There is no card to pay with.',
  authentication_required: 'The bank wants its customer to confirm the payment.',
  invoice_payment_intent_requires_action: 'The bank wants its customer to confirm the payment.',
}
