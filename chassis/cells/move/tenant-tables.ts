/** Every table that has rows of companies, read from the catalogue, so that no table is forgotten when one moves. */
import type { ClientBase } from 'pg'
import { Fault } from '../../fault.ts'

export type TenantTable = {
  /** With its schema. */
  readonly name: string
  /** The column that says whose a row is. */
  readonly key: string
  /** Those that are written, in their order; the others follow from them. */
  readonly columns: readonly string[]
  readonly primaryKey: readonly string[]
}

/** Partitions are reached through their table. */
const TABLES = `
  select n.nspname || '.' || c.relname as name,
         case when n.nspname || '.' || c.relname = 'tenancy.tenant' then 'id' else 'tenant_id' end as key,
         (select json_agg(a.attname order by a.attnum) from pg_attribute a
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
         (select json_agg(a.attname order by k.place)
            from pg_index i cross join unnest(i.indkey::smallint[]) with ordinality k(attnum, place)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
           where i.indrelid = c.oid and i.indisprimary) as "primaryKey"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and not c.relispartition and c.relowner = current_user::regrole
     and n.nspname <> 'pgboss'
     and (n.nspname || '.' || c.relname = 'tenancy.tenant'
          or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))
   order by 1`

/** Needs the owner's connection. */
export const tenantTablesOf = async (owner: ClientBase): Promise<readonly TenantTable[]> => {
  const { rows } = await owner.query<TenantTable>(TABLES)
  return rows
}

/** Rows go over as text in the order of their columns, so both sides must have the same ones in the same order. */
export const assertSameTables = (here: readonly TenantTable[], there: readonly TenantTable[]): void => {
  if (here.length > 0 && JSON.stringify(here) === JSON.stringify(there)) return
  throw new Fault(
    'UNAVAILABLE',
    'The two databases are not of the same version. Run `stormops db migrate`, then move the company again.',
  )
}
