/** What billing asks and writes of all companies at once, wherever they live. */
import {
  eachCell,
  everyCell,
  fromEveryCell,
  fromReachableCells,
  maybeInCells,
} from '@stormops/chassis/cells/across-cells'
import type { CellDatabase, Database } from '@stormops/chassis/database/database'
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { StripeKnown } from './commands/reconcile-known.ts'
import { closeMonths } from './jobs/close-months.ts'
import type { ClosedMonth, CloseMonthsDependencies, CloseMonthsOptions } from './jobs/close-months.ts'
import { mergedBilled, mergedReceivables, mergedTop } from './domain/merged-revenue.ts'
import { invoiceReads } from './store/invoice-reads.ts'
import type { InvoiceReads } from './store/invoice-reads.ts'
import { writeUsage } from './store/ledger-write.ts'
import type { RecordedUsage, TenantUsage } from './store/ledger-write.ts'
import { tenantsWithNotices } from './store/notice-store.ts'
import { revenueStore } from './store/revenue-store.ts'
import type { RevenueStore } from './store/revenue-store.ts'
import {
  invoicesToCollect,
  knownCompanies,
  knownInvoices,
  knownSubscriptions,
  maybeTenantOf,
  openCheckouts,
} from './store/stripe-lookup.ts'
import type { InvoiceOfTenant } from './store/stripe-lookup.ts'
import { usageTotals } from './store/usage-totals.ts'
import type { UsageTotal } from './store/usage-totals.ts'

const asPlatform =
  <T>(work: (tx: PlatformTx) => Promise<T>) =>
  (cell: CellDatabase): Promise<T> =>
    cell.withPlatform(work)

const theOnly = ({ cells }: Database): CellDatabase | null => (cells.length === 1 ? (cells[0] ?? null) : null)

/**
 * One transaction a cell. What was written in one stays when another refuses: every record has its own id, and is
 * written once for ever, however often the batch is brought.
 */
export const recordUsageOfAll = async (
  database: Database,
  records: readonly TenantUsage[],
  now: Date,
): Promise<readonly RecordedUsage[]> => {
  const only = theOnly(database)
  if (only !== null) return only.withLedger((tx) => writeUsage(tx, records, now))
  const places = Map.groupBy(records.keys(), (place) => database.cellOf(records[place]?.tenantId ?? ''))
  const outcomes = new Map<number, RecordedUsage>()
  const written = await eachCell(database, async ({ name, withLedger }) => {
    const here = places.get(name) ?? []
    if (here.length === 0) return
    const batch = here.flatMap((place) => records[place] ?? [])
    const recorded = await withLedger((tx) => writeUsage(tx, batch, now))
    for (const [nth, place] of here.entries()) {
      const outcome = recorded[nth]
      if (outcome !== undefined) outcomes.set(place, outcome)
    }
  })
  for (const answer of written) if (answer.kind === 'away') throw answer.cause
  return records.flatMap((_record, place) => outcomes.get(place) ?? [])
}

/** Figures of all companies; a cell that is away refuses them all, since a sum without it would be wrong. */
export const readAllRevenue = async <T>(
  database: Database,
  work: (revenue: RevenueStore) => Promise<T>,
): Promise<T> => {
  const only = theOnly(database)
  if (only !== null) return only.withPlatform((tx) => work(revenueStore(tx)))
  const fromAll = <Row>(read: (revenue: RevenueStore) => Promise<readonly Row[]>): Promise<readonly Row[]> =>
    fromEveryCell(
      database,
      asPlatform((tx) => read(revenueStore(tx))),
    )
  return work({
    companies: () => fromAll((revenue) => revenue.companies()),
    billedSince: async (month) => mergedBilled(await fromAll((revenue) => revenue.billedSince(month))),
    topSince: async (month, most) =>
      mergedTop(await fromAll((revenue) => revenue.topSince(month, most)), most),
    receivables: async (now) => mergedReceivables(await fromAll((revenue) => revenue.receivables(now))),
  })
}

const newestFirst = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id < other.id ? 1 : -1

