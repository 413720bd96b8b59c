import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { tenantIds } from '../context.ts'
import type { TenantResolvers } from '../generated/resolvers.ts'
import { tenantSpendCap } from './spend-cap.ts'

export const tenantResolvers: Omit<EveryField<TenantResolvers>, 'id'> = {
  ...tenantSpendCap,
  // Tenancy knows whether the tenant exists; billing adds to whichever tenant it is asked about.
  __resolveReference: (reference) => reference,
  plan: async ({ id }, _arguments, context) => {
    const actor = context.actor()
    const tenantId = tenantIds.decode(id)
    if (tenantId === null || tenantId !== actor.tenantId) return null
    return context.planByTenant.load(tenantId)
  },
}
