/** Every subgraph brings its own schema and its own migrations: numbered SQL files, each run once, in order. */
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { Fault } from '../fault.ts'
import { clientConfig } from './connection.ts'
import type { ConnectionSettings } from './connection.ts'
import { secret as secretOf } from '../secret.ts'
import { APP_ROLE, ensureDatabase, ensureRoles, OWNER_ROLE, preparingAlone, rolePassword } from './roles.ts'

/** `schema` is the PostgreSQL schema and the subgraph's name; `directory` holds its `NNN_what.sql` files. */
export type MigrationSource = { readonly schema: string; readonly directory: string }

export const chassisMigrations: MigrationSource = {
  schema: 'chassis',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
}

export const QUEUE_SCHEMA = 'pgboss'

/** Roles, database, schemas and queue, in this order; safe to run again and from several processes at once. */
export const prepareDatabase = async (
  admin: ConnectionSettings,
  secret: string,
  sources: readonly MigrationSource[],
): Promise<readonly string[]> => {
  const server = new pg.Client(clientConfig({ ...admin, database: 'postgres' }))
  await server.connect()
  try {
    await requireVersion(server)
    // Grants and owners of one object cannot be set by two sessions at once, so the whole of it is done alone.
    return await preparingAlone(server, async () => {
      await ensureRoles(server, secret)
      await ensureDatabase(server, admin.database)
      return migrate(ownerConnection(admin, secret), sources)
    })
  } finally {
    await server.end()
  }
}

/** Ids are made by the server's own uuidv7(), which came with this version. */
const LEAST_VERSION = 18

const requireVersion = async (server: pg.Client): Promise<void> => {
  const { rows } = await server.query<{ version: number }>(
    `select current_setting('server_version_num')::int / 10000 as version`,
  )
  const version = rows[0]?.version ?? 0
  if (version < LEAST_VERSION) {
    throw new Fault(
      'UNAVAILABLE',
      `The database server is PostgreSQL ${version}; version ${LEAST_VERSION} or newer is needed.`,
    )
  }
}

export const ownerConnection = (admin: ConnectionSettings, secret: string): ConnectionSettings => ({
  ...admin,
  user: OWNER_ROLE,
  password: secretOf(rolePassword(secret, OWNER_ROLE)),
})

export const appConnection = (admin: ConnectionSettings, secret: string): ConnectionSettings => ({
  ...admin,
  user: APP_ROLE,
  password: secretOf(rolePassword(secret, APP_ROLE)),
})

/** Returns the names of the migrations that ran now. Needs the owner's connection. */
export const migrate = async (
  owner: ConnectionSettings,
  sources: readonly MigrationSource[],
): Promise<readonly string[]> => {
  const client = new pg.Client(clientConfig(owner))
  await client.connect()
  const ran: string[] = []
  try {
    await client.query('revoke create on schema public from public')
    await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`)
    for (const { schema, directory } of [chassisMigrations, ...sources]) {
      const done = await withoutHoldingUp(client, () =>
        runner({
          dbClient: client,
          dir: directory,
          direction: 'up',
          schema,
          createSchema: true,
          migrationsTable: 'migration',
          migrationsSchema: schema,
          advisoryLockMode: 'wait',
          checkOrder: true,
          log: () => undefined,
        }),
      )
      ran.push(...done.map((migration) => `${schema}/${migration.name}`))
    }
    await client.query('select chassis.hide_absent_companies()')
    await migrateQueue(owner, client)
  } finally {
    await client.end()
  }
  return ran
}

/**
 * What changes a table waits until nobody uses it, and meanwhile everybody who comes later waits behind it. So it gives
 * up soon, and comes again: a long statement of somebody's holds up the migration, and not the platform. Sooner than
 * the second after which PostgreSQL looks for deadlocks, so that it is never somebody's request that is ended for one.
 */
const LOCK_TIMEOUT_MS = 400
const BETWEEN_TRIES_MS = 500
/** Longer than a statement of bulk work may take. */
const LOCK_TRIES = 450

/** Migrations run in a transaction each, so one that gave up has done nothing. */
const withoutHoldingUp = async <T>(client: pg.Client, work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isLockTimeout(error) || attempt >= LOCK_TRIES) throw error
      await client.query('rollback')
      await sleep(BETWEEN_TRIES_MS)
    }
  }
}

const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '55P03'

/** The queue's tables belong to the library that made them; the app gets rights on them, nothing more. */
const migrateQueue = async (owner: ConnectionSettings, client: pg.Client): Promise<void> => {
  const boss = new PgBoss({
    ...clientConfig(owner),
    schema: QUEUE_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.stop({ graceful: false })
  await client.query(`
    grant usage on schema ${QUEUE_SCHEMA} to ${APP_ROLE};
    grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${APP_ROLE};
    grant usage on all sequences in schema ${QUEUE_SCHEMA} to ${APP_ROLE};
    grant execute on all functions in schema ${QUEUE_SCHEMA} to ${APP_ROLE};
  `)
}
