/**
 * The one door to the data. Work runs for one tenant, in one transaction, and PostgreSQL itself refuses every
 * row of another tenant; there is no way through here without naming a tenant or the platform role.
 */
import type { EntitySchema } from '@mikro-orm/core'
import { MikroORM } from '@mikro-orm/postgresql'
import type { EntityManager } from '@mikro-orm/postgresql'
import { CompiledQuery } from 'kysely'
import type { Transaction } from 'kysely'
import pg from 'pg'
import type { Pool, PoolClient } from 'pg'
import { fromKysely } from 'pg-boss'
import type { Db } from 'pg-boss'
import { Fault } from '../fault.ts'
import type { FaultCode } from '../fault.ts'
import { cancellation } from './cancellation.ts'
import type { Cancellation } from './cancellation.ts'
import { clientConfig } from './connection.ts'
import type { ConnectionSettings } from './connection.ts'
import { giveBackLost } from './lost-connections.ts'
import { watchedDatabase } from './watched-database.ts'
import type { DatabaseTelemetry } from './watched-database.ts'
import { APP_ROLE, IDENTITY_ROLE, LEDGER_ROLE, PLATFORM_ROLE } from './roles.ts'
import { tenantShares } from './tenant-shares.ts'

/** A transaction in which only one tenant's rows exist. */
export type Tx = {
  readonly em: EntityManager
  readonly tenantId: string
  /** Rows of a statement with `$1` parameters. Times come as Date, bigint and numeric as text. */
  readonly rows: <Row extends object>(sql: string, parameters?: readonly unknown[]) => Promise<readonly Row[]>
  /** How many rows a statement changed. */
  readonly change: (sql: string, parameters?: readonly unknown[]) => Promise<number>
  /** Lets the job queue write in this very transaction. */
  readonly queue: () => Db
}

/** A transaction across tenants, seeing what policies grant its role; the platform role's only reads. */
export type PlatformTx = Omit<Tx, 'tenantId' | 'queue'>

/** A transaction that writes down for many tenants what they used and owe, and what was done for them, seeing what policies grant its role. */
export type LedgerTx = PlatformTx & {
  /** Lets the job queue write in this very transaction, with the app's rights. */
  readonly queue: () => Db
}

/** A transaction over persons and their sessions, who belong to no tenant, seeing what policies grant its role. */
export type IdentityTx = Omit<Tx, 'tenantId' | 'queue'> & {
  /**
   * Does work of one tenant in this very transaction, with the app's rights and that tenant's rows: the audit line of
   * a sign-in, the job that sends a mail.
   */
  readonly actFor: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>
}

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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const assertTenantId = (tenantId: string): void => {
  if (!UUID.test(tenantId)) throw new Fault('INTERNAL', 'A tenant id must be a UUID.')
}

const BUSY = 'Other work holds what this needs. Try again in a minute.'
const AWAY = 'The database cannot be reached. Try again in a minute.'
const MOVING = 'Your company’s data is being moved. Nothing is lost: try again in a few seconds.'

/** Seconds after which to try again what a move of the company refused. */
const MOVED_SOON = { retryAfterSeconds: 2 }

/** Raised by `chassis.enter`: a company that lives elsewhere, and one that is leaving or arriving. */
export const ELSEWHERE = 'SOC01'
const BEING_MOVED = 'SOC02'

/** What the ledger role is told that writes for a company that is leaving. */
const CLOSED_POLICY = /row-level security policy "open_for_(writing|change|removal)"/

/** What PostgreSQL, or the way to it, says when the same request may succeed a moment later. */
const PASSING_STATES: ReadonlyMap<unknown, { readonly code: FaultCode; readonly message: string }> = new Map([
  ['57014', { code: 'TIMEOUT', message: BUSY }],
  ['55P03', { code: 'UNAVAILABLE', message: BUSY }],
  ['40P01', { code: 'UNAVAILABLE', message: BUSY }],
  ...[
    '57P01',
    '57P02',
    '57P03',
    '08000',
    '08003',
    '08006',
    '08001',
    '53300',
    '55000',
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOENT',
    'EPIPE',
  ].map((state): [string, { code: FaultCode; message: string }] => [
    state,
    { code: 'UNAVAILABLE', message: AWAY },
  ]),
])

/** The driver gives a connection that broke in the middle of a query no code, and neither the wait for one. */
const BROKEN_CONNECTION =
  /^Connection terminated|Client has encountered a connection error|^timeout exceeded when trying to connect/

const UNKEEPABLE = 'A text has a zero character, or half of a character, which cannot be kept.'

/** A zero character in a text or in JSON, or half of a surrogate pair in JSON. */
const isUnkeepableText = (cause: Error): boolean =>
  'code' in cause &&
  (cause.code === '22021' ||
    cause.code === '22P05' ||
    (cause.code === '22P02' && cause.message.includes('type json')))

/** A failure that passes by itself, or is the caller's, as the fault it is; any other as it came. */
export const told = (cause: unknown): Error => {
  if (!(cause instanceof Error)) return new Error(String(cause))
  if (cause instanceof Fault) return cause
  if ('code' in cause && (cause.code === ELSEWHERE || cause.code === BEING_MOVED)) return moving(cause)
  if (CLOSED_POLICY.test(cause.message)) return moving(cause)
  if (isUnkeepableText(cause)) return new Fault('BAD_INPUT', UNKEEPABLE, { cause })
  const passing = 'code' in cause ? PASSING_STATES.get(cause.code) : undefined
  if (passing !== undefined) return new Fault(passing.code, passing.message, { cause })
  return BROKEN_CONNECTION.test(cause.message) ? new Fault('UNAVAILABLE', AWAY, { cause }) : cause
}

