/**
 * A plan is what a company pays each month and how much of everything that includes. Plans are published in
 * versions that never change; a company keeps the version it signed for, and a new company signs the newest one.
 */
import type { Money } from '@stormops/chassis/values/money'
import type { Allowance, Charge, Metric } from './charge.ts'

/** A plan of any catalogue, as far as a month is rated by it. */
export type RatablePlan = {
  readonly tier: string
  /** Counts from 1 within its tier. */
  readonly version: number
  /** Of its monthly price and of every price of its charges. */
  readonly currency: string
  /** Null where the price is agreed with each company. */
  readonly monthlyPrice: Money | null
  /** At most one for each metric. */
  readonly charges: readonly Charge[]
}

/** The product's own catalogue. Other catalogues are loaded beside it. */
export const OWN_CATALOGUE = 'stormops'

/** From the smallest plan to the largest, which is the order in which they are shown. */
export const PLAN_TIERS = ['TRIAL', 'STANDARD', 'ENTERPRISE'] as const
export type PlanTier = (typeof PLAN_TIERS)[number]

/** What this platform counts, in the order in which it is shown. */
export const METRICS = [
  { key: 'STORMS', name: 'Storms', unit: 'storm', aggregation: 'SUM' },
  { key: 'PROPERTIES', name: 'Properties', unit: 'property', aggregation: 'SUM' },
  { key: 'MODEL_CALLS', name: 'Model calls', unit: 'model call', aggregation: 'SUM' },
  { key: 'JOURNEY_EVENTS', name: 'Journey events', unit: 'event', aggregation: 'SUM' },
  { key: 'API_CALLS', name: 'API calls', unit: 'operation', aggregation: 'SUM' },
] as const satisfies readonly Metric[]
export type UsageMetric = (typeof METRICS)[number]['key']
export const USAGE_METRICS: readonly UsageMetric[] = METRICS.map(({ key }) => key)

export type PlanCharge = Charge<UsageMetric>
export type LimitKind = Allowance['limit']

/** A charge on its own, which is shown with the currency of its plan. */
export type ShownCharge = PlanCharge & { readonly currency: string }

/** A plan of this platform: one that can be rated, with our own tiers and metrics and a price that everybody pays. */
export type Plan = {
  readonly tier: PlanTier
  /** Counts from 1 within its tier. */
  readonly version: number
  readonly currency: string
  readonly monthlyPrice: Money
  readonly offeredFrom: Date
  /** From then on nobody can sign for it; null while everybody can. */
  readonly retiredAt: Date | null
  readonly charges: readonly PlanCharge[]
}

/** The plans one can sign for at an instant: of each tier the newest version offered by then, smallest tier first. */
export const plansOfferedAt = (catalogue: readonly Plan[], at: Date): readonly Plan[] =>
  PLAN_TIERS.flatMap((tier) => {
    const newest = planToSign(catalogue, tier, at)
    return newest === null ? [] : [newest]
  })

export const isOffered = ({ offeredFrom, retiredAt }: Plan, at: Date): boolean =>
  offeredFrom <= at && (retiredAt === null || at < retiredAt)

/** The newest version of a tier that is offered by an instant, or null when there is none yet. */
export const planToSign = (catalogue: readonly Plan[], tier: PlanTier, at: Date): Plan | null =>
  catalogue
    .filter((plan) => plan.tier === tier && isOffered(plan, at))
    .reduce<Plan | null>(
      (newest, plan) => (newest === null || plan.version > newest.version ? plan : newest),
      null,
    )
