/** Staff who act in a company's place only to look may change nothing there, but for ending it. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { readOnlyFault } from '@stormops/chassis/identity'
import type { GatewayContext } from '../context.ts'
import { refusal } from '../refusal.ts'
import { everyRootField } from './root-fields.ts'

/** What gives up an access and changes nothing else. */
const ENDINGS: ReadonlySet<string> = new Set(['endImpersonation', '__typename'])

/** Refuses with `FORBIDDEN`. Commands refuse it too; this is before any subgraph is asked. */
export const readOnlyGatePlugin = (): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ operation, document, contextValue }) => {
      if (contextValue.actor?.impersonation?.readOnly !== true || operation?.operation !== 'mutation') return
      if (!everyRootField(operation, document, (name) => ENDINGS.has(name))) throw refusal(readOnlyFault())
    },
  }
  return { requestDidStart: async () => listener }
}
