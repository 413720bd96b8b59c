import { connectionById } from '@stormops/chassis/graphql/page'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import type { QueryResolvers } from '../generated/resolvers.ts'
import { apiKeyQueries } from './api-key.ts'
import { impersonationQueries } from './impersonation.ts'
import { memberQueries } from './member.ts'
import { persistedOperationQueries } from './persisted-operation.ts'
import { placementQueries } from './placement.ts'
import { sessionQueries } from './session.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  ...sessionQueries,
  ...memberQueries,
  ...apiKeyQueries,
  ...impersonationQueries,
  ...placementQueries,
  ...persistedOperationQueries,
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
    return connectionById(first, after, (page) => context.pageOfTenants(page))
  },
  auditEvents: async (_root, { first, after }, context) => {
    return connectionById(first, after, (page) => context.read(({ audit }) => audit.page(page)))
  },
  auditChain: async (_root, _arguments, context) => {
    return context.read(({ auditChain }) => auditChain.verify())
  },
}
