/** Rows as the database keeps them, seen past row security: what the graph says is held against them. */
import { clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import pg from 'pg'

export type Rows = {
  readonly many: <Row extends object>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>
  /** Throws unless there is exactly one. */
  readonly one: <Row extends object>(sql: string, parameters?: readonly unknown[]) => Promise<Row>
  readonly close: () => Promise<void>
}

export const openRows = async (connection: ConnectionSettings): Promise<Rows> => {
  const client = new pg.Client(clientConfig(connection))
  await client.connect()
  const many: Rows['many'] = async <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
    (await client.query<Row>(sql, [...parameters])).rows
  return {
    many,
    one: async (sql, parameters) => {
      const [row, ...more] = await many(sql, parameters)
      if (row === undefined || more.length > 0)
        throw new Error(`${more.length + Number(row !== undefined)} rows`)
      // The rows have the type that the caller gave to `one`.
      return row as never
    },
    close: () => client.end(),
  }
}
