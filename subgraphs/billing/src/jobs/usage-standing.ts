/** How a company stands with one thing that is counted, at the moment somebody would tell it. */
import type { Clock } from '@stormops/chassis/clock'
import { periodAt } from '@stormops/chassis/values/periods'
import type { Period } from '@stormops/chassis/values/periods'
import type { BillingStores } from '../context.ts'
import type { Plan, UsageMetric } from '../domain/plan.ts'
import type { NoticeStanding } from '../domain/usage-notice.ts'

export type StandingDependencies = { readonly clock: Clock }

export type UsageStanding = NoticeStanding & {
  readonly plan: Plan
  readonly period: Period
  readonly timeZone: string
  readonly currency: string
  readonly spendCap: bigint | null
}

/** Null for a company that has no account any more. */
export const standingNow = async (
  { accounts, plans, months }: BillingStores,
  metric: UsageMetric,
  now: Date,
): Promise<UsageStanding | null> => {
  const [account, plan] = [await accounts.maybe(), await plans.maybeHeld(now)]
  if (account === null || plan === null) return null
  const period = periodAt(now, account.timeZone)
  const used = await months.used(period.month)
  return {
    ...account,
    plan,
    period,
    month: period.month,
    charge: plan.charges.find((charge) => charge.metric === metric) ?? null,
    used: used.get(metric) ?? 0n,
  }
}
