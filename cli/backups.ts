/** The platform's backups: what is backed up, where to, by which jobs, and what is watched of it. */
import { openBackupDesk } from '@stormops/chassis/backup/backup-desk'
import type { BackupDesk, CompaniesSource } from '@stormops/chassis/backup/backup-desk'
import { backupProbes, readBackupFigures } from '@stormops/chassis/backup/backup-figures'
import type { BackupFigures } from '@stormops/chassis/backup/backup-figures'
import { backUpJob, backupHandlers } from '@stormops/chassis/backup/backup-jobs'
import { leadsToNow } from '@stormops/chassis/backup/restore'
import type { RestoredCheck } from '@stormops/chassis/backup/verify'
import type { Clock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCurrentSchema } from '@stormops/chassis/database/current-schema'
import { HOME_CELL, openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import { embeddedDataDirectory } from '@stormops/chassis/database/embedded/supervisor'
import { appConnection, ownerConnection } from '@stormops/chassis/database/migrate'
import { APP_ROLE, OWNER_ROLE } from '@stormops/chassis/database/roles'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Queue } from '@stormops/chassis/jobs/queue'
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { openCompanies } from '@stormops/tenancy'
import type { CellAdmin } from './cell-databases.ts'
import { MIGRATIONS } from './subgraph-services.ts'

export type BackupPlace = {
  readonly root: string
  /** Of the embedded server; null for a server elsewhere. */
  readonly dataDirectory: string | null
}

export type BackupParts = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly place: BackupPlace
  /** The databases beside this one, in which companies live too. Default none. */
  readonly cells?: readonly CellAdmin[] | undefined
  readonly clock: Clock
  readonly log: Log
  /** Default nobody counts or traces. */
  readonly telemetry?: Telemetry
}

export type Backups = {
  readonly desk: BackupDesk
  readonly database: Database
  readonly jobs: readonly JobHandler[]
  readonly probes: readonly PlatformProbe[]
  readonly figures: () => Promise<BackupFigures>
  /** Has a first backup made where none leads to what the database is now, once the platform has settled. */
  readonly beginSoon: (queue: Queue) => void
  readonly close: () => Promise<void>
}

export const backupPlace = (config: Config): BackupPlace => ({
  root: config.backups.directory,
  dataDirectory: config.databaseUrl === null ? embeddedDataDirectory(config.home) : null,
})

/** Long enough that a first start has seeded its demo, and short enough that a day's work is not without a backup. */
const FIRST_BACKUP_AFTER_MS = 300_000

/** One for the line of what became of a backup, one for whoever reads the figures. */
const POOL_SIZE = 2

export const openBackups = async (parts: BackupParts): Promise<Backups> => {
  const { admin, secret, place, clock, log, telemetry, cells = [] } = parts
  const connection = appConnection(admin, secret)
  const database = await openDatabase({
    name: 'backups',
    connection,
    entities: [],
    poolSize: POOL_SIZE,
    telemetry,
  })
  const home = await sourceOf({ name: HOME_CELL, admin, secret }, database)
  const others: OpenSource[] = []
  for (const cell of cells) {
    const where = { connection: appConnection(cell.admin, cell.secret), poolSize: 1 }
    const own = await openDatabase({ ...where, name: `backups ${cell.name}`, entities: [], telemetry })
    others.push(await sourceOf(cell, own))
  }
  const sources = [home, ...others]
  const desk = openBackupDesk({
    ...place,
    admin,
    database,
    sources,
    checks: restoredChecks,
    clock,
    log: log.child({ part: 'backups' }),
  })
  const source = { database, clock, dataDirectory: place.dataDirectory, hasOtherCells: cells.length > 0 }
  let first: NodeJS.Timeout | undefined
  return {
    desk,
    database,
    jobs: backupHandlers(desk),
    probes: backupProbes(source, clock.now()),
    figures: () => readBackupFigures(source),
    beginSoon: (queue) => {
      if (!desk.hasBase || desk.bases().some(({ manifest }) => leadsToNow(place.root, manifest))) return
      first = setTimeout(() => {
        database
          .withTenant(PLATFORM_TENANT_ID, (tx) => queue.enqueue(tx, backUpJob, {}))
          .catch((error: unknown) => log.error({ err: error }, 'the first backup could not be asked for'))
      }, FIRST_BACKUP_AFTER_MS).unref()
    },
    close: async () => {
      clearTimeout(first)
      await Promise.all(sources.map((one) => one.close()))
    },
  }
}

type OpenSource = CompaniesSource & { readonly close: () => Promise<void> }

/** Opens no connection before the first work. */
const sourceOf = async (
  { name: cell, admin, secret }: CellAdmin,
  database: Database,
): Promise<OpenSource> => {
  const companies = await openCompanies(appConnection(admin, secret))
  return {
    cell,
    owner: ownerConnection(admin, secret),
    companies: companies.every,
    database,
    close: async () => {
      await companies.close()
      await database.close()
    },
  }
}

const SCHEMAS = ['chassis', ...MIGRATIONS.map(({ schema }) => schema)]

/** What a refusal says, as findings. */
const refused = async (work: () => Promise<void>): Promise<readonly string[]> => {
  try {
    await work()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/** Companies are kept apart in it, it has every migration, and every audit is whole. */
export const restoredChecks: readonly RestoredCheck[] = [
  (restored) => refused(() => assertCatalogue({ ...restored, user: APP_ROLE }, SCHEMAS)),
  (restored) =>
    refused(() =>
      assertCurrentSchema({ ...restored, user: OWNER_ROLE }, { migrations: MIGRATIONS, queues: [] }),
    ),
  (restored) => wholeAudits(restored),
]

export const wholeAudits: RestoredCheck = async (restored) => {
  const companies = await openCompanies({ ...restored, user: APP_ROLE })
  try {
    return await companies.brokenAudits()
  } finally {
    await companies.close()
  }
}
