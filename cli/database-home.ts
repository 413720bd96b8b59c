/** Where the data lives: a server that is named, or the one that comes with the product. */
import type { Config } from '@stormops/chassis/config'
import { connectionFromUrl } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import {
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
} from '@stormops/chassis/database/embedded/supervisor'
import type { EmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { homeSecret } from '@stormops/chassis/home-secret'
import type { Log } from '@stormops/chassis/telemetry/log'

export const DATABASE_NAME = 'stormops'
const ADMIN_USER = 'postgres'

export type DatabaseHome = {
  /** As somebody who may create roles and databases. */
  readonly admin: ConnectionSettings
  /** What the passwords of the platform's own roles are derived from. */
  readonly secret: string
  readonly embedded: EmbeddedPostgres | null
  readonly stop: () => Promise<void>
}

export const openDatabaseHome = async (config: Config, log: Log): Promise<DatabaseHome> => {
  if (config.databaseUrl !== null) {
    const admin = connectionFromUrl(config.databaseUrl.reveal())
    const secret = databaseSecret(config, admin)
    return { admin, secret, embedded: null, stop: async () => undefined }
  }
  const embedded = await startEmbeddedPostgres({
    home: config.home,
    archive: { root: config.backups.directory, mayMove: !config.backups.isChosen },
    log: (event) => log.info(event, 'embedded database'),
  })
  return {
    admin: socketConnection(embedded.connection(DATABASE_NAME, ADMIN_USER)),
    secret: homeSecret(config.home, 'database'),
    embedded,
    stop: () => embedded.stop('fast'),
  }
}

/** The database that a running platform of this home uses, or null when none runs and none is named. */
export const findDatabaseHome = (config: Config): Omit<DatabaseHome, 'stop' | 'embedded'> | null => {
  if (config.databaseUrl !== null) {
    const admin = connectionFromUrl(config.databaseUrl.reveal())
    return { admin, secret: databaseSecret(config, admin) }
  }
  const address = runningEmbeddedPostgres(config.home)
  return address === null
    ? null
    : {
        admin: socketConnection(address.connection(DATABASE_NAME, ADMIN_USER)),
        secret: homeSecret(config.home, 'database'),
      }
}

/** What the passwords of the platform's roles on a named server are derived from. */
export const databaseSecret = (config: Config, admin: ConnectionSettings): string =>
  // Every process that knows the address of the server derives the same passwords from it.
  admin.password?.reveal() ?? homeSecret(config.home, 'database', config.keysDirectory)

const socketConnection = (socket: {
  host: string
  port: number
  user: string
  database: string
}): ConnectionSettings => ({
  ...socket,
  password: null,
  tls: false,
})
