/**
 * A plan is what a company pays each month and how much of everything that includes. Plans are published in
 * versions that never change; a company keeps the version it signed for, and a new company signs the newest one.
 */
import type { Money } from '@stormops/chassis/values/money'

/** From the smallest plan to the largest, which is the order in which they are shown. */
export const PLAN_TIERS = ['TRIAL', 'STANDARD', 'ENTERPRISE'] as const
export type PlanTier = (typeof PLAN_TIERS)[number]

export const USAGE_METRICS = ['STORMS', 'PROPERTIES', 'MODEL_CALLS', 'JOURNEY_EVENTS', 'API_CALLS'] as const
export type UsageMetric = (typeof USAGE_METRICS)[number]

/** What a month includes of one metric, and what happens over it. */
export type Allowance =
  | { readonly limit: 'HARD'; readonly included: number; readonly unitPrice: null }
  /** `unitPrice` is for `unitSize` units: 1,000 events for 5 cents. */
  | { readonly limit: 'SOFT'; readonly included: number; readonly unitPrice: Money }
  | { readonly limit: 'UNLIMITED'; readonly included: null; readonly unitPrice: null }

export type PlanCharge = Allowance & { readonly metric: UsageMetric; readonly unitSize: number }

export type Plan = {
  readonly tier: PlanTier
  /** Counts from 1 within its tier. */
  readonly version: number
  readonly monthlyPrice: Money
  readonly offeredFrom: Date
  readonly charges: readonly PlanCharge[]
}

/** The plans one can sign for at an instant: of each tier the newest version offered by then, smallest tier first. */
export const plansOfferedAt = (catalogue: readonly Plan[], at: Date): readonly Plan[] =>
  PLAN_TIERS.flatMap((tier) => {
    const newest = planToSign(catalogue, tier, at)
    return newest === null ? [] : [newest]
  })

/** The newest version of a tier that is offered by an instant, or null when there is none yet. */
export const planToSign = (catalogue: readonly Plan[], tier: PlanTier, at: Date): Plan | null =>
  catalogue
    .filter((plan) => plan.tier === tier && plan.offeredFrom <= at)
    .reduce<Plan | null>(
      (newest, plan) => (newest === null || plan.version > newest.version ? plan : newest),
      null,
    )
