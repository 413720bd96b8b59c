import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { requireScope } from '@stormops/chassis/identity'
import { tenantIds } from '../context.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { TenantResolvers } from '../generated/resolvers.ts'

export const tenantResolvers: FieldsBeyond<Tenant, TenantResolvers> = {
  id: ({ id }) => tenantIds.encode(id),
  internals: async ({ id }, _arguments, context) => {
    requireScope(context.actor(), 'platform:staff')
    return context.internalsOfTenant.load(id)
  },
  __resolveReference: async (reference, context) => {
    const id = tenantIds.decode(reference.id)
    if (id === null) return null
    const actor = context.actor()
    // Staff carry no company, and are told of those that their own figures name.
    const isStaff = actor.tenantId === null && actor.scopes.has('platform:staff')
    return isStaff ? context.maybeTenant(id) : context.tenantById.load(id)
  },
}
