/** What each company used in all months together, for the metrics of the platform. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'

export type UsageTotal = {
  readonly tenantId: string
  /** Of storms, as their crews tell them. */
  readonly journeyEvents: number
  /** Lines of the ledger, of whatever metric. */
  readonly usageEvents: number
  /** Operations of the graph. */
  readonly apiCalls: number
}

/** Companies with the most lines of the ledger first. */
export const usageTotals = (tx: PlatformTx): Promise<readonly UsageTotal[]> =>
  tx.rows<UsageTotal>(
    `select tenant_id as "tenantId",
            coalesce(sum(used) filter (where metric = 'JOURNEY_EVENTS'), 0)::float8 as "journeyEvents",
            sum(events)::float8 as "usageEvents",
            coalesce(sum(used) filter (where metric = 'API_CALLS'), 0)::float8 as "apiCalls"
       from billing.usage_counter
      group by tenant_id
      order by sum(events) desc, tenant_id`,
  )
