/**
 * A backup that was never restored is a hope. The newest base backup and the log since then are restored into a
 * scratch server, up to a moment at which the live database was read; every table must have the same rows.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { systemIdentifier, walDirectory } from '../database/embedded/archive.ts'
import { errorCode } from '../database/embedded/fault.ts'
import type { EmbeddedPostgres } from '../database/embedded/supervisor.ts'
import { clientConfig } from '../database/connection.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { settleSession, tableDigests } from '../database/table-digests.ts'
import type { TableDigest } from '../database/table-digests.ts'
import { Fault } from '../fault.ts'
import { untilArchived } from './base-backup.ts'
import { baseBackups, writeVerification } from './base-manifest.ts'
import type { BaseBackup } from './base-manifest.ts'
import { atQuietMoment } from './quiet-moment.ts'
import { chooseBase, removeHome, restoreBackup } from './restore.ts'

/** A question that a restored database must answer well: what is wrong, in sentences, or nothing. */
export type RestoredCheck = (restored: ConnectionSettings) => Promise<readonly string[]>

export type VerifyRequest = {
  /** As a superuser, in the database whose rows are compared. */
  readonly admin: ConnectionSettings
  readonly dataDirectory: string
  readonly root: string
  /** Null for the newest. */
  readonly backupId: string | null
  readonly checks: readonly RestoredCheck[]
  readonly now: () => Date
  readonly signal: AbortSignal
}

export type Verified = {
  readonly backup: BaseBackup
  readonly tables: number
  readonly rows: number
  /** What is not as it should be; empty for a good backup. */
  readonly findings: readonly string[]
}

/** Beside a platform that serves: little memory, and nothing that has to outlive the verification. */
const SCRATCH = { shared_buffers: '64MB', max_wal_size: '256MB', fsync: 'off', full_page_writes: 'off' }

/** Throws `Fault` when nothing could be compared, such as for a damaged file; a difference is a finding. */
export const verifyBackup = async (request: VerifyRequest): Promise<Verified> => {
  const { dataDirectory, root, backupId, signal } = request
  const identifier = systemIdentifier(dataDirectory)
  const live = await readLive(request)
  await untilArchived(walDirectory(root, identifier), live.wal, signal)
  const backup = chooseBase(root, baseBackups(root, identifier), { kind: 'latest' }, backupId)
  const scratch = await scratchHome(root)
  try {
    const target = { kind: 'named', name: live.name } as const
    const restored = await restoreBackup({
      root,
      backup,
      target,
      into: scratch,
      lostData: null,
      settings: SCRATCH,
      signal,
    })
    const findings = await compare(restored, request, live.digests)
    const rows = live.digests.reduce((sum, table) => sum + table.rows, 0)
    const tables = live.digests.length
    if (findings.length === 0) {
      await writeVerification(backup.directory, { at: request.now().toISOString(), rows, tables })
    }
    return { backup, tables, rows, findings }
  } finally {
    await removeHome(scratch)
  }
}

/** A home for a while; what a verification that was killed left is cleared away. */
const scratchHome = async (root: string): Promise<string> => {
  const directory = join(root, 'scratch')
  mkdirSync(directory, { recursive: true, mode: 0o711 })
  for (const left of readdirSync(directory)) {
    await removeHome(join(directory, left)).catch((error: unknown) => {
      // Somebody verifies at the same time.
      if (errorCode(error) !== 'HOME_HELD') throw error
    })
  }
  const scratch = join(realpathSync(directory), randomUUID())
  mkdirSync(scratch, { mode: 0o711 })
  return scratch
}

type Live = { readonly name: string; readonly wal: string; readonly digests: readonly TableDigest[] }

const readLive = async ({ admin, now, signal }: VerifyRequest): Promise<Live> => {
  const [reader, other] = [new pg.Client(clientConfig(admin)), new pg.Client(clientConfig(admin))]
  for (const client of [reader, other]) client.on('error', () => undefined)
  try {
    await Promise.all([reader.connect(), other.connect()])
    await settleSession(reader)
    const moment = await atQuietMoment(reader, other, `verify-${now().toISOString()}`)
    await other.query('select pg_switch_wal()')
    const digests = await tableDigests(reader, signal)
    await reader.query('commit')
    return { name: moment.name, wal: moment.wal, digests }
  } finally {
    await Promise.all([reader.end(), other.end()])
  }
}

const compare = async (
  restored: EmbeddedPostgres,
  { admin, checks, signal }: VerifyRequest,
  live: readonly TableDigest[],
): Promise<readonly string[]> => {
  const connection: ConnectionSettings = {
    ...restored.connection(admin.database, restored.adminUser),
    password: null,
    tls: false,
  }
  const client = new pg.Client(clientConfig(connection))
  try {
    await client.connect()
    await settleSession(client)
    const found = await tableDigests(client, signal)
    const asked: string[] = []
    for (const check of checks) asked.push(...(await check(connection)))
    return [...differences(live, found), ...asked]
  } finally {
    await client.end()
    await restored.stop('immediate')
  }
}

/** What one side has and the other has not, in sentences. */
export const differences = (
  live: readonly TableDigest[],
  restored: readonly TableDigest[],
): readonly string[] => {
  const there = new Map(restored.map((table) => [table.name, table]))
  const missing = live.flatMap(({ name, rows, digest }) => {
    const found = there.get(name)
    if (found === undefined) return [`${name} is not in the backup.`]
    if (found.rows !== rows) return [`${name} has ${rows} rows, and the backup ${found.rows}.`]
    return found.digest === digest ? [] : [`${name} has other contents in the backup.`]
  })
  const known = new Set(live.map(({ name }) => name))
  const added = restored.filter(({ name }) => !known.has(name))
  return [...missing, ...added.map(({ name }) => `${name} is in the backup only.`)]
}

/** For whoever asks for more than a list. */
export const requireGood = ({ backup, findings }: Verified): void => {
  if (findings.length === 0) return
  throw new Fault(
    'INTERNAL',
    `The backup ${backup.manifest.id} is not what it should be: ${findings.join(' ')}`,
  )
}
