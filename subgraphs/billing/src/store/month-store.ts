/**
 * What months of companies are made of: account, plans held, and usage from the ledger itself. One aggregate serves
 * however many companies are asked for; a second one is asked only for those whose month is not of one piece.
 */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import { periodOfMonth } from '@stormops/chassis/values/periods'
import type { Period } from '@stormops/chassis/values/periods'
import { NEVER_BILLED } from '../domain/company-month.ts'
import type { CataloguedPlan, CompanyMonth, LateUsage, MetricCount } from '../domain/company-month.ts'
import type { Metric } from '../domain/charge.ts'
import { phasesOf } from '../domain/phases.ts'
import type { Phase, Signing } from '../domain/phases.ts'
import type { PhaseUsage } from '../domain/rating.ts'
import { metricsByCatalogue, planKeyText, ratablePlans } from './ratable-plans.ts'
import type { PlanKey } from './ratable-plans.ts'
import { pieceUsage } from './piece-usage.ts'

type Rows = Pick<PlatformTx, 'rows'>

type AccountRow = { readonly tenant_id: string; readonly time_zone: string; readonly currency: string }
type SubscriptionRow = PlanKey & {
  readonly tenant_id: string
  readonly starts_at: Date
  readonly ends_at: Date | null
}
type SumRow = {
  readonly tenant_id: string
  readonly metric: string
  readonly quantity: string
  readonly events: string
  /** How many of them came after their own month was closed. */
  readonly late: string
}
type LateRow = Omit<LateUsage, 'quantity'> & {
  readonly tenant_id: string
  /** The driver gives whole numbers as text. */
  readonly quantity: string
}

/** What a month of a company is, but for what was used in it. */
export type OpenMonth = Omit<CompanyMonth, 'usage' | 'late' | 'counted'>

/** The month of each company that has an account, in the order of `tenantIds`. `month` is its first day. */
export const readMonths = async (
  tx: Rows,
  tenantIds: readonly string[],
  month: string,
): Promise<readonly CompanyMonth[]> => {
  const opened = await openMonths(tx, tenantIds, month)
  const rows = await ledgerSums(tx, tenantIds, month)
  const sums = Map.groupBy(rows, ({ tenant_id: id }) => id)
  const withLate = new Set(rows.flatMap(({ tenant_id: id, late }) => (late === '0' ? [] : [id])))
  const late = Map.groupBy(await lateUsage(tx, [...withLate], month), ({ tenant_id: id }) => id)
  const pieces = await pieceUsage(tx, opened.filter(isOfPieces), month)
  return opened.map((company): CompanyMonth => {
    const counted = (sums.get(company.tenantId) ?? []).map(countOf)
    return {
      ...company,
      counted,
      late: (late.get(company.tenantId) ?? []).map(lateOf),
      usage: pieces.get(company.tenantId) ?? wholeUsage(company, counted),
    }
  })
}

/** More than a sum of the month is asked: by phase, by day, or the most at any time. */
const isOfPieces = ({ phases, metrics }: OpenMonth): boolean =>
  phases.length > 1 ||
  phases.some(({ plan }) => plan.charges.some(({ window }) => window === 'DAY')) ||
  metrics.some(({ aggregation }) => aggregation === 'MAX')

const openMonths = async (
  tx: Rows,
  tenantIds: readonly string[],
  month: string,
): Promise<readonly OpenMonth[]> => {
  const accounts = await tx.rows<AccountRow>(
    `select tenant_id, time_zone, currency from billing.account where tenant_id = any ($1::uuid[])`,
    [tenantIds],
  )
  const held = await tx.rows<SubscriptionRow>(
    `select tenant_id, catalogue, tier, version, starts_at, ends_at from billing.subscription
      where tenant_id = any ($1::uuid[]) order by tenant_id, starts_at`,
    [tenantIds],
  )
  const plans = await ratablePlans(tx, [...new Map(held.map((row) => [planKeyText(row), row])).values()])
  const metrics = await metricsByCatalogue(tx)
  const byTenant = new Map(accounts.map((row) => [row.tenant_id, row]))
  const heldBy = Map.groupBy(held, ({ tenant_id: id }) => id)
  const periodIn = periodsOf(month)
  return tenantIds.flatMap((tenantId): readonly OpenMonth[] => {
    const account = byTenant.get(tenantId)
    if (account === undefined) return []
    const period = periodIn(account.time_zone)
    const ofTenant = heldBy.get(tenantId) ?? []
    const phases = untilLeft(phasesOf(period, signingsOf(ofTenant, plans)), ofTenant.at(-1)?.ends_at ?? null)
    return [
      {
        tenantId,
        timeZone: account.time_zone,
        currency: account.currency,
        period,
        phases,
        metrics: billedMetrics(phases, metrics),
      },
    ]
  })
}

