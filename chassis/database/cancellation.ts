/**
 * Ends a statement whose answer nobody waits for, in the database too. The driver's own way would send the wish over
 * the transaction's connection, behind the very statement that it is to end; this one has a connection for it.
 */
import type { DatabaseConnection, QueryResult, Transaction } from 'kysely'
import pg from 'pg'
import { clientConfig } from './connection.ts'
import type { ConnectionSettings } from './connection.ts'

export type Cancellation = {
  /**
   * Cancels what the transaction runs once `signal` aborts. The returned function must be awaited before the
   * transaction ends: a wish that arrives later would meet whoever has the connection next.
   */
  readonly watch: (transaction: Transaction<unknown>, signal: AbortSignal) => Promise<() => Promise<void>>
  readonly close: () => Promise<void>
}

export const cancellation = (settings: ConnectionSettings, name: string): Cancellation => {
  let opened: Promise<pg.Client> | null = null
  const forget = (): void => {
    opened = null
  }
  const control = (): Promise<pg.Client> => {
    opened ??= open(settings, name, forget).catch((error: unknown) => {
      forget()
      throw error
    })
    return opened
  }
  const cancel = async (running: DatabaseConnection): Promise<void> => {
    const client = await control()
    try {
      await running.cancelQuery?.((consumer) => consumer(connectionOf(client)))
    } catch {
      // A wish that does not get through leaves the statement to its own timeout, and the next wish to another connection.
      await client.end()
    }
  }
  return {
    watch: async (transaction, signal) => {
      const running = await transaction.getExecutor().provideConnection(async (connection) => {
        await connection.collectSessionInfo?.()
        return connection
      })
      let cancelling: Promise<void> = Promise.resolve()
      const onAbort = (): void => {
        cancelling = cancel(running).catch(() => undefined)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      return async () => {
        signal.removeEventListener('abort', onAbort)
        await cancelling
      }
    },
    close: async () => {
      await (await opened)?.end()
    },
  }
}

const SENT_WITHIN_MS = 2_000

const open = async (settings: ConnectionSettings, name: string, onEnd: () => void): Promise<pg.Client> => {
  const client = new pg.Client({
    ...clientConfig(settings),
    application_name: `stormops ${name} cancels`,
    // The transaction waits for its wish to be sent: where nobody answers, not for long.
    connectionTimeoutMillis: SENT_WITHIN_MS,
    query_timeout: SENT_WITHIN_MS,
  })
  // It may be closed at the other end at any time; the next wish opens another.
  client.on('error', () => undefined).once('end', onEnd)
  await client.connect()
  return client
}

/** As much of a connection as a wish to cancel needs. */
const connectionOf = (client: pg.Client): DatabaseConnection => ({
  executeQuery: async <Row>({ sql }: { readonly sql: string }): Promise<QueryResult<Row>> => {
    await client.query(sql)
    return { rows: [] }
  },
  streamQuery: () => {
    throw new TypeError('A wish to cancel has no rows.')
  },
})
