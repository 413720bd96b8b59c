/**
 * Looks every few seconds at how full the disks are, and says what the platform may still do. It comes back by itself,
 * at a little more room than it left, so that it does not go to and fro.
 */
import { statfs } from 'node:fs/promises'
import { Fault } from '../fault.ts'
import type { Log } from '../telemetry/log.ts'
import { reservedBytes } from './disk-reserve.ts'
import type { DiskReserve } from './disk-reserve.ts'

/**
 * `read-only`: the reserve is touched; nothing is changed, what is asked is answered and counted. `closed`: most of the
 * reserve is gone, and answers that could not be counted are not given.
 */
export type DiskMode = 'open' | 'read-only' | 'closed'

export type DiskSpace = { readonly sizeBytes: number; readonly freeBytes: number }

/** Of the fullest disk. */
export type DiskStanding = {
  readonly mode: DiskMode
  readonly directory: string
  readonly freeBytes: number
  /** 0 to 1. */
  readonly freeRatio: number
  readonly reserveBytes: number
}

export type DiskWatch = {
  /** As of the last look; open before the first. */
  readonly standing: () => DiskStanding
  /** Throws UNAVAILABLE where nothing may be changed now. */
  readonly requireRoom: () => void
  /** Is told after each change of the mode. */
  readonly onChange: (listener: (mode: DiskMode) => void) => void
  readonly look: () => Promise<DiskStanding>
  readonly stop: () => void
}

export type DiskWatchOptions = {
  /** The home, and the data directory of a database on this machine. */
  readonly directories: readonly string[]
  /** Null for none: the disk is looked at, and nothing follows. */
  readonly reserve: DiskReserve | null
  readonly log: Log
  /** Default what the system says. */
  readonly spaceOf?: (directory: string) => Promise<DiskSpace>
  readonly everyMilliseconds?: number
}

/** At a hundred megabytes a second, a gigabyte of reserve is ten seconds. */
const EVERY_MS = 2_000
/** Parts of the reserve that must be free to write again, and below which nothing is answered any more. */
const REOPENS_AT = 1.25
const CLOSES_AT = 0.25

/** Looks once before it resolves. A disk that cannot be looked at is taken to stand as it stood. */
export const openDiskWatch = async (options: DiskWatchOptions): Promise<DiskWatch> => {
  const { directories, reserve, log, spaceOf = systemSpace, everyMilliseconds = EVERY_MS } = options
  const listeners: ((mode: DiskMode) => void)[] = []
  let standing: DiskStanding = {
    mode: 'open',
    directory: directories[0] ?? '',
    freeBytes: Number.MAX_SAFE_INTEGER,
    freeRatio: 1,
    reserveBytes: 0,
  }
  const look = async (): Promise<DiskStanding> => {
    const spaces = await Promise.all(
      directories.map(async (directory) => ({ directory, ...(await spaceOf(directory)) })),
    )
    const read = spaces.map((space) => standingOf(space, reserve, standing.mode))
    const fullest = read.toSorted((a, b) => roomOf(a) - roomOf(b))[0] ?? standing
    const before = standing.mode
    standing = fullest
    if (before !== fullest.mode) {
      log[fullest.mode === 'open' ? 'info' : 'error']({ ...fullest, before }, CHANGES[fullest.mode])
      for (const listener of listeners) listener(fullest.mode)
    }
    return fullest
  }
  const lookQuietly = (): Promise<unknown> =>
    look().catch((cause: unknown) => log.error({ err: cause }, 'The disk could not be looked at.'))
  await lookQuietly()
  const timer = setInterval(() => void lookQuietly(), everyMilliseconds).unref()
  return {
    standing: () => standing,
    requireRoom: () => {
      if (standing.mode !== 'open') throw readOnlyFault(standing)
    },
    onChange: (listener) => void listeners.push(listener),
    look,
    stop: () => clearInterval(timer),
  }
}

const CHANGES: Readonly<Record<DiskMode, string>> = {
  open: 'There is room on the disk again; the platform writes again.',
  'read-only': 'The disk is nearly full; the platform changes nothing until there is room.',
  closed: 'The disk is full but for a little; the platform answers nothing until there is room.',
}

/** What whoever wanted to change something is told. */
export const readOnlyFault = (standing: DiskStanding): Fault =>
  new Fault(
    'UNAVAILABLE',
    standing.mode === 'closed'
      ? 'The platform has no room left on its disk and answers nothing for now. Its operators are told; try again in a few minutes.'
      : 'The platform is nearly out of room on its disk and changes nothing for now; what is there can be read. Its operators are told; try again in a few minutes.',
    { facts: { retryAfterSeconds: RETRY_AFTER_SECONDS } },
  )

const RETRY_AFTER_SECONDS = 60

/** How much is left before the platform stops writing. */
const roomOf = ({ freeBytes, reserveBytes }: DiskStanding): number => freeBytes - reserveBytes

const standingOf = (
  { directory, sizeBytes, freeBytes }: DiskSpace & { readonly directory: string },
  reserve: DiskReserve | null,
  before: DiskMode,
): DiskStanding => {
  const reserveBytes = reserve === null ? 0 : reservedBytes(reserve, sizeBytes)
  const freeRatio = sizeBytes === 0 ? 1 : freeBytes / sizeBytes
  const mode = reserve === null ? 'open' : modeOf(freeBytes / reserveBytes, before)
  return { mode, directory, freeBytes, freeRatio, reserveBytes }
}

/** `room` in parts of the reserve. */
const modeOf = (room: number, before: DiskMode): DiskMode => {
  if (room < CLOSES_AT * (before === 'closed' ? REOPENS_AT : 1)) return 'closed'
  if (room < (before === 'open' ? 1 : REOPENS_AT)) return 'read-only'
  return 'open'
}

/** What is free to an account without privileges: PostgreSQL runs under one. */
const systemSpace = async (directory: string): Promise<DiskSpace> => {
  const { bsize, blocks, bavail } = await statfs(directory)
  return { sizeBytes: bsize * blocks, freeBytes: bsize * bavail }
}
