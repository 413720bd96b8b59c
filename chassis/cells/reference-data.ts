/**
 * What is the same for every company has to be the same in every cell before one of them may live there: plans, their
 * prices, metrics. The home cell's is what counts; a cell gets the rows that it lacks, and one that differs is refused.
 */
import { ownerTransaction } from '../database/owner-transaction.ts'
import type { OwnerStatements } from '../database/owner-transaction.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { APP_ROLE } from '../database/roles.ts'
import { Fault } from '../fault.ts'

/** Tables without a company of which the app may read every column: `chassis` keeps its own for each cell by itself. */
const SHARED = `
  select c.oid::regclass::text as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and c.relowner = current_user::regrole
     and n.nspname not in ('pgboss', 'public', 'chassis') and c.relname <> 'migration'
     and not c.relrowsecurity and has_table_privilege($1, c.oid, 'SELECT')
   order by (select count(*) from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), 1`

export const copyReferenceData = (home: ConnectionSettings, cell: ConnectionSettings): Promise<void> =>
  ownerTransaction(home, (from) => ownerTransaction(cell, (to) => copyInto(from, to)))

const copyInto = async (from: OwnerStatements, to: OwnerStatements): Promise<void> => {
  for (const { name } of await from<{ name: string }>(SHARED, [APP_ROLE])) {
    // A row as text keeps every value as it is: what is null, and what is a null of JSON.
    const read = `select t::text as row from ${name} t order by 1`
    const theirs = (await from<{ row: string }>(read)).map(({ row }) => row)
    await to(
      `insert into ${name} select (x.r).* from (select t::${name} as r from unnest($1::text[]) t offset 0) x
       on conflict do nothing`,
      [theirs],
    )
    const ours = (await to<{ row: string }>(read)).map(({ row }) => row)
    if (ours.join('\n') !== theirs.join('\n')) {
      throw new Fault(
        'INTERNAL',
        `The table ${name} of a cell is not as in the home cell. Nobody can be moved there until it is.`,
      )
    }
  }
}
