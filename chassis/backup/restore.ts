/**
 * A restore: the files of a base backup and the log since then become a database again, as it was at a moment that
 * somebody names. It is made beside whatever serves, in a home of its own; taking the place of another is a second,
 * separate act.
 */
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { chown, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { type Account, giveTree, makePrivateDirectory } from '../database/embedded/account.ts'
import { walDirectory } from '../database/embedded/archive.ts'
import { acquireLock } from '../database/embedded/lock.ts'
import { SYSTEM_DIRECTORY, resolvePlace } from '../database/embedded/place.ts'
import type { Place } from '../database/embedded/place.ts'
import { runningPostmaster, stopPostmaster } from '../database/embedded/postmaster.ts'
import { EmbeddedPostgresFault, startEmbeddedPostgres } from '../database/embedded/supervisor.ts'
import type { EmbeddedPostgres } from '../database/embedded/supervisor.ts'
import { Fault } from '../fault.ts'
import type { BaseBackup, BaseManifest } from './base-manifest.ts'
import { syncPath } from './durable-file.ts'
import { readTar } from './tar.ts'
import { archivedLineage, isInLine } from './timelines.ts'
import { archivedSegments, stageWal } from './wal-archive.ts'

export type RestoreTarget =
  /** All that was written and kept. */
  | { readonly kind: 'latest' }
  | { readonly kind: 'at'; readonly at: Date }
  /** A point that the server was told to name. */
  | { readonly kind: 'named'; readonly name: string }

export type RestoreRequest = {
  readonly root: string
  readonly backup: BaseBackup
  readonly target: RestoreTarget
  /** A home that has no database yet. */
  readonly into: string
  /** The data directory of the lost server, for what it had not handed over; null where it is gone. */
  readonly lostData: string | null
  /** Settings of PostgreSQL over ours. */
  readonly settings?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly systemDirectory?: string
}

/** A week of log is replayed in minutes; what takes longer than this needs a person. */
const RECOVERY_TIMEOUT_MS = 6 * 3_600_000

/** Of one piece of the log, before it is packed. */
const SEGMENT_BYTES = 16 * 1024 * 1024

/**
 * The newest base backup that leads to what is wanted: to a moment any that had ended by then, to the latest one from
 * which the log leads there. One that is named is taken at its word. Throws `Fault` NOT_FOUND.
 */
export const chooseBase = (
  root: string,
  backups: readonly BaseBackup[],
  target: RestoreTarget,
  id: string | null,
): BaseBackup => {
  const named = id === null ? backups : backups.filter(({ manifest }) => manifest.id === id)
  if (named.length === 0)
    throw new Fault('NOT_FOUND', `There is no base backup${id === null ? '' : ` ${id}`}.`)
  const fitting = named.filter(({ manifest }) =>
    target.kind === 'at'
      ? new Date(manifest.endedAt).getTime() <= target.at.getTime()
      : id !== null || leadsToNow(root, manifest),
  )
  const newest = fitting.toSorted((a, b) => a.manifest.endedAt.localeCompare(b.manifest.endedAt)).at(-1)
  if (newest !== undefined) return newest
  throw new Fault(
    'NOT_FOUND',
    target.kind === 'at'
      ? `No base backup had ended by then; the oldest ended at ${named[0]?.manifest.endedAt}.`
      : 'The database was restored since, and goes on from before every base backup that is left. Make a new one.',
  )
}

/** Whether the log leads from the backup to the newest timeline, and not only along one that was left. */
export const leadsToNow = (root: string, manifest: BaseManifest): boolean =>
  isInLine(archivedLineage(walDirectory(root, manifest.systemIdentifier)), manifest)

/**
 * Returns the server of the restored home, which serves and keeps no log yet; the caller stops it. Throws `Fault` with
 * what stands in the way, and leaves nothing behind then.
 */
export const restoreBackup = async (request: RestoreRequest): Promise<EmbeddedPostgres> => {
  const { into } = request
  if (existsSync(into) && readdirSync(into).length > 0) {
    throw new Fault('BAD_INPUT', `${into} is not empty. A restore makes a home of its own.`)
  }
  try {
    const place = await layOut(request)
    return await recover(request, place)
  } catch (error) {
    await removeHome(into, request.systemDirectory)
    throw told(error, request.target)
  }
}

/** Removes a home of whose database nothing is to be kept, wherever its data is, and ends what still runs on it. */
export const removeHome = async (home: string, systemDirectory: string = SYSTEM_DIRECTORY): Promise<void> => {
  if (existsSync(join(home, 'postgres'))) {
    const lock = acquireLock(join(home, 'postgres'))
    try {
      const { directory, data } = resolvePlace({ home, systemDirectory })
      const left = runningPostmaster(data)
      if (left !== null) await stopPostmaster(left, 'immediate')
      rmSync(directory, { recursive: true, force: true })
    } finally {
      lock.release()
    }
  }
  rmSync(home, { recursive: true, force: true })
}

const told = (error: unknown, target: RestoreTarget): unknown => {
  const isTooEarly =
    error instanceof EmbeddedPostgresFault &&
    error.log.includes('before configured recovery target was reached')
  if (!isTooEarly || target.kind !== 'at') return error
  return new Fault(
    'NOT_FOUND',
    `The log that was kept ends before ${target.at.toISOString()}. Ask for an earlier moment, or for the latest.`,
    { cause: error },
  )
}

const stagedDirectory = (place: Place): string => join(place.directory, 'restore-wal')

const layOut = async ({
  root,
  backup,
  into,
  lostData,
  signal,
  systemDirectory,
}: RestoreRequest): Promise<Place> => {
  const { manifest } = backup
  mkdirSync(into, { recursive: true, mode: 0o711 })
  const wal = walDirectory(root, manifest.systemIdentifier)
  const lock = acquireLock(join(into, 'postgres'))
  try {
    const place = resolvePlace({ home: into, systemDirectory: systemDirectory ?? SYSTEM_DIRECTORY })
    requireSpace(place.directory, manifest.dataBytes + archivedSegments(wal).size * SEGMENT_BYTES)
    makePrivateDirectory(place.data, place.account)
    await unpack(backup, place.data, signal)
    giveTree(place.data, place.account)
    const staged = stagedDirectory(place)
    makePrivateDirectory(staged, place.account)
    const ownWal = lostData === null ? null : join(lostData, 'pg_wal')
    await stageWal({ wal, ownWal, from: manifest.startWal, into: staged, account: place.account, signal })
    return place
  } finally {
    lock.release()
  }
}

/** Throws `Fault` UNAVAILABLE where the disk has no room for what is restored, at its largest. */
const requireSpace = (directory: string, bytes: number): void => {
  const { bavail, bsize } = statfsSync(directory)
  const free = bavail * bsize
  if (free < bytes) {
    const [needed, there] = [bytes, free].map((count) => `${Math.ceil(count / 1024 ** 2)} MB`)
    throw new Fault('UNAVAILABLE', `${directory} has ${there} left, and the restore may need ${needed}.`)
  }
}

/** Unpacks into an existing directory. Throws `Fault` that names the first file that is not as it was. */
export const unpack = async (
  { manifest, directory }: BaseBackup,
  data: string,
  signal: AbortSignal,
): Promise<void> => {
  const expected = new Map(manifest.files.map((file) => [file.path, file]))
  const source = createReadStream(join(directory, manifest.archive.name))
  const unpacked = createZstdDecompress()
  const reading = pipeline(source, unpacked, { signal })
  try {
    await Promise.all([
      reading,
      readTar(unpacked, async ({ path, kind, mode }, bytes) => {
        if (kind === 'directory') return void mkdirSync(join(data, path), { recursive: true, mode })
        const sha256 = await unpackFile(join(data, path), bytes)
        if (expected.get(path)?.sha256 !== sha256)
          throw new Fault('INTERNAL', `${path} of the backup is damaged.`)
        expected.delete(path)
      }),
    ])
  } catch (cause) {
    if (cause instanceof Fault || signal.aborted) throw cause
    throw new Fault('INTERNAL', `The archive of the backup ${manifest.id} is damaged.`, { cause })
  }
  const [missing] = expected.keys()
  if (missing !== undefined)
    throw new Fault('INTERNAL', `${missing} is missing in the backup ${manifest.id}.`)
}

const unpackFile = async (file: string, bytes: AsyncIterable<Buffer>): Promise<string> => {
  const hash = createHash('sha256')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const piece of bytes) {
      hash.update(piece)
      await handle.writeFile(piece)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
}

/** In a setting of PostgreSQL a percent sign begins a placeholder, and in the shell a quote ends a name. */
const inCommand = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`.replaceAll('%', '%%')

const targetSettings = (target: RestoreTarget): Readonly<Record<string, string>> => {
  switch (target.kind) {
    case 'latest':
      return {}
    case 'at':
      // The names of time zones, of which Z is one, are not known yet when settings are read.
      return {
        recovery_target_time: target.at.toISOString().replace('Z', '+00'),
        recovery_target_action: 'promote',
      }
    case 'named':
      return { recovery_target_name: target.name, recovery_target_action: 'promote' }
  }
}

const recover = async (
  { root, backup, into, target, settings, signal, systemDirectory }: RestoreRequest,
  place: Place,
): Promise<EmbeddedPostgres> => {
  await signalFile(place.data, place.account)
  const recovery = {
    ...settings,
    // Nobody is let in before the recovery has ended.
    hot_standby: 'off',
    // Of a backup on a timeline that was left since, that timeline.
    recovery_target_timeline: leadsToNow(root, backup.manifest) ? 'latest' : 'current',
    restore_command: `cp ${inCommand(stagedDirectory(place))}/%f "%p"`,
    // The history of the new timeline is to be handed over once somebody takes the log.
    archive_mode: 'on',
    archive_command: '',
    ...targetSettings(target),
  }
  const options = {
    home: into,
    settings: recovery,
    autoRestart: false,
    startTimeoutMs: RECOVERY_TIMEOUT_MS,
    ...(systemDirectory === undefined ? {} : { systemDirectory }),
  }
  signal.throwIfAborted()
  const recovered = await startEmbeddedPostgres(options)
  await recovered.stop('fast')
  rmSync(stagedDirectory(place), { recursive: true, force: true })
  signal.throwIfAborted()
  // The server that is looked at has none of the settings of the recovery.
  const { home, autoRestart } = options
  return startEmbeddedPostgres({
    home,
    autoRestart,
    settings: { ...settings, archive_mode: 'on', archive_command: '' },
    ...(systemDirectory === undefined ? {} : { systemDirectory }),
  })
}

const signalFile = async (data: string, account: Account): Promise<void> => {
  const file = join(data, 'recovery.signal')
  writeFileSync(file, '', { mode: 0o600 })
  if (account.isDropped) await chown(file, account.uid, account.gid)
  await syncPath(file)
  await syncPath(data)
}
