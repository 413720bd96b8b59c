/**
 * Takes a company's rows from one database to the other. A row travels as PostgreSQL's own text of it, which keeps
 * every value exactly; both sides are compared by a sum over the hashes of these texts, which does not ask for an order.
 */
import type { ClientBase } from 'pg'
import { quotedName } from '../../database/tenant-tables.ts'
import type { TenantTable } from '../../database/tenant-tables.ts'
import { Fault } from '../../fault.ts'

/** What one statement carries over: large enough to be quick, small enough to be in memory a few times. */
const BATCH_BYTES = 4_000_000
const FIRST_BATCH = 20
const LARGEST_BATCH = 5_000

export type Copied = { readonly rows: number }

/** Rows go over as text in the order of their columns, so both sides must have the same ones in the same order. */
export const assertSameTables = (here: readonly TenantTable[], there: readonly TenantTable[]): void => {
  if (here.length > 0 && JSON.stringify(here) === JSON.stringify(there)) return
  throw new Fault(
    'UNAVAILABLE',
    'The two databases are not of the same version. Run `stormops db migrate`, then move the company again.',
  )
}

const insertOf = ({ name, columns }: TenantTable): string => `
  insert into ${name} (${columns.map(quotedName).join(', ')})
  select ${columns.map((column) => `(x.r).${quotedName(column)}`).join(', ')}
    from (select t::${name} as r from unnest($1::text[]) t offset 0) x`

/** The same row may be there already in an older state. */
const removeOf = ({ name, key }: TenantTable): string => `
  delete from ${name} using (select t::${name} as r from unnest($1::text[]) t offset 0) x
   where (${key.map((column) => `${name}.${quotedName(column.name)}`).join(', ')})
       = (${key.map((column) => `(x.r).${quotedName(column.name)}`).join(', ')})`

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
  const { name, tenantColumn } = table
  const changed = since === null ? '' : `and age(r.xmin) <= age(${BigInt(since) % 4_294_967_296n}::text::xid)`
  await source.query(
    `declare moved no scroll cursor for select r::text as row from ${name} r where r.${tenantColumn} = '${company}' ${changed}`,
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
  { name, tenantColumn }: TenantTable,
  company: string,
): Promise<TableSum> => {
  const { rows } = await client.query<{ rows: string; one: string; other: string }>(
    `select count(*) as rows, coalesce(sum(hashtextextended(r::text, 1)::numeric), 0) as one,
            coalesce(sum(hashtextextended(r::text, 2)::numeric), 0) as other
       from ${name} r where r.${tenantColumn} = $1`,
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
  { name, tenantColumn }: TenantTable,
  company: string,
): Promise<number> =>
  (await client.query(`delete from ${name} where ${tenantColumn} = $1`, [company])).rowCount ?? 0
