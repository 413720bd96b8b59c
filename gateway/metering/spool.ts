/**
 * Where counted operations wait for the ledger: on disk, so that a process that is killed loses none, and in memory up
 * to a bound, so that the disk is read only when the ledger is far behind. They leave in the order in which they came.
 */
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import type { MeteredOperation } from './metered-operation.ts'
import type { MeteringMetrics, MeteringState } from './metering-metrics.ts'
import { append, mark } from './segment.ts'
import type { Segment } from './segment.ts'
import { spoolFiles } from './spool-files.ts'
import type { SpoolFiles } from './spool-files.ts'
import { operationLine } from './spool-line.ts'

export type SpoolOptions = {
  readonly directory: string
  readonly newId: NewId
  readonly log: Log
  readonly metrics: Pick<MeteringMetrics, 'failed'>
  /** Milliseconds, only ever compared with each other. */
  readonly now: () => number
  readonly bounds?: Partial<SpoolBounds>
}

export type SpoolBounds = {
  /** A file that has so many bytes is followed by the next. */
  readonly segmentBytes: number
  /** Operations in memory. */
  readonly held: number
  /** Milliseconds for which a disk that refused is left alone. */
  readonly diskRest: number
}

/** Some forty thousand operations a file; ten thousand in memory are a few megabytes. */
export const SPOOL_BOUNDS: SpoolBounds = { segmentBytes: 8 * 1024 * 1024, held: 10_000, diskRest: 1_000 }

/** An operation in memory; `segment` is null while the disk does not take it. */
export type Held = { readonly operation: MeteredOperation; segment: Segment | null; end: number }

export type Spool = {
  /** Never throws: what the disk does not take is held in memory, and what neither takes is told in the log. */
  readonly append: (operations: readonly MeteredOperation[]) => void
  /** The oldest that are not written, read back if need be; throws when the disk does not give them. */
  readonly next: (most: number) => Promise<readonly Held[]>
  /** They are the oldest, and in the ledger. */
  readonly acknowledge: (written: readonly Held[]) => void
  /** Takes over what processes left that are gone. True when there was something. */
  readonly adopt: () => Promise<boolean>
  /** Says that this process lives. */
  readonly touch: () => void
  readonly state: () => MeteringState
  /** What is not written stays, for whoever comes next. */
  readonly close: () => void
}

type State = SpoolOptions & {
  readonly limits: SpoolBounds
  readonly files: SpoolFiles
  /** Oldest first. */
  held: Held[]
  /** Of those held, the ones that are in memory alone. */
  memoryOnly: number
  refusedAt: number | null
  isLosing: boolean
}

export const openSpool = (options: SpoolOptions): Spool => {
  const limits = { ...SPOOL_BOUNDS, ...options.bounds }
  const files = spoolFiles({ ...options, segmentBytes: limits.segmentBytes })
  const state: State = {
    ...options,
    limits,
    files,
    held: [],
    memoryOnly: 0,
    refusedAt: null,
    isLosing: false,
  }
  return {
    append: (operations) => add(state, operations),
    next: async (most) => {
      for (let segment = files.unread(); segment !== undefined && state.held.length < most;) {
        await load(state, segment)
        segment = files.unread()
      }
      return state.held.slice(0, most)
    },
    acknowledge: (written) => acknowledge(state, written),
    adopt: () => files.adopt(state.now()),
    touch: files.touch,
    state: () => ({
      waiting: files.all().reduce((sum, { unread }) => sum + unread, state.held.length),
      spoolBytes: files.all().reduce((sum, { size }) => sum + size, 0),
      oldestAt: state.held[0]?.operation.at ?? null,
    }),
    close: () => {
      keepMemoryOnly(state)
      files.close()
    },
  }
}

