/** A part of the platform that runs in a process of its own. It brings nothing up to date; it looks whether somebody has. */
import type { Cells } from '@stormops/chassis/cells/cells'
import type { Config } from '@stormops/chassis/config'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { connectionFromUrl } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCurrentSchema } from '@stormops/chassis/database/current-schema'
import { appConnection, ownerConnection } from '@stormops/chassis/database/migrate'
import { Fault } from '@stormops/chassis/fault'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { TenantMoves } from '@stormops/tenancy/ports'
import { configuredCells, openCellsOf } from '../cell-databases.ts'
import { companyMoves } from '../company-moves.ts'
import { databaseSecret } from '../database-home.ts'
import { untilToldToStop } from '../stopping.ts'
import { MIGRATIONS } from '../subgraph-services.ts'

export type RunningProcess = {
  readonly url: string
  /** Takes no new work, ends what is under way, and closes every connection. */
  readonly close: () => Promise<void>
}

/** Runs until it is told to stop, and ends what is under way. */
export const runProcess = async (log: Log, open: (log: Log) => Promise<RunningProcess>): Promise<void> => {
  const told = untilToldToStop()
  const running = await open(log)
  log.info({ url: running.url }, 'serving')
  await told
  await running.close()
  log.info('stopped')
}

/**
 * Milliseconds between saying that it closes and closing. Whoever calls over an open connection within them is told
 * with an answer; a connection that is closed just as it is used would lose a request.
 */
export const NOTICE_MS = 500

export type ProcessDatabase = {
  /** As the app role. */
  readonly connection: ConnectionSettings
  /** Throws `Fault` UNAVAILABLE when the database is of another version. */
  readonly check: (jobs: readonly JobHandler[]) => Promise<void>
  /** Who moves companies to other databases; null where there are none. */
  readonly moves: TenantMoves | null
  /** The databases beside that one; null where there are none. To be closed. */
  readonly openCells: (log: Pick<Log, 'warn'>) => Promise<Cells | null>
}

export const processDatabase = (config: Config): ProcessDatabase => {
  if (config.databaseUrl === null) throw new Fault('INTERNAL', 'This process needs DATABASE_URL.')
  const admin = connectionFromUrl(config.databaseUrl)
  const secret = databaseSecret(config, admin)
  const connection = appConnection(admin, secret)
  return {
    connection,
    check: async (jobs) => {
      const queues = jobs.map(({ definition }) => definition.name)
      await assertCurrentSchema(ownerConnection(admin, secret), { migrations: MIGRATIONS, queues })
      await assertCatalogue(connection, ['chassis', ...MIGRATIONS.map(({ schema }) => schema)])
    },
    moves: companyMoves({ admin, secret }, configuredCells(config)),
    openCells: (log) => openCellsOf(connection, configuredCells(config), log),
  }
}
