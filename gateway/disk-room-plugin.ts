/** Where the disk is nearly full, nothing is changed; where it is full, nothing is answered that could not be counted. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { readOnlyFault } from '@stormops/chassis/disk/disk-watch'
import type { DiskStanding } from '@stormops/chassis/disk/disk-watch'
import type { GatewayContext } from './context.ts'
import { refusal } from './refusal.ts'

/** Refuses with `UNAVAILABLE`, before anything is charged. */
export const diskRoomPlugin = (standing: () => DiskStanding): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ operation }) => {
      const now = standing()
      if (now.mode === 'open' || (now.mode === 'read-only' && operation?.operation !== 'mutation')) return
      throw refusal(readOnlyFault(now))
    },
  }
  return { requestDidStart: async () => listener }
}
