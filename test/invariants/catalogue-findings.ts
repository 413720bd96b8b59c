/** Tries a change of the migrated database, asks the linter, and takes the change back. */
import { lintCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { clientConfig } from '@stormops/chassis/database/connection'
import { preparingAlone } from '@stormops/chassis/database/roles'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import pg from 'pg'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

export const SCHEMAS = ['chassis', ...MIGRATIONS.map(({ schema }) => schema)]

export type TriedDatabase = {
  readonly database: TestDatabase
  /** May change anything. */
  readonly admin: pg.Client
  /** Findings after the change as rule and object, the order of rules left out. */
  readonly foundAfter: (change: string) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

export const openTriedDatabase = async (): Promise<TriedDatabase> => {
  const database = await cloneDatabase()
  const admin = new pg.Client(clientConfig(database.admin))
  const server = new pg.Client(clientConfig({ ...database.admin, database: 'postgres' }))
  await Promise.all([admin.connect(), server.connect()])
  return {
    database,
    admin,
    // Roles are the server's, and platforms of other test files prepare them when they open.
    foundAfter: (change) =>
      preparingAlone(server, async () => {
        await admin.query('begin')
        try {
          await admin.query(change)
          const findings = await lintCatalogue(admin, SCHEMAS)
          return findings.map(({ rule, object }) => `${rule} ${object}`).toSorted()
        } finally {
          await admin.query('rollback')
        }
      }),
    close: async () => {
      await Promise.all([admin.end(), server.end()])
      await database.close()
    },
  }
}
