/**
 * Moves a company from one database to another. Its rows are copied while it works on; then it is closed for writing,
 * what it wrote meanwhile is copied too, both sides are compared row by row, and in one transaction its home becomes
 * the other. Whatever ends a mover midway, the next one finds the company with exactly one home: the old one until that
 * transaction, the new one from there on.
 */
import pg from 'pg'
import { clientConfig } from '../../database/connection.ts'
import type { ConnectionSettings } from '../../database/connection.ts'
import { readTenantTables } from '../../database/tenant-tables.ts'
import type { TenantTable } from '../../database/tenant-tables.ts'
import { Fault, tellable } from '../../fault.ts'
import { copyReferenceData } from '../reference-data.ts'
import { assertSameTables, copyRows, removeRows, SAME_TEXT, sumOf } from './copy-rows.ts'
import {
  advance,
  cellOf,
  isLongSwitched,
  noteFailure,
  switchOver,
  takeInHand,
  takeUp,
} from './move-journal.ts'
import type { Move, MovedTable, MoveState, WantedMove } from './move-journal.ts'
import {
  fence,
  forCompany,
  inTransaction,
  leave,
  open,
  residenceOf,
  setResidence,
  waitForWriters,
} from './residence.ts'

export type MoveNeeds = {
  /** Every cell by its name, as the owner, the home cell too. */
  readonly owners: ReadonlyMap<string, ConnectionSettings>
  /** The name of the home cell. */
  readonly home: string
  /** Is told of each state that was reached; what it throws ends the move there. */
  readonly reached?: (state: MoveState, move: Move) => void | Promise<void>
}

/** Milliseconds to wait for transactions that write. A longer one gives the move up; the company works on meanwhile. */
const PATIENCE_MS = 5_000

/** Milliseconds for jobs of the company to end; those that wait wait on meanwhile. */
const JOBS_PATIENCE_MS = 120_000

type Sides = {
  readonly home: pg.Client
  readonly source: pg.Client
  /** A second way to the source, for its snapshot. */
  readonly snapshot: pg.Client
  readonly target: pg.Client
}

/** `in-hand`: somebody else moves the company just now; `over`: the move had ended before. */
export type MoveEnd = 'moved' | 'in-hand' | 'over'

/** Throws what ended the move, after the company is open again. */
export const moveCompany = async (needs: MoveNeeds, wanted: WantedMove): Promise<MoveEnd> =>
  withClients(needs, wanted, async (home, client) => {
    if (!(await takeInHand(home, wanted.company))) return 'in-hand'
    const move = await takeUp(home, wanted)
    if (move.state === 'CLEANED' || move.state === 'ABANDONED') return 'over'
    const sides: Sides = {
      home,
      source: await client(move.from),
      snapshot: await client(move.from),
      target: await client(move.to),
    }
    try {
      if (move.state !== 'SWITCHED') await toTheSwitch(needs, sides, move)
      await settle(sides, move)
      return 'moved'
    } catch (error) {
      await takeBack(sides, move, error)
      throw error
    }
  })

/** Runs everything up to the one transaction that changes the company's home. */
const toTheSwitch = async (needs: MoveNeeds, sides: Sides, move: Move): Promise<void> => {
  const { home, source, target } = sides
  const tell = async (state: MoveState): Promise<void> => needs.reached?.(state, { ...move, state })
  const reached = async (state: MoveState): Promise<void> => {
    await advance(home, move, state)
    await tell(state)
  }
  if (!(await isReadyToSwitch(sides, move))) {
    await reached('PREPARED')
    await open(source, move.company, move.run)
    await copyReferenceData(ownerOf(needs, needs.home), ownerOf(needs, move.to))
    const { tables } = await readTenantTables(source)
    assertSameTables(tables, (await readTenantTables(target)).tables)
    await inTransaction(target, async () => {
      await prepareTarget(target, tables, move)
      await reached('COPYING')
      const since = await copyAll(sides, tables, move)
      await fence(source, move.company, move.run, JOBS_PATIENCE_MS)
      await reached('FENCED')
      await waitForWriters(source, move.company, PATIENCE_MS)
      const moved = await catchUpAndCompare(sides, tables, move, since)
      await setResidence(target, move.company, 'ARRIVING', move.run)
      await advance(home, move, 'VERIFIED', moved)
    })
    await tell('VERIFIED')
  }
  await switchOver(home, move)
  await tell('SWITCHED')
}

