/**
 * The same tables on Citus, a PostgreSQL that spreads them over many servers by company. The script follows from the
 * catalogue, which the linter keeps such that a company's id leads every key; what Citus would refuse all the same is
 * listed in it. It was never run: there is no Citus where this was written.
 */
import pg from 'pg'
import type { ClientBase } from 'pg'
import { readCatalogue } from '../database/catalogue-linter-reading.ts'
import type { Catalogue } from '../database/catalogue-linter-reading.ts'
import { ownTables, tenantColumn, tenantTables } from '../database/catalogue-linter-tables.ts'
import { clientConfig } from '../database/connection.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { APP_ROLE } from '../database/roles.ts'

/** `object` stands in the way, and `message` says why and what to do about it. */
export type CitusObstacle = { readonly object: string; readonly message: string }

export type CitusPlan = {
  /** Copied whole to every server. */
  readonly reference: readonly string[]
  readonly distributed: readonly { readonly table: string; readonly column: string }[]
  /** Stay on the coordinator. */
  readonly local: readonly string[]
  readonly obstacles: readonly CitusObstacle[]
}

type Facts = {
  /** Reached through their tables. */
  readonly partitions: ReadonlySet<string>
  /** By table, those that somebody wrote. */
  readonly triggers: readonly { readonly table: string; readonly name: string }[]
}

/** Companies themselves; everything of theirs lies where their row lies. */
const COMPANIES = 'tenancy.tenant'

const PARTITIONS = `select n.nspname || '.' || c.relname as name from pg_class c
  join pg_namespace n on n.oid = c.relnamespace where c.relispartition and n.nspname = any($1)`

const TRIGGERS = `select n.nspname || '.' || c.relname as table, t.tgname as name from pg_trigger t
  join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and not c.relispartition and n.nspname = any($1) order by 1, 2`

export const readCitusPlan = async (client: ClientBase, schemas: readonly string[]): Promise<CitusPlan> => {
  const catalogue = await readCatalogue(client, schemas)
  const partitions = await client.query<{ name: string }>(PARTITIONS, [schemas])
  const triggers = await client.query<Facts['triggers'][number]>(TRIGGERS, [schemas])
  return planOf(catalogue, {
    partitions: new Set(partitions.rows.map(({ name }) => name)),
    triggers: triggers.rows,
  })
}

/** As `readCitusPlan`, over a connection of its own. */
export const citusPlanOf = async (
  owner: ConnectionSettings,
  schemas: readonly string[],
): Promise<CitusPlan> => {
  const client = new pg.Client(clientConfig(owner))
  await client.connect()
  try {
    return await readCitusPlan(client, schemas)
  } finally {
    await client.end()
  }
}

/** Pure. */
export const planOf = (catalogue: Catalogue, { partitions, triggers }: Facts): CitusPlan => {
  const distributed = tenantTables(catalogue)
    .map(({ table, column }) => ({ table: table.name, column }))
    .filter(({ table }) => !partitions.has(table))
    .toSorted((one, other) => Number(other.table === COMPANIES) - Number(one.table === COMPANIES))
  const columns = new Map(distributed.map(({ table, column }) => [table, column]))
  const shared = ownTables(catalogue).filter((table) => tenantColumn(table) === null)
  const targets = new Set(
    catalogue.foreignKeys.filter(({ table }) => columns.has(table)).map(({ target }) => target),
  )
  const isReference = (name: string): boolean =>
    targets.has(name) ||
    catalogue.grants.some(
      ({ object, grantee, privilege }) =>
        object === name && grantee === APP_ROLE && privilege === 'SELECT' && !object.startsWith('chassis.'),
    )
  const reference = shared.map(({ name }) => name).filter(isReference)
  const local = shared.map(({ name }) => name).filter((name) => !isReference(name))
  return {
    reference,
    distributed,
    local,
    obstacles: [
      ...uniqueObstacles(catalogue, columns),
      ...keyObstacles(catalogue, columns, new Set(local)),
      ...triggers
        .filter(({ table }) => columns.has(table))
        .map(({ table, name }) => ({
          object: `${table}.${name}`,
          message:
            'is a trigger, which Citus allows on a distributed table only with citus.enable_unsafe_triggers; it reads and writes rows of its own company alone.',
        })),
    ],
  }
}

type Columns = ReadonlyMap<string, string>

const uniqueObstacles = ({ uniques }: Catalogue, columns: Columns): readonly CitusObstacle[] =>
  uniques
    .filter(({ table, columns: indexed }) => {
      const column = columns.get(table)
      return column !== undefined && !indexed.includes(column)
    })
    .map(({ name }) => ({
      object: name,
      message:
        'is unique over all companies, which no single server of them can promise; keep what it is unique in a reference table.',
    }))

const keyObstacles = (
  { foreignKeys }: Catalogue,
  columns: Columns,
  local: ReadonlySet<string>,
): readonly CitusObstacle[] =>
  foreignKeys.flatMap(({ name, table, columns: from, target, targetColumns: to }): CitusObstacle[] => {
    const [here, there] = [columns.get(table), columns.get(target)]
    if (here === undefined && there !== undefined) {
      return [
        { object: name, message: 'points from a table without a company to one with it; drop it there.' },
      ]
    }
    if (here === undefined) return []
    if (local.has(target)) {
      return [
        { object: name, message: `points to ${target}, which stays on the coordinator; drop it there.` },
      ]
    }
    if (there === undefined) return []
    return from.indexOf(here) >= 0 && from.indexOf(here) === to.indexOf(there)
      ? []
      : [
          {
            object: name,
            message: 'does not tie a company’s row to a row of the same company; drop it there.',
          },
        ]
  })

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** For psql, as the owner of the tables, on the coordinator of an empty Citus that was migrated. */
export const citusScript = ({ reference, distributed, local, obstacles }: CitusPlan): string =>
  [
    '-- Spreads the tables over a Citus cluster by company. Made from the catalogue; never run by its authors.',
    '-- The tables must be migrated and empty. PostgreSQL 18 and a Citus for it are needed.',
    ...(obstacles.length === 0 ? [] : ['', '-- What Citus will not take as it is, to be decided first:']),
    ...obstacles.map(({ object, message }) => `--   ${object} ${message}`),
    '',
    'begin;',
    '',
    '-- The same for every company: a copy on each server.',
    ...reference.map((table) => `select create_reference_table(${quoted(table)});`),
    '',
    '-- A company’s rows of every table lie together on one server.',
    ...distributed.map(({ table, column }) =>
      table === COMPANIES
        ? `select create_distributed_table(${quoted(table)}, ${quoted(column)});`
        : `select create_distributed_table(${quoted(table)}, ${quoted(column)}, colocate_with => ${quoted(COMPANIES)});`,
    ),
    '',
    '-- These stay on the coordinator: people, their sessions, and what the platform keeps of itself.',
    ...local.map((table) => `--   ${table}`),
    '',
    'commit;',
    '',
  ].join('\n')
