import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, clusterAccount, isReachable } from './account.ts'
import { EmbeddedPostgresFault } from './fault.ts'

/** Where a cluster lives: in the home, or, when its account cannot walk there, in the system directory. */
export interface Place {
  readonly directory: string
  readonly data: string
  readonly binaryCopies: string
  readonly account: Account
  /** Places that an earlier home at the same path left in the system directory; nothing uses them any more. */
  readonly leftBehind: readonly string[]
}

/** Not a temporary directory, which is emptied by age; root writes here, and every account can walk here. */
export const SYSTEM_DIRECTORY = '/var/lib/stormops-graph'

const HOME_KEY_LENGTH = 16

const homeKey = (home: string): string =>
  createHash('sha256').update(home).digest('hex').slice(0, HOME_KEY_LENGTH)

function readField(file: string, field: 'directory' | 'home'): string | null {
  if (!existsSync(file)) return null
  const record: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const value = new Map<string, unknown>(Object.entries(record ?? {})).get(field)
  return typeof value === 'string' ? value : null
}

function writeField(file: string, field: 'directory' | 'home', value: string): void {
  const aside = `${file}.${process.pid}`
  writeFileSync(aside, `${JSON.stringify({ [field]: value }, null, 2)}\n`)
  renameSync(aside, file)
}

const pointerOf = (home: string): string => join(home, 'postgres', 'location.json')

/** Where the cluster of this home is, as decided earlier; the home itself when nothing was. */
export const clusterDirectory = (home: string): string =>
  readField(pointerOf(home), 'directory') ?? join(home, 'postgres')

/** Follows the pointer of a home whose cluster lives elsewhere; the place names its home, so copies are noticed. */
function relocated(home: string, directory: string): string {
  const nameplate = join(directory, 'home.json')
  const recorded = existsSync(directory) ? readField(nameplate, 'home') : null
  if (recorded === null) {
    throw new EmbeddedPostgresFault(
      'DATA_MISSING',
      `The data of ${home} was in ${directory}, which is gone. Bring it back, or remove ` +
        `${pointerOf(home)} to begin with an empty database.`,
    )
  }
  if (recorded === home) return directory
  // A home that was only moved leaves no pointer at its former path, and a new home there has one of its own.
  if (readField(pointerOf(recorded), 'directory') === directory) {
    throw new EmbeddedPostgresFault(
      'DATA_UNREACHABLE',
      `${home} is a copy of ${recorded}, and both point to the data in ${directory}. Remove ` +
        `${pointerOf(home)} to begin with an empty database here.`,
    )
  }
  writeField(nameplate, 'home', home)
  return directory
}

/** The random end keeps a home that was deleted and made again from waking the data of its predecessor. */
function relocate(home: string, pointer: string, systemDirectory: string): string {
  const directory = join(systemDirectory, `${homeKey(home)}-${randomBytes(4).toString('hex')}`)
  mkdirSync(directory, { recursive: true, mode: 0o711 })
  chmodSync(systemDirectory, 0o755)
  writeField(join(directory, 'home.json'), 'home', home)
  writeField(pointer, 'directory', directory)
  return realpathSync(directory)
}

function leftBehind(home: string, current: string, systemDirectory: string): readonly string[] {
  if (!existsSync(systemDirectory)) return []
  return readdirSync(systemDirectory)
    .filter((name) => name.startsWith(`${homeKey(home)}-`))
    .map((name) => join(realpathSync(systemDirectory), name))
    .filter((directory) => directory !== current)
}

export interface PlaceRequest {
  /** An existing directory, as a real path. */
  readonly home: string
  readonly systemDirectory: string
  readonly preferredAccount?: string | undefined
}

/**
 * Finds the place of this home's cluster, or decides it on the first start. The caller holds the home's lock.
 * Throws `DATA_MISSING`, `DATA_UNREACHABLE` or `ACCOUNT_MISSING`.
 */
export function resolvePlace({ home, systemDirectory, preferredAccount }: PlaceRequest): Place {
  const own = join(home, 'postgres')
  const pointer = pointerOf(home)
  const pointed = readField(pointer, 'directory')
  const known = pointed === null ? own : relocated(home, pointed)
  const account = clusterAccount(join(known, 'data'), preferredAccount)
  // Walking through is all the account needs here; reading the list of files it does not.
  if (account.isDropped) chmodSync(known, 0o711)
  let directory = known
  if (!isReachable(known, account)) {
    if (pointed !== null || existsSync(join(own, 'data'))) {
      throw new EmbeddedPostgresFault(
        'DATA_UNREACHABLE',
        `PostgreSQL runs as ${account.name}, which cannot walk to ${join(known, 'data')}. ` +
          'Allow it (chmod o+x on the directories above), or move the home.',
      )
    }
    directory = relocate(home, pointer, systemDirectory)
    if (!isReachable(directory, account)) {
      throw new EmbeddedPostgresFault(
        'DATA_UNREACHABLE',
        `${account.name} cannot walk to ${directory} either.`,
      )
    }
  }
  const copies = account.isDropped ? systemDirectory : own
  return {
    directory,
    data: join(directory, 'data'),
    binaryCopies: join(copies, 'binaries'),
    account,
    leftBehind: directory === own ? [] : leftBehind(home, directory, systemDirectory),
  }
}