const add = (state: State, operations: readonly MeteredOperation[]): void => {
  const { log, directory, metrics, now, limits, files } = state
  if (state.refusedAt !== null && now() - state.refusedAt < limits.diskRest) {
    toMemory(state, operations)
    return
  }
  try {
    toDisk(state, operations)
    if (state.refusedAt !== null) log.info({ directory }, 'The spool is written again.')
    state.refusedAt = null
    state.isLosing = false
  } catch (cause) {
    metrics.failed('spool')
    if (state.refusedAt === null) {
      log.error({ err: cause, directory }, 'The spool cannot be written; operations wait in memory alone.')
    }
    state.refusedAt = now()
    // Whatever is wrong with the file, the next try has another.
    files.sealActive()
    toMemory(state, operations)
  }
}

/** All or none, with those that the disk did not take before. */
const toDisk = (state: State, operations: readonly MeteredOperation[]): void => {
  const { files, held } = state
  const isBehind = files.unread() !== undefined
  // Behind others, they would be read back although they are in memory.
  const again = isBehind || state.memoryOnly === 0 ? NOTHING : held.filter(({ segment }) => segment === null)
  // In a file of their own, since operations that follow them in memory precede them in this one.
  const segment = files.active(again.length > 0)
  const ends: number[] = []
  let lines = ''
  for (const { operation } of again) ends.push(segment.size + (lines += operationLine(operation)).length)
  for (const operation of operations) ends.push(segment.size + (lines += operationLine(operation)).length)
  append(segment, lines)
  again.forEach((one, place) => Object.assign(one, { segment, end: ends[place] ?? segment.size }))
  state.memoryOnly -= again.length
  segment.held += again.length
  if (isBehind || held.length + operations.length > state.limits.held) {
    if (again.length > 0) segment.read = ends[again.length - 1] ?? 0
    segment.unread += operations.length
    return
  }
  segment.read = segment.size
  segment.held += operations.length
  operations.forEach((operation, place) => {
    held.push({ operation, segment, end: ends[again.length + place] ?? segment.size })
  })
}

const NOTHING: readonly Held[] = []

const toMemory = (state: State, operations: readonly MeteredOperation[]): void => {
  const { held, limits, log, metrics, directory } = state
  const kept = operations.slice(0, Math.max(0, limits.held - held.length))
  for (const operation of kept) held.push({ operation, segment: null, end: 0 })
  state.memoryOnly += kept.length
  const lost = operations.length - kept.length
  if (lost === 0) return
  metrics.failed('lost', lost)
  if (!state.isLosing)
    log.error({ directory }, 'Operations are lost to metering: neither disk nor memory is left.')
  state.isLosing = true
}

/** The last try: nobody reads back what this process holds. */
const keepMemoryOnly = ({ held, memoryOnly, files, metrics, log, directory }: State): void => {
  if (memoryOnly === 0) return
  const left = held.filter(({ segment }) => segment === null)
  try {
    const segment = files.active(true)
    append(segment, left.map(({ operation }) => operationLine(operation)).join(''))
    segment.unread += left.length
  } catch (cause) {
    metrics.failed('lost', left.length)
    log.error(
      { err: cause, directory, operations: left.length },
      'Operations are lost to metering at the end.',
    )
  }
}

const load = async (state: State, segment: Segment): Promise<void> => {
  try {
    const read = await state.files.readBack(segment)
    for (const one of read) state.held.push({ ...one, segment })
    state.files.settle(segment)
  } catch (cause) {
    state.metrics.failed('read')
    throw cause
  }
}

const acknowledge = (state: State, written: readonly Held[]): void => {
  state.held = state.held.slice(written.length)
  const reached = new Map<Segment, number>()
  for (const { segment, end } of written) {
    if (segment === null) state.memoryOnly -= 1
    else {
      segment.held -= 1
      reached.set(segment, end)
    }
  }
  for (const [segment, end] of reached) noteWritten(state, segment, end)
}

const noteWritten = ({ files, log, metrics }: State, segment: Segment, end: number): void => {
  files.settle(segment)
  if (!files.all().includes(segment)) return
  try {
    mark(segment, end)
  } catch (cause) {
    // Without the mark these are written once more after a crash, under the same ids.
    metrics.failed('spool')
    log.debug({ err: cause, segment: segment.path }, 'A mark could not be set in the spool.')
  }
}
