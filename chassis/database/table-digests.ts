/** How many rows every table has, and a sum over them that no two different contents share by chance. */
import type { ClientBase } from 'pg'
import { quotedName } from './tenant-tables.ts'

export type TableDigest = { readonly name: string; readonly rows: number; readonly digest: string }

/** Partitions one by one; tables that a crash empties are nobody's record. */
const TABLES = `
  select n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   order by 1`

/** What tables, columns and rules there are, so that a lost column is not taken for an empty one. */
const CATALOGUE = `
  select coalesce(sum(hashtextextended(what, 0)::numeric), 0)::text as digest, count(*)::int as rows from (
    select n.nspname || '.' || c.relname || '.' || a.attname || ':' || format_type(a.atttypid, a.atttypmod)
           || a.attnotnull || c.relrowsecurity || c.relforcerowsecurity || coalesce(c.relacl::text, '') as what
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and a.attnum > 0 and not a.attisdropped
    union all
    select n.nspname || '.' || c.relname || '!' || p.polname || p.polcmd::text || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace) parts`

/** Texts of values depend on these; the sum is over the rows as text. */
const SESSION = `
  set statement_timeout = 0; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601';
  set extra_float_digits = 1; set bytea_output = 'hex'`

export const settleSession = async (client: ClientBase): Promise<void> => {
  await client.query(SESSION)
}

/**
 * Of every table of the connected database, in whatever transaction the client is in; the catalogue comes first, under
 * a name of its own. Needs somebody who sees all rows, and a session that `settleSession` has prepared.
 */
export const tableDigests = async (
  client: ClientBase,
  signal: AbortSignal,
): Promise<readonly TableDigest[]> => {
  const { rows: tables } = await client.query<{ name: string }>(TABLES)
  const { rows: catalogue } = await client.query<{ digest: string; rows: number }>(CATALOGUE)
  const digests: TableDigest[] = catalogue.map((sum) => ({ name: 'catalogue', ...sum }))
  for (const { name } of tables) {
    signal.throwIfAborted()
    const { rows } = await client.query<{ rows: string; digest: string }>(
      `select count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as digest
       from only ${quotedName(name)} t`,
    )
    const [sum] = rows
    if (sum !== undefined) digests.push({ name, rows: Number(sum.rows), digest: sum.digest })
  }
  return digests
}
