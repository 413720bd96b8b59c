/**
 * Every table that holds rows of companies, as the catalogue has it: whoever copies a company, moves it or compares it
 * walks over this list, so that a table that was made yesterday is not forgotten.
 */
import type { ClientBase } from 'pg'
import { Fault } from '../fault.ts'
import { OWNER_ROLE } from './roles.ts'

export type KeyColumn = { readonly name: string; readonly type: string }

export type TenantTable = {
  /** `schema.table`; partitions are reached through their table. */
  readonly name: string
  /** The column that says whose a row is. */
  readonly tenantColumn: string
  /** What has to be copied: columns that are computed from others are not in it. */
  readonly columns: readonly string[]
  readonly key: readonly KeyColumn[]
}

/** A table that is the same for every company, and that rows of companies point to. */
export type SharedTable = {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly KeyColumn[]
  /** Which of its rows are pointed to: by these columns of that table. */
  readonly from: readonly { readonly table: string; readonly pairs: readonly (readonly [string, string])[] }[]
}

export type TenantTables = {
  /** A table comes after those that it points to. */
  readonly tables: readonly TenantTable[]
  readonly shared: readonly SharedTable[]
}

/** The queue keeps jobs of all companies in one table; its rows are of no use elsewhere. */
const QUEUE = 'pgboss'

const COMPANIES = 'tenancy.tenant'

const TABLES = `
  select n.nspname || '.' || c.relname as name,
         case when n.nspname || '.' || c.relname = $3 then 'id'
              when exists (select from pg_attribute a
                            where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
              then 'tenant_id' end as "tenantColumn",
         (select coalesce(json_agg(a.attname order by a.attnum), '[]') from pg_attribute a
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
         (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null))
                                   order by k.place), '[]')
            from pg_index i cross join unnest(i.indkey::smallint[]) with ordinality k(attnum, place)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
           where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and not c.relispartition
     and n.nspowner = $1::regrole and n.nspname <> $2
   order by 1`

const FOREIGN_KEYS = `
  select n.nspname || '.' || t.relname as table, tn.nspname || '.' || target.relname as target,
         (select json_agg(json_build_array(a.attname, b.attname) order by c.place)
            from unnest(k.conkey, k.confkey) with ordinality c(here, there, place)
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.here
            join pg_attribute b on b.attrelid = k.confrelid and b.attnum = c.there) as pairs
    from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
    join pg_class target on target.oid = k.confrelid join pg_namespace tn on tn.oid = target.relnamespace
   where k.contype = 'f' and not t.relispartition and n.nspowner = $1::regrole and n.nspname <> $2
   order by 1, 2`

type TableRow = Omit<TenantTable, 'tenantColumn'> & { readonly tenantColumn: string | null }
type ForeignKey = {
  readonly table: string
  readonly target: string
  readonly pairs: readonly (readonly [string, string])[]
}

/** Any role that may connect can ask. Throws `Fault` INTERNAL for tables that point at each other in a circle. */
export const readTenantTables = async (client: ClientBase): Promise<TenantTables> => {
  const { rows } = await client.query<TableRow>(TABLES, [OWNER_ROLE, QUEUE, COMPANIES])
  const { rows: keys } = await client.query<ForeignKey>(FOREIGN_KEYS, [OWNER_ROLE, QUEUE])
  const tables = rows.flatMap((row) =>
    row.tenantColumn === null ? [] : [{ ...row, tenantColumn: row.tenantColumn }],
  )
  return { tables: inOrder(tables, keys), shared: sharedTables(rows, keys) }
}

const inOrder = <Table extends { readonly name: string }>(
  tables: readonly Table[],
  keys: readonly ForeignKey[],
): readonly Table[] => {
  const ordered: Table[] = []
  let waiting = tables
  while (waiting.length > 0) {
    const isWaiting = (name: string): boolean => waiting.some((table) => table.name === name)
    const ready = waiting.filter(({ name }) =>
      keys.every((key) => key.table !== name || key.target === name || !isWaiting(key.target)),
    )
    if (ready.length === 0) {
      const names = waiting.map(({ name }) => name).join(', ')
      throw new Fault('INTERNAL', `These tables point at each other in a circle: ${names}.`)
    }
    ordered.push(...ready)
    waiting = waiting.filter((table) => !ready.includes(table))
  }
  return ordered
}

/** Reached from tables of companies, over others that are shared too. */
const sharedTables = (rows: readonly TableRow[], keys: readonly ForeignKey[]): readonly SharedTable[] => {
  const shared = rows.filter(({ tenantColumn }) => tenantColumn === null)
  const isTenants = (name: string): boolean =>
    rows.some((row) => row.name === name && row.tenantColumn !== null)
  const reached = new Set<string>()
  const fromReached = (key: ForeignKey): boolean => isTenants(key.table) || reached.has(key.table)
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    for (const key of keys) {
      if (fromReached(key) && shared.some(({ name }) => name === key.target)) reached.add(key.target)
    }
  }
  const found = shared
    .filter(({ name }) => reached.has(name))
    .map(({ name, columns, key: primary }) => ({
      name,
      columns,
      key: primary,
      from: keys
        .filter((key) => key.target === name && fromReached(key))
        .map(({ table, pairs }) => ({ table, pairs })),
    }))
  return inOrder(found, keys)
}

export const quotedName = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')

const TEXT_TYPES: readonly string[] = ['text', 'character varying', 'character']

/** The same order on every server, whatever its collation. */
export const keyOrder = (key: readonly KeyColumn[]): string =>
  key
    .map(({ name, type }) => `${quotedName(name)}${TEXT_TYPES.includes(type) ? ' collate "C"' : ''}`)
    .join(', ')
