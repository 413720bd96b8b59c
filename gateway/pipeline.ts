/**
 * The way of an operation: Apollo Server, our stages as its plugins, and after them the plugins of whoever runs the
 * gateway. Nothing is executed beside it.
 */
import { ApolloServer } from '@apollo/server'
import type { ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { NoSchemaIntrospectionCustomRule } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import type { Log } from '@stormops/chassis/telemetry/log'
import { anonymousGatePlugin } from './claims/anonymous-gate-plugin.ts'
import type { GatewayContext } from './context.ts'
import { MAX_TOKENS } from './document-guard.ts'
import { documentGuard } from './document-guard-plugin.ts'
import { inTurn } from './in-turn.ts'
import { maskingPlugin } from './masking-plugin.ts'
import { operationChoicePlugin } from './operation-choice-plugin.ts'
import { askedDocuments } from './parsed-documents.ts'
import type { Planner } from './planner.ts'

/** Somebody who made twenty mistakes is helped enough by twenty messages. */
const MAX_VALIDATION_ERRORS = 20

export type PipelineOptions = {
  readonly planner: Planner
  readonly supergraphSdl: string
  readonly log: Log
  readonly introspection: boolean
  /** They follow ours, in this order. */
  readonly plugins: readonly ApolloServerPlugin<GatewayContext>[]
}

export type Pipeline = {
  readonly server: ApolloServer<GatewayContext>
  /** What clients see of the graph. */
  readonly schema: GraphQLSchema
}

/** Throws when the planner does not load or a plugin does not start. */
export const startPipeline = async (options: PipelineOptions): Promise<Pipeline> => {
  const { planner, supergraphSdl, log, introspection } = options
  const guard = documentGuard()
  let schema: GraphQLSchema | null = null
  const server = new ApolloServer<GatewayContext>({
    gateway: planner,
    logger: withoutUnexpected(log),
    documentStore: askedDocuments(),
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: introspection ? [guard.rule] : [guard.rule, NoSchemaIntrospectionCustomRule],
    // Where the graph's shape is not shown, a hint must not show it name by name.
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: !introspection },
    // The rule above refuses it, in words that name no product.
    introspection: true,
    plugins: [
      ...SILENCED_PLUGINS,
      { serverWillStart: async (started) => void (schema = started.schema) },
      maskingPlugin({ log }),
      guard.plugin,
      ...inTurn([operationChoicePlugin(), anonymousGatePlugin(supergraphSdl), ...options.plugins]),
    ],
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // The process has one supervisor of signals, and it is not this.
    stopOnTerminationSignals: false,
  })
  await server.start()
  if (schema === null) throw new Fault('INTERNAL', 'The supergraph loaded without a schema.')
  return { server, schema }
}

const SILENCED_PLUGINS = [
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
]

/** An unexpected error is logged by whoever asked, with its cause and the number of its request. */
const withoutUnexpected = (log: Log): NonNullable<ApolloServer['logger']> => ({
  debug: (message: unknown) => log.debug(String(message)),
  info: (message: unknown) => log.debug(String(message)),
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown) => {
    const text = String(message)
    if (!text.startsWith('Unexpected error processing request')) log.error(text)
  },
})
