/**
 * A moment at which the live database and the log say the same: nobody is in the middle of writing. What is read in
 * the snapshot taken then is exactly what a restore to the point named then has to hold.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { Fault } from '../fault.ts'

export type QuietMoment = {
  /** The name of the point in the log. */
  readonly name: string
  readonly lsn: string
  /** The piece of the log that has to be kept for it. */
  readonly wal: string
}

/** A busy platform is quiet for a millisecond many times a second; a long import may keep it from being so. */
const PATIENCE_MS = 120_000
const RETRY_MS = 15

/** Nobody has a transaction under way that writes: none is in flight, and none has begun since the snapshot. */
const SNAPSHOT = `select pg_current_snapshot()::text as snapshot`

const isQuiet = (snapshot: string): boolean => {
  const [least, next] = snapshot.split(':')
  return least === next
}

/**
 * Leaves `reader` in a transaction whose snapshot is the moment. `other` is a second connection, since a snapshot shows
 * nothing that comes after it. Throws `Fault` UNAVAILABLE when somebody always writes.
 */
export const atQuietMoment = async (reader: Client, other: Client, name: string): Promise<QuietMoment> => {
  const deadline = performance.now() + PATIENCE_MS
  for (let attempt = 1; performance.now() < deadline; attempt += 1) {
    const point = `${name}-${attempt}`
    await reader.query('begin isolation level repeatable read read only')
    const before = await snapshotOf(reader)
    if (isQuiet(before)) {
      const made = await other.query<{ lsn: string; wal: string }>(
        `select lsn::text, pg_walfile_name(lsn) as wal from pg_create_restore_point($1) as lsn`,
        [point],
      )
      const [at] = made.rows
      if (at !== undefined && (await snapshotOf(other)) === before) return { name: point, ...at }
    }
    await reader.query('rollback')
    await sleep(RETRY_MS)
  }
  throw new Fault('UNAVAILABLE', 'Somebody always wrote, so no moment could be compared. Verify again later.')
}

const snapshotOf = async (client: Client): Promise<string> => {
  const { rows } = await client.query<{ snapshot: string }>(SNAPSHOT)
  return rows[0]?.snapshot ?? ''
}
