/**
 * The month close: every company's months that are over, a batch of companies in each transaction. What a batch does
 * commits as a whole, and a month that is closed is not looked at again, so it may be killed anywhere and run again.
 */
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import type { LedgerTx } from '@stormops/chassis/database/transaction'
import type { Clock } from '@stormops/chassis/clock'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { NewId } from '@stormops/chassis/values/ids'
import { z } from 'zod'
import { closeCompanies } from '../commands/close-companies.ts'
import type { ClosedCompany } from '../commands/close-companies.ts'
import { invoiceOpened } from '../port.ts'
import type { DueMonth, DueMonths } from '../store/due-months.ts'
import type { InvoiceStore } from '../store/invoice-store.ts'

/** Usage that was done in the last minutes of a month is written down within this. */
export const CLOSE_GRACE_MS = 6 * 3_600_000

/** Each month of each company waits for its lock, and the numbers of a batch are held until it commits. */
const COMPANIES_OF_A_BATCH = 1_000

const CLOSE_TIMEOUT_SECONDS = 3_600

export const closeMonthJob = defineJob({
  name: 'billing.close-month',
  payload: z.object({}),
  timeoutSeconds: CLOSE_TIMEOUT_SECONDS,
  // Somewhere on earth a month ended in every hour of that day.
  schedule: { cron: '17 * * * *', timeZone: 'UTC' },
})

export type CloseMonthsDependencies = {
  readonly database: Pick<Database, 'withLedger'>
  readonly queue: Queue
  readonly clock: Clock
  readonly newId: NewId
  readonly invoices: (tx: LedgerTx) => InvoiceStore
  readonly due: (tx: LedgerTx, which: DueMonths) => Promise<readonly DueMonth[]>
}

export type CloseMonthsOptions = {
  /** Only this month, by its first day. Default all that are due. */
  readonly month?: string
  /** Default `CLOSE_GRACE_MS`; 0 when a person asks for it. */
  readonly graceMs?: number
  readonly dryRun?: boolean
  /** Default `COMPANIES_OF_A_BATCH`. */
  readonly companiesOfABatch?: number
}

export type ClosedMonth = ClosedCompany & { readonly month: string }

/** What a batch would do is computed in full, and then taken back. */
class DryRun extends Error {
  override readonly name = 'DryRun'
  readonly closed: readonly ClosedCompany[]
  constructor(closed: readonly ClosedCompany[]) {
    super('dry run')
    this.closed = closed
  }
}

/** Every company's month that was looked at, and what came of it. */
export const closeMonths = async (
  dependencies: CloseMonthsDependencies,
  options: CloseMonthsOptions = {},
): Promise<readonly ClosedMonth[]> => {
  const { clock } = dependencies
  const endedBy = new Date(clock.now().getTime() - (options.graceMs ?? CLOSE_GRACE_MS))
  const results: ClosedMonth[] = []
  let after: DueMonth | null = null
  for (;;) {
    const { batch, isLast } = await nextBatch(dependencies, options, endedBy, after)
    after = batch.at(-1) ?? null
    if (after === null) return results
    const { month } = after
    const closed = await closeBatch(dependencies, batch, options.dryRun ?? false)
    results.push(...closed.map((one) => ({ ...one, month })))
    if (isLast) return results
  }
}

/** Companies of one month, the oldest there is. */
const nextBatch = async (
  { database, due }: CloseMonthsDependencies,
  { month, companiesOfABatch }: CloseMonthsOptions,
  endedBy: Date,
  after: DueMonth | null,
): Promise<{ readonly batch: readonly DueMonth[]; readonly isLast: boolean }> => {
  const most = companiesOfABatch ?? COMPANIES_OF_A_BATCH
  const which = { endedBy, month: month ?? null, after, first: most + 1 }
  const found = await database.withLedger((tx) => due(tx, which))
  const batch = found.slice(0, most).filter((one) => one.month === found[0]?.month)
  return { batch, isLast: batch.length === found.length }
}

const closeBatch = async (
  { database, queue, clock, newId, invoices }: CloseMonthsDependencies,
  batch: readonly DueMonth[],
  dryRun: boolean,
): Promise<readonly ClosedCompany[]> => {
  const month = batch[0]?.month ?? ''
  const tenantIds = batch.map(({ tenantId }) => tenantId)
  try {
    return await database.withLedger(
      async (tx) => {
        const closed = await closeCompanies(invoices(tx), { tenantIds, month, at: clock.now(), newId })
        if (dryRun) throw new DryRun(closed)
        await queue.publishMany(
          tx,
          invoiceOpened,
          closed.flatMap((one) =>
            one.kind === 'opened' ? [{ tenantId: one.tenantId, invoiceId: one.invoice.id }] : [],
          ),
        )
        return closed
      },
      { statementTimeoutMs: BULK_DEADLINE_MS },
    )
  } catch (error) {
    if (error instanceof DryRun) return error.closed
    throw error
  }
}

/** `close` closes what is due, wherever the companies live. */
export const closeMonthHandler = (close: () => Promise<readonly ClosedMonth[]>): JobHandler =>
  handleJob(closeMonthJob, async ({ log }) => {
    const closed = await close()
    const of = (kind: ClosedCompany['kind']): number => closed.filter((one) => one.kind === kind).length
    log.info({ looked: closed.length, opened: of('opened') }, 'months are closed')
    for (const one of closed.filter(isLeftOpen)) {
      log.error({ tenantId: one.tenantId, month: one.month }, `the month is left open: ${whyLeftOpen(one)}`)
    }
  })

type LeftOpen = Extract<ClosedMonth, { readonly kind: 'counters-differ' | 'unratable' }>

/** Left for a person to mend; it is looked at again with the next close. */
export const isLeftOpen = (one: ClosedMonth): one is LeftOpen =>
  one.kind === 'counters-differ' || one.kind === 'unratable'

export const whyLeftOpen = (one: LeftOpen): string =>
  one.kind === 'unratable'
    ? one.message
    : `the counters of ${one.metrics.join(', ')} are not what the ledger sums to`
