import {
  chmodSync,
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresFault } from './fault.ts'

/** The operating-system account under which PostgreSQL runs. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
  /** True when the running process is root and has to step down, because PostgreSQL refuses to run as root. */
  readonly isDropped: boolean
}

/** In the order of preference; macOS calls its own `_postgres`, and its `nobody` has a uid that cannot be set. */
const UNPRIVILEGED_ACCOUNTS = ['postgres', '_postgres', 'nobody', 'daemon'] as const

const LARGEST_SETTABLE_UID = 2 ** 31 - 1

interface PasswdEntry {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

function passwd(): readonly PasswdEntry[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }))
      .filter(({ name, uid, gid }) => name !== '' && uid > 0 && uid <= LARGEST_SETTABLE_UID && gid >= 0)
  } catch {
    return []
  }
}

/** The name of the account that runs this process. A uid without an account throws: initdb refuses it. */
export function currentAccountName(): string {
  try {
    return userInfo().username
  } catch (cause) {
    const uid = process.geteuid?.()
    throw new EmbeddedPostgresFault(
      'ACCOUNT_MISSING',
      `PostgreSQL cannot run as uid ${uid}, which has no account on this machine. ` +
        'Run as an account that exists (in a container: add a line to /etc/passwd), or set DATABASE_URL.',
      { cause },
    )
  }
}

/**
 * Decides under which account the cluster runs: an ordinary user keeps its own; root steps down to the owner of
 * the data that is already there, else to `preferred` or the first account that exists of a short list.
 */
export function clusterAccount(dataDirectory: string, preferred?: string): Account {
  const own = { name: currentAccountName(), uid: process.geteuid?.() ?? -1, gid: process.getegid?.() ?? -1 }
  const owner = statSync(dataDirectory, { throwIfNoEntry: false })
  if (own.uid !== 0) {
    if (owner !== undefined && owner.uid !== own.uid) {
      throw new EmbeddedPostgresFault(
        'DATA_UNREACHABLE',
        `${dataDirectory} belongs to uid ${owner.uid}, and this process runs as ${own.name} (${own.uid}). ` +
          'Run as that account or as root, or set STORMOPS_HOME to another directory.',
      )
    }
    return { ...own, isDropped: false }
  }
  const accounts = passwd()
  const names = preferred === undefined ? UNPRIVILEGED_ACCOUNTS : [preferred]
  const entry =
    accounts.find(({ uid }) => uid === owner?.uid) ??
    names.flatMap((name) => accounts.find((account) => account.name === name) ?? [])[0]
  if (entry === undefined) {
    throw new EmbeddedPostgresFault(
      'ACCOUNT_MISSING',
      `PostgreSQL refuses to run as root, and none of the accounts ${names.join(', ')} exists. ` +
        'Add one of them (useradd --system postgres), run as an ordinary user, or set DATABASE_URL.',
    )
  }
  return { ...entry, isDropped: true }
}

/** What `spawn` needs to run a program as the account. */
export const identity = (account: Account): { uid?: number; gid?: number } =>
  account.isDropped ? { uid: account.uid, gid: account.gid } : {}

const EXECUTE = 0o1

function maySearch(directory: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(directory)
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
  return ((mode >> shift) & EXECUTE) !== 0
}

/** Whether the account can walk down to this directory (an existing real path); ours can, it made it. */
export function isReachable(directory: string, account: Account): boolean {
  if (!account.isDropped) return true
  for (let step = directory; ; step = dirname(step)) {
    if (!maySearch(step, account)) return false
    if (step === dirname(step)) return true
  }
}

/** A directory that belongs to the account and that nobody else enters. */
export function makePrivateDirectory(directory: string, account: Account): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (account.isDropped) chownSync(directory, account.uid, account.gid)
  chmodSync(directory, 0o700)
}

/** Gives a tree to the account, e.g. data that root copied back from a backup. */
export function giveTree(path: string, account: Account): void {
  if (!account.isDropped) return
  lchownSync(path, account.uid, account.gid)
  if (!lstatSync(path).isDirectory()) return
  for (const entry of readdirSync(path)) giveTree(join(path, entry), account)
}
