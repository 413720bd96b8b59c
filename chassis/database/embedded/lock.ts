import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { EmbeddedPostgresFault, errorCode } from './fault.ts'
import { isAlive, startToken } from './process-identity.ts'

/*
 * A stale lock cannot be replaced safely by "delete, then create": of two takers, the slower one deletes the lock
 * of the faster. So a lock is never replaced. Each holder creates the next generation (`link` fails when the name
 * exists, so one of two takers wins), and the highest generation is the lock. A holder that lets go says so in its
 * own file, which stays, so that a generation number is never the highest twice.
 */

type LockRecord =
  | {
      readonly kind: 'held'
      readonly pid: number
      readonly startToken: string | null
      readonly since: string
    }
  | { readonly kind: 'released' }

export interface HomeLock {
  release(): void
}

const GENERATION = /^owner\.(\d+)\.lock$/

/** Losing a race to another taker means that it now holds the lock, so more than a few rounds mean a broken disk. */
const ROUNDS = 20

const lockFile = (directory: string, generation: number): string =>
  join(directory, `owner.${generation}.lock`)

const generations = (directory: string): readonly number[] =>
  readdirSync(directory)
    .flatMap((name) => GENERATION.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => b - a)

function read(file: string): LockRecord | null {
  try {
    const record: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof record !== 'object' || record === null || !('kind' in record)) return null
    if (record.kind === 'released') return { kind: 'released' }
    if (!('pid' in record) || typeof record.pid !== 'number') return null
    const token = 'startToken' in record && typeof record.startToken === 'string' ? record.startToken : null
    const since = 'since' in record && typeof record.since === 'string' ? record.since : ''
    return { kind: 'held', pid: record.pid, startToken: token, since }
  } catch {
    return null
  }
}

/** Writes the whole record under a name of its own first, so that nobody ever reads half of it. */
function writeAside(directory: string, record: LockRecord): string {
  const aside = join(directory, `.lock-${process.pid}-${crypto.randomUUID()}`)
  writeFileSync(aside, JSON.stringify(record), { mode: 0o644 })
  return aside
}

function claim(directory: string, generation: number): boolean {
  const since = new Date().toISOString()
  const aside = writeAside(directory, {
    kind: 'held',
    pid: process.pid,
    startToken: startToken(process.pid),
    since,
  })
  try {
    linkSync(aside, lockFile(directory, generation))
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

const isHeld = (record: LockRecord | null): record is LockRecord & { kind: 'held' } =>
  record?.kind === 'held' && isAlive(record.pid) && startToken(record.pid) === record.startToken

function release(directory: string, generation: number): void {
  // Who deleted the home has released it already.
  if (!existsSync(lockFile(directory, generation))) return
  renameSync(writeAside(directory, { kind: 'released' }), lockFile(directory, generation))
}

/**
 * Takes the database of this directory for the running process, or throws `HOME_HELD` with the pid of the process
 * that has it. A lock whose process is gone, or whose pid now belongs to a later process, is taken over.
 */
export function acquireLock(directory: string): HomeLock {
  mkdirSync(directory, { recursive: true })
  for (let round = 0; round < ROUNDS; round += 1) {
    const highest = generations(directory)[0] ?? 0
    const record = highest === 0 ? null : read(lockFile(directory, highest))
    if (isHeld(record)) {
      throw new EmbeddedPostgresFault(
        'HOME_HELD',
        `The database in ${directory} is in use by process ${record.pid} since ${record.since}. ` +
          'Stop that process, or set STORMOPS_HOME to another directory.',
        { pid: record.pid },
      )
    }
    const mine = highest + 1
    if (!claim(directory, mine)) continue
    if (generations(directory)[0] !== mine) {
      // Others went past this number while it was free again; theirs is the lock.
      rmSync(lockFile(directory, mine), { force: true })
      continue
    }
    for (const older of generations(directory)) {
      if (older < mine) rmSync(lockFile(directory, older), { force: true })
    }
    return { release: () => release(directory, mine) }
  }
  throw new EmbeddedPostgresFault(
    'HOME_HELD',
    `The lock of ${directory} could not be taken in ${ROUNDS} rounds.`,
  )
}
