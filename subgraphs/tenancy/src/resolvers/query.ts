import { connectionOf, pageRequest } from '@stormops/chassis/graphql/page'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { requireScope } from '@stormops/chassis/identity'
import type { QueryResolvers } from '../generated/resolvers.ts'
import { memberQueries } from './member.ts'
import { sessionQueries } from './session.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  ...sessionQueries,
  ...memberQueries,
  viewer: async (_root, _arguments, context) => {
    const actor = context.actor()
    return {
      actor: { id: actor.id, kind: actor.kind },
      tenant: actor.tenantId === null ? null : await context.tenantById.load(actor.tenantId),
      roles: actor.role === null ? [] : [actor.role],
      scopes: [...actor.scopes],
    }
  },
  tenant: async (_root, _arguments, context) => {
    const { tenantId } = context.actor()
    return tenantId === null ? null : context.tenantById.load(tenantId)
  },
  tenants: async (_root, { first, after }, context) => {
    requireScope(context.actor(), 'platform:staff')
    const page = pageRequest(first, after)
    const tenants = await context.pageOfTenants(page)
    return connectionOf(
      tenants,
      page,
      ({ id }) => id,
      (tenant) => tenant,
    )
  },
  auditEvents: async (_root, { first, after }, context) => {
    requireScope(context.actor(), 'audit:read')
    const page = pageRequest(first, after)
    const events = await context.read(({ audit }) => audit.page(page))
    return connectionOf(
      events,
      page,
      ({ id }) => id,
      (event) => event,
    )
  },
  auditChain: async (_root, _arguments, context) => {
    requireScope(context.actor(), 'audit:read')
    return context.read(({ auditChain }) => auditChain.verify())
  },
}
