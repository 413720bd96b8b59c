/** Somebody who did not sign in may ask how the graph is shaped, and nothing else. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { Fault } from '@stormops/chassis/fault'
import type { GatewayContext } from '../context.ts'
import { refusal } from '../refusal.ts'
import { everyRootField } from './root-fields.ts'

/** Refuses with `UNAUTHENTICATED`. */
export const anonymousGatePlugin = (): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ operation, document, contextValue }) => {
      if (contextValue.actor !== null) return
      if (operation !== undefined && everyRootField(operation, document, isOfShape)) return
      throw refusal(new Fault('UNAUTHENTICATED', 'Sign in, or send a token or an API key, to ask for this.'))
    },
  }
  return { requestDidStart: async () => listener }
}

/** `__typename`, `__schema` and `__type` alone. */
const isOfShape = (name: string): boolean => name.startsWith('__')
