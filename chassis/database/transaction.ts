/** What work does its reads and writes with, and what each role makes of a transaction. */
import type { EntityManager } from '@mikro-orm/postgresql'
import { CompiledQuery } from 'kysely'
import type { Transaction } from 'kysely'
import { fromKysely } from 'pg-boss'
import type { Db } from 'pg-boss'
import { Fault } from '../fault.ts'
import { APP_ROLE, IDENTITY_ROLE, LEDGER_ROLE } from './roles.ts'

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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const assertTenantId = (tenantId: string): void => {
  if (!UUID.test(tenantId)) throw new Fault('INTERNAL', 'A tenant id must be a UUID.')
}

export const transactionOf = (em: EntityManager): Transaction<unknown> => {
  const kysely = em.getTransactionContext<Transaction<unknown>>()
  if (kysely === undefined) throw new Fault('INTERNAL', 'The transaction has already ended.')
  return kysely
}

export const txOf = (em: EntityManager, tenantId: string): Tx => {
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

export const identityTxOf = (em: EntityManager): IdentityTx => {
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

export const ledgerTxOf = (em: EntityManager): LedgerTx => {
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
