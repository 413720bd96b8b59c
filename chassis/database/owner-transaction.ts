/** One transaction as the owner of the tables, for what the platform itself may only read. */
import pg from 'pg'
import { clientConfig } from './connection.ts'
import type { ConnectionSettings } from './connection.ts'

/** Rows of a statement with `$1` parameters. Times come as Date, bigint and numeric as text. */
export type OwnerStatements = <Row extends object>(
  sql: string,
  parameters?: readonly unknown[],
) => Promise<readonly Row[]>

/** Needs the owner's connection. What `work` did is given up when it throws. */
export const ownerTransaction = async <T>(
  owner: ConnectionSettings,
  work: (rows: OwnerStatements) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client(clientConfig(owner))
  await client.connect()
  try {
    await client.query('begin')
    const result = await work(
      async <Row extends object>(sql: string, parameters: readonly unknown[] = []) => {
        const { rows } = await client.query<Row>(sql, [...parameters])
        return rows
      },
    )
    await client.query('commit')
    return result
  } finally {
    // What was not committed ends with the connection.
    await client.end()
  }
}
