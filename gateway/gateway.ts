/**
 * The gateway: one graph in front of every subgraph. An operation passes the stages one after the other, and each
 * refuses with its own code before any subgraph is asked.
 */
import type { GraphQLSchema } from 'graphql'
import { Registry } from 'prom-client'
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import type { Subgraph } from '@stormops/chassis/graphql/subgraph'
import type { Actor } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { brokenAnswer, executedAnswer, MutationOverGet, refusedAnswer } from './answer.ts'
import type { GatewayAnswer } from './answer.ts'
import { refuseAnonymous } from './claims/claims.ts'
import { createDocuments, operationOf } from './documents.ts'
import type { AdmittedOperation, Documents } from './documents.ts'
import { startFederation } from './federation.ts'
import type { Federation } from './federation.ts'
import { gatewayMetrics } from './metrics.ts'

export type { GatewayAnswer, GatewayBody } from './answer.ts'

/** Clients wait 30 s; SQL gives up after 5 s. What lies between must end in between, the outer after the inner. */
export const OPERATION_MILLISECONDS = 10_000
export const FETCH_MILLISECONDS = 8_000

/** `actor` and `bearer` belong together and are verified already; both are null for somebody not signed in. */
export type GatewayRequest = {
  readonly query: string
  readonly operationName?: string | null
  readonly variables?: Readonly<Record<string, unknown>>
  readonly actor: Actor | null
  readonly bearer: string | null
  readonly requestId: string
  /** True for a request that must not change anything, which HTTP says of GET. */
  readonly readOnly?: boolean
}

export type GatewayOptions = {
  readonly supergraphSdl: string
  readonly subgraphs: readonly Subgraph[]
  readonly log: Log
  readonly clock: Clock
  /** Whether anybody may ask how the graph is shaped. Default true; production says false. */
  readonly introspection?: boolean
  /** Where the gateway's counters live. Default a registry of its own. */
  readonly registry?: Registry
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

/** Throws when the supergraph does not load or names a subgraph that is not given. */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const registry = options.registry ?? new Registry()
  const metrics = gatewayMetrics(registry)
  const introspection = options.introspection ?? true
  const deadlines = options.deadlines ?? DEADLINES
  const federation = await startFederation({
    ...options,
    introspection,
    metrics,
    fetchMilliseconds: deadlines.fetchMilliseconds,
  })
  const { schema, stop } = federation
  const documents = createDocuments(schema, introspection)
  const run = stages(documents, federation, options, deadlines.operationMilliseconds)
  return {
    execute: async (request) => {
      const answer = await run(request)
      metrics.countOperation(answer.operation?.type ?? 'unknown', answer.outcome)
      return answer
    },
    schema,
    registry,
    stop,
  }
}

const DEADLINES = { operationMilliseconds: OPERATION_MILLISECONDS, fetchMilliseconds: FETCH_MILLISECONDS }

const NO_VARIABLES = {}

const stages =
  (documents: Documents, federation: Federation, { clock, log }: GatewayOptions, milliseconds: number) =>
  async (request: GatewayRequest): Promise<GatewayAnswer> => {
    const { query, requestId, bearer, operationName = null, variables = NO_VARIABLES } = request
    let operation: AdmittedOperation | null = null
    try {
      const admitted = documents.admit(query)
      operation = operationOf(admitted, operationName)
      refuseUnservable(operation, request.readOnly ?? false)
      refuseAnonymous(request.actor, operation)
      const deadline = clock.now().getTime() + milliseconds
      const result = await federation.run(
        { admitted, query, operationName, variables },
        { bearer, requestId, deadline },
      )
      return executedAnswer(result, requestId, operation)
    } catch (cause) {
      const refused = refusedAnswer(cause, requestId, operation)
      if (refused !== null) return refused
      log.error({ err: cause, requestId }, 'An operation broke.')
      return brokenAnswer(requestId, operation)
    }
  }

const refuseUnservable = (operation: AdmittedOperation, readOnly: boolean): void => {
  if (operation.type === 'subscription') {
    throw new Fault('BAD_INPUT', 'This graph has no subscriptions; ask again to see what changed.')
  }
  if (readOnly && operation.type === 'mutation') throw new MutationOverGet()
}
