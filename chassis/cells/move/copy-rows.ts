/**
 * Takes a company's rows from one database to the other. A row travels as PostgreSQL's own text of it, which keeps
 * every value exactly; both sides are compared by a sum over the hashes of these texts, which does not ask for an order.
 */
import type { ClientBase } from 'pg'
import type { TenantTable } from './tenant-tables.ts'

/** What one statement carries over: large enough to be quick, small enough to be in memory a few times. */
const BATCH_BYTES = 4_000_000
const FIRST_BATCH = 20
const LARGEST_BATCH = 5_000

export type Copied = { readonly rows: number }

const quoted = (column: string): string => `"${column.replaceAll('"', '""')}"`

const insertOf = ({ name, columns }: TenantTable): string => `
  insert into ${name} (${columns.map(quoted).join(', ')})
  select ${columns.map((column) => `(x.r).${quoted(column)}`).join(', ')}
    from (select t::${name} as r from unnest($1::text[]) t offset 0) x`

/** The same row may be there already in an older state. */
const removeOf = ({ name, primaryKey }: TenantTable): string => `
  delete from ${name} using (select t::${name} as r from unnest($1::text[]) t offset 0) x
   where (${primaryKey.map((column) => `${name}.${quoted(column)}`).join(', ')})
       = (${primaryKey.map((column) => `(x.r).${quoted(column)}`).join(', ')})`

/**
 * Copies all rows of the company, or those that were written by transactions that were not over at `since`: its
 * oldest transaction, as `pg_snapshot_xmin` says. Both transactions have set `app.tenant_id` to the company.
 */
export const copyRows = async (
  source: ClientBase,
  target: ClientBase,
  table: TenantTable,
  company: string,
  since: string | null = null,
): Promise<Copied> => {
  const { name, key } = table
  const changed = since === null ? '' : `and age(r.xmin) <= age(${BigInt(since) % 4_294_967_296n}::text::xid)`
  await source.query(
    `declare moved no scroll cursor for select r::text as row from ${name} r where r.${key} = '${company}' ${changed}`,
  )
  let rows = 0
  let batch = FIRST_BATCH
  for (;;) {
    const found = (await source.query<{ row: string }>(`fetch ${batch} from moved`)).rows.map(
      ({ row }) => row,
    )
    if (found.length === 0) break
    if (since !== null) await target.query(removeOf(table), [found])
    await target.query(insertOf(table), [found])
    rows += found.length
    const bytes = found.reduce((sum, row) => sum + row.length, 0) / found.length
    batch = Math.min(LARGEST_BATCH, Math.max(1, Math.floor(BATCH_BYTES / bytes)))
  }
  await source.query('close moved')
  return { rows }
}

export type TableSum = { readonly table: string; readonly rows: number; readonly hash: string }

/** Two seeds: what one hash does not tell apart, the other does. */
export const sumOf = async (
  client: ClientBase,
  { name, key }: TenantTable,
  company: string,
): Promise<TableSum> => {
  const { rows } = await client.query<{ rows: string; one: string; other: string }>(
    `select count(*) as rows, coalesce(sum(hashtextextended(r::text, 1)::numeric), 0) as one,
            coalesce(sum(hashtextextended(r::text, 2)::numeric), 0) as other
       from ${name} r where r.${key} = $1`,
    [company],
  )
  const [found] = rows
  return { table: name, rows: Number(found?.rows ?? 0), hash: `${found?.one ?? '0'}:${found?.other ?? '0'}` }
}

/** Row texts look alike only where both sides write times, numbers and bytes alike. */
export const SAME_TEXT = `select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, MDY', true),
  set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
  set_config('bytea_output', 'hex', true)`

export const removeRows = async (
  client: ClientBase,
  { name, key }: TenantTable,
  company: string,
): Promise<number> => (await client.query(`delete from ${name} where ${key} = $1`, [company])).rowCount ?? 0
