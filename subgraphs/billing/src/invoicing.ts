/** Invoices put together: as the graph reads and prints them, and their month close and proof without a platform. */
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import { fromEveryCell } from '@stormops/chassis/cells/across-cells'
import type { CellDatabase, Database } from '@stormops/chassis/database/database'
import type { Clock } from '@stormops/chassis/clock'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import { requireScope } from '@stormops/chassis/identity'
import type { ServiceOptions } from '@stormops/chassis/service'
import { money } from '@stormops/chassis/values/money'
import { periodAt } from '@stormops/chassis/values/periods'
import { tenantProfile } from '@stormops/tenancy/port'
import { closeAllMonths, readAllInvoices } from './all-cells.ts'
import { verifyInvoices } from './commands/verify-invoices.ts'
import type { BillingContext, BillingStores } from './context.ts'
import { dashboardOf } from './domain/dashboard.ts'
import type { Invoice } from './domain/invoice.ts'
import type { InvoiceProof } from './domain/invoice-proof.ts'
import type { ClosedMonth, CloseMonthsOptions } from './jobs/close-months.ts'
import type { BillingPorts } from './ports.ts'
import { creditNoteDocument, invoiceDocument } from './print/invoice-document.ts'
import type { InvoiceParties } from './print/invoice-document.ts'
import { dueMonths } from './store/due-months.ts'
import { invoiceReads } from './store/invoice-reads.ts'
import { invoiceStore } from './store/invoice-store.ts'

export type Invoicing = Pick<
  BillingContext,
  'dashboard' | 'documentOf' | 'creditNoteDocumentOf' | 'readInvoices'
>

export type InvoicingNeeds = {
  readonly database: Database
  readonly session: SessionContext<BillingStores>
  readonly ports: BillingPorts
  readonly clock: Clock
}

export const invoicing = ({ database, session, ports, clock }: InvoicingNeeds): Invoicing => {
  /** `tenantId` as clients see it. */
  const parties = async (invoice: Invoice, tenantId: string): Promise<InvoiceParties> => {
    const { profile, issuer } = await database.withTenant(
      invoice.tenantId,
      async (tx) => ({
        profile: await tenantProfile(tx),
        issuer: await invoiceReads(tx).issuer(invoice.issuer),
      }),
      { readOnly: true },
    )
    const { name, address, email } = issuer ?? { name: '', address: [], email: null }
    return {
      issuer: { name, addressLines: address, email: email ?? '' },
      company: profile.name,
      tenantId,
      isCharged: ports.stripe !== null,
    }
  }
  return {
    dashboard: () =>
      session.read(async ({ plans, accounts, invoices }, { tenantId }) => {
        const [now, account] = [clock.now(), await accounts.maybe()]
        if (account === null) return null
        const { timeZone, currency, spendCap: cap } = account
        const [month] = await invoices.months([tenantId], periodAt(now, timeZone).month)
        const tier = await plans.maybeTier(now)
        if (month === undefined || tier === null) return null
        return dashboardOf({ month, tier, now, spendCap: cap === null ? null : money(cap, currency) })
      }),
    documentOf: async (invoice, tenantId) => invoiceDocument(invoice, await parties(invoice, tenantId)),
    creditNoteDocumentOf: async (note, tenantId) =>
      creditNoteDocument(note, await parties(note.invoice, tenantId)),
    readInvoices: (work) => {
      const actor = session.actor()
      if (actor.tenantId !== null) return session.read(({ invoices }) => work(invoices))
      requireScope(actor, 'platform:staff')
      return readAllInvoices(database, work)
    },
  }
}

/** The month close and the proof of invoices by themselves, for whoever has the database and no platform around it. */
export type InvoicingDesk = {
  readonly closeMonths: (options: CloseMonthsOptions) => Promise<readonly ClosedMonth[]>
  /** Every invoice with a number, or those of a company, or the one of this number. */
  readonly prove: (which: {
    readonly tenantId: string | null
    readonly number: string | null
  }) => Promise<readonly InvoiceProof[]>
  readonly close: () => Promise<void>
}

/** How many invoices are proved in one transaction. */
const PROVED_AT_ONCE = 500

export const openInvoicingDesk = async (
  options: Pick<ServiceOptions, 'connection' | 'cells' | 'queue' | 'clock' | 'newId'>,
): Promise<InvoicingDesk> => {
  const { connection, cells, queue, clock, newId } = options
  const database = await openTenantDatabase({
    name: 'invoicing',
    connection,
    cells,
    entities: [],
    poolSize: 2,
  })
  const dependencies = { database, queue, clock, newId, invoices: invoiceStore, due: dueMonths }
  return {
    closeMonths: (which) => closeAllMonths(dependencies, which),
    prove: (which) => fromEveryCell(database, (cell) => proveIn(cell, which)),
    close: database.close,
  }
}

const proveIn = async (
  { withLedger }: CellDatabase,
  which: Parameters<InvoicingDesk['prove']>[0],
): Promise<readonly InvoiceProof[]> => {
  const proofs: InvoiceProof[] = []
  let after: string | null = null
  for (;;) {
    const page: readonly InvoiceProof[] = await withLedger(
      async (tx) => {
        const store = invoiceStore(tx)
        return verifyInvoices(store, await store.numbered(after, PROVED_AT_ONCE, which))
      },
      { statementTimeoutMs: BULK_DEADLINE_MS },
    )
    proofs.push(...page)
    if (page.length < PROVED_AT_ONCE) return proofs
    after = page.at(-1)?.invoiceId ?? null
  }
}
