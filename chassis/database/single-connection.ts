/** One connection for one look at a server, outside any pool: whoever looks must not wait behind whoever works. */
import pg from 'pg'
import type { ClientBase } from 'pg'
import { clientConfig } from './connection.ts'
import type { ConnectionSettings } from './connection.ts'

/** Opens it, works, and ends it. Throws what the server says, or that it said nothing in time. */
export const withSingleConnection = async <Result>(
  connection: ConnectionSettings,
  patienceMs: number,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client({
    ...clientConfig(connection),
    application_name: 'stormops looks',
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  })
  // A connection that breaks between two questions says so here as well; the question that follows throws.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}
