/**
 * The archive of the write-ahead log. PostgreSQL hands over pieces of 16 MB however little is in them, so they are
 * packed soon after: a quiet minute then takes a few kilobytes instead of sixteen thousand.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { chown, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { promisify } from 'node:util'
import type { Account } from '../database/embedded/account.ts'
import { packedName } from '../database/embedded/archive.ts'
import { Fault } from '../fault.ts'
import { syncPath } from './durable-file.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Timeline and place, eight and sixteen hex digits. */
const SEGMENT = /^[0-9A-F]{24}$/
const PACKED = /^([0-9A-F]{24})\.([0-9a-f]{64})\.zst$/
const TIMELINE_DIGITS = 8

/** A piece is left alone for so long, since PostgreSQL may hand it over again after a crash. */
const PACK_AFTER_MS = 5_000

const MILLISECONDS = 1_000

/** Where in the log a piece is, without its timeline: what is before another is older on every timeline. */
export const walPosition = (segment: string): string => segment.slice(TIMELINE_DIGITS, 24)

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Names in the archive, packed or not, by the piece they hold. */
export const archivedSegments = (wal: string): ReadonlyMap<string, string> => {
  const names = existsSync(wal) ? readdirSync(wal) : []
  return new Map(
    names.flatMap((name): readonly [string, string][] => {
      const segment = SEGMENT.test(name) ? name : PACKED.exec(name)?.[1]
      return segment === undefined ? [] : [[segment, name]]
    }),
  )
}

/** Packs the pieces that have settled, and returns how many. The unpacked one goes when the packed one is on the disk. */
export const packWal = async (wal: string, nowMs: number): Promise<number> => {
  const settled = [...archivedSegments(wal)].filter(
    ([segment, name]) => segment === name && nowMs - statSync(join(wal, name)).mtimeMs > PACK_AFTER_MS,
  )
  for (const [segment] of settled) await pack(wal, segment)
  return settled.length
}

const pack = async (wal: string, segment: string): Promise<void> => {
  const bytes = await readFile(join(wal, segment))
  const packed = join(wal, packedName(segment, sha256(bytes)))
  const part = `${packed}.part`
  const handle = await open(part, 'w', 0o600)
  try {
    await handle.writeFile(await compress(bytes))
    await handle.sync()
  } finally {
    await handle.close()
  }
  const { uid, gid } = statSync(join(wal, segment))
  if (process.geteuid?.() === 0) await chown(part, uid, gid)
  await rename(part, packed)
  await syncPath(wal)
  await rm(join(wal, segment))
}

/** The bytes of a piece. Throws `Fault` when they are not those that were archived. */
const segmentBytes = async (wal: string, name: string): Promise<Buffer> => {
  const bytes = await readFile(join(wal, name))
  const [, segment, sum] = PACKED.exec(name) ?? []
  if (segment === undefined) return bytes
  const unpacked = await decompress(bytes).catch((cause: unknown) => {
    throw new Fault('INTERNAL', `The piece ${segment} of the log is damaged.`, { cause })
  })
  if (sha256(unpacked) !== sum) throw new Fault('INTERNAL', `The piece ${segment} of the log is damaged.`)
  return unpacked
}

/** Pages of the log are this large; what is empty of a piece takes no room. */
const PAGE = 8_192

/** Writes a file with holes where there is nothing: most of a piece that a quiet minute closed. */
const writeSparse = async (file: string, bytes: Buffer, account: Account | null): Promise<void> => {
  const handle = await open(file, 'w', 0o600)
  try {
    for (let at = 0; at < bytes.length; at += PAGE) {
      const page = bytes.subarray(at, at + PAGE)
      if (page.some((byte) => byte !== 0)) await handle.write(page, 0, page.length, at)
    }
    await handle.truncate(bytes.length)
    if (account?.isDropped === true) await handle.chown(account.uid, account.gid)
  } finally {
    await handle.close()
  }
}

export type Staging = {
  readonly wal: string
  /** The log of the server itself, for what it had not handed over; null where there is none any more. */
  readonly ownWal: string | null
  /** The first piece that is needed. */
  readonly from: string
  readonly into: string
  readonly account: Account
  readonly signal: AbortSignal
}

const HISTORY = /^[0-9A-F]{8}\.history$/

/** Lays out every piece from the first that is needed, and the histories of timelines; returns how many pieces. */
export const stageWal = async ({ wal, ownWal, from, into, account, signal }: Staging): Promise<number> => {
  const archived = archivedSegments(wal)
  if (!archived.has(from)) {
    throw new Fault(
      'NOT_FOUND',
      `The archive does not have the piece ${from} of the log, with which the backup begins.`,
    )
  }
  const isNeeded = (segment: string): boolean => walPosition(segment) >= walPosition(from)
  let count = 0
  for (const [segment, name] of archived) {
    if (!isNeeded(segment)) continue
    signal.throwIfAborted()
    await writeSparse(join(into, segment), await segmentBytes(wal, name), account)
    count += 1
  }
  const histories = readdirSync(wal).filter((name) => HISTORY.test(name))
  for (const name of histories) await writeSparse(join(into, name), await readFile(join(wal, name)), account)
  const own = ownWal === null || !existsSync(ownWal) ? [] : readdirSync(ownWal)
  for (const name of own.filter((one) => SEGMENT.test(one) && isNeeded(one) && !archived.has(one))) {
    signal.throwIfAborted()
    await writeSparse(join(into, name), await readFile(join(ownWal ?? '', name)), account)
    count += 1
  }
  return count
}

/** Seconds for which the oldest finished piece has waited to be handed over; 0 when none waits. */
export const archiveLagSeconds = (data: string, nowMs: number): number => {
  const status = join(data, 'pg_wal', 'archive_status')
  const waiting = existsSync(status) ? readdirSync(status).filter((name) => name.endsWith('.ready')) : []
  const since = waiting.map(
    (name) => statSync(join(status, name), { throwIfNoEntry: false })?.mtimeMs ?? nowMs,
  )
  return Math.max(0, ...since.map((at) => (nowMs - at) / MILLISECONDS))
}

/** Takes pieces out of the archive that are not to be kept; timelines' histories stay. Returns how many went. */
export const pruneWal = (wal: string, isKept: (position: string) => boolean): number => {
  const names = existsSync(wal) ? readdirSync(wal) : []
  const gone = names.filter((name) => /^[0-9A-F]{24}/.test(name) && !isKept(walPosition(basename(name))))
  for (const name of gone) rmSync(join(wal, name), { force: true })
  return gone.length
}
