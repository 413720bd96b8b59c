/** What a running month costs until now and what it will come to, rated as its invoice will be. */
import type { Money } from '@stormops/chassis/values/money'
import { sumMoney } from '@stormops/chassis/values/money'
import type { Period } from '@stormops/chassis/values/periods'
import { NEVER_BILLED, rateMonthOf } from './company-month.ts'
import type { CompanyMonth } from './company-month.ts'
import { USAGE_METRICS } from './plan.ts'
import type { PlanTier, UsageMetric } from './plan.ts'
import { projectedUsage } from './projection.ts'
import type { RatedLine } from './rating.ts'

export type BillingDashboard = {
  readonly tier: PlanTier
  readonly currentPeriod: Pick<Period, 'startsAt' | 'endsAt'> & {
    readonly base: Money
    readonly overage: Money
    readonly total: Money
  }
  readonly projected: Money
  readonly usage: readonly MetricUsage[]
  readonly spendCap: Money | null
}

export type MetricUsage = {
  readonly metric: UsageMetric
  readonly used: bigint
  readonly included: bigint | null
  readonly overage: Money
}

export type RunningMonth = {
  readonly month: CompanyMonth
  /** Of the plan that the company is on now. */
  readonly tier: PlanTier
  readonly spendCap: Money | null
  readonly now: Date
}

/** Throws UnratableMonth. */
export const dashboardOf = ({ month, tier, spendCap, now }: RunningMonth): BillingDashboard => {
  const { base, overage, total, lines } = rateMonthOf(month)
  const { startsAt, endsAt } = month.period
  return {
    tier,
    currentPeriod: { startsAt, endsAt, base, overage, total },
    projected: projectedTotal(month, now),
    usage: USAGE_METRICS.map((metric) => usageOf(month, metric, lines)),
    spendCap,
  }
}

const projectedTotal = (month: CompanyMonth, now: Date): Money => {
  const phase = month.phases.findLastIndex(({ from }) => from <= now)
  const usage = projectedUsage({ ...month, now, phase: Math.max(phase, 0) })
  return rateMonthOf({ ...month, usage }).total
}

const usageOf = (month: CompanyMonth, metric: UsageMetric, lines: readonly RatedLine[]): MetricUsage => {
  const ofMetric = lines.filter((line) => line.metric === metric)
  return {
    metric,
    used: month.counted.find((one) => one.metric === metric)?.quantity ?? 0n,
    // What the plan in force includes: its line is the metric's last.
    included: NEVER_BILLED.has(metric) ? null : (ofMetric.at(-1)?.included ?? null),
    overage: sumMoney(
      ofMetric.map(({ amount }) => amount),
      month.currency,
    ),
  }
}
