import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, isReachable, makePrivateDirectory } from './account.ts'
import { EmbeddedPostgresFault, errorCode } from './fault.ts'

/** Only part of the socket's name, as nothing listens on TCP. */
export const PORT = 5432

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with a zero at the end. */
export const LONGEST_SOCKET_PATH = 103

/** Somebody who takes ten names in a row does so on purpose. */
const NAMES_TO_TRY = 10

const KEY_LENGTH = 12

const socketPath = (directory: string): string => join(directory, `.s.PGSQL.${PORT}`)

const fits = (directory: string): boolean => Buffer.byteLength(socketPath(directory)) <= LONGEST_SOCKET_PATH

/** In a shared directory a name may be taken by somebody else; only a directory of the account, closed, is ours. */
function claim(directory: string, account: Account): boolean {
  try {
    mkdirSync(directory, { mode: 0o700 })
    if (account.isDropped) chownSync(directory, account.uid, account.gid)
    return true
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  const found = lstatSync(directory)
  return found.isDirectory() && found.uid === account.uid && (found.mode & 0o077) === 0
}

function shortDirectory(place: string, account: Account): string {
  const key = createHash('sha256').update(place).digest('hex').slice(0, KEY_LENGTH)
  const roots = [tmpdir(), '/tmp']
    .map((root) => realpathSync(root))
    .filter((root) => isReachable(root, account))
  for (const root of roots) {
    for (let attempt = 0; attempt < NAMES_TO_TRY; attempt += 1) {
      const directory = join(root, `stormops-${account.uid}-${key}${attempt === 0 ? '' : `-${attempt}`}`)
      if (fits(directory) && claim(directory, account)) return directory
    }
  }
  throw new EmbeddedPostgresFault(
    'SOCKET_DIRECTORY',
    `The path of ${place} is too long for a Unix socket (${LONGEST_SOCKET_PATH} bytes), and no short directory ` +
      `in ${roots.join(' or ')} could be made. Set TMPDIR to a short path of your own.`,
  )
}

/**
 * The directory of the Unix socket, owned by the account with mode 0700: in the place, or, where that makes the
 * path too long for a socket, a short one in the temporary directory whose owner has been checked.
 */
export function socketDirectory(place: string, account: Account): string {
  const own = join(place, 'socket')
  if (!fits(own)) return shortDirectory(place, account)
  makePrivateDirectory(own, account)
  return own
}

/**
 * Removes the socket and its lock file after a crash. The lock file names a pid, and PostgreSQL refuses to start
 * when another process has that pid by now. Only call when no postmaster runs on the place.
 */
export function clearSocket(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name.startsWith('.s.PGSQL.')) rmSync(join(directory, name), { force: true })
  }
}

/** Takes away a short directory when the database has stopped; the one in the place stays. */
export function releaseSocketDirectory(directory: string, place: string): void {
  if (directory === join(place, 'socket')) return
  clearSocket(directory)
  rmSync(directory, { recursive: true, force: true })
}
