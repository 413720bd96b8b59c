/** Moves that nobody has in hand any more: a mover was killed, or the company has switched and left its rows. */
import pg from 'pg'
import { clientConfig } from '../../database/connection.ts'
import { Fault } from '../../fault.ts'
import type { MoveNeeds } from './move-company.ts'
import { movesUnderWay } from './move-journal.ts'
import type { WantedMove } from './move-journal.ts'

/** Each run closes the company for a moment; one that fails so often is for a person. */
const MOST_RUNS = 10n

export type TendedMove = WantedMove & { readonly next: 'clean' | 'go-on' | 'abandon' }

/** The runs of a move are counted from those of the company's moves before it. */
const RUNS_BEFORE = `select coalesce(max(run), 0)::text as runs from chassis.tenant_move
  where company = $1 and id <> $2 and started_at < (select started_at from chassis.tenant_move where id = $2)`

/** The oldest first. */
export const movesToTend = async ({ owners, home }: MoveNeeds): Promise<readonly TendedMove[]> => {
  const owner = owners.get(home)
  if (owner === undefined) throw new Fault('INTERNAL', 'There is no home cell.')
  const client = new pg.Client(clientConfig(owner))
  await client.connect()
  try {
    const tended: TendedMove[] = []
    for (const { id, company, to, state, run } of await movesUnderWay(client)) {
      const { rows } = await client.query<{ runs: string }>(RUNS_BEFORE, [company, id])
      const runs = BigInt(run) - BigInt(rows[0]?.runs ?? 0)
      const next = state === 'SWITCHED' ? 'clean' : runs > MOST_RUNS ? 'abandon' : 'go-on'
      tended.push({ id, company, to, next })
    }
    return tended
  } finally {
    await client.end()
  }
}
