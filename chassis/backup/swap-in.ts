/**
 * What was restored takes the place of what was lost. The old data is kept aside, since a restore is asked for in
 * haste, and the platform must stand still meanwhile: whoever serves the home holds its lock.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { giveTree } from '../database/embedded/account.ts'
import { systemIdentifier, walDirectory } from '../database/embedded/archive.ts'
import { errorCode } from '../database/embedded/fault.ts'
import { acquireLock } from '../database/embedded/lock.ts'
import { SYSTEM_DIRECTORY, resolvePlace } from '../database/embedded/place.ts'
import { Fault } from '../fault.ts'
import { syncPath } from './durable-file.ts'
import { removeHome } from './restore.ts'

export type SwapRequest = {
  /** Whose database is replaced. */
  readonly home: string
  /** A restored home; nothing runs on it, and it is gone afterwards. */
  readonly restored: string
  readonly root: string
  readonly now: Date
  readonly systemDirectory?: string
}

const HISTORY = /^[0-9A-F]{8}\.history$/

/** Returns where the old data is, or null where there was none. Throws `Fault`, or `HOME_HELD` while somebody serves. */
export const swapIn = async (request: SwapRequest): Promise<string | null> => {
  const { home, restored, root, now, systemDirectory = SYSTEM_DIRECTORY } = request
  mkdirSync(join(home, 'postgres'), { recursive: true })
  const locks = [acquireLock(join(realpathSync(home), 'postgres'))]
  try {
    locks.push(acquireLock(join(realpathSync(restored), 'postgres')))
    const place = resolvePlace({ home: realpathSync(home), systemDirectory })
    const from = resolvePlace({ home: realpathSync(restored), systemDirectory })
    requireNewTimeline(root, from.data)
    const aside = existsSync(place.data) ? `${place.data}.before-${stamp(now)}` : null
    const incoming = `${place.data}.restored`
    move(from.data, incoming)
    giveTree(incoming, place.account)
    if (aside !== null) renameSync(place.data, aside)
    renameSync(incoming, place.data)
    await syncPath(dirname(place.data))
    for (const lock of locks.splice(0)) lock.release()
    await removeHome(realpathSync(restored), systemDirectory)
    return aside
  } finally {
    for (const lock of locks) lock.release()
  }
}

const stamp = (now: Date): string => now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')

const move = (from: string, to: string): void => {
  try {
    renameSync(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error
    cpSync(from, to, { recursive: true })
  }
}

/** Of two restores that went apart at once, the archive can follow only the one that came into place first. */
const requireNewTimeline = (root: string, data: string): void => {
  const wal = walDirectory(root, systemIdentifier(data))
  const kept = new Set(existsSync(wal) ? readdirSync(wal) : [])
  const newest = readdirSync(join(data, 'pg_wal'))
    .filter((name) => HISTORY.test(name))
    .toSorted()
    .at(-1)
  if (newest === undefined || !kept.has(newest)) return
  throw new Fault(
    'BAD_INPUT',
    `Another restore has taken the timeline ${newest.slice(0, 8)} meanwhile. Restore again, and swap that in.`,
  )
}
