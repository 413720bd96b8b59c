/**
 * The federated part of the gateway: Apollo's planner and server over the subgraphs of this process. What comes in was
 * admitted already; what goes out is data and errors that are still to be masked.
 */
import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { ApolloGateway } from '@apollo/gateway'
import type { GatewayConfig } from '@apollo/gateway'
import { GraphQLError, Kind } from 'graphql'
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import type { Subgraph } from '@stormops/chassis/graphql/subgraph'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { ExecutedResult } from './answer.ts'
import type { AdmittedDocument } from './documents.ts'
import { isToldCode } from './masking.ts'
import type { GatewayMetrics } from './metrics.ts'
import { parsedDocuments } from './parsed-documents.ts'
import { subgraphDataSource } from './subgraph-data-source.ts'
import type { OperationContext } from './subgraph-data-source.ts'

export type FederationOptions = {
  readonly supergraphSdl: string
  readonly subgraphs: readonly Subgraph[]
  readonly log: Log
  readonly clock: Clock
  readonly introspection: boolean
  readonly metrics: GatewayMetrics
  /** Milliseconds one fetch may take. */
  readonly fetchMilliseconds: number
}

export type PlannedOperation = {
  readonly admitted: AdmittedDocument
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
}

export type Federation = {
  /** What clients see of the graph. */
  readonly schema: GraphQLSchema
  readonly run: (operation: PlannedOperation, context: OperationContext) => Promise<ExecutedResult>
  readonly stop: () => Promise<void>
}

type Executor = ApolloGateway['executor']
type ExecutorRequest = Parameters<Executor>[0]

/** Throws when the supergraph does not load or names a subgraph that is not given. */
export const startFederation = async (options: FederationOptions): Promise<Federation> => {
  const planner = createPlanner(options)
  const server = new ApolloServer({
    gateway: planner,
    logger: options.log,
    plugins: SILENCED_PLUGINS,
    csrfPrevention: true,
    introspection: options.introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // The process has one supervisor of signals, and it is not this.
    stopOnTerminationSignals: false,
  })
  await server.start()
  const { schema } = planner
  if (schema === undefined) throw new Fault('INTERNAL', 'The supergraph loaded without a schema.')
  return { schema, run: runner(planner.executor, options.log), stop: () => server.stop() }
}

const SILENCED_PLUGINS = [
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
]

const createPlanner = (options: FederationOptions): ApolloGateway => {
  // Unless told so before it is built, the gateway sends figures of its own to its vendor.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  const { log, clock, fetchMilliseconds, metrics } = options
  const byName = new Map(options.subgraphs.map((subgraph) => [subgraph.name, subgraph]))
  return new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    logger: quieter(log),
    __exposeQueryPlanExperimental: false,
    buildService: ({ name }) => {
      const subgraph = byName.get(name)
      if (subgraph === undefined) {
        throw new Fault('INTERNAL', `The supergraph names the subgraph ${name}, which is not running here.`)
      }
      const record = metrics.fetchesOf(name)
      return subgraphDataSource({
        subgraph,
        parsed: parsedDocuments(),
        log,
        clock,
        fetchMilliseconds,
        record,
      })
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

/**
 * The server loads and ends the planner, but an admitted operation goes straight to the executor: the pipeline of the
 * server would hash, look up, and negotiate again what the stages before have done, and take as long as the plan.
 */
const runner =
  (executor: Executor, log: Log): Federation['run'] =>
  async (operation, context) => {
    const { data, errors = [], extensions } = await planned(executor, requestOf(operation, context, log))
    const { requestId } = context
    if (errors.length === 0 && extensions === undefined) return { data: data ?? null, errors: [] }
    const missing = missingValues(extensions)
    if (missing.length > 0) log.error({ missing, requestId }, 'A value is missing that may not be null.')
    return {
      ...(data === undefined ? {} : { data }),
      errors: [...errors.map((error) => codedError(error, requestId, log)), ...missing],
    }
  }

const requestOf = (operation: PlannedOperation, context: OperationContext, log: Log): ExecutorRequest => {
  const { admitted, query, operationName, variables } = operation
  const request = {
    request: { query, variables, ...(operationName === null ? {} : { operationName }) },
    document: admitted.document,
    queryHash: admitted.hash,
    source: query,
    operationName,
    context,
    logger: log,
    metrics: {},
  }
  // The type has more, for servers whose plugins look at it on the way; the executor reads nothing of that.
  return request as unknown as ExecutorRequest
}

const planned = async (executor: Executor, request: ExecutorRequest): ReturnType<Executor> => {
  try {
    return await executor(request)
  } catch (cause) {
    // The planner counts what an operation could mean over all subgraphs, and stops at a hundred thousand.
    if (!(cause instanceof Error) || !PLAN_TOO_LARGE.test(cause.message)) throw cause
    const message = 'This operation has too many ways to be answered. Ask for less at once.'
    throw new Fault('QUERY_TOO_COMPLEX', message, { cause })
  }
}

const PLAN_TOO_LARGE = /^Number of non-local selections exceeds|^Exceeded maximum recursive selections/

/** Errors of a fetch have their code; the others are variables that do not fit, or something broke and is logged. */
const codedError = (error: GraphQLError, requestId: string, log: Log): GraphQLFormattedError => {
  if (isToldCode(error.extensions['code'])) return error.toJSON()
  if (error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) {
    return { ...error.toJSON(), extensions: { code: 'BAD_USER_INPUT' } }
  }
  log.error({ err: error.originalError ?? error, requestId }, 'An operation broke.')
  return error.toJSON()
}

/** A field that may not be null and is, though no subgraph owned up to an error: the planner only notes it. */
const missingValues = (
  extensions: Readonly<Record<string, unknown>> | undefined,
): readonly GraphQLFormattedError[] => {
  const notes = extensions?.['valueCompletion']
  return Array.isArray(notes)
    ? notes.filter((note) => note instanceof GraphQLError).map((note) => note.toJSON())
    : []
}
