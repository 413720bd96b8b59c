/** Every part of the platform in one process, put together from the database up. */
import type { Billing } from '@stormops/billing'
import type { StripeClient } from '@stormops/billing/ports'
import type { Gateway } from '@stormops/gateway'
import type { HttpServer } from '@stormops/gateway/http/server'
import type { LimitSettings } from '@stormops/gateway/limits/limits'
import type { MeterWriter } from '@stormops/gateway/metering/metered-operation'
import type { BundleCache } from '@stormops/gateway/sandbox/bundle'
import type { Clock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import type { DiskWatch } from '@stormops/chassis/disk/disk-watch'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import { pauseForRoom } from './disk.ts'
import { openGatewayServer } from './gateway-server.ts'
import type { GatewaySettings } from './gateway-settings.ts'
import { openJobWork } from './job-work.ts'
import { openMail } from './mail.ts'
import type { MailSettings } from './mail.ts'
import { databaseReadiness } from './process-readiness.ts'
import { MIGRATIONS, openServices } from './subgraph-services.ts'

export { MIGRATIONS } from './subgraph-services.ts'

export type PlatformOptions = GatewaySettings & {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly home: string
  /** Default the one of the home. */
  readonly keysDirectory?: string
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  /** Limits that differ from those of the plans; tests drive one company harder than any plan allows. */
  readonly limits?: LimitSettings
  readonly mail: MailSettings
  /** Default none, and no payment can be taken. */
  readonly stripe?: StripeClient | null
  /** Takes what the gateway counts. Default billing's ledger; null for nothing to be counted. */
  readonly meter?: MeterWriter | null
  /** Default nobody looks at the disk. */
  readonly disk?: DiskWatch
  /** Where the platform is reached from outside; asked for each time, since a port is known only once it is taken. */
  readonly publicUrl: () => string
}

export type Platform = {
  readonly gateway: Gateway
  readonly http: HttpServer
  readonly connection: ConnectionSettings
  /** What is told by Stripe, and compared with it. */
  readonly payments: Billing['payments']
  /** The sandbox's page, which is built while the platform serves already. */
  readonly sandboxBundle: BundleCache
  /** Takes no new work, ends what is under way, and closes every connection. */
  readonly close: () => Promise<void>
}

export const openPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { admin, secret, log } = options
  await prepareDatabase(admin, secret, MIGRATIONS)
  const connection = appConnection(admin, secret)
  await assertCatalogue(connection, ['chassis', ...MIGRATIONS.map(({ schema }) => schema)])

  const work = await openJobWork(connection, log)
  const { seal, unseal } = processSeal()
  const mail = openMail(options.mail, options)
  let planning: Gateway | null = null
  let forgetPlan: ((tenantId: string) => void) | null = null
  const services = await openServices({
    ...options,
    connection,
    queue: work.queue,
    unseal,
    sendMail: mail.send,
    stripe: options.stripe ?? null,
    warmOperation: (document) => void planning?.warm(document),
    planChanged: (tenantId) => forgetPlan?.(tenantId),
  })
  await work.declare(services.all)
  await work.start(services.all)
  if (options.disk !== undefined) pauseForRoom(options.disk, work, log)

  const server = await openGatewayServer({
    ...options,
    subgraphs: services.all.map((service) => service.subgraph),
    seal,
    lookups: services,
    connection,
    mailbox: mail.mailbox,
    readiness: () => databaseReadiness(services.all),
  })
  const { gateway, http, sandboxBundle, close } = server
  planning = gateway
  forgetPlan = server.forgetPlan
  return {
    gateway,
    http,
    connection,
    payments: services.billing.payments,
    sandboxBundle,
    close: async () => {
      await close()
      await work.close()
      await Promise.all(services.all.map((service) => service.close()))
    },
  }
}
