/**
 * What the base of a month costs, given the plans that are signed for: shown to whoever changes plans, and computed by
 * the rules that will make the invoice.
 */
import { periodAt } from '@stormops/chassis/values/periods'
import { phasesOf } from './phases.ts'
import type { HeldPlan } from './plan-change.ts'
import type { PlanTier } from './plan.ts'
import { PLAN_TIERS } from './plan.ts'
import { rateMonth } from './rating.ts'

/** Of JSON, so that whoever asks again with the same key is told the same: amounts and instants as text. */
export type ProrationLine = {
  readonly description: string
  readonly tier: PlanTier
  readonly version: number
  readonly startsAt: string
  readonly endsAt: string
  readonly minorUnits: string
}

export type ProrationPreview = {
  readonly month: string
  readonly currency: string
  readonly lines: readonly ProrationLine[]
  readonly totalMinorUnits: string
}

export type PreviewPlace = { readonly now: Date; readonly timeZone: string; readonly currency: string }

/** Of the month in which a plan takes effect, or of the one it is for a plan that took effect before. */
export const previewOf = (
  series: readonly HeldPlan[],
  effectiveAt: Date,
  { now, timeZone, currency }: PreviewPlace,
): ProrationPreview => {
  const period = periodAt(effectiveAt > now ? effectiveAt : now, timeZone)
  const signings = series.map(({ plan, startsAt }) => ({ plan, signedAt: startsAt }))
  const { lines, base } = rateMonth({
    period,
    currency,
    metrics: [],
    phases: phasesOf(period, signings),
    usage: [],
  })
  return {
    month: period.month,
    currency,
    lines: lines.map(({ description, plan, from, to, amount }) => ({
      description,
      tier: tierOf(plan.tier),
      version: plan.version,
      startsAt: from.toISOString(),
      endsAt: to.toISOString(),
      minorUnits: String(amount.minorUnits),
    })),
    totalMinorUnits: String(base.minorUnits),
  }
}

const tierOf = (tier: string): PlanTier => PLAN_TIERS.find((known) => known === tier) ?? 'TRIAL'
