/**
 * Apollo's planner over the subgraphs, as Apollo Server asks it. What goes out is data, and errors that
 * have their code unless something of ours broke.
 */
import type { ApolloServerOptionsWithGateway } from '@apollo/server'
import { ApolloGateway } from '@apollo/gateway'
import type { GatewayConfig } from '@apollo/gateway'
import { GraphQLError, isScalarType, Kind } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import { SCALARS } from '@stormops/chassis/graphql/scalars'
import type { Seal } from '@stormops/chassis/graphql/seal'
import type { Subgraph } from '@stormops/chassis/graphql/subgraph'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'
import type { GatewayContext } from './context.ts'
import { isToldCode, maskedMessage } from './masking.ts'
import type { GatewayMetrics } from './metrics.ts'
import { parsedDocuments } from './parsed-documents.ts'
import { planWarmUp } from './persisted/plan-warm-up.ts'
import type { PlanWarmUp } from './persisted/plan-warm-up.ts'
import { refusal } from './refusal.ts'
import { remoteDataSource } from './remote-data-source.ts'
import type { RemoteSubgraph } from './remote-data-source.ts'
import type { StageClock } from './stage-clock.ts'
import { subgraphDataSource } from './subgraph-data-source.ts'

/** A subgraph of this process, or one that is reached over HTTP. */
export type AskableSubgraph = Subgraph | RemoteSubgraph

export type PlannerOptions = {
  readonly supergraphSdl: string
  readonly subgraphs: readonly AskableSubgraph[]
  readonly seal: Seal
  readonly log: Log
  readonly clock: Clock
  readonly metrics: GatewayMetrics
  readonly stages: StageClock
  readonly tracer: Tracer
  /** Milliseconds one fetch may take. */
  readonly fetchMilliseconds: number
}

export type Planner = ApolloServerOptionsWithGateway<GatewayContext>['gateway'] & {
  /** Plans an operation before anybody asks for it; no subgraph is asked. Never rejects. */
  readonly warm: (document: string) => Promise<void>
}

type Executor = ApolloGateway['executor']
type Result = Awaited<ReturnType<Executor>>

/** Loading it throws when the supergraph does not load or names a subgraph that is not given. */
export const createPlanner = (options: PlannerOptions): Planner => {
  const warmUp = planWarmUp(options.log)
  const { stages } = options
  const planning = planTimes(stages)
  const gateway = createApolloGateway(options, warmUp, planning.ended)
  const timed =
    (executor: Executor): Executor =>
    (request) =>
      stages.run('execution', () => {
        planning.began(request.context)
        return executor(request)
      })
  return {
    warm: (document) => warmUp.warm(gateway, document),
    load: async (given) => {
      const { executor } = await gateway.load(given)
      return { executor: executor === null ? null : timed(withCodes(executor, options.log)) }
    },
    onSchemaLoadOrUpdate: (callback) =>
      gateway.onSchemaLoadOrUpdate((loaded) => {
        checkScalars(loaded.apiSchema)
        callback(loaded)
      }),
    stop: () => gateway.stop(),
  }
}

/**
 * A supergraph only names its scalars, so anything would pass for one of them here and be refused by a subgraph,
 * after the operation began. With their rules the gateway refuses the request itself.
 */
export const checkScalars = (schema: GraphQLSchema): void => {
  for (const [name, scalar] of Object.entries(SCALARS)) {
    const type = schema.getType(name)
    if (!isScalarType(type)) continue
    type.parseValue = scalar.parseValue
    type.parseLiteral = scalar.parseLiteral
  }
}

type PlanTimes = {
  readonly began: (context: object) => void
  readonly ended: (context: object) => void
}

/** Planning is the first thing that the planner does with an operation, and it says when it is done. */
const planTimes = (stages: StageClock): PlanTimes => {
  const begun = new WeakMap<object, number>()
  return {
    began: (context) => void begun.set(context, performance.now()),
    ended: (context) => {
      const startedAt = begun.get(context)
      if (startedAt !== undefined) stages.past('plan', startedAt)
    },
  }
}

const createApolloGateway = (
  options: PlannerOptions,
  warmUp: PlanWarmUp,
  planned: (context: object) => void,
): ApolloGateway => {
  // Unless told so before it is built, the gateway sends figures of its own to its vendor.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  const { log, clock, fetchMilliseconds, metrics, tracer } = options
  const byName = new Map(options.subgraphs.map((subgraph) => [subgraph.name, subgraph]))
  return new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    logger: quieter(log),
    __exposeQueryPlanExperimental: false,
    experimental_didResolveQueryPlan: ({ requestContext }) => planned(requestContext.context),
    buildService: ({ name }) => {
      const subgraph = byName.get(name)
      if (subgraph === undefined) {
        throw new Fault('INTERNAL', `The supergraph names the subgraph ${name}, which is not given.`)
      }
      const source = {
        parsed: parsedDocuments(),
        log,
        clock,
        fetchMilliseconds,
        tracer,
        record: metrics.fetchesOf(name),
      }
      return warmUp.unasked(
        'client' in subgraph
          ? remoteDataSource({ ...source, subgraph })
          : subgraphDataSource({ ...source, subgraph, seal: options.seal }),
      )
    },
  })
}

/** The planner misses an address for each subgraph, and those in process have none. */
const quieter = (log: Log): NonNullable<GatewayConfig['logger']> => ({
  debug: (message: unknown) => log.debug(String(message)),
  info: (message: unknown) => log.debug(String(message)),
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown) => {
    const text = String(message)
    if (!text.endsWith('is missing a url')) log.error(text)
  },
})

const withCodes =
  (executor: Executor, log: Log): Executor =>
  async (request) => {
    const result = await planned(executor, request)
    const { data, errors = [], extensions } = result
    if (errors.length === 0 && extensions === undefined) return result
    const missing = missingValues(extensions, String(request.context['requestId']), log)
    const all = [...errors.map(withCode), ...missing]
    return { ...(data === undefined ? {} : { data }), ...(all.length === 0 ? {} : { errors: all }) }
  }

const planned = async (executor: Executor, request: Parameters<Executor>[0]): Promise<Result> => {
  try {
    return await executor(request)
  } catch (cause) {
    // The planner counts what an operation could mean over all subgraphs, and stops at a hundred thousand.
    if (!(cause instanceof Error) || !PLAN_TOO_LARGE.test(cause.message)) throw cause
    const message = 'This operation has too many ways to be answered. Ask for less at once.'
    throw refusal(new Fault('QUERY_TOO_COMPLEX', message, { cause }))
  }
}

const PLAN_TOO_LARGE = /^Number of non-local selections exceeds|^Exceeded maximum recursive selections/

/** Errors of a fetch have their code; of the others, variables that do not fit are the client's. */
const withCode = (error: GraphQLError): GraphQLError =>
  !isToldCode(error.extensions['code']) && error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION
    ? new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: 'BAD_USER_INPUT' } })
    : error

/** A field that may not be null and is, though no subgraph owned up to an error: the planner only notes it. */
const missingValues = (
  extensions: Result['extensions'],
  requestId: string,
  log: Log,
): readonly GraphQLError[] => {
  const notes: unknown = extensions?.['valueCompletion']
  const missing = Array.isArray(notes) ? notes.filter((note) => note instanceof GraphQLError) : []
  if (missing.length > 0) log.error({ missing, requestId }, 'A value is missing that may not be null.')
  return missing.map(
    ({ nodes, path }) =>
      new GraphQLError(maskedMessage(requestId), {
        nodes: nodes ?? null,
        path: path ?? null,
        extensions: { code: 'INTERNAL' },
      }),
  )
}
