/** The databases beside the home cell: how they are reached, brought up to date, and looked at before they are used. */
import { declareCell } from '@stormops/chassis/cells/declare-cell'
import { openCells } from '@stormops/chassis/cells/cells'
import type { Cells } from '@stormops/chassis/cells/cells'
import { copyReferenceData } from '@stormops/chassis/cells/reference-data'
import type { Config } from '@stormops/chassis/config'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { connectionFromUrl } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { HOME_CELL } from '@stormops/chassis/database/database'
import { told } from '@stormops/chassis/database/database-faults'
import { appConnection, ownerConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { Fault } from '@stormops/chassis/fault'
import type { Log } from '@stormops/chassis/telemetry/log'
import { databaseSecret } from './database-home.ts'
import { MIGRATIONS } from './migrations.ts'

/** `admin` may create roles and databases on the cell's server; `secret` is what passwords there are derived from. */
export type CellAdmin = {
  readonly name: string
  readonly admin: ConnectionSettings
  readonly secret: string
}

export const configuredCells = (config: Config): readonly CellAdmin[] =>
  [...config.cellUrls].map(([name, url]) => {
    const admin = connectionFromUrl(url.reveal())
    return { name, admin, secret: databaseSecret(config, admin) }
  })

const SCHEMAS = ['chassis', ...MIGRATIONS.map(({ schema }) => schema)]

/**
 * Migrates the cells, tells each which one it is, and gives it what is the same for every company. Throws for a cell
 * that is another one, or differs from the home cell; one that cannot be reached is said and left.
 */
export const prepareCells = async (
  home: Pick<CellAdmin, 'admin' | 'secret'>,
  cells: readonly CellAdmin[],
  log: Pick<Log, 'warn'>,
): Promise<readonly string[]> => {
  if (cells.length === 0) return []
  const homeOwner = ownerConnection(home.admin, home.secret)
  await declareCell(homeOwner, { name: HOME_CELL, isHome: true })
  const ran: string[] = []
  for (const { name, admin, secret } of cells) {
    await whenReachable(name, log, async () => {
      const migrated = await prepareDatabase(admin, secret, MIGRATIONS)
      const owner = ownerConnection(admin, secret)
      await declareCell(owner, { name, isHome: false })
      await copyReferenceData(homeOwner, owner)
      await assertCatalogue(appConnection(admin, secret), SCHEMAS)
      ran.push(...migrated.map((migration) => `${name}: ${migration}`))
    })
  }
  return ran
}

const whenReachable = async (
  cell: string,
  log: Pick<Log, 'warn'>,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work()
  } catch (error) {
    const cause = told(error)
    if (!(cause instanceof Fault && cause.code === 'UNAVAILABLE')) throw error
    log.warn({ cell, err: error }, 'a cell cannot be reached; its companies wait')
  }
}

/** Null where there is one database. */
export const openCellsOf = (
  home: ConnectionSettings,
  cells: readonly CellAdmin[],
  log: Pick<Log, 'warn'>,
): Promise<Cells | null> =>
  openCells(
    home,
    cells.map(({ name, admin, secret }) => ({ name, connection: appConnection(admin, secret) })),
    log,
  )
