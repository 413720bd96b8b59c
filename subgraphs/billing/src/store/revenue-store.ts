/** What all companies signed for and were billed, for the platform's own figures. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import type { PayingCompany } from '../domain/revenue.ts'

export type CompanyOfCurrency = PayingCompany & { readonly currency: string }

/** Minor units. */
export type Billed = { readonly currency: string; readonly month: string; readonly amount: bigint }
export type BilledTenant = { readonly currency: string; readonly tenantId: string; readonly amount: bigint }
export type Receivables = {
  readonly currency: string
  readonly open: bigint
  readonly overdue: bigint
  readonly uncollectible: bigint
}

export type RevenueStore = {
  readonly companies: () => Promise<readonly CompanyOfCurrency[]>
  /** From the month with this first day on. */
  readonly billedSince: (month: string) => Promise<readonly Billed[]>
  /** The companies that were billed most since then, of each currency so many. */
  readonly topSince: (month: string, most: number) => Promise<readonly BilledTenant[]>
  readonly receivables: (now: Date) => Promise<readonly Receivables[]>
}

type CompanyRow = {
  readonly tenant_id: string
  readonly time_zone: string
  readonly currency: string
  readonly plans: readonly {
    readonly starts: string
    readonly ends: string | null
    readonly tier: string
    readonly price: string | null
  }[]
}

/** Instants as whole milliseconds: JSON of the database would write them in its session's zone. */
const COMPANIES = `
  select s.tenant_id, a.time_zone, v.currency,
         json_agg(json_build_object(
           'starts', floor(extract(epoch from s.starts_at) * 1000)::text,
           'ends', floor(extract(epoch from s.ends_at) * 1000)::text,
           'tier', s.tier, 'price', v.monthly_price::text) order by s.starts_at) as plans
    from billing.subscription s
    join billing.account a on a.tenant_id = s.tenant_id
    join billing.plan_version v on v.catalogue = s.catalogue and v.tier = s.tier and v.version = s.version
   group by s.tenant_id, a.time_zone, v.currency`

/** Invoices with a number that still stand. */
const STANDING = `status in ('OPEN', 'PAID', 'UNCOLLECTIBLE')`

export const revenueStore = (tx: PlatformTx): RevenueStore => ({
  companies: async () => {
    const rows = await tx.rows<CompanyRow>(COMPANIES)
    return rows.map(({ tenant_id: tenantId, time_zone: timeZone, currency, plans }) => ({
      tenantId,
      timeZone,
      currency,
      plans: plans.map(({ starts, ends, tier, price }) => ({
        startsAt: new Date(Number(starts)),
        endsAt: ends === null ? null : new Date(Number(ends)),
        tier,
        monthlyPrice: BigInt(price ?? 0),
      })),
    }))
  },
  billedSince: async (month) => {
    const rows = await tx.rows<{ currency: string; month: string; amount: string }>(
      `select currency, month::text as month, sum(total - credited)::bigint as amount
         from billing.invoice where ${STANDING} and month >= $1 group by 1, 2`,
      [month],
    )
    return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }))
  },
  topSince: async (month, most) => {
    const rows = await tx.rows<{ currency: string; tenant_id: string; amount: string }>(
      `select currency, tenant_id, amount from (
         select currency, tenant_id, sum(total - credited)::bigint as amount,
                row_number() over (partition by currency order by sum(total - credited) desc, tenant_id) as place
           from billing.invoice where ${STANDING} and month >= $1 group by 1, 2) ranked
        where place <= $2 and amount > 0 order by currency, place`,
      [month, most],
    )
    return rows.map(({ currency, tenant_id: tenantId, amount }) => ({
      currency,
      tenantId,
      amount: BigInt(amount),
    }))
  },
  receivables: async (now) => {
    const rows = await tx.rows<{ currency: string; open: string; overdue: string; uncollectible: string }>(
      `select currency,
              coalesce(sum(total - credited) filter (where status = 'OPEN'), 0)::bigint as open,
              coalesce(sum(total - credited) filter (where status = 'OPEN' and due_at < $1), 0)::bigint as overdue,
              coalesce(sum(total - credited) filter (where status = 'UNCOLLECTIBLE'), 0)::bigint as uncollectible
         from billing.invoice group by 1`,
      [now],
    )
    return rows.map(({ currency, open, overdue, uncollectible }) => ({
      currency,
      open: BigInt(open),
      overdue: BigInt(overdue),
      uncollectible: BigInt(uncollectible),
    }))
  },
})
