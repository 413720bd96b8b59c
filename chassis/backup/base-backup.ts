/**
 * A base backup: the files of a database that serves, copied while they change. PostgreSQL is told when the copy
 * begins and ends, and the log between the two makes one moment of it.
 */
import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { createReadStream, rmSync, statSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { systemIdentifier, walDirectory } from '../database/embedded/archive.ts'
import { errorCode } from '../database/embedded/fault.ts'
import { clientConfig } from '../database/connection.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { Fault } from '../fault.ts'
import { ARCHIVE_NAME, backupId, makeBaseDirectory, unfinishedBases, writeManifest } from './base-manifest.ts'
import type { BaseManifest } from './base-manifest.ts'
import { CONTROL_FILE, dataFiles } from './data-files.ts'
import type { DataFile } from './data-files.ts'
import { writeCompressed } from './durable-file.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'
import { archivedSegments } from './wal-archive.ts'

export type BaseBackupRequest = {
  /** As a superuser of the server whose data this is. */
  readonly admin: ConnectionSettings
  readonly dataDirectory: string
  /** Where backups are kept. */
  readonly root: string
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** Any number; one backup at a time is enough for a disk. */
const BACKUP_LOCK = 8_114_377

/** A piece that is on its way to the archive takes a second; longer means that the archive takes nothing. */
const ARCHIVED_WITHIN_MS = 120_000
const ARCHIVE_POLL_MS = 100

const PIECE_BYTES = 1024 * 1024

type Written = { path: string; size: number; sha256: string }

/** Throws `Fault`: UNAVAILABLE when another backup runs, or when the archive does not take the log. */
export const takeBaseBackup = async (request: BaseBackupRequest): Promise<BaseManifest> => {
  const client = new pg.Client({
    ...clientConfig({ ...request.admin, database: 'postgres' }),
    application_name: 'stormops base backup',
  })
  // A server that goes away in the middle is told by the statement that fails.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await backUpAlone(client, request)
  } finally {
    // PostgreSQL forgets a backup whose session ended.
    await client.end()
  }
}

const backUpAlone = async (client: pg.Client, request: BaseBackupRequest): Promise<BaseManifest> => {
  const lock = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    BACKUP_LOCK,
  ])
  if (lock.rows[0]?.alone !== true) throw new Fault('UNAVAILABLE', 'Another backup is being taken already.')
  const identifier = systemIdentifier(request.dataDirectory)
  // Whoever holds the lock knows that nobody works in these any more.
  for (const left of unfinishedBases(request.root, identifier)) rmSync(left, { recursive: true, force: true })
  const startedAt = request.now()
  const directory = makeBaseDirectory(request.root, identifier, backupId(startedAt))
  try {
    return await backUp(client, request, { identifier, startedAt, directory })
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    throw error
  }
}

type Place = { readonly identifier: string; readonly startedAt: Date; readonly directory: string }

const START = `
  select lsn::text, pg_walfile_name(lsn) as wal, current_setting('server_version') as version,
         (select timeline_id from pg_control_checkpoint()) as timeline
    from pg_backup_start($1, true) as lsn`

const STOP = `select lsn::text, pg_walfile_name(lsn) as wal, labelfile, spcmapfile from pg_backup_stop(false)`

type Started = { lsn: string; wal: string; version: string; timeline: number }
type Stopped = { lsn: string; wal: string; labelfile: string; spcmapfile: string }

