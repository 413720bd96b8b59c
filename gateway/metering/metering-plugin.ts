/**
 * Metering as a stage: every operation whose execution began is one call, once it is answered. What a stage refused is
 * none, nor what the planner refuses before it asks a subgraph, such as variables that do not fit.
 */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { Log } from '@stormops/chassis/telemetry/log'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { outcomeOf } from '../answer.ts'
import type { GatewayContext } from '../context.ts'
import type { Heard, Meter } from './meter.ts'

const BEGAN = Symbol('execution began')

/** What an operation costs where nothing says how much. */
const COST_WITHOUT_LIMITS = 1

/** The answer waits until it is counted; what goes wrong here never changes it. */
export const meteringPlugin = (
  meter: Pick<Meter, 'record' | 'metrics'>,
  log: Log,
): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    executionDidStart: async ({ contextValue: { facts } }) => void facts.notes.set(BEGAN, true),
    willSendResponse: async ({ contextValue, response: { body } }) => {
      if (!contextValue.facts.notes.delete(BEGAN) || body.kind !== 'single') return
      try {
        const { data, errors = [] } = body.singleResult
        const outcome = outcomeOf(data, errors)
        if (outcome !== 'refused') await meter.record(heardOf(contextValue, outcome))
      } catch (cause) {
        meter.metrics.failed('hook')
        log.error({ err: cause, requestId: contextValue.requestId }, 'An operation could not be counted.')
      }
    },
  }
  return { requestDidStart: async () => listener }
}

const heardOf = ({ actor, facts }: GatewayContext, outcome: Heard['outcome']): Heard => ({
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
