import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { tenantOf } from '@stormops/chassis/identity'
import type { BillingDashboard } from '../domain/dashboard.ts'
import type { BillingDashboardResolvers, QueryResolvers } from '../generated/resolvers.ts'

export const billingDashboardResolvers: FieldsBeyond<BillingDashboard, BillingDashboardResolvers> = {
  usage: ({ usage }) => [...usage],
}

export const dashboardQueries: Pick<EveryField<QueryResolvers>, 'billingDashboard'> = {
  billingDashboard: async (_root, _arguments, context) => {
    tenantOf(context.actor())
    return context.dashboard()
  },
}
