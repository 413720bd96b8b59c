/**
 * A process that does not migrate looks whether somebody has: it would otherwise find out in the middle of a request
 * that a column or a queue is not there.
 */
import { readdirSync } from 'node:fs'
import pg from 'pg'
import { Fault } from '../fault.ts'
import { clientConfig } from './connection.ts'
import type { ConnectionSettings } from './connection.ts'
import { chassisMigrations, QUEUE_SCHEMA } from './migrate.ts'
import type { MigrationSource } from './migrate.ts'

/** What a process stands on: `queues` are those of the jobs it hands in or does. */
export type NeededSchema = {
  readonly migrations: readonly MigrationSource[]
  readonly queues: readonly string[]
}

/** Throws `Fault` UNAVAILABLE that names what is missing. `owner` is the connection of the tables' owner. */
export const assertCurrentSchema = async (
  owner: ConnectionSettings,
  { migrations, queues }: NeededSchema,
): Promise<void> => {
  const client = new pg.Client(clientConfig(owner))
  try {
    await client.connect()
    const missing = [
      ...(await missingMigrations(client, [chassisMigrations, ...migrations])),
      ...(await missingQueues(client, queues)),
    ]
    if (missing.length > 0) throw notCurrent(missing.join(', '))
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw notCurrent(cause instanceof Error ? cause.message : String(cause), cause)
  } finally {
    await client.end()
  }
}

const notCurrent = (what: string, cause?: unknown): Fault =>
  new Fault(
    'UNAVAILABLE',
    `The database is not ready for this version (${what}). Run \`stormops db migrate\` first.`,
    { cause },
  )

const missingMigrations = async (
  client: pg.Client,
  sources: readonly MigrationSource[],
): Promise<readonly string[]> => {
  const missing: string[] = []
  for (const { schema, directory } of sources) {
    const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [
      `${schema}.migration`,
    ])
    const ran =
      rows[0]?.exists === true
        ? (await client.query<{ name: string }>(`select name from "${schema}".migration`)).rows
        : []
    const names = new Set(ran.map(({ name }) => name))
    const files = readdirSync(directory).filter((file) => file.endsWith('.sql'))
    missing.push(
      ...files
        .map((file) => file.slice(0, -'.sql'.length))
        .filter((name) => !names.has(name))
        .map((name) => `${schema}/${name}`),
    )
  }
  return missing
}

const missingQueues = async (client: pg.Client, queues: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select wanted.name from unnest($1::text[]) as wanted (name)
     where not exists (select from ${QUEUE_SCHEMA}.queue where queue.name = wanted.name)`,
    [queues],
  )
  return rows.map(({ name }) => `the queue ${name}`)
}
