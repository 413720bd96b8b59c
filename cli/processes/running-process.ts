/** A part of the platform that runs in a process of its own. It brings nothing up to date; it looks whether somebody has. */
import type { Cells } from '@stormops/chassis/cells/cells'
import type { Config } from '@stormops/chassis/config'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { connectionFromUrl } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCurrentSchema } from '@stormops/chassis/database/current-schema'
import { appConnection, ownerConnection } from '@stormops/chassis/database/migrate'
import { armFailpoints } from '@stormops/chassis/failpoint'
import { Fault } from '@stormops/chassis/fault'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import type { TenantMoves } from '@stormops/tenancy/ports'
import { configuredCells, openCellsOf } from '../cell-databases.ts'
import type { CellAdmin } from '../cell-databases.ts'
import { companyMoves } from '../company-moves.ts'
import { databaseSecret } from '../database-home.ts'
import { processTelemetry } from '../process-telemetry.ts'
import { untilToldToStop } from '../stopping.ts'
import { MIGRATIONS } from '../migrations.ts'
import type { GivenParts } from './given-parts.ts'

export type RunningProcess = {
  readonly url: string
  /** Takes no new work, ends what is under way, and closes every connection. */
  readonly close: () => Promise<void>
}

/**
 * Milliseconds from being told to stop to the end of the process. Requests and jobs have ten seconds of them to end;
 * what runs on is given back with the connections: the database undoes it, and the queue hands the job to the next one.
 */
export const STOP_MS = 15_000

/**
 * Runs until it is told to stop, and ends what is under way, or gives it back. `stopMilliseconds` is null for a process
 * that stops its database too, which is waited for. `name` says in metrics and traces which process it is.
 */
export const runProcess = async (
  config: Config,
  name: string,
  open: (log: Log, telemetry: Telemetry) => Promise<RunningProcess>,
  stopMilliseconds: number | null = STOP_MS,
): Promise<void> => {
  armFailpoints(config.failpoints)
  const told = untilToldToStop()
  const { log, telemetry } = await processTelemetry(config, name)
  const running = await open(log, telemetry)
  log.info({ url: running.url }, 'serving')
  await told
  const close = async (): Promise<void> => {
    await running.close()
    await telemetry.close()
  }
  if (await isClosedInTime(close, stopMilliseconds)) log.info('stopped')
  else log.warn({ afterMs: stopMilliseconds }, 'stopped, and gave back what did not end in time')
  // Node would tidy up by itself, and was seen to turn in circles for good over connections that had been broken.
  process.exit()
}

const isClosedInTime = async (close: () => Promise<void>, milliseconds: number | null): Promise<boolean> => {
  const late = Promise.withResolvers<boolean>()
  const timer = milliseconds === null ? undefined : setTimeout(() => late.resolve(false), milliseconds)
  try {
    return await Promise.race([close().then(() => true), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Milliseconds between saying that it closes and closing. Whoever calls over an open connection within them is told
 * with an answer; a connection that is closed just as it is used would lose a request.
 */
export const NOTICE_MS = 500

export type ProcessDatabase = {
  /** As the app role. */
  readonly connection: ConnectionSettings
  /** As somebody who may create roles and databases. */
  readonly admin: ConnectionSettings
  /** What the passwords of the platform's roles are derived from. */
  readonly secret: string
  /** Throws `Fault` UNAVAILABLE when the database is of another version. */
  readonly check: (jobs: readonly JobHandler[]) => Promise<void>
  /** The databases beside that one, as who may do anything there. */
  readonly cells: readonly CellAdmin[]
  /** Who moves companies to other databases; null where there are none. */
  readonly moves: TenantMoves | null
  /** The databases beside that one; null where there are none. To be closed. */
  readonly openCells: (log: Pick<Log, 'warn'>) => Promise<Cells | null>
}

export const processDatabase = (config: Config, given: GivenParts): ProcessDatabase => {
  const { admin, secret } = given.database ?? namedDatabase(config)
  const connection = appConnection(admin, secret)
  const cells = given.cells ?? configuredCells(config)
  return {
    connection,
    admin,
    secret,
    cells,
    check: async (jobs) => {
      const queues = jobs.map(({ definition }) => definition.name)
      await assertCurrentSchema(ownerConnection(admin, secret), { migrations: MIGRATIONS, queues })
      await assertCatalogue(connection, ['chassis', ...MIGRATIONS.map(({ schema }) => schema)])
    },
    moves: companyMoves({ admin, secret }, cells),
    openCells: (log) => openCellsOf(connection, cells, log),
  }
}

const namedDatabase = (config: Config): NonNullable<GivenParts['database']> => {
  if (config.databaseUrl === null) throw new Fault('INTERNAL', 'This process needs DATABASE_URL.')
  const admin = connectionFromUrl(config.databaseUrl.reveal())
  return { admin, secret: databaseSecret(config, admin) }
}
