import type { InferEntity } from '@mikro-orm/core'
import type { PlatformTx, Tx } from '@stormops/chassis/database/database'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { money } from '@stormops/chassis/values/money'
import { rational } from '@stormops/chassis/values/rational'
import type { Allowance } from '../domain/charge.ts'
import { USAGE_METRICS } from '../domain/plan.ts'
import type { Plan, PlanTier } from '../domain/plan.ts'
import { PlanChargeEntity, SubscriptionEntity } from './entities.ts'

export type PlanStore = {
  /** Every version of every plan. */
  readonly catalogue: () => Promise<readonly Plan[]>
  /** The plan of the transaction's tenant, or null while it has none. */
  readonly maybeCurrent: () => Promise<Plan | null>
  /** Its tier alone, which is asked with every request. */
  readonly maybeTier: () => Promise<PlanTier | null>
  /** Puts the transaction's tenant on a plan; false, and nothing changes, when it has one. */
  readonly open: (plan: Pick<Plan, 'tier' | 'version'>, signedAt: Date) => Promise<boolean>
}

export const planStore = (tx: Tx): PlanStore => ({
  catalogue: () => planCatalogue(tx),
  maybeCurrent: async () => {
    const subscription = await tx.em.findOne(SubscriptionEntity, { tenantId: tx.tenantId })
    if (subscription === null) return null
    const { tier, version } = subscription.plan
    const charges = await tx.em.find(PlanChargeEntity, { plan: { tier, version } }, { populate: ['plan'] })
    const [plan] = plansOf(charges)
    if (plan === undefined) {
      throw new Fault('INTERNAL', `The catalogue has no charges for ${tier} in version ${version}.`)
    }
    return plan
  },
  maybeTier: async () => {
    const subscription = await tx.em.findOne(SubscriptionEntity, { tenantId: tx.tenantId })
    return subscription?.plan.tier ?? null
  },
  open: async (plan, signedAt) => {
    const inserted = await tx.change(
      `insert into billing.subscription (tenant_id, tier, version, signed_at) values ($1, $2, $3, $4)
       on conflict (tenant_id) do nothing`,
      [tx.tenantId, plan.tier, plan.version, signedAt],
    )
    return inserted === 1
  },
})

/** Every version of every plan; the same for every tenant, so it needs none. */
export const planCatalogue = async (tx: PlatformTx): Promise<readonly Plan[]> =>
  plansOf(await tx.em.find(PlanChargeEntity, {}, { populate: ['plan'] }))

type ChargeRow = InferEntity<typeof PlanChargeEntity>

const plansOf = (charges: readonly ChargeRow[]): readonly Plan[] =>
  [...Map.groupBy(charges, ({ plan }) => plan)].map(([plan, ofPlan]) => ({
    tier: plan.tier,
    version: plan.version,
    currency: plan.currency,
    monthlyPrice: money(plan.monthlyPrice, plan.currency),
    offeredFrom: plan.offeredFrom,
    charges: ofPlan
      .toSorted((a, b) => USAGE_METRICS.indexOf(a.metric) - USAGE_METRICS.indexOf(b.metric))
      .map((row) => ({ metric: row.metric, window: 'PERIOD', unitSize: row.unitSize, ...allowanceOf(row) })),
  }))

const allowanceOf = (row: ChargeRow): Allowance => {
  const { limitKind } = row
  switch (limitKind) {
    case 'HARD':
      return { limit: 'HARD', included: present(row.included), price: null }
    case 'SOFT':
      return {
        limit: 'SOFT',
        included: present(row.included),
        price: { model: 'PER_UNIT', unitPrice: rational(present(row.unitPrice)) },
      }
    case 'UNLIMITED':
      return { limit: 'UNLIMITED', included: null, price: null }
    default:
      return unreachable(limitKind)
  }
}

/** Checks of the table promise these values; what they miss must not be read as 0 and given away. */
const present = (value: bigint | null | undefined): bigint => {
  if (value === null || value === undefined) {
    throw new Fault('INTERNAL', 'A charge of the catalogue lacks its amount.')
  }
  return value
}
