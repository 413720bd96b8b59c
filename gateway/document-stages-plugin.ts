/** Apollo Server parses and validates by itself; this is told when it begins and ends, to time both as stages. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { GatewayContext } from './context.ts'
import type { StageClock } from './stage-clock.ts'

export const documentStagesPlugin = (stages: StageClock): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    parsingDidStart: async () => {
      const startedAt = performance.now()
      return async () => stages.past('parse', startedAt)
    },
    validationDidStart: async () => {
      const startedAt = performance.now()
      return async () => stages.past('validation', startedAt)
    },
  }
  return { requestDidStart: async () => listener }
}
