/** Months of companies that are over and not closed. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'

export type DueMonth = { readonly tenantId: string; readonly month: string }

export type DueMonths = {
  /** Only months that had ended by then, each in its company's own days. */
  readonly endedBy: Date
  /** Only this month, by its first day; null for all. */
  readonly month: string | null
  /** Where to go on. */
  readonly after: DueMonth | null
  readonly first: number
}

/**
 * The oldest month first, and in it by company. A company's months begin with the one in which its account was opened:
 * nobody is asked for what was before that, unless a person does.
 */
export const dueMonths = (
  tx: Pick<PlatformTx, 'rows'>,
  { endedBy, month, after, first }: DueMonths,
): Promise<readonly DueMonth[]> =>
  tx.rows<DueMonth>(
    `select a.tenant_id as "tenantId", m.month::date::text as month
       from billing.account a
      cross join lateral generate_series(
              date_trunc('month', a.opened_at at time zone a.time_zone),
              date_trunc('month', $1::timestamptz at time zone a.time_zone) - interval '1 month',
              interval '1 month') as m(month)
      where ($2::date is null or m.month = $2::date)
        and ($3::date is null or (m.month::date, a.tenant_id) > ($3::date, $4::uuid))
        and not exists (select from billing.closed_month c where c.tenant_id = a.tenant_id and c.month = m.month::date)
      order by m.month, a.tenant_id
      limit $5`,
    [endedBy, month, after?.month ?? null, after?.tenantId ?? null, first],
  )
