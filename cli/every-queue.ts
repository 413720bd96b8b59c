/**
 * Queues are made before anybody needs one: an event that is published while nobody has subscribed yet is lost. Only
 * the code of all subgraphs together knows all of them, so they are made where the database is brought up to date.
 */
import type { Config } from '@stormops/chassis/config'
import { appConnection } from '@stormops/chassis/database/migrate'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { signingKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { configuredCells, openCellsOf } from './cell-databases.ts'
import type { DatabaseHome } from './database-home.ts'
import { openJobWork } from './job-work.ts'
import { processParts } from './process-parts.ts'
import { openServices } from './subgraph-services.ts'

export const declareEveryQueue = async (
  config: Config,
  { admin, secret }: Pick<DatabaseHome, 'admin' | 'secret'>,
  log: Log,
): Promise<void> => {
  const connection = appConnection(admin, secret)
  const cells = await openCellsOf(connection, configuredCells(config), log)
  const work = await openJobWork(connection, log, 'sends', cells?.others)
  const { unseal } = processSeal()
  const keys = await signingKeys(config.home, config.keysDirectory)
  const { all: services } = await openServices(
    processParts(config, { connection, queue: work.queue, unseal, keys, log }),
  )
  try {
    await work.declare(services)
  } finally {
    await work.close()
    await cells?.close()
    await Promise.all(services.map((service) => service.close()))
  }
}
