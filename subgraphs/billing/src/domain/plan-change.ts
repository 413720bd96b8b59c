/**
 * A company may change plans. A dearer plan is wanted now and takes effect at once; any other takes effect when the
 * month ends, unless the company says otherwise. A plan with a hard limit that this month already exceeds cannot take
 * effect before the month ends.
 */
import type { Period } from '@stormops/chassis/values/periods'
import { unitsOver } from './charge.ts'
import type { Plan, UsageMetric } from './plan.ts'

export type PlanChangeTime = 'NOW' | 'AT_PERIOD_END'

/** A plan that a company held, holds, or has signed for; null ends when the next one is signed for. */
export type HeldPlan = { readonly plan: Plan; readonly startsAt: Date; readonly endsAt: Date | null }

export type HeldPlanState = 'PAST' | 'CURRENT' | 'WAITING'

export type ExceededLimit = {
  readonly metric: UsageMetric
  readonly used: bigint
  readonly included: bigint
}

export type WantedChange = {
  readonly current: Plan
  readonly wanted: Plan
  /** Null where the company leaves it to the two prices. */
  readonly when: PlanChangeTime | null
  readonly now: Date
  /** The company's month. */
  readonly period: Period
  /** Of this month. */
  readonly used: ReadonlyMap<UsageMetric, bigint>
}

export type PlanChange =
  | { readonly kind: 'kept' }
  | { readonly kind: 'changes'; readonly at: Date; readonly waits: boolean }
  | { readonly kind: 'limits-exceeded'; readonly exceeded: readonly ExceededLimit[] }

export const planChange = ({ current, wanted, when, now, period, used }: WantedChange): PlanChange => {
  if (isSamePlan(current, wanted)) return { kind: 'kept' }
  const time = when ?? usualTime(current, wanted)
  if (time === 'AT_PERIOD_END') return { kind: 'changes', at: period.endsAt, waits: true }
  const exceeded = exceededLimits(wanted, used)
  return exceeded.length > 0
    ? { kind: 'limits-exceeded', exceeded }
    : { kind: 'changes', at: now, waits: false }
}

export const isSamePlan = (a: Pick<Plan, 'tier' | 'version'>, b: Pick<Plan, 'tier' | 'version'>): boolean =>
  a.tier === b.tier && a.version === b.version

/** Prices of two plans in different currencies have no order; nobody is charged more at once without having said so. */
const usualTime = (current: Plan, wanted: Plan): PlanChangeTime =>
  current.currency === wanted.currency && wanted.monthlyPrice.minorUnits > current.monthlyPrice.minorUnits
    ? 'NOW'
    : 'AT_PERIOD_END'

export const exceededLimits = (
  { charges }: Plan,
  used: ReadonlyMap<UsageMetric, bigint>,
): readonly ExceededLimit[] =>
  charges.flatMap((charge) => {
    const quantity = used.get(charge.metric) ?? 0n
    return charge.limit === 'HARD' && unitsOver(charge, quantity) > 0n
      ? [{ metric: charge.metric, used: quantity, included: charge.included }]
      : []
  })

/** Where each plan of a company stands at an instant; given and told oldest first. */
export const statesOf = (series: readonly HeldPlan[], at: Date): readonly HeldPlanState[] => {
  // What was held first also holds for whatever was before.
  const current = Math.max(
    0,
    series.findLastIndex(({ startsAt }) => startsAt <= at),
  )
  return series.map((_held, place) => {
    if (place === current) return 'CURRENT'
    return place < current ? 'PAST' : 'WAITING'
  })
}

/** The plan in force at an instant, and the one that waits; null for a company that never signed. */
export const standingOf = (
  series: readonly HeldPlan[],
  at: Date,
): { readonly current: HeldPlan; readonly waiting: HeldPlan | null } | null => {
  const states = statesOf(series, at)
  const current = series[states.indexOf('CURRENT')]
  const waiting = series[states.indexOf('WAITING')] ?? null
  return current === undefined ? null : { current, waiting }
}
