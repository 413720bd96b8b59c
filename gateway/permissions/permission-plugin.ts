/** Whether the caller may ask all that an operation asks, decided before it is planned. */
import type { ApolloServerPlugin } from '@apollo/server'
import type { GraphQLError, GraphQLSchema } from 'graphql'
import type { Fault } from '@stormops/chassis/fault'
import { operationPermissions } from '@stormops/chassis/graphql/permissions/operation-permissions'
import type { OperationPermissions } from '@stormops/chassis/graphql/permissions/operation-permissions'
import type { Requirements } from '@stormops/chassis/graphql/permissions/requirements'
import type { GatewayContext } from '../context.ts'
import { refusal } from '../refusal.ts'
import { introspectionRefusal } from './introspection.ts'
import type { IntrospectionPolicy } from './introspection.ts'

/** The same fault refuses the same actor each time, and an error that notes where it was made is dear. */
const refusals = new WeakMap<Fault, GraphQLError>()

const refusalOnce = (fault: Fault): GraphQLError => {
  const known = refusals.get(fault)
  if (known !== undefined) return known
  const made = refusal(fault)
  refusals.set(fault, made)
  return made
}

/** The tier of a company's plan, null while it cannot be told. */
export type TierOf = (tenantId: string) => Promise<string | null>

export type GraphPermissionOptions = {
  readonly requirements: Requirements
  readonly introspection: IntrospectionPolicy
}

/** For the graph as clients see it. */
export const graphPermissions = (
  schema: GraphQLSchema,
  { requirements, introspection }: GraphPermissionOptions,
): OperationPermissions => {
  const shape = ({ actor }: Parameters<OperationPermissions['refusalOf']>[1]) =>
    introspectionRefusal(introspection, actor)
  return operationPermissions({ schema, requirements, machinery: { __schema: shape, __type: shape } })
}

export type PermissionStageOptions = GraphPermissionOptions & {
  readonly tierOf: TierOf
  /** The plan itself, where `tierOf` remembers: nobody is refused what they have paid for since. */
  readonly freshTierOf: TierOf
}

/** Refuses with `UNAUTHENTICATED`, `FORBIDDEN` or `PLAN_REQUIRED`. */
export const permissionPlugin = (options: PermissionStageOptions): ApolloServerPlugin<GatewayContext> => {
  let permissions: OperationPermissions | null = null
  return {
    serverWillStart: async ({ schema }) => void (permissions = graphPermissions(schema, options)),
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, document, request, contextValue: { actor, facts } }) => {
        if (operation === undefined || permissions === null) return
        const tenantId = actor?.tenantId ?? null
        const tier = async () => (tenantId === null ? null : (facts.tier ??= await options.tierOf(tenantId)))
        const variables = request.variables ?? {}
        const asked = { document, operation, variables }
        const fault = await permissions.refusalOf(asked, { actor, tier })
        if (fault === null) return
        if (fault.code !== 'PLAN_REQUIRED' || tenantId === null) throw refusalOnce(fault)
        facts.tier = await options.freshTierOf(tenantId)
        const again = await permissions.refusalOf(asked, { actor, tier })
        if (again !== null) throw refusalOnce(again)
      },
    }),
  }
}
