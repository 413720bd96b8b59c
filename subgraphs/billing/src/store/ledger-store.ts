/** What was counted for the transaction's tenant. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { NewId } from '@stormops/chassis/values/ids'
import type { UsageMetric } from '../domain/plan.ts'
import type { UsageEvent, UsageRecord } from '../domain/usage.ts'
import { writeUsage } from './ledger-write.ts'
import type { RecordedUsage } from './ledger-write.ts'

export type UsageTotal = { readonly metric: UsageMetric; readonly quantity: bigint }

export type LedgerStore = {
  readonly newEventId: NewId
  /** Throws QUOTA_EXHAUSTED; see `writeUsage`. */
  readonly record: (records: readonly UsageRecord[], now: Date) => Promise<readonly RecordedUsage[]>
  readonly maybeEvent: (id: string) => Promise<UsageEvent | null>
  /**
   * An event, and what it counts for together with its corrections; null when there is none. Nobody else corrects it
   * until the transaction ends.
   */
  readonly lockForCorrection: (id: string) => Promise<{ event: UsageEvent; remaining: bigint } | null>
  /** Newest first, from after the event with this id, one more than the page holds. */
  readonly page: (page: PageRequest, metric: UsageMetric | null) => Promise<readonly UsageEvent[]>
  /** What happened from `from` to before `to`, from the ledger itself; metrics without usage are left out. */
  readonly totalsBetween: (from: Date, to: Date) => Promise<readonly UsageTotal[]>
  /** The counters of a month, by its first day. */
  readonly counted: (month: string) => Promise<readonly UsageTotal[]>
}

/** Any number; it only has to be nobody else's. */
const CORRECTION_LOCK = 4_105

type EventRow = {
  readonly event_id: string
  readonly client_event_id: string | null
  readonly metric: UsageMetric
  readonly quantity: string
  readonly occurred_at: Date
  readonly month: string
  readonly late_for: string | null
  readonly source: string
  readonly subject: string | null
  readonly corrects: string | null
  readonly recorded_at: Date
}

type TotalRow = { readonly metric: UsageMetric; readonly quantity: string }

/** Days as text: a driver's Date would take them for midnights of its own zone. */
const EVENTS = `
  select e.event_id, k.client_event_id, e.metric, e.quantity, e.occurred_at, e.month::text as month,
         e.late_for::text as late_for, e.source, e.subject, e.corrects, e.recorded_at
    from billing.usage_event e
    left join billing.usage_client_event k on k.tenant_id = e.tenant_id and k.event_id = e.event_id`

export const ledgerStore = (tx: Tx, newEventId: NewId): LedgerStore => ({
  newEventId,
  lockForCorrection: async (id) => {
    await tx.rows(`select pg_advisory_xact_lock($1, hashtext($2))`, [CORRECTION_LOCK, id])
    const [row] = await tx.rows<EventRow & { readonly remaining: string }>(
      `select f.*, f.quantity + coalesce((select sum(c.quantity) from billing.usage_event c
                                           where c.tenant_id = $1 and c.corrects = $2), 0) as remaining
         from (${EVENTS} where e.tenant_id = $1 and e.event_id = $2) f`,
      [tx.tenantId, id],
    )
    return row === undefined ? null : { event: eventOf(row), remaining: BigInt(row.remaining) }
  },
  record: (records, now) =>
    writeUsage(
      tx,
      records.map((record) => ({ ...record, tenantId: tx.tenantId })),
      now,
    ),
  maybeEvent: async (id) => {
    const [row] = await tx.rows<EventRow>(`${EVENTS} where e.tenant_id = $1 and e.event_id = $2`, [
      tx.tenantId,
      id,
    ])
    return row === undefined ? null : eventOf(row)
  },
  page: async ({ first, after }, metric) => {
    const rows = await tx.rows<EventRow>(
      `${EVENTS}
        where e.tenant_id = $1 and ($2::uuid is null or e.event_id < $2) and ($3::text is null or e.metric = $3)
        order by e.event_id desc limit $4`,
      [tx.tenantId, after, metric, first + 1],
    )
    return rows.map(eventOf)
  },
  totalsBetween: async (from, to) =>
    totals(
      await tx.rows<TotalRow>(
        `select metric, sum(quantity)::bigint as quantity from billing.usage_event
          where tenant_id = $1 and occurred_at >= $2 and occurred_at < $3 group by metric order by metric`,
        [tx.tenantId, from, to],
      ),
    ),
  counted: async (month) =>
    totals(
      await tx.rows<TotalRow>(
        `select metric, used as quantity from billing.usage_counter
          where tenant_id = $1 and month = $2 order by metric`,
        [tx.tenantId, month],
      ),
    ),
})

const totals = (rows: readonly TotalRow[]): readonly UsageTotal[] =>
  rows.map(({ metric, quantity }) => ({ metric, quantity: BigInt(quantity) }))

const eventOf = (row: EventRow): UsageEvent => ({
  id: row.event_id,
  clientEventId: row.client_event_id,
  metric: row.metric,
  quantity: BigInt(row.quantity),
  occurredAt: row.occurred_at,
  month: row.month,
  lateFor: row.late_for,
  source: row.source,
  subject: row.subject,
  corrects: row.corrects,
  recordedAt: row.recorded_at,
})
