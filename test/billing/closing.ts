/** Companies without anything around them but an account, a plan and usage, and the month close over them. */
import type { Database } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { verifyInvoices } from '../../subgraphs/billing/src/commands/verify-invoices.ts'
import type { InvoiceProof } from '../../subgraphs/billing/src/domain/invoice-proof.ts'
import { closeMonths } from '../../subgraphs/billing/src/jobs/close-months.ts'
import type { ClosedMonth, CloseMonthsOptions } from '../../subgraphs/billing/src/jobs/close-months.ts'
import { dueMonths } from '../../subgraphs/billing/src/store/due-months.ts'
import { invoiceStore } from '../../subgraphs/billing/src/store/invoice-store.ts'
import type { TestDatabase } from '../world/database.ts'

export type AccountOf = {
  readonly timeZone?: string
  readonly tier?: 'TRIAL' | 'STANDARD' | 'ENTERPRISE'
  readonly openedAt?: string
}

/** Opened with October 2026, unless said otherwise. */
export const anAccount = async (
  database: Database,
  { timeZone = 'America/Chicago', tier = 'STANDARD', openedAt = '2026-10-05T00:00:00Z' }: AccountOf = {},
): Promise<{ readonly uuid: string }> => {
  const uuid = newId()
  await database.withTenant(uuid, async (tx) => {
    await tx.change(
      `insert into billing.account (tenant_id, time_zone, currency, opened_at) values ($1, $2, 'USD', $3)`,
      [uuid, timeZone, openedAt],
    )
    await tx.change(
      `insert into billing.subscription (tenant_id, starts_at, tier, version) values ($1, $2, $3, 1)`,
      [uuid, openedAt, tier],
    )
  })
  return { uuid }
}

export type Closer = {
  readonly run: (now: Date, options?: CloseMonthsOptions) => Promise<readonly ClosedMonth[]>
  /** Every invoice with a number. */
  readonly prove: () => Promise<readonly InvoiceProof[]>
  readonly close: () => Promise<void>
}

export const openCloser = async (testDatabase: TestDatabase, database: Database): Promise<Closer> => {
  const boss = await openBoss(testDatabase.app, createLog('silent'), 'sends')
  const queue = createQueue(boss)
  return {
    run: (now, options) =>
      closeMonths(
        { database, queue, clock: { now: () => now }, newId, invoices: invoiceStore, due: dueMonths },
        options,
      ),
    prove: () =>
      database.withLedger(async (tx) => {
        const store = invoiceStore(tx)
        return verifyInvoices(store, await store.numbered(null, 1_000, { tenantId: null, number: null }))
      }),
    close: () => boss.stop({ graceful: false }),
  }
}
