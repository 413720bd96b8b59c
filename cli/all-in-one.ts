/** Every part of the platform in one process, put together from the database up. */
import type { Billing } from '@stormops/billing'
import type { StripeClient } from '@stormops/billing/ports'
import type { Gateway } from '@stormops/gateway'
import { openChangeNews } from '@stormops/gateway/change-news'
import type { HttpServer } from '@stormops/gateway/http/server'
import type { LimitSettings } from '@stormops/gateway/limits/limits'
import type { MeterWriter } from '@stormops/gateway/metering/metered-operation'
import type { BundleCache } from '@stormops/gateway/sandbox/bundle'
import type { Clock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { diskProbe } from '@stormops/chassis/disk/disk-probe'
import type { DiskWatch } from '@stormops/chassis/disk/disk-watch'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { SigningKeys } from '@stormops/chassis/identity'
import { backupGauges } from '@stormops/chassis/backup/backup-figures'
import type { Log } from '@stormops/chassis/telemetry/log'
import { quietTelemetry } from '@stormops/chassis/telemetry/telemetry'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import type { NewId } from '@stormops/chassis/values/ids'
import { openBackups } from './backups.ts'
import type { BackupPlace, Backups } from './backups.ts'
import { openCellsOf, prepareCells } from './cell-databases.ts'
import type { CellAdmin } from './cell-databases.ts'
import { companyMoves } from './company-moves.ts'
import { pauseForRoom } from './disk.ts'
import { openGatewayServer } from './gateway-server.ts'
import type { GatewaySettings } from './gateway-settings.ts'
import { openJobWork } from './job-work.ts'
import { openMail } from './mail.ts'
import type { MailSettings } from './mail.ts'
import { databaseReadiness } from './process-readiness.ts'
import { MIGRATIONS } from './migrations.ts'
import { openServices } from './subgraph-services.ts'

export { MIGRATIONS } from './migrations.ts'

export type PlatformOptions = GatewaySettings & {
  readonly admin: ConnectionSettings
  readonly secret: string
  /** Databases beside that one, which companies may live in. Default none. */
  readonly cells?: readonly CellAdmin[]
  /** Which of them companies on the plan Enterprise go to. Default none. */
  readonly enterpriseCell?: string | null
  readonly home: string
  /** Default the one of the home. */
  readonly keysDirectory?: string
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  /** Of the process. Default one of its own, which traces nothing. */
  readonly telemetry?: Telemetry
  /** Limits that differ from those of the plans; tests drive one company harder than any plan allows. */
  readonly limits?: LimitSettings
  readonly mail: MailSettings
  /** Who is written to of the platform's alerts. Default nobody. */
  readonly operationsMail?: string | null
  /** Default none, and no payment can be taken. */
  readonly stripe?: StripeClient | null
  /** Takes what the gateway counts. Default billing's ledger; null for nothing to be counted. */
  readonly meter?: MeterWriter | null
  /** Where backups go. Default none are made. */
  readonly backups?: BackupPlace
  /** Default nobody looks at the disk. */
  readonly disk?: DiskWatch
  /** Where the platform is reached from outside; asked for each time, since a port is known only once it is taken. */
  readonly publicUrl: () => string
}

export type Platform = {
  readonly gateway: Gateway
  readonly http: HttpServer
  readonly connection: ConnectionSettings
  /** Null where none are made. */
  readonly backups: Backups | null
  /** What is told by Stripe, and compared with it. */
  readonly payments: Billing['payments']
  /** The sandbox's page, which is built while the platform serves already. */
  readonly sandboxBundle: BundleCache
  /** Takes no new work, ends what is under way, and closes every connection. */
  readonly close: () => Promise<void>
}

export const openPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { admin, secret, log, disk, telemetry = quietTelemetry() } = options
  await prepareDatabase(admin, secret, MIGRATIONS)
  const connection = appConnection(admin, secret)
  await assertCatalogue(connection, ['chassis', ...MIGRATIONS.map(({ schema }) => schema)])
  await prepareCells(options, options.cells ?? [], log)
  const cells = await openCellsOf(connection, options.cells ?? [], log)

  const work = await openJobWork(connection, log, 'works', telemetry, cells?.others)
  const { seal, unseal } = processSeal()
  const mail = openMail(options.mail, { ...options, tracer: telemetry.tracer })
  let planning: Gateway | null = null
  const news = openChangeNews({ redisUrl: options.redisUrl?.reveal() ?? null, log })
  const backups =
    options.backups === undefined
      ? null
      : await openBackups({ ...options, telemetry, place: options.backups })
  const services = await openServices({
    ...options,
    connection,
    cells,
    moves: companyMoves(options, options.cells ?? []),
    telemetry,
    probes: [...(backups?.probes ?? []), ...(disk === undefined ? [] : [diskProbe(disk)])],
    queue: work.queue,
    unseal,
    sendMail: mail.send,
    stripe: options.stripe ?? null,
    warmOperation: (document) => void planning?.warm(document),
    tell: news.tell,
  })
  const working = backups === null ? services.all : [...services.all, backups]
  await work.declare(working)
  await work.start(working)
  if (disk !== undefined) pauseForRoom(disk, work, log)
  backups?.beginSoon(work.queue)
  if (backups !== null) backupGauges(telemetry.registry, backups.figures, log)

  const server = await openGatewayServer({
    ...options,
    subgraphs: services.all.map((service) => service.subgraph),
    news,
    seal,
    lookups: services,
    telemetry,
    mailbox: mail.mailbox,
    readiness: () => databaseReadiness(services.all),
  })
  const { gateway, http, sandboxBundle, close } = server
  planning = gateway
  return {
    gateway,
    http,
    connection,
    backups,
    payments: services.billing.payments,
    sandboxBundle,
    close: async () => {
      await close()
      await work.close()
      await backups?.close()
      await Promise.all(services.all.map((service) => service.close()))
      news.close()
      await cells?.close()
    },
  }
}
