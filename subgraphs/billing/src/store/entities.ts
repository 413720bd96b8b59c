import { defineEntity, p } from '@mikro-orm/core'
import { tenantRowSecurity } from '@stormops/chassis/database/tenant-entity'
import type { PlanTier, UsageMetric } from '../domain/plan.ts'

export const PlanVersionEntity = defineEntity({
  name: 'PlanVersion',
  schema: 'billing',
  tableName: 'plan_version',
  properties: {
    tier: p.text().$type<PlanTier>().primary(),
    version: p.integer().primary(),
    currency: p.text(),
    monthlyPrice: p.bigint(),
    offeredFrom: p.datetime(),
  },
})

export const PlanChargeEntity = defineEntity({
  name: 'PlanCharge',
  schema: 'billing',
  tableName: 'plan_charge',
  properties: {
    plan: () => p.manyToOne(PlanVersionEntity).primary().joinColumns('tier', 'version'),
    metric: p.text().$type<UsageMetric>().primary(),
    included: p.bigint().nullable(),
    unitSize: p.bigint(),
    unitPrice: p.bigint().nullable(),
    limitKind: p.text().$type<'HARD' | 'SOFT' | 'UNLIMITED'>(),
  },
})

export const SubscriptionEntity = defineEntity({
  name: 'Subscription',
  schema: 'billing',
  tableName: 'subscription',
  properties: {
    tenantId: p.uuid().primary(),
    plan: () => p.manyToOne(PlanVersionEntity).joinColumns('tier', 'version'),
    signedAt: p.datetime(),
  },
  ...tenantRowSecurity,
})
