/** A month of the transaction's tenant, by its first day: what was counted in it, what that costs, and its lock. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type { UsageMetric } from '../domain/plan.ts'

export type CountedMonthStore = {
  /**
   * Keeps the month from being closed until the transaction ends; held alone, nothing is counted in it meanwhile
   * either, and what was being counted has ended. True when the month is closed already.
   */
  readonly lock: (month: string, hold: 'SHARED' | 'ALONE') => Promise<boolean>
  readonly used: (month: string) => Promise<ReadonlyMap<UsageMetric, bigint>>
  /** What usage over the plans costs so far, in minor units. */
  readonly overage: (month: string) => Promise<bigint>
}

export const countedMonthStore = (tx: Tx): CountedMonthStore => ({
  lock: async (month, hold) => {
    const take = hold === 'ALONE' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared'
    await tx.rows(`select ${take}(billing.month_key($1, $2))`, [tx.tenantId, month])
    const closed = await tx.rows(`select 1 from billing.closed_month where tenant_id = $1 and month = $2`, [
      tx.tenantId,
      month,
    ])
    return closed.length > 0
  },
  used: async (month) => {
    const rows = await tx.rows<{ metric: UsageMetric; used: string }>(
      `select metric, used from billing.usage_counter where tenant_id = $1 and month = $2`,
      [tx.tenantId, month],
    )
    return new Map(rows.map(({ metric, used }) => [metric, BigInt(used)]))
  },
  overage: async (month) => {
    const [row] = await tx.rows<{ overage: string }>(`select billing.overage($1, $2) as overage`, [
      tx.tenantId,
      month,
    ])
    return BigInt(row?.overage ?? 0)
  },
})
