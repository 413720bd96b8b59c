/** Values that are too large are refused before anything is decided by them. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { GatewayContext } from './context.ts'
import { guardVariables } from './variables-guard.ts'

/** Refuses with `BAD_INPUT`, by the fault itself, which the masking stage tells as it is. */
export const variablesGuardPlugin = (): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ request }) => guardVariables(request.variables ?? {}),
  }
  return { requestDidStart: async () => listener }
}
