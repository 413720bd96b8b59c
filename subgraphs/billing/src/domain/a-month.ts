/** Builds months to rate: November 2026 in UTC, on a plan that charges for storms, unless a test says otherwise. */
import { money } from '@stormops/chassis/values/money'
import { periodOfMonth } from '@stormops/chassis/values/periods'
import { rational } from '@stormops/chassis/values/rational'
import type { Charge, Metric } from './charge.ts'
import type { Phase } from './phases.ts'
import type { RatablePlan } from './plan.ts'
import type { MonthToRate } from './rating.ts'

export const NOVEMBER = periodOfMonth('2026-11-01', 'UTC')

/** An instant of November 2026. */
export const november = (dayAndTime: string): Date =>
  new Date(`2026-11-${dayAndTime}${dayAndTime.includes('T') ? '' : 'T00:00:00'}Z`)

export const STORMS: Metric = { key: 'STORMS', name: 'Storms', unit: 'storm', aggregation: 'SUM' }
export const EVENTS: Metric = { key: 'EVENTS', name: 'Events', unit: 'event', aggregation: 'SUM' }
export const STORAGE: Metric = { key: 'STORAGE', name: 'Gigabytes', unit: 'gigabyte', aggregation: 'MAX' }

/** `unitPrice` is in minor units. */
export const perUnit = (metric: string, included: bigint, unitPrice: bigint, unitSize = 1n): Charge => ({
  metric,
  window: 'PERIOD',
  limit: 'SOFT',
  included,
  unitSize,
  price: { model: 'PER_UNIT', unitPrice: rational(unitPrice) },
})

export const perDay = (charge: Charge): Charge => ({ ...charge, window: 'DAY' })

export const unlimited = (metric: string): Charge => ({
  metric,
  window: 'PERIOD',
  limit: 'UNLIMITED',
  included: null,
  unitSize: 1n,
  price: null,
})

export const aRatablePlan = (difference: Partial<RatablePlan>): RatablePlan => ({
  tier: 'STANDARD',
  version: 1,
  currency: 'USD',
  monthlyPrice: money(50_000n, 'USD'),
  charges: [perUnit('STORMS', 5n, 10_000n)],
  ...difference,
})

/** One plan from the month's start to its end. */
export const allNovember = (plan: RatablePlan): readonly Phase[] => [
  { plan, from: NOVEMBER.startsAt, to: NOVEMBER.endsAt },
]

/** The second plan takes over from the first at an instant of November. */
export const changedAt = (at: Date, first: RatablePlan, second: RatablePlan): readonly Phase[] => [
  { plan: first, from: NOVEMBER.startsAt, to: at },
  { plan: second, from: at, to: NOVEMBER.endsAt },
]

export const aMonth = (difference: Partial<MonthToRate>): MonthToRate => ({
  period: NOVEMBER,
  currency: 'USD',
  metrics: [STORMS, EVENTS, STORAGE],
  phases: allNovember(aRatablePlan({})),
  usage: [],
  ...difference,
})
