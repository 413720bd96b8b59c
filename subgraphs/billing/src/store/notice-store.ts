/** The news of usage that companies are to be told. Usage writes it; jobs hand it over, mail it and mark it. */
import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import type { UsageMetric } from '../domain/plan.ts'
import type { UsageNotice } from '../domain/usage-notice.ts'

export type NoticeStore = {
  /** What nobody took up yet, oldest first; nobody else takes these up until the transaction ends. */
  readonly takeWaiting: () => Promise<readonly UsageNotice[]>
  /** A job will mail it. */
  readonly queued: (notice: UsageNotice, at: Date) => Promise<void>
  /** There is nothing to tell any more. */
  readonly superseded: (notice: UsageNotice, at: Date) => Promise<void>
  readonly sent: (notice: UsageNotice, at: Date) => Promise<void>
}

type Row = {
  readonly metric: UsageMetric
  readonly month: string
  readonly percent: number
  readonly included: string
}

export const noticeStore = (tx: Tx): NoticeStore => {
  const mark =
    (column: 'queued_at' | 'superseded_at' | 'sent_at') =>
    async ({ month, metric, percent, included }: UsageNotice, at: Date): Promise<void> => {
      await tx.change(
        `update billing.usage_notice set ${column} = coalesce(${column}, $6)
          where tenant_id = $1 and month = $2 and metric = $3 and percent = $4 and included = $5`,
        [tx.tenantId, month, metric, percent, String(included), at],
      )
    }
  return {
    takeWaiting: async () => {
      const rows = await tx.rows<Row>(
        `select month::text as month, metric, percent, included from billing.usage_notice
          where tenant_id = $1 and queued_at is null and superseded_at is null
          order by crossed_at, metric, percent
          for update skip locked`,
        [tx.tenantId],
      )
      return rows.map((row) => ({ ...row, included: BigInt(row.included) }))
    },
    queued: mark('queued_at'),
    superseded: mark('superseded_at'),
    sent: mark('sent_at'),
  }
}

/** Companies in one run of the job; the next minute has its own. */
const COMPANIES_AT_ONCE = 1_000

/** Companies with news that nobody took up yet, those that wait longest first. */
export const tenantsWithNotices = async (tx: PlatformTx): Promise<readonly string[]> => {
  const rows = await tx.rows<{ tenant_id: string }>(
    `select tenant_id from billing.usage_notice where queued_at is null and superseded_at is null
      group by tenant_id order by min(crossed_at) limit $1`,
    [COMPANIES_AT_ONCE],
  )
  return rows.map(({ tenant_id: id }) => id)
}
