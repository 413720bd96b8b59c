/** Whether a partner with certain permissions may ask an operation, decided when it is published and not when it runs. */
import type { GraphQLSchema } from 'graphql'
import { operationIn } from '@stormops/chassis/graphql/permissions/operation-permissions'
import { systemActor } from '@stormops/chassis/identity'
import type { Actor } from '@stormops/chassis/identity'
import { isScope } from '@stormops/chassis/permission'
import type { Permits } from '../persisted/operation-check.ts'
import { graphPermissions } from './permission-plugin.ts'
import { securedSupergraph } from './secured-supergraph.ts'

/** `schema` is the graph as clients see it. Whatever variables could include counts. */
export const partnerPermissions = (schema: GraphQLSchema, supergraphSdl: string): Permits => {
  const { requirements } = securedSupergraph(supergraphSdl)
  const permissions = graphPermissions(schema, { requirements, introspection: 'signed-in' })
  return async (document, operationName, scopes) => {
    const operation = operationIn(document, operationName)
    if (operation === null) return null
    const asker = { actor: partnerWith(scopes), tier: async () => null }
    const fault = await permissions.refusalOf({ document, operation, variables: {} }, asker)
    // Whether the plan has it is asked when it runs: a plan may change, and what is published stays.
    return fault?.code === 'PLAN_REQUIRED' ? null : fault
  }
}

/** Stands for every key of every company with these permissions. */
const partnerWith = (scopes: readonly string[]): Actor => ({
  ...systemActor(NO_COMPANY, 'partner'),
  kind: 'API_KEY',
  role: 'PARTNER',
  scopes: new Set(scopes.filter(isScope)),
})

const NO_COMPANY = '00000000-0000-0000-0000-000000000000'
