import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { tenantOf } from '@stormops/chassis/identity'
import type { QueryResolvers } from '../generated/resolvers.ts'
import { dashboardQueries } from './dashboard.ts'
import { invoiceQueries } from './invoice.ts'
import { planChangeQueries } from './plan-change.ts'
import { platformRevenueQueries } from './platform-revenue.ts'
import { quotaQueries } from './quota.ts'
import { spendCapQueries } from './spend-cap.ts'
import { usageQueries } from './usage.ts'
import { webhookQueries } from './webhook-delivery.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  ...usageQueries,
  ...webhookQueries,
  ...invoiceQueries,
  ...dashboardQueries,
  ...planChangeQueries,
  ...quotaQueries,
  ...platformRevenueQueries,
  ...spendCapQueries,
  plans: async (_root, _arguments, context) => {
    context.actor()
    return [...(await context.offeredPlans())]
  },
  plan: async (_root, _arguments, context) => {
    const actor = context.actor()
    return context.planByTenant.load(tenantOf(actor))
  },
}
