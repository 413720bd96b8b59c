/**
 * Ends a connection that says nothing for longer than its statement may take. PostgreSQL ends a statement that is too
 * slow, and says so; where the network swallows everything nobody says anything, and whoever waits would wait until the
 * operating system gives up, a quarter of an hour later, holding a place in the pool.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Pool, PoolClient } from 'pg'

/** Milliseconds for PostgreSQL to end a statement by itself, and for its word to arrive. */
export const GRACE_MS = 2_500

export type SilentConnections = {
  /** Statements begun within `work` may take so many milliseconds in the database. */
  readonly allow: <T>(statementTimeoutMs: number, work: () => Promise<T>) => Promise<T>
  readonly watch: (pool: Pool) => void
}

/** What nothing else is said of may take `statementTimeoutMs`. */
export const silentConnections = (statementTimeoutMs: number): SilentConnections => {
  const allowed = new AsyncLocalStorage<number>()
  return {
    allow: (milliseconds, work) => allowed.run(milliseconds, work),
    watch: (pool) => {
      pool.on('connect', (client) => endSilent(client, () => allowed.getStore() ?? statementTimeoutMs))
    },
  }
}

/** Streams are left alone: they have no one answer, and whoever reads them may be slow. */
const endSilent = (client: PoolClient, allowedMs: () => number): void => {
  const query = client.query.bind(client)
  const watched = (...given: unknown[]): unknown => {
    const answer: unknown = Reflect.apply(query, undefined, given)
    if (!(answer instanceof Promise)) return answer
    const timer = setTimeout(() => client.connection.stream.destroy(), allowedMs() + GRACE_MS)
    return answer.finally(() => clearTimeout(timer))
  }
  Object.assign(client, { query: watched })
}
