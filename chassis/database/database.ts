/**
 * The one door to the data. Work runs for one tenant, in one transaction, and PostgreSQL itself refuses every
 * row of another tenant; there is no way through here without naming a tenant or the platform role.
 */
import type { EntitySchema } from '@mikro-orm/core'
import { MikroORM } from '@mikro-orm/postgresql'
import type { EntityManager } from '@mikro-orm/postgresql'
import pg from 'pg'
import type { Pool, PoolClient } from 'pg'
import { cancellation } from './cancellation.ts'
import type { Cancellation } from './cancellation.ts'
import { clientConfig } from './connection.ts'
import type { ConnectionSettings } from './connection.ts'
import { told } from './database-faults.ts'
import { giveBackLost } from './lost-connections.ts'
import { IDENTITY_ROLE, LEDGER_ROLE, PLATFORM_ROLE } from './roles.ts'
import { silentConnections } from './silent-connections.ts'
import type { SilentConnections } from './silent-connections.ts'
import { tenantShares } from './tenant-shares.ts'
import { assertTenantId, identityTxOf, ledgerTxOf, transactionOf, txOf } from './transaction.ts'
import type { IdentityTx, LedgerTx, PlatformTx, Tx } from './transaction.ts'
import { watchedDatabase } from './watched-database.ts'
import type { DatabaseTelemetry } from './watched-database.ts'

export type WorkOptions = {
  readonly readOnly?: boolean
  /** Milliseconds one statement may take; `SQL_DEADLINE_MS` unless bulk work says otherwise. */
  readonly statementTimeoutMs?: number
  /** Ends the statement that is running, in the database too, once nobody waits for what it reads. */
  readonly signal?: AbortSignal
  /** Milliseconds to wait for a row that other work holds; a job may wait longer than a request. */
  readonly lockTimeoutMs?: number
}

export type LedgerOptions = Pick<WorkOptions, 'statementTimeoutMs'>

/** The innermost of the deadlines: client 30 s > gateway 10 s > subgraph 8 s > SQL 5 s. */
export const SQL_DEADLINE_MS = 5_000
/** Imports, scoring and measuring go over a million rows in one statement. */
export const BULK_DEADLINE_MS = 600_000

export type Database = {
  readonly withTenant: <T>(
    tenantId: string,
    work: (tx: Tx) => Promise<T>,
    options?: WorkOptions,
  ) => Promise<T>
  readonly withPlatform: <T>(work: (tx: PlatformTx) => Promise<T>) => Promise<T>
  /** The one way to persons, links to sign in, and sessions. */
  readonly withIdentity: <T>(work: (tx: IdentityTx) => Promise<T>) => Promise<T>
  /** Writes for many tenants in one transaction, into the tables whose policies name the ledger role. */
  readonly withLedger: <T>(work: (tx: LedgerTx) => Promise<T>, options?: LedgerOptions) => Promise<T>
  /** A raw client in a tenant's transaction, for streams (COPY, cursors) that an ORM has no words for. */
  readonly withTenantClient: <T>(tenantId: string, work: (client: PoolClient) => Promise<T>) => Promise<T>
  readonly orm: MikroORM
  /**
   * Every cell with companies of its own, the home cell first: itself, where there is one database. Work for all
   * companies goes through them; `withPlatform`, `withLedger` and `withIdentity` above are the home cell's alone.
   */
  readonly cells: readonly CellDatabase[]
  /** The name of the cell in which a company lives, as far as this process knows. */
  readonly cellOf: (tenantId: string) => string
  readonly close: () => Promise<void>
}

/** The way to one cell, whatever lives in it. */
export type CellDatabase = Pick<Database, 'withTenant' | 'withPlatform' | 'withIdentity' | 'withLedger'> & {
  readonly name: string
}

/** What the database is called that `DATABASE_URL` names. */
export const HOME_CELL = 'home'

export type DatabaseOptions = {
  readonly connection: ConnectionSettings
  readonly entities: readonly EntitySchema[]
  readonly poolSize: number
  readonly name: string
  /** Default nobody counts or traces. */
  readonly telemetry?: DatabaseTelemetry | undefined
}

/** The tenant, if it lives here, and the transaction's limits, in the one statement that begins every transaction. */
const ENTER = `select chassis.enter($1, $2), set_config('statement_timeout', $3, true), set_config('lock_timeout', $4, true)`

/** Held by everybody who writes for many companies, so that a move can wait for those who began before it. */
export const LEDGER_KEY = 4_106
const LEDGER_LOCK = `select pg_advisory_xact_lock_shared(${LEDGER_KEY})`

