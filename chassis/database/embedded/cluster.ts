import { spawn } from 'node:child_process'
import {
  existsSync,
  fsyncSync,
  closeSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { chmodSync, chownSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, currentAccountName, giveTree, identity, makePrivateDirectory } from './account.ts'
import { EMPTY_ENVIRONMENT, MAJOR_VERSION, postgresBinary } from './binaries.ts'
import { EmbeddedPostgresFault, errorCode } from './fault.ts'
import { backendsOf, signalProcess } from './process-identity.ts'

export const ADMIN_USER = 'postgres'

/** About a second on a laptop; a minute or two on a slow, shared disk. */
const INITDB_TIMEOUT_MS = 300_000

/** Lines of initdb that a fault quotes. */
const QUOTED_LINES = 12

const HALF_DONE = '.half-'

/** What is left after that only takes space, as its name is never used again. */
const CLEAR_TIMEOUT_MS = 10_000
const CLEAR_RETRY_MS = 50

export interface ClusterRequest {
  readonly data: string
  readonly account: Account
  readonly binaries: string
  /** False only where losing the database is fine, e.g. in tests. */
  readonly isDurable: boolean
}

/** Throws `DATA_VERSION` for a data directory of another major version, `DATA_INCOMPLETE` for what is not one. */
function checkVersion(data: string): void {
  const file = join(data, 'PG_VERSION')
  if (!existsSync(file)) {
    throw new EmbeddedPostgresFault(
      'DATA_INCOMPLETE',
      `${data} has files but no PG_VERSION, so it is not a PostgreSQL data directory. Move it away to start anew.`,
    )
  }
  const found = readFileSync(file, 'utf8').trim()
  if (found !== String(MAJOR_VERSION)) {
    throw new EmbeddedPostgresFault(
      'DATA_VERSION',
      `${data} was made by PostgreSQL ${found}, and this is PostgreSQL ${MAJOR_VERSION}. ` +
        'Dump it with the old version and restore it, or set STORMOPS_HOME to another directory.',
    )
  }
}

function runInitdb(directory: string, { account, binaries, isDurable }: ClusterRequest): Promise<void> {
  const options = [
    ['-D', directory, '-U', ADMIN_USER, '-E', 'UTF8'],
    // The builtin provider sorts by code point and knows Unicode case, the same on every system and version.
    ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ['--auth-local=peer', '--auth-host=reject'],
    isDurable ? [] : ['--no-sync'],
  ]
  return new Promise((done, fail) => {
    const child = spawn(postgresBinary('initdb', binaries), options.flat(), {
      ...identity(account),
      cwd: '/',
      env: EMPTY_ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: INITDB_TIMEOUT_MS,
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', (cause) =>
      fail(new EmbeddedPostgresFault('INITDB_FAILED', 'initdb did not run.', { cause })),
    )
    child.once('close', (code, signal) => {
      if (code === 0) return done()
      const log = output.trimEnd().split('\n').slice(-QUOTED_LINES).join('\n')
      fail(new EmbeddedPostgresFault('INITDB_FAILED', `initdb ended with ${code ?? signal}.`, { log }))
    })
  })
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Initialises beside and renames, so that a `data` directory is always a complete one. */
async function initialise(request: ClusterRequest): Promise<void> {
  const { data, account, isDurable } = request
  const half = `${data}${HALF_DONE}${crypto.randomUUID()}`
  makePrivateDirectory(half, account)
  try {
    await runInitdb(half, request)
    renameSync(half, data)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    throw error
  }
  if (isDurable) syncDirectory(dirname(data))
}

/** An initdb that outlived its starter is at work in the directory; it gives up when its server is gone. */
async function clearHalfDone(data: string): Promise<void> {
  const halves = readdirSync(dirname(data)).filter((name) => name.startsWith(`${basename(data)}${HALF_DONE}`))
  const deadline = performance.now() + CLEAR_TIMEOUT_MS
  for (const half of halves.map((name) => join(dirname(data), name))) {
    while (existsSync(half) && performance.now() < deadline) {
      for (const pid of backendsOf(half)) signalProcess(pid, 'SIGKILL')
      try {
        rmSync(half, { recursive: true, force: true })
      } catch (error) {
        if (errorCode(error) !== 'ENOTEMPTY') throw error
      }
      if (existsSync(half)) await sleep(CLEAR_RETRY_MS)
    }
  }
}

/**
 * Makes sure that there is a cluster of our major version in `data`, owned by the account; `created` tells whether
 * it was made now. What an interrupted initialisation left is removed. Throws `INITDB_FAILED`, `DATA_VERSION` or
 * `DATA_INCOMPLETE`. The caller holds the home's lock.
 */
export async function ensureCluster(request: ClusterRequest): Promise<{ created: boolean }> {
  const { data, account } = request
  await clearHalfDone(data)
  const isEmpty = existsSync(data) && readdirSync(data).length === 0
  if (isEmpty) rmdirSync(data)
  if (!existsSync(data)) {
    await initialise(request)
    return { created: true }
  }
  checkVersion(data)
  if (account.isDropped && statSync(data).uid !== account.uid) giveTree(data, account)
  // PostgreSQL refuses a data directory that others can enter, which copying it about easily causes.
  chmodSync(data, 0o700)
  return { created: false }
}

function replace(file: string, text: string, account: Account): boolean {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  if (account.isDropped) chownSync(`${file}.new`, account.uid, account.gid)
  renameSync(`${file}.new`, file)
  return true
}

/**
 * Who may connect: whoever the kernel says is at the other end of the socket. Only root and the account of this
 * process are let in, and those as any database role; so no role needs a password, and there is none to leak.
 * Returns whether the files changed, in which case a running postmaster has to be told (SIGHUP).
 */
export function writeAccessRules(data: string, account: Account): boolean {
  const accounts = [...new Set(['root', currentAccountName()])]
  const ident = accounts.map((name) => `stormops "${name}" all\n`).join('')
  const isIdentNew = replace(join(data, 'pg_ident.conf'), ident, account)
  return replace(join(data, 'pg_hba.conf'), 'local all all peer map=stormops\n', account) || isIdentNew
}
