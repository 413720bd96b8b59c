/** The database as its owner, for the few things that the platform itself may not write. */
import type { Config } from '@stormops/chassis/config'
import { ownerConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { ownerTransaction } from '@stormops/chassis/database/owner-transaction'
import type { OwnerStatements } from '@stormops/chassis/database/owner-transaction'
import { createLog } from '@stormops/chassis/telemetry/log'
import { findDatabaseHome, openDatabaseHome } from './database-home.ts'
import { MIGRATIONS } from './migrations.ts'

/**
 * One transaction, which is given up when `work` throws. Works beside a platform that runs, and starts the database
 * and brings it up to date when none does.
 */
export const asDatabaseOwner = async <T>(
  config: Config,
  work: (rows: OwnerStatements) => Promise<T>,
): Promise<T> => {
  const running = findDatabaseHome(config)
  if (running !== null) return ownerTransaction(ownerConnection(running.admin, running.secret), work)
  const home = await openDatabaseHome(config, createLog('silent'))
  try {
    await prepareDatabase(home.admin, home.secret, MIGRATIONS)
    return await ownerTransaction(ownerConnection(home.admin, home.secret), work)
  } finally {
    await home.stop()
  }
}