const moving = (cause: Error): Fault => new Fault('UNAVAILABLE', MOVING, { cause, facts: MOVED_SOON })

/** Whether the cell itself said that the company does not live in it. */
export const isElsewhere = (error: unknown): boolean =>
  error instanceof Fault &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === ELSEWHERE

const transactionOf = (em: EntityManager): Transaction<unknown> => {
  const kysely = em.getTransactionContext<Transaction<unknown>>()
  if (kysely === undefined) throw new Fault('INTERNAL', 'The transaction has already ended.')
  return kysely
}

const txOf = (em: EntityManager, tenantId: string): Tx => {
  const transaction = (): Transaction<unknown> => transactionOf(em)
  return {
    em,
    tenantId,
    rows: async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
      (await transaction().executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]))).rows,
    change: async (sql, parameters = []) =>
      Number(
        (await transaction().executeQuery(CompiledQuery.raw(sql, [...parameters]))).numAffectedRows ?? 0,
      ),
    queue: () => fromKysely(transaction()),
  }
}

const identityTxOf = (em: EntityManager): IdentityTx => {
  const { rows, change } = txOf(em, '')
  const become = (role: string, tenantId: string) =>
    rows(`select set_config('role', $1, true), set_config('app.tenant_id', $2, true)`, [role, tenantId])
  const enter = (tenantId: string) =>
    rows(`select set_config('role', $1, true), chassis.enter($2, true)`, [APP_ROLE, tenantId])
  return {
    em,
    rows,
    change,
    // What throws leaves the transaction with fewer rights than it had, and ends it.
    actFor: async (tenantId, work) => {
      assertTenantId(tenantId)
      await enter(tenantId)
      const result = await work(txOf(em, tenantId))
      await become(IDENTITY_ROLE, '')
      return result
    },
  }
}

const ledgerTxOf = (em: EntityManager): LedgerTx => {
  const { rows, change } = txOf(em, '')
  const become = (role: string) => rows(`select set_config('role', $1, true)`, [role])
  return {
    em,
    rows,
    change,
    queue: () => {
      const db = fromKysely(transactionOf(em))
      return {
        // What throws leaves the transaction broken, and ends it.
        executeSql: async (text, values) => {
          await become(APP_ROLE)
          const result = await db.executeSql(text, values)
          await become(LEDGER_ROLE)
          return result
        },
      }
    },
  }
}

/** The tenant, if it lives here, and the transaction's limits, in the one statement that begins every transaction. */
const ENTER = `select chassis.enter($1, $2), set_config('statement_timeout', $3, true), set_config('lock_timeout', $4, true)`

/** Held by everybody who writes for many companies, so that a move can wait for those who began before it. */
export const LEDGER_KEY = 4_106
const LEDGER_LOCK = `select pg_advisory_xact_lock_shared(${LEDGER_KEY})`

/** Opens no connection before the first work. */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const orm = await MikroORM.init({
    entities: [...options.entities],
    // The ORM finds the running transaction by this name: with one name for all, a subgraph that asks another one
    // inside its own transaction would run the other's reads in it.
    contextName: options.name,
    ...ormConnection(options),
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: false,
    colors: false,
    logger: () => undefined,
  })

  const cancels = cancellation(options.connection, options.name)
  const shares = tenantShares(options.poolSize, SQL_DEADLINE_MS)

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
    return shares
      .run(tenantId, () =>
        em.transactional(
          async (inner) => {
            const tx = txOf(inner, tenantId)
            await tx.rows(ENTER, [tenantId, !readOnly, String(statementTimeoutMs), String(lockTimeoutMs)])
            return watched(inner, cancels, signal, () => work(tx))
          },
          { readOnly },
        ),
      )
      .catch((cause: unknown) => Promise.reject(told(cause)))
  }

  const withPlatform: Database['withPlatform'] = async (work) => {
    const em = orm.em.fork({
      disableContextResolution: true,
      session: { variables: { statement_timeout: String(SQL_DEADLINE_MS) }, role: PLATFORM_ROLE },
    })
    return em
      .transactional((inner) => work(txOf(inner, '')), { readOnly: true })
      .catch((cause: unknown) => Promise.reject(told(cause)))
  }

  const withIdentity: Database['withIdentity'] = async (work) => {
    const timeout = String(SQL_DEADLINE_MS)
    const em = orm.em.fork({
      disableContextResolution: true,
      session: { variables: { statement_timeout: timeout, lock_timeout: timeout }, role: IDENTITY_ROLE },
    })
    return em
      .transactional((inner) => work(identityTxOf(inner)))
      .catch((cause: unknown) => Promise.reject(told(cause)))
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
    return em
      .transactional(async (inner) => {
        const tx = ledgerTxOf(inner)
        await tx.rows(LEDGER_LOCK)
        return work(tx)
      })
      .catch((cause: unknown) => Promise.reject(told(cause)))
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
      const result = await work(client)
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

const ormConnection = ({ connection, poolSize, name }: DatabaseOptions) => {
  const { database, ssl, ...rest } = clientConfig(connection)
  return {
    ...rest,
    dbName: database,
    pool: { min: 0, max: poolSize },
    // The driver's own parsers: times as Date, which the ORM would keep as text for its own later parsing.
    driverOptions: {
      application_name: `stormops ${name}`,
      types: pg.types,
      // Whoever finds no connection within the time of a statement is told so, and is in nobody's way any more.
      connectionTimeoutMillis: SQL_DEADLINE_MS,
      keepAlive: true,
      onPoolCreated: giveBackLost,
      ...(ssl === undefined ? {} : { ssl }),
    },
  }
}