const backUp = async (
  client: pg.Client,
  { dataDirectory, root, now, signal }: BaseBackupRequest,
  { identifier, startedAt, directory }: Place,
): Promise<BaseManifest> => {
  const id = backupId(startedAt)
  const started = one(await client.query<Started>(START, [`stormops ${id}`]))
  const files: Written[] = []
  let stopped: Stopped | null = null
  async function* archive(): AsyncGenerator<Uint8Array> {
    yield* copied(dataDirectory, files, signal)
    stopped = one(await client.query<Stopped>(STOP))
    yield* written('backup_label', Buffer.from(stopped.labelfile), files)
    if (stopped.spcmapfile !== '') yield* written('tablespace_map', Buffer.from(stopped.spcmapfile), files)
    yield TAR_END
  }
  const file = join(directory, ARCHIVE_NAME)
  await writeCompressed(file, archive(), signal)
  const { lsn: stopLsn, wal: stopWal } = ended(stopped)
  await untilArchived(walDirectory(root, identifier), stopWal, signal)
  const manifest: BaseManifest = {
    format: 1,
    id,
    systemIdentifier: identifier,
    serverVersion: started.version,
    timeline: started.timeline,
    startedAt: startedAt.toISOString(),
    endedAt: now().toISOString(),
    startLsn: started.lsn,
    stopLsn,
    startWal: started.wal,
    stopWal,
    dataBytes: files.reduce((sum, { size }) => sum + size, 0),
    archive: { name: ARCHIVE_NAME, bytes: statSync(file).size, sha256: await sha256Of(file) },
    files,
  }
  await writeManifest(directory, manifest)
  return manifest
}

const one = <Row extends object>({ rows }: pg.QueryResult<Row>): Row => {
  const [row] = rows
  if (row === undefined) throw new Fault('INTERNAL', 'The server did not answer the backup.')
  return row
}

const ended = (stopped: Stopped | null): Stopped => {
  if (stopped === null) throw new Fault('INTERNAL', 'The backup was not ended.')
  return stopped
}

async function* copied(data: string, files: Written[], signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (const file of dataFiles(data)) {
    signal.throwIfAborted()
    if (file.path.startsWith('pg_tblspc/')) {
      throw new Fault('INTERNAL', 'The database has tablespaces, which base backups do not follow.')
    }
    if (file.kind === 'directory') yield tarHeader(file)
    else if (file.path === CONTROL_FILE) yield* written(CONTROL_FILE, await controlFile(data), files)
    else yield* copiedFile(data, file, files)
  }
}

/** A file that the server makes by hand is read until two readings agree: it may be written in between. */
const controlFile = async (data: string): Promise<Buffer> => {
  for (let before = await readFile(join(data, CONTROL_FILE)); ;) {
    const after = await readFile(join(data, CONTROL_FILE))
    if (after.equals(before)) return after
    before = after
  }
}

function* written(path: string, bytes: Buffer, files: Written[]): Generator<Uint8Array> {
  yield tarHeader({ path, kind: 'file', size: bytes.length, mode: 0o600 })
  yield bytes
  yield tarPadding(bytes.length)
  files.push({ path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
}

/** As many bytes as the file had when it was looked at: what it grew by since is in the log, what it lost is zeros. */
async function* copiedFile(data: string, file: DataFile, files: Written[]): AsyncGenerator<Uint8Array> {
  const handle = await open(join(data, file.path), 'r').catch((error: unknown) => {
    // A table that is dropped meanwhile; recovery knows of it.
    if (errorCode(error) === 'ENOENT') return null
    throw error
  })
  if (handle === null) return
  const hash = createHash('sha256')
  try {
    yield tarHeader(file)
    yield* hashed(hash, pieces(handle, file.size))
    yield tarPadding(file.size)
  } finally {
    await handle.close()
  }
  files.push({ path: file.path, size: file.size, sha256: hash.digest('hex') })
}

async function* hashed(hash: Hash, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    hash.update(piece)
    yield piece
  }
}

async function* pieces(
  handle: {
    read: (buffer: Buffer, offset: number, length: number, at: number) => Promise<{ bytesRead: number }>
  },
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size;) {
    const buffer = Buffer.alloc(Math.min(PIECE_BYTES, size - at))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
    const piece = bytesRead === 0 ? buffer : buffer.subarray(0, bytesRead)
    at += piece.length
    yield piece
  }
}

/** Waits until a piece of the log is kept. Throws `Fault` UNAVAILABLE when the archive does not take it. */
export const untilArchived = async (wal: string, segment: string, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + ARCHIVED_WITHIN_MS
  while (!archivedSegments(wal).has(segment)) {
    signal.throwIfAborted()
    if (performance.now() > deadline) {
      throw new Fault('UNAVAILABLE', `The archive does not take the log: ${segment} is not in ${wal}.`)
    }
    await sleep(ARCHIVE_POLL_MS)
  }
}

const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  return hash.digest('hex')
}
