import type { Clock } from '@stormops/chassis/clock'
import { defineCommand } from '@stormops/chassis/command'
import { periodAt } from '@stormops/chassis/values/periods'
import type { Period } from '@stormops/chassis/values/periods'
import type { BillingStores } from '../context.ts'
import { planChange, standingOf } from '../domain/plan-change.ts'
import type { ExceededLimit, HeldPlan, PlanChange, PlanChangeTime } from '../domain/plan-change.ts'
import { isOffered, planToSign } from '../domain/plan.ts'
import type { Plan, PlanTier } from '../domain/plan.ts'
import { previewOf } from '../domain/proration-preview.ts'
import type { ProrationPreview } from '../domain/proration-preview.ts'

export type ChangePlan = {
  readonly tier: PlanTier
  /** Null for the newest on offer, and for the plan the company is on. */
  readonly version: number | null
  readonly when: PlanChangeTime | null
}

export type PlanName = { readonly tier: PlanTier; readonly version: number }

/** Of JSON: amounts and instants as text. */
export type ChangePlanResult =
  | {
      readonly kind: 'ok'
      readonly plan: PlanName
      readonly effectiveAt: string
      readonly waiting: boolean
      readonly cancelledWaiting: boolean
      readonly preview: ProrationPreview
    }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }
  | {
      readonly kind: 'limits-exceeded'
      readonly exceeded: readonly (Omit<ExceededLimit, 'used' | 'included'> & {
        readonly used: string
        readonly included: string
      })[]
      readonly possibleAt: string
    }

/** Two changes of one company are made one after the other, and the second sees what the first made. */
export const changePlan = defineCommand<ChangePlan, ChangePlanResult, BillingStores>({
  name: 'billing.changePlan',
  permission: 'billing:manage',
  orStaff: true,
  audit: ({ when }, { plan, effectiveAt, waiting, cancelledWaiting }) => ({
    subjectKind: 'plan',
    subjectId: `${plan.tier}:${plan.version}`,
    detail: { effectiveAt, waiting, cancelledWaiting, when },
  }),
  run: async ({ stores, clock }, { tier, version, when }) => {
    if (version !== null && version < 1) {
      return { kind: 'invalid', field: 'version', message: 'Versions count from 1.' }
    }
    const account = await stores.accounts.lock()
    if (account === null) return { kind: 'not-found' }
    const { now, period, isClosed } = await openMonth(stores, clock, account.timeZone)
    const standing = standingOf(await stores.subscriptions.series(), now)
    if (standing === null) return { kind: 'not-found' }
    const { current } = standing
    const catalogue = await stores.plans.catalogue()
    const offered = catalogue.filter(({ currency }) => currency === account.currency)
    const wanted = wantedPlan(offered, current.plan, { tier, version }, now)
    if (wanted === null) return { kind: 'not-offered' }
    const used = await stores.months.used(period.month)
    const change = planChange({ current: current.plan, wanted, when, now, period, used })
    if (change.kind === 'limits-exceeded') {
      return {
        kind: 'limits-exceeded',
        exceeded: change.exceeded.map((one) => ({
          ...one,
          used: String(one.used),
          included: String(one.included),
        })),
        possibleAt: period.endsAt.toISOString(),
      }
    }
    const cancelledWaiting = standing.waiting !== null
    const effectiveAt = await carriedOut(stores, change, { current, wanted, now, period, isClosed })
    const preview = previewOf(await stores.subscriptions.series(), effectiveAt, { now, ...account })
    const waiting = effectiveAt > now
    return {
      kind: 'ok',
      plan: { tier: wanted.tier, version: wanted.version },
      effectiveAt: effectiveAt.toISOString(),
      waiting,
      cancelledWaiting,
      preview,
    }
  },
})

/** The plan one is on is also there for whoever has it when nobody can sign for it any more. */
const wantedPlan = (
  offered: readonly Plan[],
  current: Plan,
  { tier, version }: Pick<ChangePlan, 'tier' | 'version'>,
  now: Date,
): Plan | null => {
  if (tier === current.tier && (version === null || version === current.version)) return current
  if (version === null) return planToSign(offered, tier, now)
  return (
    offered.find((plan) => plan.tier === tier && plan.version === version && isOffered(plan, now)) ?? null
  )
}

type OpenMonth = { readonly now: Date; readonly period: Period; readonly isClosed: boolean }

/**
 * The month it is once nothing is counted in it any more but by this transaction. The clock is read again after the
 * wait, which may have lasted over the month's end.
 */
export const openMonth = async (
  { months }: Pick<BillingStores, 'months'>,
  clock: Clock,
  timeZone: string,
): Promise<OpenMonth> => {
  const before = periodAt(clock.now(), timeZone)
  const wasClosed = await months.lock(before.month, 'ALONE')
  const at = clock.now()
  const period = periodAt(at, timeZone)
  const isClosed = period.month === before.month ? wasClosed : await months.lock(period.month, 'ALONE')
  return { now: at, period, isClosed }
}

type Carried = OpenMonth & { readonly current: HeldPlan; readonly wanted: Plan }

/** Since when, or from when, the wanted plan is held. */
export const carriedOut = async (
  { subscriptions }: Pick<BillingStores, 'subscriptions'>,
  change: Exclude<PlanChange, { readonly kind: 'limits-exceeded' }>,
  { current, wanted, now, period, isClosed }: Carried,
): Promise<Date> => {
  if (change.kind === 'kept') {
    await subscriptions.cancelWaiting(now)
    return current.startsAt
  }
  // What a closed month costs has been said: nothing takes effect in it any more.
  const at = isClosed ? period.endsAt : change.at
  await subscriptions.change(wanted, at, now)
  return at
}

export type CancelPlanChange = Readonly<Record<never, never>>

export type CancelPlanChangeResult =
  | { readonly kind: 'ok'; readonly plan: PlanName; readonly cancelled: PlanName }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'none-waits' }

export const cancelPlanChange = defineCommand<CancelPlanChange, CancelPlanChangeResult, BillingStores>({
  name: 'billing.cancelPlanChange',
  permission: 'billing:manage',
  orStaff: true,
  audit: (_input, { plan, cancelled }) => ({
    subjectKind: 'plan',
    subjectId: `${plan.tier}:${plan.version}`,
    detail: { cancelled: `${cancelled.tier}:${cancelled.version}` },
  }),
  run: async ({ stores, clock }) => {
    if ((await stores.accounts.lock()) === null) return { kind: 'not-found' }
    const now = clock.now()
    const standing = standingOf(await stores.subscriptions.series(), now)
    if (standing === null) return { kind: 'not-found' }
    const { current, waiting } = standing
    if (waiting === null) return { kind: 'none-waits' }
    await stores.subscriptions.cancelWaiting(now)
    return { kind: 'ok', plan: nameOf(current.plan), cancelled: nameOf(waiting.plan) }
  },
})

const nameOf = ({ tier, version }: Plan): PlanName => ({ tier, version })
