/**
 * A plan that was signed for at Stripe, or given up there, is changed to as by `changePlan`: a dearer one at once, any
 * other when the month ends. What was signed for while it was on offer is kept to, also when it is no longer.
 */
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import type { BillingStores } from '../context.ts'
import { planChange, standingOf } from '../domain/plan-change.ts'
import type { Plan } from '../domain/plan.ts'
import { carriedOut, openMonth } from './change-plan.ts'

export type PlanApplied =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'applied'; readonly from: Date }
  /** The company has no account. */
  | { readonly kind: 'no-account' }

type Needed = Pick<BillingStores, 'accounts' | 'months' | 'plans' | 'subscriptions'>

export const applyPaidPlan = async (
  stores: Needed,
  clock: Clock,
  { tier, version }: Pick<Plan, 'tier' | 'version'>,
): Promise<PlanApplied> => {
  const account = await stores.accounts.lock()
  if (account === null) return { kind: 'no-account' }
  const month = await openMonth(stores, clock, account.timeZone)
  const { now, period } = month
  const standing = standingOf(await stores.subscriptions.series(), now)
  if (standing === null) return { kind: 'no-account' }
  const { current } = standing
  const wanted = (await stores.plans.catalogue()).find(
    (plan) => plan.tier === tier && plan.version === version,
  )
  if (wanted === undefined) throw new Fault('INTERNAL', `There is no plan ${tier} in version ${version}.`)
  const used = await stores.months.used(period.month)
  const change = planChange({ current: current.plan, wanted, when: null, now, period, used })
  // Nobody who pays is turned away: a plan that this month is too much for begins with the next.
  const possible =
    change.kind === 'limits-exceeded'
      ? ({ kind: 'changes', at: period.endsAt, waits: true } as const)
      : change
  const from = await carriedOut(stores, possible, { current, wanted, ...month })
  return possible.kind === 'kept' ? { kind: 'unchanged' } : { kind: 'applied', from }
}
