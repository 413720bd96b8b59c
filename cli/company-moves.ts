/** Who moves companies: a process that may go into every database as the owner of its tables. */
import { abandonMove, cleanMove, moveCompany } from '@stormops/chassis/cells/move/move-company'
import type { MoveNeeds } from '@stormops/chassis/cells/move/move-company'
import { movesToTend } from '@stormops/chassis/cells/move/tend-moves'
import { HOME_CELL } from '@stormops/chassis/database/database'
import { ownerConnection } from '@stormops/chassis/database/migrate'
import type { TenantMoves } from '@stormops/tenancy/ports'
import type { CellAdmin } from './cell-databases.ts'

/** Milliseconds after a switch in which somebody may still read the old rows; a request ends long before. */
const READERS_END_MS = 60_000

/** Null where all companies live in one database. */
export const companyMoves = (
  home: Pick<CellAdmin, 'admin' | 'secret'>,
  cells: readonly CellAdmin[],
): TenantMoves | null => {
  if (cells.length === 0) return null
  const needs: MoveNeeds = {
    home: HOME_CELL,
    owners: new Map(
      [{ name: HOME_CELL, ...home }, ...cells].map(({ name, admin, secret }) => [
        name,
        ownerConnection(admin, secret),
      ]),
    ),
  }
  return {
    move: (wanted) => moveCompany(needs, wanted),
    abandon: (wanted) => abandonMove(needs, wanted),
    tend: async (log) => {
      const moved = []
      for (const { next, ...wanted } of await movesToTend(needs)) {
        try {
          if (next === 'clean') await cleanMove(needs, wanted, READERS_END_MS)
          else if (next === 'abandon') await abandonMove(needs, wanted)
          else if ((await moveCompany(needs, wanted)) === 'moved') moved.push(wanted)
        } catch (err) {
          // One that cannot go on now is looked at again in a minute; the others do not wait for it.
          log.warn({ err, move: wanted.id }, 'a move of a company did not go on')
        }
      }
      return moved
    },
  }
}
