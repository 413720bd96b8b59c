/** What is written of a move in the home cell: how far it is, and who has it in hand. */
import type { ClientBase } from 'pg'
import { HOME_CELL } from '../../database/database.ts'
import { Fault } from '../../fault.ts'
import type { TableSum } from './copy-rows.ts'
import { inTransaction, takenOver } from './residence.ts'

export type MoveState = 'PREPARED' | 'COPYING' | 'FENCED' | 'VERIFIED' | 'SWITCHED' | 'CLEANED' | 'ABANDONED'

export type Move = {
  readonly id: string
  readonly company: string
  readonly from: string
  readonly to: string
  readonly state: MoveState
  readonly run: string
}

/** `caughtUp` are rows that were written while the rest was copied. */
export type MovedTable = TableSum & { readonly caughtUp: number }

const COLUMNS = `id, company, from_cell as "from", to_cell as "to", state, run::text`

/** The key of the lock that a mover holds as long as its connection lives. */
const MOVER_KEY = 4_108

/** False while somebody else moves the company. */
export const takeInHand = async (home: ClientBase, company: string): Promise<boolean> => {
  const { rows } = await home.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(${MOVER_KEY}, hashtext($1)) as taken`,
    [company],
  )
  return rows[0]?.taken === true
}

export const cellOf = async (home: ClientBase, company: string): Promise<string> => {
  const { rows } = await home.query<{ cell: string }>(
    `select cell from chassis.placement where company = $1`,
    [company],
  )
  return rows[0]?.cell ?? HOME_CELL
}

export type WantedMove = { readonly id: string; readonly company: string; readonly to: string }

/** Takes the move up, as a new run, from wherever the last one left it. Throws BAD_INPUT for one that cannot be. */
export const takeUp = (home: ClientBase, { id, company, to }: WantedMove): Promise<Move> =>
  inTransaction(home, async () => {
    const known = await home.query<Move>(
      `update chassis.tenant_move set run = run + 1 where id = $1 returning ${COLUMNS}`,
      [id],
    )
    const [found] = known.rows
    if (found !== undefined) return found
    const from = await cellOf(home, company)
    if (from === to) throw new Fault('BAD_INPUT', `The company lives in the cell ${to} already.`)
    const made = await home.query<Move>(
      `insert into chassis.tenant_move (id, company, from_cell, to_cell, state, run)
       select $1, $2, $3, $4, 'PREPARED',
              -- Later than any run of an earlier move, which the cells remember.
              1 + coalesce((select max(m.run) from chassis.tenant_move m where m.company = $2), 0)
       on conflict do nothing returning ${COLUMNS}`,
      [id, company, from, to],
    )
    const [move] = made.rows
    if (move === undefined) throw new Fault('BAD_INPUT', 'Another move of this company is not over yet.')
    return move
  })

/** Throws when a later run has the move. */
export const advance = async (
  home: ClientBase,
  move: Move,
  state: MoveState,
  tables: readonly MovedTable[] | null = null,
): Promise<void> => {
  const { rowCount } = await home.query(
    `update chassis.tenant_move set state = $3, error = null, tables = coalesce($4::jsonb, tables),
       fenced_at = case when $3 = 'FENCED' then clock_timestamp() else fenced_at end,
       cleaned_at = case when $3 = 'CLEANED' then clock_timestamp() else cleaned_at end,
       ended_at = case when $3 in ('CLEANED', 'ABANDONED') then clock_timestamp() else ended_at end
     where id = $1 and run = $2`,
    [move.id, move.run, state, tables === null ? null : JSON.stringify(tables)],
  )
  if (rowCount !== 1) throw takenOver()
}

/** The one moment at which the company changes its home. */
export const switchOver = (home: ClientBase, move: Move): Promise<void> =>
  inTransaction(home, async () => {
    const { rowCount } = await home.query(
      `update chassis.tenant_move set state = 'SWITCHED', switched_at = clock_timestamp()
        where id = $1 and run = $2 and state = 'VERIFIED'`,
      [move.id, move.run],
    )
    if (rowCount !== 1) throw takenOver()
    await home.query(
      `insert into chassis.placement (company, cell) values ($1, $2)
       on conflict (company) do update set cell = excluded.cell, changed_at = clock_timestamp()`,
      [move.company, move.to],
    )
  })

export const noteFailure = async (home: ClientBase, move: Move, message: string): Promise<void> => {
  await home.query(`update chassis.tenant_move set error = $3 where id = $1 and run = $2`, [
    move.id,
    move.run,
    message,
  ])
}

/** Moves that are not over, the oldest first. */
export const movesUnderWay = async (home: ClientBase): Promise<readonly Move[]> => {
  const { rows } = await home.query<Move>(
    `select ${COLUMNS} from chassis.tenant_move where state not in ('CLEANED', 'ABANDONED') order by started_at, id`,
  )
  return rows
}

/** Whether everybody who began to read the old rows has ended by now. */
export const isLongSwitched = async (home: ClientBase, move: Move, graceMs: number): Promise<boolean> => {
  const { rows } = await home.query(
    `select from chassis.tenant_move
      where id = $1 and state = 'SWITCHED' and switched_at <= clock_timestamp() - make_interval(secs => $2)`,
    [move.id, graceMs / 1_000],
  )
  return rows.length === 1
}
