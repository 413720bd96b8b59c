/** A migrated database for one benchmark, with the settings of production, and gone afterwards whatever happened. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { startEmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import type { EmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import pg from 'pg'

export type BenchDatabase = {
  /** A directory for whatever the benchmark writes. */
  readonly home: string
  /** May do anything, and row security does not bind it: what the hand-written SQL runs with. */
  readonly adminSettings: ConnectionSettings
  readonly admin: pg.Client
  /** What the product connects with. */
  readonly app: ConnectionSettings
  readonly secret: string
}

const SECRET = 'bench'
/** What a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130

export const withBenchDatabase = async <T>(work: (database: BenchDatabase) => Promise<T>): Promise<T> => {
  const home = mkdtempSync(join(tmpdir(), 'stormops-bench-'))
  // Run by root, the database steps down to an account that must reach what is in there.
  chmodSync(home, 0o755)
  let postgres: EmbeddedPostgres | null = null
  const clear = async (): Promise<void> => {
    await postgres?.stop('immediate')
    rmSync(home, { recursive: true, force: true })
  }
  const interrupted = (): void => void clear().finally(() => process.exit(INTERRUPTED))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    postgres = await startEmbeddedPostgres({ home, systemDirectory: home, autoRestart: false })
    return await prepared(home, postgres, work)
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await clear()
  }
}

const prepared = async <T>(
  home: string,
  postgres: EmbeddedPostgres,
  work: (database: BenchDatabase) => Promise<T>,
): Promise<T> => {
  const adminSettings: ConnectionSettings = {
    ...postgres.connection('stormops', postgres.adminUser),
    password: null,
    tls: false,
  }
  await prepareDatabase(adminSettings, SECRET, MIGRATIONS)
  const admin = new pg.Client(clientConfig(adminSettings))
  // The database may end under it when the benchmark is interrupted.
  admin.on('error', () => {})
  await admin.connect()
  try {
    const app = appConnection(adminSettings, SECRET)
    return await work({ home, adminSettings, admin, app, secret: SECRET })
  } finally {
    await admin.end().catch(() => {})
  }
}
