import { defineEntity, p } from '@mikro-orm/core'
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
    monthlyPrice: p.bigint('number').nullable(),
    offeredFrom: p.datetime(),
    retiredAt: p.datetime().nullable(),
  },
})

export const PlanChargeEntity = defineEntity({
  name: 'PlanCharge',
  schema: 'billing',
  tableName: 'plan_charge',
  properties: {
    plan: () => p.manyToOne(PlanVersionEntity).primary().joinColumns('catalogue', 'tier', 'version'),
    metric: p.text().$type<UsageMetric>().primary(),
    included: p.bigint('number').nullable(),
    unitSize: p.bigint('number'),
    unitPrice: p.decimal('string').columnType('numeric').nullable(),
    limitKind: p.text().$type<'HARD' | 'SOFT' | 'UNLIMITED'>(),
  },
})
