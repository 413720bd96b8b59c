/**
 * The gateway: one graph in front of every subgraph. An operation passes the stages one after the other, and each
 * refuses with its own code before any subgraph is asked. The stages are plugins of one Apollo Server.
 */
import type { ApolloServerPlugin } from '@apollo/server'
import type { GraphQLSchema } from 'graphql'
import { Registry } from 'prom-client'
import type { Clock } from '@stormops/chassis/clock'
import type { DiskStanding } from '@stormops/chassis/disk/disk-watch'
import type { Seal } from '@stormops/chassis/graphql/seal'
import type { Actor } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { noTracer } from '@stormops/chassis/telemetry/tracer'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'
import { answerOf, brokenAnswer } from './answer.ts'
import type { GatewayAnswer, RefreshCookie } from './answer.ts'
import { noFacts } from './context.ts'
import type { GatewayContext, OperationFacts } from './context.ts'
import type { Limits } from './limits/limits.ts'
import { gatewayMetrics } from './metrics.ts'
import type { IntrospectionPolicy } from './permissions/introspection.ts'
import type { TierOf } from './permissions/permission-plugin.ts'
import { securedSupergraph } from './permissions/secured-supergraph.ts'
import type { NamedDocument } from './persisted/named-document.ts'
import { persistedMetrics } from './persisted/persisted-metrics.ts'
import { NOTHING_PUBLISHED, publishedOperations } from './persisted/published-operations.ts'
import type { FindOperation } from './persisted/published-operations.ts'
import { registeredTexts } from './persisted/registered-texts.ts'
import type { OnRedis } from './persisted/registered-texts.ts'
import { startPipeline } from './pipeline.ts'
import { createPlanner } from './planner.ts'
import type { AskableSubgraph } from './planner.ts'
import { stageOf } from './refusal-stage.ts'
import type { RefusalStage } from './refusal-stage.ts'
import { stageClock } from './stage-clock.ts'
import type { StageClock } from './stage-clock.ts'

export type { GatewayAnswer, GatewayBody } from './answer.ts'
export type { ChosenOperation, GatewayContext, OperationFacts, OperationType } from './context.ts'
export { refusal } from './refusal.ts'

/** Clients wait 30 s; SQL gives up after 5 s. What lies between must end in between, the outer after the inner. */
export const OPERATION_MILLISECONDS = 10_000
export const FETCH_MILLISECONDS = 8_000

export type GatewayRequest = {
  /** Null or left out when the request names a document instead of sending it. */
  readonly query?: string | null
  readonly named?: NamedDocument | null
  readonly operationName?: string | null
  readonly variables?: Readonly<Record<string, unknown>>
  /** Verified already; null for somebody not signed in. */
  readonly actor: Actor | null
  readonly refreshToken?: string | null
  readonly clientAddress?: string | null
  /** Milliseconds the client waits; it can only shorten what an operation may take. */
  readonly timeoutMilliseconds?: number | null
  /** What the client calls itself; only whoever signs somebody in is told. */
  readonly userAgent?: string | null
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
  /** Who may ask how the graph is shaped. Default whoever is signed in; production says administrators. */
  readonly introspection?: IntrospectionPolicy
  /** The tier of a company's plan, which some fields ask for. Default unknown. */
  readonly tierOf?: TierOf
  /** The same, from the plan itself. Default `tierOf`. */
  readonly freshTierOf?: TierOf
  /** How much anybody may ask. Default without limits, beside those of a single document. */
  readonly limits?: Limits
  /** What companies have published. Default nothing. */
  readonly findOperation?: FindOperation
  /** The Redis in which gateways share what frontends registered. Default each remembers its own. */
  readonly onRedis?: OnRedis | null
  /** How full the disk is. Default nobody looks. */
  readonly diskStanding?: () => DiskStanding
  /** Where the gateway's counters live. Default a registry of its own. */
  readonly registry?: Registry
  /** Default nothing is traced. */
  readonly tracer?: Tracer
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
  /** Plans an operation before anybody asks for it; no subgraph is asked. Never rejects. */
  readonly warm: (document: string) => Promise<void>
  /** What a company has published is looked up anew when it is named next. */
  readonly forgetOperations: (tenantId: string) => void
  readonly registry: Registry
  /** Times what comes before an operation with its stages. */
  readonly stages: StageClock
  /** Counts a request that was refused before it came to be an operation. */
  readonly countRefusal: (stage: RefusalStage, code: unknown) => void
  readonly stop: () => Promise<void>
}