/**
 * An earlier run has compared both sides and committed the new one, and nobody has opened the old one since: whoever
 * opens it says so with a later run.
 */
const isReadyToSwitch = async ({ source, target }: Sides, move: Move): Promise<boolean> => {
  if (move.state !== 'VERIFIED') return false
  const [here, there] = [await residenceOf(source, move.company), await residenceOf(target, move.company)]
  return here?.state === 'LEAVING' && there?.state === 'ARRIVING' && here.run === there.run
}

/** The key is held until the end: the mover of an earlier run may still be at work here, and is waited for. */
const prepareTarget = async (
  target: pg.Client,
  tables: readonly TenantTable[],
  { company }: Move,
): Promise<void> => {
  await target.query(`select set_config('lock_timeout', $1, true)`, [String(PATIENCE_MS)])
  await target.query('select pg_advisory_xact_lock(chassis.company_key($1))', [company])
  await asCopied(target, company)
  for (const table of tables) await removeRows(target, table, company)
}

/** What triggers did when a row was written first is among the rows that come over; they must not do it again. */
const asCopied = async (client: pg.Client, company: string): Promise<void> => {
  await client.query(`select set_config('session_replication_role', 'replica', true)`)
  await client.query(SAME_TEXT)
  await forCompany(client, company)
}

/** All rows as they were at one moment. Returns the oldest transaction that was not over at it. */
const copyAll = async (
  { snapshot, target }: Sides,
  tables: readonly TenantTable[],
  { company }: Move,
): Promise<string> => {
  await snapshot.query('begin isolation level repeatable read read only')
  await snapshot.query(SAME_TEXT)
  await forCompany(snapshot, company)
  const { rows } = await snapshot.query<{ xmin: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as xmin',
  )
  for (const table of tables) await copyRows(snapshot, target, table, company)
  await snapshot.query('commit')
  return rows[0]?.xmin ?? '0'
}

/** What was written since, and then the proof. Rows that were deleted meanwhile show in it: their table is copied anew. */
const catchUpAndCompare = async (
  { source, target }: Sides,
  tables: readonly TenantTable[],
  { company }: Move,
  since: string,
): Promise<readonly MovedTable[]> =>
  inTransaction(source, async () => {
    await source.query('set transaction isolation level repeatable read, read only')
    await source.query(SAME_TEXT)
    await forCompany(source, company)
    const moved: MovedTable[] = []
    for (const table of tables) {
      let { rows: caughtUp } = await copyRows(source, target, table, company, since)
      const compare = () => Promise.all([source, target].map((client) => sumOf(client, table, company)))
      let [ours, theirs] = await compare()
      if (ours?.hash !== theirs?.hash || ours?.rows !== theirs?.rows) {
        await removeRows(target, table, company)
        caughtUp = (await copyRows(source, target, table, company)).rows
        ;[ours, theirs] = await compare()
      }
      if (ours === undefined || ours.hash !== theirs?.hash || ours.rows !== theirs.rows) {
        throw new Fault('INTERNAL', `The rows of ${table.name} are not the same on both sides.`)
      }
      moved.push({ ...ours, caughtUp })
    }
    return moved
  })

/** From the switch on there is no way back, and every step may be done again. The old side closes before the new opens. */
const settle = async ({ source, target }: Sides, move: Move): Promise<void> => {
  await leave(source, move.company, move.run)
  await open(target, move.company, move.run)
}

