/** Compares everything that Stripe has of ours with what we have, and brings together what is safe. */
import { tellable } from '@stormops/chassis/fault'
import type { NewId } from '@stormops/chassis/values/ids'
import type { Compared, Difference, Reconciliation } from '../domain/reconciliation.ts'
import { compareCompanies } from './reconcile-companies.ts'
import { compareInvoices } from './reconcile-invoices.ts'
import type { StripeKnown } from './reconcile-known.ts'
import type { StripeWork } from './stripe-work.ts'

/** Finds, and where it is not a dry run repairs. */
export type Finding = Omit<Difference, 'outcome'> & { readonly repair: (() => Promise<unknown>) | null }
export type Report = (finding: Finding) => Promise<void>

export type Comparing = {
  readonly work: StripeWork
  readonly known: StripeKnown
  readonly report: Report
}

export const reconcileWithStripe = async (
  work: StripeWork,
  known: StripeKnown,
  newId: NewId,
  dryRun: boolean,
): Promise<Reconciliation> => {
  const startedAt = work.clock.now()
  const differences: Difference[] = []
  const report: Report = async ({ repair, ...found }) => {
    differences.push({ ...found, outcome: await outcomeOf(work, repair, dryRun) })
  }
  const comparing = { work, known, report }
  const companies = await compareCompanies(comparing)
  const compared: Compared = { ...companies, invoices: await compareInvoices(comparing) }
  await leftEvents(comparing)
  const endedAt = work.clock.now()
  const reconciliation = { id: newId(), startedAt, endedAt, dryRun, compared, differences }
  await known.keep(reconciliation)
  return reconciliation
}

/** One that fails does not keep the others from being found. */
const outcomeOf = async (
  { log }: StripeWork,
  repair: Finding['repair'],
  dryRun: boolean,
): Promise<Difference['outcome']> => {
  if (repair === null) return 'LEFT'
  if (dryRun) return 'REPAIRABLE'
  try {
    await repair()
    return 'REPAIRED'
  } catch (error) {
    log.error({ err: error }, `a difference with Stripe could not be repaired: ${tellable(error)}`)
    return 'FAILED'
  }
}

/** Events that nobody is at work on any more, as after a worker that was killed. */
const LEFT_AFTER_MS = 3_600_000

const leftEvents = async ({ work, known, report }: Comparing): Promise<void> => {
  const before = new Date(work.clock.now().getTime() - LEFT_AFTER_MS)
  for (const eventId of await known.leftEvents(before)) {
    await report({
      kind: 'EVENT_LEFT',
      subject: eventId,
      tenantId: null,
      message: 'A webhook was taken and never handled to its end.',
      repair: () => known.handleAgain(eventId),
    })
  }
}
