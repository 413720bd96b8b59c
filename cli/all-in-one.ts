/** Every part of the platform in one process, put together from the database up. */
import { join } from 'node:path'
import { createGateway } from '@stormops/gateway'
import type { Gateway } from '@stormops/gateway'
import type { IntrospectionPolicy } from '@stormops/gateway/permissions/introspection'
import { tenantTiers } from '@stormops/gateway/claims/tenant-tiers'
import { createLimits } from '@stormops/gateway/limits/limits'
import type { LimitSettings } from '@stormops/gateway/limits/limits'
import { metricsRegistry } from '@stormops/gateway/metrics'
import { openSharedStore } from '@stormops/gateway/redis'
import { fileRoutes } from '@stormops/gateway/http/file-routes'
import { mailRoutes } from '@stormops/gateway/http/mail-routes'
import { operationCheck } from '@stormops/gateway/persisted/operation-check'
import { partnerPermissions } from '@stormops/gateway/permissions/partner-permissions'
import { readApiSchema } from '@stormops/gateway/persisted/api-schema'
import { createHttpServer } from '@stormops/gateway/http/server'
import type { HttpServer } from '@stormops/gateway/http/server'
import { signInRoutes } from '@stormops/gateway/http/sign-in-routes'
import { bundleCache, bundleDirectory } from '@stormops/gateway/sandbox/bundle'
import type { BundleCache } from '@stormops/gateway/sandbox/bundle'
import { exampleOperations } from '@stormops/gateway/sandbox/example-operations'
import { sandboxRoutes } from '@stormops/gateway/sandbox/sandbox-routes'
import type { SandboxMode } from '@stormops/gateway/sandbox/sandbox-routes'
import { openBilling, migrations as billingMigrations } from '@stormops/billing'
import type { Clock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import type { MigrationSource } from '@stormops/chassis/database/migrate'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { homeSecret } from '@stormops/chassis/home-secret'
import { signTokenUntil, tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { withStanding } from '@stormops/chassis/session-standing'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import { openModels, migrations as modelsMigrations } from '@stormops/models'
import { openOperations } from '@stormops/operations'
import { readSupergraph } from '@stormops/schema/compose.ts'
import { SCHEMA_DIRECTORY, sdlOf } from '@stormops/schema/subgraphs.ts'
import type { SubgraphName } from '@stormops/schema/subgraphs.ts'
import { openSlos, migrations as slosMigrations } from '@stormops/slos'
import { openStorms, migrations as stormsMigrations } from '@stormops/storms'
import { openTenancy, migrations as tenancyMigrations } from '@stormops/tenancy'
import { bearerVerifier } from './bearer-verifier.ts'
import { openMail } from './mail.ts'
import type { MailSettings } from './mail.ts'
import { developmentSignIn } from './development-sign-in.ts'

export const MIGRATIONS: readonly MigrationSource[] = [
  tenancyMigrations,
  billingMigrations,
  modelsMigrations,
  slosMigrations,
  stormsMigrations,
]

export type PlatformOptions = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly home: string
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly introspection: IntrospectionPolicy
  /** Where several gateways count limits together. Default this process counts alone. */
  readonly redisUrl?: string | null
  /** Limits that differ from those of the plans; tests drive one company harder than any plan allows. */
  readonly limits?: LimitSettings
  readonly mail: MailSettings
  /** Default no sandbox. `development` lets whoever opens it on this machine be anybody. */
  readonly sandbox?: { readonly mode: SandboxMode; readonly development: boolean }
  /** Where the platform is reached from outside; asked for each time, since a port is known only once it is taken. */
  readonly publicUrl: () => string
}

export type Platform = {
  readonly gateway: Gateway
  readonly http: HttpServer
  readonly connection: ConnectionSettings
  /** The sandbox's page, which is built while the platform serves already. */
  readonly sandboxBundle: BundleCache
  /** Takes no new work, ends what is under way, and closes every connection. */
  readonly close: () => Promise<void>
}

/** Connections of each subgraph's pool; six pools and the queue stay far below the server's 200. */
const POOL_SIZE = 10

export const openPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { admin, secret, keys, clock, newId, log } = options
  await prepareDatabase(admin, secret, MIGRATIONS)
  const connection = appConnection(admin, secret)
  await assertCatalogue(connection, ['chassis', ...MIGRATIONS.map(({ schema }) => schema)])
  const boss = await openBoss(connection, log)
  const { seal, unseal } = processSeal()
  const queue = createQueue(boss)
  const serviceOptions = (name: SubgraphName): ServiceOptions => ({
    connection,
    poolSize: POOL_SIZE,
    sdl: sdlOf(name),
    queue,
    unseal,
    clock,
    newId,
    log: log.child({ subgraph: name }),
  })
  const files = localFiles(options.home)
  const links = signedLinks(keys, clock)

  const mail = openMail(options.mail, { home: options.home, clock, log, publicUrl: options.publicUrl })
  const apiSchema = readApiSchema()
  let planning: Gateway | null = null
  const tenancy = await openTenancy(serviceOptions('tenancy'), {
    signToken: (claims, expiresAt) => signTokenUntil(keys, claims, clock, expiresAt),
    checkOperation: operationCheck(apiSchema, partnerPermissions(apiSchema, readSupergraph())),
    warmOperation: (document) => void planning?.warm(document),
    sendMail: mail.send,
    publicUrl: options.publicUrl,
    secret: homeSecret(options.home, 'sessions'),
  })
  const billing = await openBilling(serviceOptions('billing'))
  const models = await openModels(serviceOptions('models'))
  const slos = await openSlos(serviceOptions('slos'))
  const operations = await openOperations(serviceOptions('operations'))
  const storms = await openStorms(serviceOptions('storms'), {
    models: models.port,
    files,
    linkTo: async (link, expiresAt) =>
      `${options.publicUrl()}/${link.purpose === 'upload' ? 'uploads' : 'files'}/${await links.sign(link, expiresAt)}`,
  })
  const services: readonly Service[] = [tenancy, billing, models, slos, operations, storms]

  // Every queue is there before anything works, since one subgraph's job may publish an event for another's.
  await declareQueues(
    boss,
    services.flatMap((service) => service.jobs),
  )
  for (const { database, jobs } of services) await startWorking(boss, database, jobs, log)

  const registry = metricsRegistry()
  const shared = await openSharedStore({ url: options.redisUrl ?? null, log, registry })
  const tierOf = tenantTiers({ load: billing.tierOf, log })
  const limits = createLimits({ ...options.limits, shared, tierOf, registry })
  const gateway = await createGateway({
    supergraphSdl: readSupergraph(),
    subgraphs: services.map((service) => service.subgraph),
    seal,
    log,
    clock,
    introspection: options.introspection,
    tierOf,
    limits,
    registry,
    findOperation: tenancy.findOperation,
    onRedis: shared.client === null ? null : shared.attempt,
  })
  planning = gateway
  const sandbox = options.sandbox ?? { mode: 'off', development: false }
  const sandboxBundle = bundleCache({ log, directory: () => bundleDirectory(options.home) })
  const http = await createHttpServer({
    gateway,
    verify: bearerVerifier(withStanding(tokenVerifier(keys, clock), tenancy.sessionStanding), tenancy),
    limits,
    jwks: () => ({ keys: keys.keySet(clock.now()) }),
    log,
    newRequestId: newId,
    readiness: async () => {
      await tenancy.database.withPlatform((tx) => tx.rows('select 1'))
      return { ready: true, checks: { database: 'ok' } }
    },
    secureCookies: () => options.publicUrl().startsWith('https:'),
    routes: async (scope) => {
      await scope.register(async (inner) => fileRoutes(files, links)(inner))
      await scope.register(signInRoutes)
      if (mail.mailbox !== null) await scope.register(mailRoutes(mail.mailbox))
      await scope.register(
        sandboxRoutes({
          mode: sandbox.mode,
          bundle: sandboxBundle,
          examples: exampleOperations(join(SCHEMA_DIRECTORY, 'operations')),
          publicUrl: options.publicUrl,
          development: sandbox.development
            ? developmentSignIn({ gateway, tenancy: tenancy.database, connection, keys, clock, newId, log })
            : null,
        }),
      )
    },
  })
  return {
    gateway,
    http,
    connection,
    sandboxBundle,
    close: async () => {
      await sandboxBundle.stop()
      await http.close()
      await gateway.stop()
      await shared.close()
      await boss.stop({ graceful: true, timeout: JOB_DRAIN_MS })
      await Promise.all(services.map((service) => service.close()))
    },
  }
}

/** What is not done by then is taken over by the next process. */
const JOB_DRAIN_MS = 10_000
