/** How much each plan allows, in numbers. Requests are counted one by one; what they cost is counted beside. */
import type { BucketSize } from './leaky-bucket.ts'

/** From the smallest plan to the largest. */
export const PLAN_TIERS = ['TRIAL', 'STANDARD', 'ENTERPRISE'] as const
export type PlanTier = (typeof PLAN_TIERS)[number]

export type Allowances = {
  /** Requests a company may send in a minute. */
  readonly tenantPerMinute: Readonly<Record<PlanTier, number>>
  /** Requests one person or key may send in a second. */
  readonly actorPerSecond: number
  /** Requests beyond that, within ten seconds: a page that opens asks for several things at once, a list is read on. */
  readonly actorBurst: number
  /** Requests an address may send in a minute without being signed in. */
  readonly addressPerMinute: number
  /** What one person or key may spend at once, and how fast that grows back. */
  readonly bucket: Readonly<Record<PlanTier, BucketSize>>
  /** What one operation may be estimated to cost. */
  readonly maximumCost: number
}

export const ALLOWANCES: Allowances = {
  tenantPerMinute: { TRIAL: 100, STANDARD: 1_000, ENTERPRISE: 100_000 },
  actorPerSecond: 10,
  actorBurst: 50,
  addressPerMinute: 60,
  // A page of 50 with what belongs to it is estimated at about 200: a trial may ask for five of them a second for
  // ever, and any plan for the largest operation at once.
  bucket: {
    TRIAL: { maximum: 50_000, restoreRate: 1_000 },
    STANDARD: { maximum: 100_000, restoreRate: 5_000 },
    ENTERPRISE: { maximum: 500_000, restoreRate: 50_000 },
  },
  // The largest dashboard of ours is estimated at less than 5,000; three pages of a hundred within each other, which
  // would be a million objects, are not to be had.
  maximumCost: 50_000,
}

const ENDLESS = 1_000_000_000

/** For tests and measurements, which drive one company harder than any plan allows; only the cost of one operation stays. */
export const UNLIMITED: Allowances = {
  ...ALLOWANCES,
  tenantPerMinute: { TRIAL: ENDLESS, STANDARD: ENDLESS, ENTERPRISE: ENDLESS },
  actorPerSecond: ENDLESS,
  addressPerMinute: ENDLESS,
  bucket: {
    TRIAL: { maximum: ENDLESS, restoreRate: ENDLESS },
    STANDARD: { maximum: ENDLESS, restoreRate: ENDLESS },
    ENTERPRISE: { maximum: ENDLESS, restoreRate: ENDLESS },
  },
}

/** Seconds within which the burst grows back. */
export const BURST_SECONDS = 10

/**
 * Requests that one refused token counts for: whoever tries keys at random has twelve tries a minute from one address.
 */
export const REFUSED_BEARER_POINTS = 5
