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
import type { GraphQLSchema } from 'graphql'
import type { DiskStanding } from '@stormops/chassis/disk/disk-watch'
import { Fault } from '@stormops/chassis/fault'
import type { Log } from '@stormops/chassis/telemetry/log'
import { readOnlyGatePlugin } from './claims/read-only-gate-plugin.ts'
import type { GatewayContext } from './context.ts'
import { diskRoomPlugin } from './disk-room-plugin.ts'
import { MAX_TOKENS } from './document-guard.ts'
import { documentGuard } from './document-guard-plugin.ts'
import { documentStagesPlugin } from './document-stages-plugin.ts'
import { inTurn } from './in-turn.ts'
import { limitsPlugin } from './limits/limits-plugin.ts'
import type { LimitsPluginOptions } from './limits/limits-plugin.ts'
import { maskingPlugin } from './masking-plugin.ts'
import { operationChoicePlugin } from './operation-choice-plugin.ts'
import { askedDocuments } from './parsed-documents.ts'
import { permissionPlugin } from './permissions/permission-plugin.ts'
import type { PermissionStageOptions } from './permissions/permission-plugin.ts'
import type { ChoiceOptions } from './persisted/chosen-document.ts'
import { persistedPlugin } from './persisted/persisted-plugin.ts'
import type { Planner } from './planner.ts'
import type { StageClock } from './stage-clock.ts'
import { variablesGuardPlugin } from './variables-guard-plugin.ts'

/** Somebody who made twenty mistakes is helped enough by twenty messages. */
const MAX_VALIDATION_ERRORS = 20

export type PipelineOptions = {
  readonly planner: Planner
  readonly persisted: ChoiceOptions
  readonly log: Log
  readonly stages: StageClock
  readonly permissions: PermissionStageOptions
  /** Null where nothing is limited. */
  readonly limits: LimitsPluginOptions | null
  /** Null where nobody looks at the disk. */
  readonly diskStanding: (() => DiskStanding) | null
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
  const { planner, log, stages, permissions, limits, persisted } = options
  const guard = documentGuard()
  let schema: GraphQLSchema | null = null
  const server = new ApolloServer<GatewayContext>({
    gateway: planner,
    logger: withoutUnexpected(log),
    documentStore: askedDocuments(),
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [guard.rule],
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    // Who may introspect is the permission stage's to say.
    introspection: true,
    plugins: [
      ...SILENCED_PLUGINS,
      { serverWillStart: async (started) => void (schema = started.schema) },
      maskingPlugin({ log, introspection: permissions.introspection }),
      documentStagesPlugin(stages),
      guard.plugin,
      ...inTurn(
        [
          { name: 'persisted', plugin: persistedPlugin(persisted) },
          { name: 'operation', plugin: operationChoicePlugin() },
          { name: 'variables', plugin: variablesGuardPlugin() },
          { name: 'permissions', plugin: permissionPlugin(permissions) },
          { name: 'read-only', plugin: readOnlyGatePlugin() },
          ...(options.diskStanding === null
            ? []
            : [{ name: 'disk' as const, plugin: diskRoomPlugin(options.diskStanding) }]),
          ...(limits === null ? [] : [{ name: 'limits' as const, plugin: limitsPlugin(limits) }]),
          ...options.plugins.map((plugin) => ({ name: 'other' as const, plugin })),
        ],
        stages,
      ),
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
