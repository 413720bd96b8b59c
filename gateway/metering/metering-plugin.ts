/**
 * Metering as a stage: an operation is one call once its execution began and it is answered. As GraphQL has it, an answer
 * without `data` is one whose execution never began: a stage refused it, or the planner before it asked a subgraph.
 */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { GraphQLFormattedError } from 'graphql'
import type { Log } from '@stormops/chassis/telemetry/log'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import type { GatewayContext } from '../context.ts'
import type { MeteredOutcome } from './metered-operation.ts'
import type { Heard, Meter } from './meter.ts'

/** What an operation costs where nothing says how much. */
const COST_WITHOUT_LIMITS = 1

/** The answer waits until it is counted; what goes wrong here never changes it. */
export const meteringPlugin = (
  meter: Pick<Meter, 'record' | 'metrics'>,
  log: Log,
): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    willSendResponse: async ({ contextValue, response: { body } }) => {
      if (body.kind !== 'single' || body.singleResult.data === undefined) return
      try {
        await meter.record(heardOf(contextValue, outcomeOf(body.singleResult)))
      } catch (cause) {
        meter.metrics.failed('hook')
        log.error({ err: cause, requestId: contextValue.requestId }, 'An operation could not be counted.')
      }
    },
  }
  return { requestDidStart: async () => listener }
}

const heardOf = ({ actor, facts }: GatewayContext, outcome: MeteredOutcome): Heard => ({
  // What staff do in a company's place is not the company's to pay.
  tenantId:
    actor === null || actor.kind === 'STAFF' ? PLATFORM_TENANT_ID : (actor.tenantId ?? PLATFORM_TENANT_ID),
  actorKind: actor?.kind ?? null,
  actorId: actor?.id ?? null,
  operationName: facts.operation?.name ?? null,
  operationType: facts.operation?.type ?? 'query',
  cost: facts.cost ?? COST_WITHOUT_LIMITS,
  outcome,
})

type Executed = { readonly data?: unknown; readonly errors?: readonly GraphQLFormattedError[] }

const outcomeOf = ({ data, errors = [] }: Executed): MeteredOutcome => {
  if (errors.length === 0) return 'ok'
  return data === null ? 'failed' : 'partial'
}
