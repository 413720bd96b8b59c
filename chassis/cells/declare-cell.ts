/** A database says of itself which cell it is, so that an address that was mixed up is found out before it is used. */
import { ownerTransaction } from '../database/owner-transaction.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { Fault } from '../fault.ts'

export type CellIdentity = { readonly name: string; readonly isHome: boolean }

/** Throws INTERNAL when the database is another cell already. */
export const declareCell = async (owner: ConnectionSettings, { name, isHome }: CellIdentity): Promise<void> =>
  ownerTransaction(owner, async (rows) => {
    await rows(`insert into chassis.cell (name, is_home) values ($1, $2) on conflict (only_row) do nothing`, [
      name,
      isHome,
    ])
    const [found] = await rows<CellIdentity>(`select name, is_home as "isHome" from chassis.cell`)
    if (found?.name !== name || found.isHome !== isHome) {
      throw new Fault(
        'INTERNAL',
        `The database that is named as the cell ${name} is the cell ${found?.name ?? '?'}. Look at DATABASE_URL and CELL_URLS.`,
      )
    }
  })
