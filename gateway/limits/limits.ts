/** All limits of one process, put together: requests by address, actor and company, cost by actor, and work at once. */
import type { Registry } from 'prom-client'
import type { TierOf } from '../permissions/permission-plugin.ts'
import type { SharedStore } from '../redis.ts'
import { limitMetrics } from './limit-metrics.ts'
import type { LimitMetrics } from './limit-metrics.ts'
import { operationSlots, OVERLOAD } from './overload/slots.ts'
import type { OverloadSettings, Slots } from './overload/slots.ts'
import { ADDRESS_WINDOW_SECONDS, addressLimit } from './rates/address-limit.ts'
import type { AddressLimit } from './rates/address-limit.ts'
import { ALLOWANCES, BURST_SECONDS, PLAN_TIERS } from './rates/allowances.ts'
import type { Allowances, PlanTier } from './rates/allowances.ts'
import { costBuckets } from './rates/cost-buckets.ts'
import type { CostBuckets } from './rates/cost-buckets.ts'
import { requestRates } from './rates/request-rates.ts'
import type { RequestRates } from './rates/request-rates.ts'
import { windowCounter } from './rates/window-counter.ts'

/** What differs from the defaults. */
export type LimitSettings = {
  readonly allowances?: Partial<Allowances>
  readonly overload?: Partial<OverloadSettings>
}

export type LimitsOptions = LimitSettings & {
  readonly shared: SharedStore
  /** A company without a known plan is limited as on the smallest one. */
  readonly tierOf: TierOf
  readonly registry: Registry
}

export type Limits = {
  readonly allowances: Allowances
  readonly tierOf: (tenantId: string) => Promise<PlanTier>
  readonly addresses: AddressLimit
  readonly requests: RequestRates
  readonly buckets: CostBuckets
  readonly slots: Slots
  readonly metrics: LimitMetrics
}

export const createLimits = (options: LimitsOptions): Limits => {
  const { shared, registry } = options
  const allowances = { ...ALLOWANCES, ...options.allowances }
  const metrics = limitMetrics(registry)
  return {
    allowances,
    tierOf: async (tenantId) => knownTier(await options.tierOf(tenantId)),
    addresses: addressLimit(
      windowCounter(shared, 'address', ADDRESS_WINDOW_SECONDS),
      allowances.addressPerMinute,
    ),
    requests: requestRates(
      {
        actorSecond: windowCounter(shared, 'actor', 1),
        actorBurst: windowCounter(shared, 'actor-burst', BURST_SECONDS),
        tenantMinute: windowCounter(shared, 'tenant', MINUTE_SECONDS),
      },
      allowances,
    ),
    buckets: costBuckets(shared),
    slots: operationSlots({ ...OVERLOAD, ...options.overload }, metrics.slots),
    metrics,
  }
}

const MINUTE_SECONDS = 60

const knownTier = (tier: string | null): PlanTier => PLAN_TIERS.find((known) => known === tier) ?? 'TRIAL'
