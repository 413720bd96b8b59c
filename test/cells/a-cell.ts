/** Databases for companies to live in, on the server of the tests, and what moves companies between them. */
import pg from 'pg'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
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

export const asked = async <Row extends object>(
  where: ConnectionSettings,
  sql: string,
  parameters: unknown[] = [],
): Promise<readonly Row[]> => {
  const client = new pg.Client(clientConfig(where))
  await client.connect()
  try {
    return (await client.query<Row>(sql, parameters)).rows
  } finally {
    await client.end()
  }
}