export const readAllInvoices = async <T>(
  database: Database,
  work: (invoices: InvoiceReads) => Promise<T>,
): Promise<T> => {
  const only = theOnly(database)
  if (only !== null) return only.withPlatform((tx) => work(invoiceReads(tx)))
  return work({
    maybeById: (id) =>
      maybeInCells(
        database,
        asPlatform((tx) => invoiceReads(tx).maybeById(id)),
      ),
    page: async (page, filter) =>
      (
        await fromEveryCell(
          database,
          asPlatform((tx) => invoiceReads(tx).page(page, filter)),
        )
      )
        .toSorted(newestFirst)
        .slice(0, page.first + 1),
    numbered: async (after, first, which) =>
      (
        await fromEveryCell(
          database,
          asPlatform((tx) => invoiceReads(tx).numbered(after, first, which)),
        )
      )
        .toSorted((one, other) => newestFirst(other, one))
        .slice(0, first),
    issuer: (id) => database.withPlatform((tx) => invoiceReads(tx).issuer(id)),
  })
}

export const allWithNotices = (database: Database, log: Log): Promise<readonly string[]> =>
  fromReachableCells(database, log, asPlatform(tenantsWithNotices))

export const allToCollect = (database: Database, log: Log, now: Date): Promise<readonly InvoiceOfTenant[]> =>
  fromReachableCells(
    database,
    log,
    asPlatform((tx) => invoicesToCollect(tx, now)),
  )

export const tenantOfCustomer = (database: Database, customerId: string): Promise<string | null> =>
  maybeInCells(
    database,
    asPlatform((tx) => maybeTenantOf(tx, customerId)),
  )

/** What Stripe has is compared with all that is known, or not at all: a company that is not seen looks like a stranger. */
export const allKnown = (
  database: Database,
  now: () => Date,
): Pick<StripeKnown, 'companies' | 'openCheckouts' | 'subscriptions' | 'invoices'> => ({
  companies: () =>
    fromEveryCell(
      database,
      asPlatform((tx) => knownCompanies(tx, now())),
    ),
  openCheckouts: () => fromEveryCell(database, asPlatform(openCheckouts)),
  subscriptions: () => fromEveryCell(database, asPlatform(knownSubscriptions)),
  invoices: () => fromEveryCell(database, asPlatform(knownInvoices)),
})

/** The catalogue's side of Stripe lies in every cell, where companies' plans are shown by it. */
export const keepInAllCells = async (
  database: Pick<Database, 'cells'>,
  keep: (tx: Parameters<Parameters<CellDatabase['withLedger']>[0]>[0]) => Promise<void>,
): Promise<void> => {
  await everyCell(database, ({ withLedger }) => withLedger(keep))
}

/** Each cell's months by themselves. Throws, after the others are done, for a cell that could not be closed. */
export const closeAllMonths = async (
  dependencies: Omit<CloseMonthsDependencies, 'database'> & { readonly database: Database },
  options: CloseMonthsOptions = {},
): Promise<readonly ClosedMonth[]> => {
  const closed: ClosedMonth[] = []
  const answers = await eachCell(dependencies.database, async (database) => {
    closed.push(...(await closeMonths({ ...dependencies, database }, options)))
  })
  for (const answer of answers) if (answer.kind === 'away') throw answer.cause
  return closed
}

/**
 * Companies with the most lines of the ledger first, wherever they live. Without a cell that is away there are none: a
 * count that comes back would look as if all of it had been used just then.
 */
export const usageOfAll = async (database: Pick<Database, 'cells'>): Promise<readonly UsageTotal[]> => {
  const [only, ...others] = await everyCell(database, asPlatform(usageTotals))
  if (others.length === 0) return only ?? []
  const companies = new Map<string, UsageTotal>()
  // While a company moves it may be seen on both sides, of which one has less.
  for (const total of [only ?? [], ...others].flat()) {
    const known = companies.get(total.tenantId)
    if (known === undefined || total.usageEvents > known.usageEvents) companies.set(total.tenantId, total)
  }
  return [...companies.values()].toSorted((one, other) => other.usageEvents - one.usageEvents)
}
