import type { InferEntity } from '@mikro-orm/core'
import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { money } from '@stormops/chassis/values/money'
import { rationalOfDecimal } from '@stormops/chassis/values/rational'
import type { Rational } from '@stormops/chassis/values/rational'
import type { Allowance, Price, PriceTier } from '../domain/charge.ts'
import { OWN_CATALOGUE, USAGE_METRICS } from '../domain/plan.ts'
import type { Plan, PlanTier } from '../domain/plan.ts'
import { PlanChargeEntity } from './entities.ts'
import type { StoredTier } from './entities.ts'

export type PlanStore = {
  /** The plan that the transaction's tenant holds at an instant, or null while it has none. */
  readonly maybeHeld: (at: Date) => Promise<Plan | null>
  /** Its tier alone, which is asked with every request. */
  readonly maybeTier: (at: Date) => Promise<PlanTier | null>
  /** Every version of every plan. */
  readonly catalogue: () => Promise<readonly Plan[]>
}

type Held = { readonly catalogue: string; readonly tier: PlanTier; readonly version: number }

export const planStore = (tx: Tx): PlanStore => {
  const held = async (at: Date): Promise<Held | undefined> => {
    const [row] = await tx.rows<Held>(
      `select catalogue, tier, version from billing.plan_at($1, $2) where tier is not null`,
      [tx.tenantId, at],
    )
    return row
  }
  return {
    maybeHeld: async (at) => {
      const plan = await held(at)
      if (plan === undefined) return null
      const [found] = plansOf(await tx.em.find(PlanChargeEntity, { plan }, { populate: ['plan'] }))
      if (found === undefined) {
        throw new Fault(
          'INTERNAL',
          `The catalogue has no charges for ${plan.tier} in version ${plan.version}.`,
        )
      }
      return found
    },
    maybeTier: async (at) => (await held(at))?.tier ?? null,
    catalogue: () => planCatalogue(tx),
  }
}

/** Every version of every plan; the same for every tenant, so it needs none. */
export const planCatalogue = async (tx: PlatformTx): Promise<readonly Plan[]> =>
  plansOf(await tx.em.find(PlanChargeEntity, { plan: { catalogue: OWN_CATALOGUE } }, { populate: ['plan'] }))

type ChargeRow = InferEntity<typeof PlanChargeEntity>

const plansOf = (charges: readonly ChargeRow[]): readonly Plan[] =>
  [...Map.groupBy(charges, ({ plan }) => plan)].map(([plan, ofPlan]) => ({
    tier: plan.tier,
    version: plan.version,
    currency: plan.currency,
    monthlyPrice: money(present(plan.monthlyPrice), plan.currency),
    offeredFrom: plan.offeredFrom,
    retiredAt: plan.retiredAt ?? null,
    charges: ofPlan
      .toSorted((a, b) => USAGE_METRICS.indexOf(a.metric) - USAGE_METRICS.indexOf(b.metric))
      .map((row) => ({
        metric: row.metric,
        window: row.allowanceWindow,
        unitSize: row.unitSize,
        ...allowanceOf(row),
      })),
  }))

/** The columns of a charge that say what is included and what more costs. */
export type AllowanceColumns = {
  readonly limitKind: 'HARD' | 'SOFT' | 'UNLIMITED'
  readonly model: Price['model']
  readonly included?: bigint | null | undefined
  readonly unitPrice?: string | null | undefined
  readonly tiers?: readonly StoredTier[] | null | undefined
}

export const allowanceOf = (row: AllowanceColumns): Allowance => {
  const { limitKind } = row
  switch (limitKind) {
    case 'HARD':
      return { limit: 'HARD', included: present(row.included), price: null }
    case 'SOFT':
      return { limit: 'SOFT', included: present(row.included), price: priceOf(row) }
    case 'UNLIMITED':
      return { limit: 'UNLIMITED', included: null, price: null }
    default:
      return unreachable(limitKind)
  }
}

const priceOf = (row: AllowanceColumns): Price => {
  const { model } = row
  switch (model) {
    case 'PER_UNIT':
    case 'PACKAGE':
      return { model, unitPrice: exact(present(row.unitPrice)) }
    case 'GRADUATED':
    case 'VOLUME':
      return { model, tiers: present(row.tiers).map(tierOf) }
    default:
      return unreachable(model)
  }
}

const tierOf = ({ upTo, unitPrice, flatFee }: StoredTier): PriceTier => ({
  upTo: upTo === null ? null : BigInt(upTo),
  unitPrice: exact(unitPrice),
  flatFee: BigInt(flatFee),
})

const exact = (decimal: string): Rational => present(rationalOfDecimal(decimal))

/** Checks of the table promise these values; what they miss must not be read as 0 and given away. */
const present = <Value>(value: Value | null | undefined): Value => {
  if (value === null || value === undefined) {
    throw new Fault('INTERNAL', 'A charge of the catalogue lacks its amount.')
  }
  return value
}
