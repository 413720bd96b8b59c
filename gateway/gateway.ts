/**
 * The gateway: one graph in front of every subgraph. An operation passes the stages one after the other, and each
 * refuses with its own code before any subgraph is asked. The stages are plugins of one Apollo Server.
 */
import type { ApolloServerPlugin } from '@apollo/server'
import type { GraphQLSchema } from 'graphql'
import { Registry } from 'prom-client'
import type { Clock } from '@stormops/chassis/clock'
import type { Seal } from '@stormops/chassis/graphql/seal'
import type { Actor } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { answerOf, brokenAnswer } from './answer.ts'
import type { GatewayAnswer } from './answer.ts'
import { noFacts } from './context.ts'
import type { GatewayContext, OperationFacts } from './context.ts'
import { gatewayMetrics } from './metrics.ts'
import { startPipeline } from './pipeline.ts'
import { createPlanner } from './planner.ts'
import type { AskableSubgraph } from './planner.ts'

export type { GatewayAnswer, GatewayBody } from './answer.ts'
export type { ChosenOperation, GatewayContext, OperationFacts, OperationType } from './context.ts'
export { refusal } from './refusal.ts'

/** Clients wait 30 s; SQL gives up after 5 s. What lies between must end in between, the outer after the inner. */
export const OPERATION_MILLISECONDS = 10_000
export const FETCH_MILLISECONDS = 8_000

export type GatewayRequest = {
  readonly query: string
  readonly operationName?: string | null
  readonly variables?: Readonly<Record<string, unknown>>
  /** Verified already; null for somebody not signed in. */
  readonly actor: Actor | null
  readonly refreshToken?: string | null
  readonly clientAddress?: string | null
  readonly requestId: string
  /** True for a request that must not change anything, which HTTP says of GET. */
  readonly readOnly?: boolean
  /** Aborts once the client has hung up: what a query still reads is then ended. */
  readonly gone?: AbortSignal
}

export type GatewayOptions = {
  readonly supergraphSdl: string
  readonly subgraphs: readonly AskableSubgraph[]
  /** What the subgraphs of this process take as proof that this gateway asks; one that is far has a signature. */
  readonly seal: Seal
  readonly log: Log
  readonly clock: Clock
  /** Whether anybody may ask how the graph is shaped. Default true; production says false. */
  readonly introspection?: boolean
  /** Where the gateway's counters live. Default a registry of its own. */
  readonly registry?: Registry
  /**
   * Stages of whoever runs the gateway, after our own. In `didResolveOperation` each waits for those before it and is
   * passed over once one refused; `refusal` makes what it throws to refuse. Default none.
   */
  readonly plugins?: readonly ApolloServerPlugin<GatewayContext>[]
  readonly deadlines?: { readonly operationMilliseconds: number; readonly fetchMilliseconds: number }
}

export type Gateway = {
  /** Never rejects: whatever goes wrong is in the answer. */
  readonly execute: (request: GatewayRequest) => Promise<GatewayAnswer>
  /** What clients see of the graph. */
  readonly schema: GraphQLSchema
  readonly registry: Registry
  readonly stop: () => Promise<void>
}

/** Throws when the supergraph does not load, names a subgraph that is not given, or a plugin does not start. */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const registry = options.registry ?? new Registry()
  const metrics = gatewayMetrics(registry)
  const { log, clock, introspection = true, plugins = [], deadlines = DEADLINES } = options
  const { operationMilliseconds, fetchMilliseconds } = deadlines
  const planner = createPlanner({ ...options, metrics, fetchMilliseconds })
  const { server, schema } = await startPipeline({ planner, log, introspection, plugins })

  const answered = async (request: GatewayRequest, facts: OperationFacts): Promise<GatewayAnswer> => {
    const { query, operationName, variables = {}, requestId } = request
    try {
      const contextValue = contextOf(request, clock.now().getTime() + operationMilliseconds, facts)
      const asked = { query, variables, ...(operationName ? { operationName } : {}) }
      return answerOf(await server.executeOperation(asked, { contextValue }), requestId, facts.operation)
    } catch (cause) {
      log.error({ err: facts.failure ?? cause, requestId }, 'An operation broke.')
      return brokenAnswer(requestId, facts.operation)
    }
  }

  return {
    execute: async (request) => {
      const answer = await answered(request, noFacts())
      metrics.countOperation(answer.operation?.type ?? 'unknown', answer.outcome)
      return answer
    },
    schema,
    registry,
    stop: () => server.stop(),
  }
}

const DEADLINES = { operationMilliseconds: OPERATION_MILLISECONDS, fetchMilliseconds: FETCH_MILLISECONDS }

const contextOf = (
  { actor, refreshToken = null, clientAddress = null, requestId, readOnly = false, gone }: GatewayRequest,
  deadline: number,
  facts: OperationFacts,
): GatewayContext => ({ actor, refreshToken, clientAddress, requestId, deadline, readOnly, gone, facts })
