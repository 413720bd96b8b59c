/** Where the schema's migrations are, for whoever brings a database up to date and needs nothing else of it. */
import { fileURLToPath } from 'node:url'
import type { MigrationSource } from '@stormops/chassis/database/migrate'

export const migrations: MigrationSource = {
  schema: 'billing',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
}
