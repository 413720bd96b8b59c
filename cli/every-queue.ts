/**
 * Queues are made before anybody needs one: an event that is published while nobody has subscribed yet is lost. Only
 * the code of all subgraphs together knows all of them, so they are made where the database is brought up to date.
 */
import { systemClock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import { appConnection } from '@stormops/chassis/database/migrate'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { signingKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { configuredCells, openCellsOf } from './cell-databases.ts'
import type { CellAdmin } from './cell-databases.ts'
import type { DatabaseHome } from './database-home.ts'
import { backupPlace, openBackups } from './backups.ts'
import { openJobWork } from './job-work.ts'
import { processParts } from './process-parts.ts'
import { openServices } from './subgraph-services.ts'

export type EveryDatabase = Pick<DatabaseHome, 'admin' | 'secret'> & {
  /** Default those of the configuration. */
  readonly cells?: readonly CellAdmin[]
}

export const declareEveryQueue = async (
  config: Config,
  { admin, secret, cells: given }: EveryDatabase,
  log: Log,
): Promise<void> => {
  const connection = appConnection(admin, secret)
  const cells = await openCellsOf(connection, given ?? configuredCells(config), log)
  const work = await openJobWork(connection, log, 'sends', undefined, cells?.others)
  const { unseal } = processSeal()
  const keys = await signingKeys(config.home, config.keysDirectory)
  const { all: services } = await openServices(
    processParts(config, { connection, queue: work.queue, unseal, keys, log }),
  )
  const backups = await openBackups({ admin, secret, place: backupPlace(config), clock: systemClock, log })
  try {
    await work.declare([...services, backups])
  } finally {
    await work.close()
    await cells?.close()
    await Promise.all([...services, backups].map((service) => service.close()))
  }
}
