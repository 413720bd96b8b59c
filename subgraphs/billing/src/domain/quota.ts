/**
 * What a plan includes of one thing is a quota of the month. It is refused, charged or free beyond it, and starts
 * again with the company's next month.
 */
import type { LimitKind, Plan, UsageMetric } from './plan.ts'
import { USAGE_METRICS } from './plan.ts'

export type Quota = {
  readonly metric: UsageMetric
  readonly limit: LimitKind
  readonly used: bigint
  /** Null where nothing limits it, as are the next two. */
  readonly included: bigint | null
  readonly remaining: bigint | null
  /** Whole, rounded down; above 100 where more is charged. */
  readonly percent: bigint | null
  readonly renewsAt: Date
}

export type QuotaMonth = {
  readonly plan: Plan
  readonly used: ReadonlyMap<UsageMetric, bigint>
  readonly renewsAt: Date
}

/** Of everything that is counted, also of what the plan says nothing about, which is free under it. */
export const quotasOf = ({ plan, used, renewsAt }: QuotaMonth): readonly Quota[] =>
  USAGE_METRICS.map((metric) => {
    const charge = plan.charges.find((one) => one.metric === metric)
    const quantity = used.get(metric) ?? 0n
    const included = charge?.included ?? null
    return {
      metric,
      limit: charge?.limit ?? 'UNLIMITED',
      used: quantity,
      included,
      remaining: included === null ? null : larger(included - quantity, 0n),
      percent: included === null ? null : percentOf(quantity, included),
      renewsAt,
    }
  })

/** Of nothing included all is used, before anything is. */
export const percentOf = (used: bigint, included: bigint): bigint =>
  included === 0n ? 100n : (larger(used, 0n) * 100n) / included

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