/** Throws when the supergraph does not load, names a subgraph that is not given, or a plugin does not start. */
export const createGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const registry = options.registry ?? new Registry()
  const metrics = gatewayMetrics(registry)
  const { log, clock, introspection = 'signed-in', plugins = [], deadlines = DEADLINES } = options
  const { tracer = noTracer } = options
  const stages = stageClock(registry, tracer)
  const { operationMilliseconds, fetchMilliseconds } = deadlines
  const { sdl, requirements } = securedSupergraph(options.supergraphSdl)
  const planner = createPlanner({
    ...options,
    supergraphSdl: sdl,
    metrics,
    stages,
    tracer,
    fetchMilliseconds,
  })
  const tierOf = options.tierOf ?? (async () => null)
  const freshTierOf = options.freshTierOf ?? tierOf
  const permissions = { requirements, introspection, tierOf, freshTierOf }
  const limits = options.limits === undefined ? null : { limits: options.limits, supergraphSdl: sdl, clock }
  const published = publishedOperations(options.findOperation ?? NOTHING_PUBLISHED, clock)
  const persisted = {
    published,
    registered: registeredTexts(clock, options.onRedis ?? null),
    count: persistedMetrics(registry),
  }
  const { diskStanding = null } = options
  const { server, schema } = await startPipeline({
    planner,
    log,
    stages,
    permissions,
    limits,
    plugins,
    persisted,
    diskStanding,
  })

  const answered = async (request: GatewayRequest, facts: OperationFacts): Promise<GatewayAnswer> => {
    const { query = null, operationName, variables = {}, requestId } = request
    const patience = Math.min(operationMilliseconds, request.timeoutMilliseconds ?? operationMilliseconds)
    try {
      const contextValue = contextOf(request, clock.now().getTime() + patience, facts)
      const asked = {
        ...(query === null ? {} : { query }),
        variables,
        ...(operationName ? { operationName } : {}),
      }
      const answer = answerOf(
        await server.executeOperation(asked, { contextValue }),
        requestId,
        facts.operation,
      )
      return facts.refreshToken === undefined
        ? answer
        : { ...answer, refreshCookie: cookieOf(facts.refreshToken, clock) }
    } catch (cause) {
      log.error({ err: facts.failure ?? cause, requestId }, 'An operation broke.')
      return brokenAnswer(requestId, facts.operation)
    }
  }

  return {
    execute: async (request) => {
      const answer = await answered(request, noFacts())
      metrics.countOperation(answer.operation?.type ?? 'unknown', answer.outcome)
      if (answer.outcome === 'refused') {
        const { extensions = {} } = answer.body.errors?.[0] ?? {}
        metrics.countRefusal(stageOf(extensions), extensions['code'])
      }
      return answer
    },
    schema,
    warm: planner.warm,
    forgetOperations: published.forget,
    registry,
    stages,
    countRefusal: metrics.countRefusal,
    stop: () => server.stop(),
  }
}

const DEADLINES = { operationMilliseconds: OPERATION_MILLISECONDS, fetchMilliseconds: FETCH_MILLISECONDS }

const contextOf = (
  {
    actor,
    named = null,
    refreshToken = null,
    clientAddress = null,
    userAgent = null,
    requestId,
    readOnly = false,
    gone,
  }: GatewayRequest,
  deadline: number,
  facts: OperationFacts,
): GatewayContext => ({
  actor,
  named,
  refreshToken,
  clientAddress,
  userAgent,
  requestId,
  deadline,
  readOnly,
  gone,
  facts,
})

const cookieOf = (
  refreshToken: NonNullable<OperationFacts['refreshToken']> | null,
  clock: Clock,
): RefreshCookie => {
  if (refreshToken === null) return { value: '', maxAgeSeconds: 0 }
  const milliseconds = refreshToken.expiresAt.getTime() - clock.now().getTime()
  return { value: refreshToken.value, maxAgeSeconds: Math.max(0, Math.floor(milliseconds / 1000)) }
}
