import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { ADMIN_USER } from './cluster.ts'
import { clusterDirectory } from './place.ts'
import { postmasterSocket } from './postmaster.ts'
import { PORT } from './socket-directory.ts'

/** As `pg` takes it; the kernel vouches for who connects, so there is no password. */
export interface PostgresConnection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

/** Where a database listens, for the account that started it and for root. */
export interface PostgresAddress {
  readonly socketDirectory: string
  readonly port: number
  readonly adminUser: string
  connection(database: string, user: string): PostgresConnection
  /** `postgresql://user@%2Fsocket%2Fdirectory:5432/database`, which libpq, pg and URL parsers read alike. */
  url(database: string, user: string): string
}

export const addressOf = (socketDirectory: string): PostgresAddress => ({
  socketDirectory,
  port: PORT,
  adminUser: ADMIN_USER,
  connection: (database, user) => ({ host: socketDirectory, port: PORT, user, database }),
  url(database, user) {
    const [host, name, role] = [socketDirectory, database, user].map(encodeURIComponent)
    return `postgresql://${role}@${host}:${PORT}/${name}`
  },
})

/**
 * The database of this home that another process has started and still runs, or null: for a command that wants to
 * look into it while the server holds the home. It may end at any time, as its owner decides.
 */
export function runningEmbeddedPostgres(home: string): PostgresAddress | null {
  if (!existsSync(home)) return null
  const socket = postmasterSocket(join(clusterDirectory(realpathSync(home)), 'data'))
  return socket === null ? null : addressOf(socket)
}

/** Where the data of this home is, whether or not a database runs on it, and whether or not there is any. */
export const embeddedDataDirectory = (home: string): string =>
  join(clusterDirectory(realpathSync(home)), 'data')
