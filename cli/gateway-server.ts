/** The gateway with its HTTP server, over subgraphs of this process or of others. */
import { join } from 'node:path'
import { createGateway } from '@stormops/gateway'
import type { Gateway } from '@stormops/gateway'
import type { ChangeNews, TellChange } from '@stormops/gateway/change-news'
import { tenantTiers } from '@stormops/gateway/claims/tenant-tiers'
import type { TenantTiers } from '@stormops/gateway/claims/tenant-tiers'
import { fileRoutes } from '@stormops/gateway/http/file-routes'
import { mailRoutes } from '@stormops/gateway/http/mail-routes'
import { createHttpServer } from '@stormops/gateway/http/server'
import type { HttpServer, HttpServerOptions } from '@stormops/gateway/http/server'
import { webhookRoutes } from '@stormops/gateway/http/webhook-routes'
import { signInRoutes } from '@stormops/gateway/http/sign-in-routes'
import { createLimits } from '@stormops/gateway/limits/limits'
import type { LimitSettings } from '@stormops/gateway/limits/limits'
import { openMeter } from '@stormops/gateway/metering/meter'
import type { Meter } from '@stormops/gateway/metering/meter'
import type { MeterWriter } from '@stormops/gateway/metering/metered-operation'
import { meteringPlugin } from '@stormops/gateway/metering/metering-plugin'
import type { AskableSubgraph } from '@stormops/gateway/planner'
import { openSharedStore } from '@stormops/gateway/redis'
import { bundleCache, bundleDirectory } from '@stormops/gateway/sandbox/bundle'
import type { BundleCache } from '@stormops/gateway/sandbox/bundle'
import { exampleOperations } from '@stormops/gateway/sandbox/example-operations'
import { sandboxRoutes } from '@stormops/gateway/sandbox/sandbox-routes'
import type { Clock } from '@stormops/chassis/clock'
import { diskMetrics } from '@stormops/chassis/disk/disk-metrics'
import type { DiskWatch } from '@stormops/chassis/disk/disk-watch'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import type { Seal } from '@stormops/chassis/graphql/seal'
import { metricsAccess } from '@stormops/chassis/http/metrics-access'
import type { Readiness } from '@stormops/chassis/http/readiness'
import { unreachable } from '@stormops/chassis/fault'
import { tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Mailbox } from '@stormops/chassis/mail/mail'
import { rememberedStandings, withStanding } from '@stormops/chassis/session-standing'
import type { RememberedStandings } from '@stormops/chassis/session-standing'
import type { Log } from '@stormops/chassis/telemetry/log'
import { quietTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import type { NewId } from '@stormops/chassis/values/ids'
import { readSupergraph } from '@stormops/schema/compose.ts'
import { SCHEMA_DIRECTORY } from '@stormops/schema/subgraphs.ts'
import { bearerVerifier } from './bearer-verifier.ts'
import { developmentSignIn } from './development-sign-in.ts'
import type { GatewaySettings } from './gateway-settings.ts'
import { ledgerMeter } from './ledger-meter.ts'
import { withDisk } from './process-readiness.ts'
import type { Lookups } from './subgraph-services.ts'

export type GatewayServerOptions = GatewaySettings & {
  readonly subgraphs: readonly AskableSubgraph[]
  readonly seal: Seal
  /** Of what is remembered here for a moment. */
  readonly news: Pick<ChangeNews, 'listen'>
  /** Who a bearer is, what a company has published, and which plan it has. */
  readonly lookups: Lookups
  readonly readiness: () => Promise<Readiness>
  readonly home: string
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  /** Of the process. Default one of its own, which traces nothing. */
  readonly telemetry?: Telemetry | undefined
  /** Limits that differ from those of the plans; tests drive one company harder than any plan allows. */
  readonly limits?: LimitSettings
  /** The mails of development; null where mail really leaves. */
  readonly mailbox: Mailbox | null
  readonly publicUrl: () => string
  /** Milliseconds between saying that it closes and closing. Default 0. */
  readonly noticeMilliseconds?: number
  /** Takes what is counted. Default billing's ledger; null for nothing to be counted. */
  readonly meter?: MeterWriter | null
  /** Default nobody looks at the disk. */
  readonly disk?: DiskWatch
}

export type GatewayServer = {
  readonly gateway: Gateway
  readonly http: HttpServer
  /** The sandbox's page, which is built while the gateway serves already. */
  readonly sandboxBundle: BundleCache
  readonly close: () => Promise<void>
}

export const openGatewayServer = async (options: GatewayServerOptions): Promise<GatewayServer> => {
  const { subgraphs, seal, lookups, readiness, keys, clock, newId, log, noticeMilliseconds } = options
  const { tenancy, billing } = lookups
  const { telemetry = quietTelemetry() } = options
  const { registry, tracer } = telemetry
  // What is open when something after it does not start is closed again, or the process would live on without it.
  await using opened = new AsyncDisposableStack()
  const shared = await openSharedStore({ url: options.redisUrl?.reveal() ?? null, log, registry })
  opened.defer(shared.close)
  const tiers = tenantTiers({ load: billing.tierOf, log })
  const { tierOf, freshTierOf } = tiers
  const sessions = rememberedStandings(tenancy.sessionStanding)
  const limits = createLimits({ ...options.limits, shared, tierOf, registry })
  const meter = await meterOf(options, registry)
  if (meter !== null) opened.defer(meter.close)
  const { disk } = options
  if (disk !== undefined) diskMetrics(registry, disk)
  const gateway = await createGateway({
    ...(disk === undefined ? {} : { diskStanding: disk.standing }),
    supergraphSdl: readSupergraph(),
    subgraphs,
    seal,
    log,
    clock,
    introspection: options.introspection,
    tierOf,
    freshTierOf,
    limits,
    registry,
    tracer,
    findOperation: tenancy.findOperation,
    onRedis: shared.client === null ? null : shared.attempt,
    plugins: meter === null ? [] : [meteringPlugin(meter, log)],
  })
  opened.defer(gateway.stop)
  options.news.listen(forgetter({ gateway, tenancy, tiers, sessions }))
  const sandboxBundle = bundleCache({ log, directory: () => bundleDirectory(options.home) })
  const http = await createHttpServer({
    gateway,
    verify: bearerVerifier(withStanding(tokenVerifier(keys, clock), sessions.of), tenancy),
    limits,
    trustProxy: options.trustProxy ?? null,
    jwks: () => ({ keys: keys.keySet(clock.now()) }),
    log,
    newRequestId: newId,
    readiness: disk === undefined ? readiness : async () => withDisk(await readiness(), disk),
    telemetry,
    mayReadMetrics: metricsAccess(options.metricsToken ?? null),
    secureCookies: () => options.publicUrl().startsWith('https:'),
    routes: besideTheGraph(options, gateway, sandboxBundle),
    ...(noticeMilliseconds === undefined ? {} : { noticeMilliseconds }),
  })
  opened.defer(http.close)
  opened.defer(sandboxBundle.stop)
  const all = opened.move()
  return { gateway, http, sandboxBundle, close: () => all.disposeAsync() }
}

type Remembering = {
  readonly gateway: Gateway
  readonly tenancy: Lookups['tenancy']
  readonly tiers: TenantTiers
  readonly sessions: RememberedStandings
}

/** What is not so any more is asked anew when it is needed next. */
const forgetter =
  ({ gateway, tenancy, tiers, sessions }: Remembering): TellChange =>
  (change) => {
    switch (change.kind) {
      case 'plan-changed':
        return tiers.forget(change.tenantId)
      case 'operations-changed':
        return gateway.forgetOperations(change.tenantId)
      case 'session-ended':
        return sessions.forget(change.sessionId)
      case 'access-changed':
        sessions.forgetAll()
        return tenancy.forgetBearers()
      default:
        return unreachable(change)
    }
  }

/** Where operations wait that the ledger has not taken. */
const spoolDirectory = (home: string): string => join(home, 'spool', 'metering')

const meterOf = async (
  options: GatewayServerOptions,
  registry: Telemetry['registry'],
): Promise<Meter | null> => {
  const { meter: writer = ledgerMeter(options.lookups.billing), home, clock, newId, log } = options
  return writer === null
    ? null
    : openMeter({ directory: spoolDirectory(home), writer, clock, newId, log, registry })
}

/** Files, sign-in, the mails of development, and the sandbox. */
const besideTheGraph = (
  options: GatewayServerOptions,
  gateway: Gateway,
  bundle: BundleCache,
): NonNullable<HttpServerOptions['routes']> => {
  const { home, keys, clock, newId, log, mailbox, publicUrl } = options
  const { mode, development } = options.sandbox ?? { mode: 'off', development: false }
  const tenancy = options.lookups.tenancy.database
  return async (scope) => {
    // Files that are sent, and what Stripe tells, which it tells again.
    scope.addHook('onRequest', async ({ method }) => {
      if (method !== 'GET' && method !== 'HEAD') options.disk?.requireRoom()
    })
    await scope.register(async (inner) => fileRoutes(localFiles(home), signedLinks(keys, clock))(inner))
    await scope.register(signInRoutes)
    await scope.register(webhookRoutes(options.lookups.billing.payments.receive))
    if (mailbox !== null) await scope.register(mailRoutes(mailbox))
    await scope.register(
      sandboxRoutes({
        mode,
        bundle,
        examples: exampleOperations(join(SCHEMA_DIRECTORY, 'operations')),
        publicUrl,
        development: development ? developmentSignIn({ gateway, tenancy, keys, clock, newId, log }) : null,
      }),
    )
  }
}
