/** Every part of the platform in one process, put together from the database up. */
import type { Gateway } from '@stormops/gateway'
import type { HttpServer } from '@stormops/gateway/http/server'
import type { Clock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import { openGatewayServer } from './gateway-server.ts'
import { openJobWork } from './job-work.ts'
import { databaseReadiness } from './process-readiness.ts'
import { MIGRATIONS, openServices } from './subgraph-services.ts'

export { MIGRATIONS } from './subgraph-services.ts'

export type PlatformOptions = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly home: string
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly introspection: boolean
  /** Where the platform is reached from outside; asked for each time, since a port is known only once it is taken. */
  readonly publicUrl: () => string
}

export type Platform = {
  readonly gateway: Gateway
  readonly http: HttpServer
  readonly connection: ConnectionSettings
  /** Takes no new work, ends what is under way, and closes every connection. */
  readonly close: () => Promise<void>
}

export const openPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { admin, secret, keys, clock, log } = options
  await prepareDatabase(admin, secret, MIGRATIONS)
  const connection = appConnection(admin, secret)
  await assertCatalogue(connection, ['chassis', ...MIGRATIONS.map(({ schema }) => schema)])

  const work = await openJobWork(connection, log)
  const { seal, unseal } = processSeal()
  const services = await openServices({ ...options, connection, queue: work.queue, unseal })
  await work.declare(services)
  await work.start(services)

  const { gateway, http, close } = await openGatewayServer({
    ...options,
    subgraphs: services.map((service) => service.subgraph),
    seal,
    verify: tokenVerifier(keys, clock),
    readiness: () => databaseReadiness(services),
  })
  return {
    gateway,
    http,
    connection,
    close: async () => {
      await close()
      await work.close()
      await Promise.all(services.map((service) => service.close()))
    },
  }
}
