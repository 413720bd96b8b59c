/**
 * Where companies live. A process keeps in memory which of them live elsewhere than in the home cell, and looks every
 * second for those that moved. It may be wrong for that second: the cell itself refuses work for a company that does
 * not live in it, and then the placement is read anew.
 */
import pg from 'pg'
import { clientConfig } from '../database/connection.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { HOME_CELL } from '../database/database.ts'
import { PLATFORM_ROLE } from '../database/roles.ts'
import type { Log } from '../telemetry/log.ts'

/** Milliseconds between looks. */
const LOOK_EVERY_MS = 1_000

/** Milliseconds for the home cell to say where a company lives. */
const ANSWERED_WITHIN_MS = 2_000

/** A row is stamped before its transaction commits, and seen only then; no transaction that moves one takes this long. */
const LATE_COMMIT_MS = 30_000

export type Placements = {
  /** As far as this process knows. */
  readonly cellOf: (company: string) => string
  /** As it is written now. Throws when the home cell cannot be asked. */
  readonly lookUp: (company: string) => Promise<string>
  readonly close: () => Promise<void>
}

type Row = { readonly company: string; readonly cell: string; readonly changed_at: Date }

const ALL = `select company, cell, changed_at from chassis.placement where $1::timestamptz is null or changed_at > $1`
const ONE = `select company, cell, changed_at from chassis.placement where company = $1`

/** `home` as the app role. Reads all placements before it returns, and throws when it cannot. */
export const openPlacements = async (
  home: ConnectionSettings,
  log: Pick<Log, 'warn'>,
): Promise<Placements> => {
  const pool = new pg.Pool({
    ...clientConfig(home),
    max: 2,
    application_name: 'stormops placements',
    // Work for a company may be waiting for it.
    connectionTimeoutMillis: ANSWERED_WITHIN_MS,
    query_timeout: ANSWERED_WITHIN_MS,
    // The platform's role reads them; the app has none of its rights until it becomes it.
    options: `-c role=${PLATFORM_ROLE}`,
  })
  // A connection that breaks while nobody uses it is replaced by the next look.
  pool.on('error', () => undefined)
  const known = new Map<string, string>()
  let newest: Date | null = null
  const learn = (rows: readonly Row[]): void => {
    for (const { company, cell, changed_at: changedAt } of rows) {
      known.set(company, cell)
      if (newest === null || changedAt > newest) newest = changedAt
    }
  }
  const look = async (): Promise<void> => {
    const since: Date | null = newest === null ? null : new Date(newest.getTime() - LATE_COMMIT_MS)
    learn((await pool.query<Row>(ALL, [since])).rows)
  }
  await look()
  let looking: Promise<void> = Promise.resolve()
  let couldLook = true
  const tryToLook = async (): Promise<void> => {
    try {
      await look()
      couldLook = true
    } catch (err) {
      // What is known stays good: a cell refuses what has become wrong.
      if (couldLook) log.warn({ err }, 'where companies live cannot be read')
      couldLook = false
    }
  }
  const timer = setInterval(() => {
    looking = tryToLook()
  }, LOOK_EVERY_MS).unref()
  return {
    cellOf: (company) => known.get(company) ?? HOME_CELL,
    lookUp: async (company) => {
      const { rows } = await pool.query<Row>(ONE, [company])
      const [row] = rows
      if (row === undefined) return HOME_CELL
      known.set(company, row.cell)
      return row.cell
    },
    close: async () => {
      clearInterval(timer)
      await looking
      await pool.end()
    },
  }
}
