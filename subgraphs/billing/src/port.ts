/**
 * What billing gives to other subgraphs: an account for a new company, and a ledger to write work into, both in the
 * caller's transaction.
 */
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import { defineEvent } from '@stormops/chassis/jobs/define-job'
import { newId } from '@stormops/chassis/values/ids'
import { z } from 'zod'
import type { PlanTier, UsageMetric } from './domain/plan.ts'
import { openAccountOf } from './store/account-store.ts'
import type { NewAccount } from './store/account-store.ts'
import { writeUsage } from './store/ledger-write.ts'

export type { NewAccount, PlanTier, UsageMetric }

/** An invoice got its number and is to be paid; whoever collects takes it from here. */
export const invoiceOpened = defineEvent({
  name: 'billing.invoice-opened',
  payload: z.object({ tenantId: z.uuid(), invoiceId: z.uuid() }),
})

/** Work that was done in the transaction. */
export type Work = {
  readonly metric: Exclude<UsageMetric, 'API_CALLS'>
  /** Whole units; nothing is written for 0. */
  readonly quantity: number
  /** Which work: the name of the command or the job. */
  readonly source: string
  /** What it was done on. */
  readonly subject: string
  readonly at: Date
}

/**
 * Counts work of the transaction's tenant: it is in the ledger if and only if the transaction commits. Its counter
 * stays locked until then, so count last. Throws QUOTA_EXHAUSTED when the plan does not allow it; the transaction,
 * with the work in it, must then be given up.
 */
export const countWork = async (tx: Tx, { metric, quantity, source, subject, at }: Work): Promise<void> => {
  if (!Number.isSafeInteger(quantity) || quantity < 0) {
    throw new Fault('INTERNAL', `Work of ${source} cannot count as ${quantity}.`)
  }
  if (quantity === 0) return
  const record = {
    tenantId: tx.tenantId,
    eventId: newId(),
    clientEventId: null,
    metric,
    quantity: BigInt(quantity),
    occurredAt: at,
    source,
    subject,
    corrects: null,
    detail: null,
  }
  await writeUsage(tx, [record], at)
}

/** Puts the transaction's tenant on the newest version of a plan, unless it has one. Throws INTERNAL for no such plan. */
export const openAccount = async (tx: Tx, account: NewAccount): Promise<void> => {
  await openAccountOf(tx, account)
}
