/** The company of a short name, read from the database of this home. */
import { unknownCell } from '@stormops/chassis/cells/cells'
import type { Config } from '@stormops/chassis/config'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { HOME_CELL } from '@stormops/chassis/database/database'
import { appConnection, ownerConnection } from '@stormops/chassis/database/migrate'
import { Fault } from '@stormops/chassis/fault'
import { createLog } from '@stormops/chassis/telemetry/log'
import { findTenant } from '@stormops/tenancy'
import type { Tenant } from '@stormops/tenancy'
import { configuredCells, openCellsOf } from './cell-databases.ts'
import { findDatabaseHome, openDatabaseHome } from './database-home.ts'
import type { DatabaseHome } from './database-home.ts'

/** Works beside a platform that runs, and starts the database for the look when none does. Throws NOT_FOUND. */
export const tenantOfSlug = async (config: Config, slug: string): Promise<Tenant> => {
  const running = findDatabaseHome(config)
  const home = running === null ? await openDatabaseHome(config, createLog('silent')) : null
  const { admin, secret } = running ?? home ?? unreachableHome()
  try {
    const tenant = await findIn(config, appConnection(admin, secret), slug)
    if (tenant === null) throw new Fault('NOT_FOUND', `There is no company with the short name ${slug}.`)
    return tenant
  } finally {
    await home?.stop()
  }
}

const findIn = async (
  config: Config,
  connection: ConnectionSettings,
  slug: string,
): Promise<Tenant | null> => {
  const cells = await openCellsOf(connection, configuredCells(config), createLog('silent'))
  try {
    return await findTenant(connection, slug, cells)
  } finally {
    await cells?.close()
  }
}

/** The owner of the tables that a company is in: those of the cell that it lives in. Throws for one that is not known. */
export const ownerOfTenant = async (
  config: Config,
  home: Pick<DatabaseHome, 'admin' | 'secret'>,
  tenantId: string,
): Promise<ConnectionSettings> => {
  const atHome = ownerConnection(home.admin, home.secret)
  const admins = configuredCells(config)
  const cells = await openCellsOf(appConnection(home.admin, home.secret), admins, createLog('silent'))
  if (cells === null) return atHome
  try {
    const name = await cells.placements.lookUp(tenantId)
    if (name === HOME_CELL) return atHome
    const cell = admins.find((one) => one.name === name)
    if (cell === undefined) throw unknownCell(name)
    return ownerConnection(cell.admin, cell.secret)
  } finally {
    await cells.close()
  }
}

const unreachableHome = (): never => {
  throw new Fault('INTERNAL', 'There is neither a running database nor one that was started.')
}
