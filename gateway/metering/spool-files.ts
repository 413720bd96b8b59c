/** The segments of one spool, in the order in which they go to the ledger, and the one that lines are added to. */
import { appendFileSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import type { MeteredOperation } from './metered-operation.ts'
import type { MeteringMetrics } from './metering-metrics.ts'
import { createSegment, hasGrown, readOn, remove, seal } from './segment.ts'
import type { PlacedLine, Segment } from './segment.ts'
import { adoptLeft, segmentName } from './spool-adoption.ts'
import { becomeOwner, judgeOf } from './spool-owner.ts'
import type { Judge, Owner } from './spool-owner.ts'

/** Bytes read back at once, which are some fifteen hundred operations. */
const CHUNK_BYTES = 256 * 1024

export type FileOptions = {
  readonly directory: string
  readonly newId: NewId
  readonly log: Log
  readonly metrics: Pick<MeteringMetrics, 'failed'>
  readonly segmentBytes: number
}

export type ReadOperation = { readonly operation: MeteredOperation; readonly end: number }

export type SpoolFiles = {
  /** The one to add to; throws when the disk gives none. A new one where `isFresh`. */
  readonly active: (isFresh: boolean) => Segment
  /** Lines are added elsewhere from now on. */
  readonly sealActive: () => void
  /** The first that holds what is not in memory. */
  readonly unread: () => Segment | undefined
  readonly readBack: (segment: Segment) => Promise<readonly ReadOperation[]>
  /** Removes a segment of which nothing is left to do. */
  readonly settle: (segment: Segment) => void
  readonly adopt: (now: number) => Promise<boolean>
  readonly touch: () => void
  readonly all: () => readonly Segment[]
  readonly close: () => void
}

type State = FileOptions & {
  readonly judge: Judge
  owner: Owner | null
  segments: readonly Segment[]
  active: Segment | null
}

export const spoolFiles = (options: FileOptions): SpoolFiles => {
  const state: State = {
    ...options,
    judge: judgeOf(options.directory),
    owner: null,
    segments: [],
    active: null,
  }
  return {
    active: (isFresh) => activeOf(state, isFresh),
    sealActive: () => sealActive(state),
    unread: () => state.segments.find(({ read, size }) => read < size),
    readBack: (segment) => readBack(state, segment),
    settle: (segment) => settle(state, segment),
    adopt: (now) => adopt(state, now),
    touch: () => touch(state),
    all: () => state.segments,
    close: () => {
      sealActive(state)
      state.owner?.release()
    },
  }
}

const ownerOf = (state: State): Owner => {
  if (state.owner === null) {
    mkdirSync(state.directory, { recursive: true })
    state.owner = becomeOwner(state.directory, state.newId)
  }
  return state.owner
}

const activeOf = (state: State, isFresh: boolean): Segment => {
  const { active, segmentBytes, directory } = state
  const hasRoom = active !== null && active.descriptor !== null && active.size < segmentBytes
  if (hasRoom && !(isFresh && active.size > 0)) return active
  sealActive(state)
  const id = state.newId()
  const created = createSegment(join(directory, segmentName(ownerOf(state).name, id)), id)
  state.active = created
  state.segments = [...state.segments, created]
  return created
}

const sealActive = (state: State): void => {
  const { active } = state
  if (active === null) return
  state.active = null
  seal(active)
  settle(state, active)
}

const settle = (state: State, segment: Segment): void => {
  if (segment === state.active || segment.held > 0 || segment.read < segment.size) return
  // Its owner lives after all, and has added to it meanwhile.
  if (hasGrown(segment)) return
  state.segments = state.segments.filter((other) => other !== segment)
  remove(segment)
}

const adopt = async (state: State, now: number): Promise<boolean> => {
  const { directory, judge, log, metrics } = state
  const onFailure = (): void => metrics.failed('read')
  const adopted = await adoptLeft({ directory, owner: ownerOf(state), judge, now, log, onFailure })
  if (adopted.length === 0) return false
  // What comes now follows what was adopted.
  sealActive(state)
  state.segments = [...state.segments, ...adopted]
  for (const segment of adopted) settle(state, segment)
  return true
}

const touch = (state: State): void => {
  state.owner?.touch()
  const { active } = state
  // Whoever took us for gone has it now, with all that was in it.
  if (active !== null && statSync(active.path, { throwIfNoEntry: false }) === undefined) sealActive(state)
}

/** Throws what the disk answers; a file that somebody took is passed over, since they write it. */
const readBack = async (state: State, segment: Segment): Promise<readonly ReadOperation[]> => {
  const lines = await readOn(segment, CHUNK_BYTES).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause
    state.log.warn({ segment: segment.path }, 'A segment was taken by another process.')
    segment.read = segment.size
    return []
  })
  const operations: ReadOperation[] = []
  for (const placed of lines) {
    if (placed.line.kind === 'operation')
      operations.push({ operation: placed.line.operation, end: placed.end })
    if (placed.line.kind === 'damaged') keepAside(state, segment, placed)
  }
  segment.held += operations.length
  segment.unread = segment.read === segment.size ? 0 : Math.max(0, segment.unread - operations.length)
  return operations
}

/** What cannot be read is not for us to throw away. */
const keepAside = (
  { directory, log, metrics }: State,
  segment: Segment,
  { start, bytes }: PlacedLine,
): void => {
  const aside = join(directory, `${segment.id}.damaged`)
  const place = { segment: segment.path, byte: start }
  metrics.failed('damaged')
  try {
    appendFileSync(aside, bytes)
    log.error({ ...place, aside }, 'A line of the spool is damaged, and was put aside.')
  } catch (cause) {
    const line = bytes.toString('latin1')
    log.error({ ...place, err: cause, line }, 'A line of the spool is damaged, and cannot be put aside.')
  }
}
