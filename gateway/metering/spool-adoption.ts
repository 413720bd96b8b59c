/** Takes over the segments of processes that are gone: a renamed file has one new owner, whoever else wanted it. */
import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '@stormops/chassis/telemetry/log'
import { adoptSegment } from './segment.ts'
import type { Segment } from './segment.ts'
import type { Judge, Owner } from './spool-owner.ts'

export type Adoption = {
  readonly directory: string
  readonly owner: Owner
  readonly judge: Judge
  /** As the judge compares it. */
  readonly now: number
  readonly log: Log
  readonly onFailure: () => void
}

/** `<owner>.<id>.spool`; the id sorts by the time it was made. */
export const segmentName = (owner: string, id: string): string => `${owner}.${id}.spool`

const OWNED = /^([\w-]+)\.(?:alive|([\w-]+)\.spool)$/

/** Oldest first. */
export const adoptLeft = async (adoption: Adoption): Promise<readonly Segment[]> => {
  const { directory, owner, judge, now } = adoption
  const left = [...leftBehind(directory)].filter(([name]) => name !== owner.name && judge.isGone(name, now))
  const adopted: Segment[] = []
  for (const [name, ids] of left) {
    for (const id of ids) {
      const segment = await take(adoption, name, id)
      if (segment !== null) adopted.push(segment)
    }
    judge.forget(name)
  }
  return adopted.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

/** The ids of segments by their owners, some of which have none. */
const leftBehind = (directory: string): ReadonlyMap<string, readonly string[]> => {
  const ids = new Map<string, string[]>()
  for (const file of readdirSync(directory)) {
    const [, owner, id] = OWNED.exec(file) ?? []
    if (owner === undefined) continue
    const known = ids.get(owner) ?? []
    if (id !== undefined) known.push(id)
    ids.set(owner, known)
  }
  return ids
}

const take = async (adoption: Adoption, from: string, id: string): Promise<Segment | null> => {
  const { directory, owner, log, onFailure } = adoption
  const path = join(directory, segmentName(owner.name, id))
  try {
    renameSync(join(directory, segmentName(from, id)), path)
    const segment = await adoptSegment(path, id)
    log.info({ segment: path, operations: segment.unread }, 'Adopted what a process left unwritten.')
    return segment
  } catch (cause) {
    // Another process was faster.
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    onFailure()
    log.error({ err: cause, segment: path }, 'A segment of the spool cannot be read.')
    return null
  }
}