/** Opens no connection before the first work. */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const silences = silentConnections(SQL_DEADLINE_MS)
  const orm = await MikroORM.init({
    entities: [...options.entities],
    // The ORM finds the running transaction by this name: with one name for all, a subgraph that asks another one
    // inside its own transaction would run the other's reads in it.
    contextName: options.name,
    ...ormConnection(options, silences),
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: false,
    colors: false,
    logger: () => undefined,
  })

  const cancels = cancellation(options.connection, options.name)
  const shares = tenantShares(options.poolSize, SQL_DEADLINE_MS)

  /** Statements may take so many milliseconds; what fails is told as whoever asked may be told. */
  const within = <T>(statementTimeoutMs: number, transaction: () => Promise<T>): Promise<T> =>
    silences.allow(statementTimeoutMs, transaction).catch((cause: unknown) => Promise.reject(told(cause)))

  // Forks are made of the root and not of whatever transaction happens to run around the call: work for one tenant
  // inside work for another gets a transaction of its own.
  const withTenant: Database['withTenant'] = async (
    tenantId,
    work,
    { readOnly = false, statementTimeoutMs = SQL_DEADLINE_MS, lockTimeoutMs = SQL_DEADLINE_MS, signal } = {},
  ) => {
    assertTenantId(tenantId)
    signal?.throwIfAborted()
    const em = orm.em.fork({ disableContextResolution: true })
    const transaction = () =>
      em.transactional(
        async (inner) => {
          const tx = txOf(inner, tenantId)
          await tx.rows(ENTER, [tenantId, !readOnly, String(statementTimeoutMs), String(lockTimeoutMs)])
          return watched(inner, cancels, signal, () => work(tx))
        },
        { readOnly },
      )
    return shares.run(tenantId, () => within(statementTimeoutMs, transaction))
  }

  const withPlatform: Database['withPlatform'] = async (work) => {
    const em = orm.em.fork({
      disableContextResolution: true,
      session: { variables: { statement_timeout: String(SQL_DEADLINE_MS) }, role: PLATFORM_ROLE },
    })
    return within(SQL_DEADLINE_MS, () =>
      em.transactional((inner) => work(txOf(inner, '')), { readOnly: true }),
    )
  }

  const withIdentity: Database['withIdentity'] = async (work) => {
    const timeout = String(SQL_DEADLINE_MS)
    const em = orm.em.fork({
      disableContextResolution: true,
      session: { variables: { statement_timeout: timeout, lock_timeout: timeout }, role: IDENTITY_ROLE },
    })
    return within(SQL_DEADLINE_MS, () => em.transactional((inner) => work(identityTxOf(inner))))
  }

  const withLedger: Database['withLedger'] = async (work, { statementTimeoutMs = SQL_DEADLINE_MS } = {}) => {
    const em = orm.em.fork({
      disableContextResolution: true,
      session: {
        variables: {
          statement_timeout: String(statementTimeoutMs),
          lock_timeout: String(statementTimeoutMs),
        },
        role: LEDGER_ROLE,
      },
    })
    const transaction = () =>
      em.transactional(async (inner) => {
        const tx = ledgerTxOf(inner)
        await tx.rows(LEDGER_LOCK)
        return work(tx)
      })
    return within(statementTimeoutMs, transaction)
  }

  const withTenantClient: Database['withTenantClient'] = async (tenantId, work) => {
    assertTenantId(tenantId)
    const client = await (await nativePool(orm)).connect()
    try {
      await client.query('begin')
      await client
        .query(`select chassis.enter($1, true), set_config('statement_timeout', $2, true)`, [
          tenantId,
          String(BULK_DEADLINE_MS),
        ])
        .catch((cause: unknown) => Promise.reject(told(cause)))
      const result = await silences.allow(BULK_DEADLINE_MS, () => work(client))
      await client.query('commit')
      client.release()
      return result
    } catch (error) {
      // A stream that broke off leaves the connection in the middle of a message: it is not used again.
      await client.query('rollback').catch(() => undefined)
      client.release(true)
      throw error
    }
  }

  const database: Database = {
    withTenant,
    withPlatform,
    withIdentity,
    withLedger,
    withTenantClient,
    orm,
    cells: [{ name: HOME_CELL, withTenant, withPlatform, withIdentity, withLedger }],
    cellOf: () => HOME_CELL,
    close: async () => {
      await cancels.close()
      await orm.close(true)
    },
  }
  const { name, telemetry } = options
  return telemetry === undefined ? database : watchedDatabase(database, name, telemetry)
}

const watched = async <T>(
  em: EntityManager,
  cancels: Cancellation,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> => {
  if (signal === undefined) return work()
  const unwatch = await cancels.watch(transactionOf(em), signal)
  try {
    return await work()
  } finally {
    await unwatch()
  }
}

const nativePool = async (orm: MikroORM): Promise<Pool> => orm.em.getConnection().getNativeClient()

const ormConnection = ({ connection, poolSize, name }: DatabaseOptions, silences: SilentConnections) => {
  const { host, port, user, password, database, ...driver } = clientConfig(connection)
  return {
    host,
    port,
    user,
    ...(password === undefined ? {} : { password }),
    dbName: database,
    pool: { min: 0, max: poolSize },
    // The driver's own parsers: times as Date, which the ORM would keep as text for its own later parsing.
    driverOptions: {
      ...driver,
      application_name: `stormops ${name}`,
      types: pg.types,
      // Whoever finds no connection within the time of a statement is told so, and is in nobody's way any more.
      connectionTimeoutMillis: SQL_DEADLINE_MS,
      onPoolCreated: (pool: Pool) => {
        giveBackLost(pool)
        silences.watch(pool)
      },
    },
  }
}