/** A month's two ends are looked up once for each zone. */
const periodsOf = (month: string): ((timeZone: string) => Period) => {
  const known = new Map<string, Period>()
  return (timeZone) => {
    const period = known.get(timeZone) ?? periodOfMonth(month, timeZone)
    known.set(timeZone, period)
    return period
  }
}

const signingsOf = (
  rows: readonly SubscriptionRow[],
  plans: ReadonlyMap<string, CataloguedPlan>,
): readonly Signing<CataloguedPlan>[] =>
  rows.flatMap((row) => {
    const plan = plans.get(planKeyText(row))
    // A foreign key keeps every plan that is held.
    return plan === undefined ? [] : [{ plan, signedAt: row.starts_at }]
  })

/** A company left when its last plan ended with none after it; it pays until then. */
const untilLeft = (
  phases: readonly Phase<CataloguedPlan>[],
  leftAt: Date | null,
): readonly Phase<CataloguedPlan>[] =>
  leftAt === null
    ? phases
    : phases
        .filter(({ from }) => from < leftAt)
        .map((phase) => (phase.to > leftAt ? { ...phase, to: leftAt } : phase))

const billedMetrics = (
  phases: readonly Phase<CataloguedPlan>[],
  metrics: ReadonlyMap<string, readonly Metric[]>,
): readonly Metric[] =>
  (metrics.get(phases[0]?.plan.catalogue ?? '') ?? []).filter(({ key }) => !NEVER_BILLED.has(key))

/** To look up each of a million events among many companies takes half as long again as to compare it with two ends. */
const MOST_LOOKED_UP = 100

/**
 * The one pass over the ledger, in the two columns of which there are few values, so that it is a small hash. Of many
 * companies it sums all that lie between the first and the last id, also others than were asked for.
 */
const ledgerSums = (tx: Rows, tenantIds: readonly string[], month: string): Promise<readonly SumRow[]> => {
  const inOrder = tenantIds.toSorted()
  const isMany = tenantIds.length > MOST_LOOKED_UP
  return tx.rows<SumRow>(
    `select tenant_id, metric, sum(quantity) as quantity, count(*) as events, count(late_for) as late
       from billing.usage_event
      where month = $1 and ${isMany ? 'tenant_id >= $2 and tenant_id <= $3' : 'tenant_id = any ($2::uuid[])'}
      group by tenant_id, metric`,
    isMany ? [month, inOrder.at(0), inOrder.at(-1)] : [month, tenantIds],
  )
}

const countOf = ({ metric, quantity, events }: SumRow): MetricCount => ({
  metric,
  quantity: BigInt(quantity),
  events: BigInt(events),
})

const lateUsage = async (
  tx: Rows,
  tenantIds: readonly string[],
  month: string,
): Promise<readonly LateRow[]> =>
  tenantIds.length === 0
    ? []
    : tx.rows<LateRow>(
        `select tenant_id, metric, late_for::text as month, sum(quantity)::bigint as quantity
           from billing.usage_event where tenant_id = any ($1::uuid[]) and month = $2 and late_for is not null
          group by tenant_id, metric, late_for`,
        [tenantIds, month],
      )

const lateOf = ({ metric, month, quantity }: LateRow): LateUsage => ({
  metric,
  month,
  quantity: BigInt(quantity),
})

/** Of a month in which the company was on no plan, nothing is charged. */
const wholeUsage = ({ phases }: OpenMonth, counted: readonly MetricCount[]): readonly PhaseUsage[] =>
  phases.length === 0
    ? []
    : counted
        .filter(({ metric }) => !NEVER_BILLED.has(metric))
        .map(({ metric, quantity }) => ({ metric, phase: 0, quantity }))

type CounterRow = {
  readonly tenant_id: string
  readonly metric: string
  readonly used: string
  readonly events: string
}

/** What the counters of a month say, by company. */
export const readCounters = async (
  tx: Rows,
  tenantIds: readonly string[],
  month: string,
): Promise<ReadonlyMap<string, readonly MetricCount[]>> => {
  const rows = await tx.rows<CounterRow>(
    `select tenant_id, metric, used, events from billing.usage_counter
      where tenant_id = any ($1::uuid[]) and month = $2`,
    [tenantIds, month],
  )
  return new Map(
    [...Map.groupBy(rows, ({ tenant_id: id }) => id)].map(([tenantId, ofTenant]) => [
      tenantId,
      ofTenant.map(({ metric, used, events }) => ({
        metric,
        quantity: BigInt(used),
        events: BigInt(events),
      })),
    ]),
  )
}