/** Before the switch the company is opened where it lives; after it, whoever comes next goes on from there. */
const takeBack = async (sides: Sides, move: Move, error: unknown): Promise<void> => {
  try {
    await noteFailure(sides.home, move, tellable(error))
    if ((await cellOf(sides.home, move.company)) === move.from)
      await open(sides.source, move.company, move.run)
  } catch {
    // The connection is gone, or a later mover has the company: the next run opens it or goes on.
  }
}

/** `in-hand`: as of `MoveEnd`, and nothing was done; `over`: it had switched, or ended, before. */
export type AbandonEnd = 'abandoned' | 'in-hand' | 'over'

/** Gives up a move that has not switched. The company stays where it is, and the other side keeps nothing of it. */
export const abandonMove = (needs: MoveNeeds, wanted: WantedMove): Promise<AbandonEnd> =>
  withClients(needs, wanted, async (home, client) => {
    if (!(await takeInHand(home, wanted.company))) return 'in-hand'
    const move = await takeUp(home, wanted)
    if (move.state === 'SWITCHED' || move.state === 'CLEANED' || move.state === 'ABANDONED') return 'over'
    const [source, target] = [await client(move.from), await client(move.to)]
    const { tables } = await readTenantTables(target)
    await inTransaction(target, async () => {
      await prepareTarget(target, tables, move)
      await setResidence(target, move.company, 'GONE', move.run)
    })
    await open(source, move.company, move.run)
    await advance(home, move, 'ABANDONED')
    return 'abandoned'
  })

/**
 * Takes away what a company left behind, once nobody reads it any more, and proves that nothing of it is there. The
 * home cell keeps the company's own row, hidden, by which its short name stays taken. False where it is too early.
 */
export const cleanMove = (needs: MoveNeeds, wanted: WantedMove, graceMs: number): Promise<boolean> =>
  withClients(needs, wanted, async (home, client) => {
    if (!(await takeInHand(home, wanted.company))) return false
    const move = await takeUp(home, wanted)
    if (!(await isLongSwitched(home, move, graceMs))) return false
    const [source, target] = [await client(move.from), await client(move.to)]
    await settle({ home, source, snapshot: source, target }, move)
    const tables = (await readTenantTables(source)).tables.filter(
      ({ name }) => move.from !== needs.home || name !== 'tenancy.tenant',
    )
    await inTransaction(source, async () => {
      await asCopied(source, move.company)
      for (const table of tables) await removeRows(source, table, move.company)
      for (const table of tables) {
        const { rows } = await sumOf(source, table, move.company)
        if (rows > 0)
          throw new Fault('INTERNAL', `${rows} rows of a company that moved stay in ${table.name}.`)
      }
    })
    await advance(home, move, 'CLEANED')
    await needs.reached?.('CLEANED', { ...move, state: 'CLEANED' })
    return true
  })

const ownerOf = ({ owners }: MoveNeeds, cell: string): ConnectionSettings => {
  const owner = owners.get(cell)
  if (owner === undefined)
    throw new Fault('BAD_INPUT', `There is no cell ${cell}.`, { facts: { field: 'cell' } })
  return owner
}

const withClients = async <T>(
  needs: MoveNeeds,
  { to }: WantedMove,
  work: (home: pg.Client, client: (cell: string) => Promise<pg.Client>) => Promise<T>,
): Promise<T> => {
  ownerOf(needs, to)
  const opened: pg.Client[] = []
  const client = async (cell: string): Promise<pg.Client> => {
    const made = new pg.Client({ ...clientConfig(ownerOf(needs, cell)), application_name: 'stormops moves' })
    // It may be closed at the other end at any time; the statement under way then fails.
    made.on('error', () => undefined)
    opened.push(made)
    await made.connect()
    return made
  }
  try {
    return await work(await client(needs.home), client)
  } finally {
    await Promise.all(opened.map((one) => one.end().catch(() => undefined)))
  }
}
