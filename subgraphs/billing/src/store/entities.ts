import { defineEntity, p } from '@mikro-orm/core'
import type { ChargeWindow, Price } from '../domain/charge.ts'
import type { PlanTier, UsageMetric } from '../domain/plan.ts'

export const PlanVersionEntity = defineEntity({
  name: 'PlanVersion',
  schema: 'billing',
  tableName: 'plan_version',
  properties: {
    catalogue: p.text().primary(),
    tier: p.text().$type<PlanTier>().primary(),
    version: p.integer().primary(),
    name: p.text(),
    currency: p.text(),
    monthlyPrice: p.bigint().nullable(),
    offeredFrom: p.datetime(),
    retiredAt: p.datetime().nullable(),
  },
})

/** Amounts as the database writes them, which JavaScript's numbers could not hold. */
export type StoredTier = {
  readonly upTo: number | null
  readonly unitPrice: string
  readonly flatFee: string
}

export const PlanChargeEntity = defineEntity({
  name: 'PlanCharge',
  schema: 'billing',
  tableName: 'plan_charge',
  properties: {
    plan: () => p.manyToOne(PlanVersionEntity).primary().joinColumns('catalogue', 'tier', 'version'),
    metric: p.text().$type<UsageMetric>().primary(),
    included: p.bigint().nullable(),
    unitSize: p.bigint(),
    unitPrice: p.decimal('string').columnType('numeric').nullable(),
    limitKind: p.text().$type<'HARD' | 'SOFT' | 'UNLIMITED'>(),
    allowanceWindow: p.text().$type<ChargeWindow>(),
    model: p.text().$type<Price['model']>(),
    tiers: p.json().$type<readonly StoredTier[]>().nullable(),
  },
})
