/** Databases for companies to live in, on the server of the tests, and what moves companies between them. */
import { ownerConnection } from '@stormops/chassis/database/migrate'
import type { MoveNeeds } from '@stormops/chassis/cells/move/move-company'
import { HOME_CELL } from '@stormops/chassis/database/database'
import type { CellAdmin } from '@stormops/cli/cell-databases'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

export type TestCell = CellAdmin & { readonly database: TestDatabase }

export const aCell = async (name: string): Promise<TestCell> => {
  const database = await cloneDatabase()
  return { name, admin: database.admin, secret: database.secret, database }
}

export const needsOf = (home: TestDatabase, cells: readonly CellAdmin[]): MoveNeeds => ({
  home: HOME_CELL,
  owners: new Map([
    [HOME_CELL, home.owner],
    ...cells.map(({ name, admin, secret }) => [name, ownerConnection(admin, secret)] as const),
  ]),
})
