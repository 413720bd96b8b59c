/**
 * How much is under way at once. What finds no slot waits a moment in a short line, and what finds no place in the line
 * is turned away at once: a line that grows makes every answer late and none better.
 */
import { Fault } from '@stormops/chassis/fault'

export type OverloadSettings = {
  /** Operations under way at once. */
  readonly executing: number
  /** Operations that may wait for a slot. */
  readonly waiting: number
  /** Milliseconds one waits at most. */
  readonly patienceMilliseconds: number
}

/**
 * One process answers about 1,500 small operations a second, so 256 under way are a sixth of a second of work, and
 * four for each of the 60 connections to the database. As many again wait no longer than that, unless something hangs.
 */
export const OVERLOAD: OverloadSettings = { executing: 256, waiting: 256, patienceMilliseconds: 1_000 }

export type SlotCounts = { readonly executing: number; readonly waiting: number }

export type Slots = {
  /** True when whoever comes now would be turned away. */
  readonly isFull: () => boolean
  /**
   * `owner` is who shares with the others: a company, or an address. Throws `UNAVAILABLE` without a slot; `patience` in
   * milliseconds may shorten the wait.
   */
  readonly run: <Result>(owner: string, patience: number, work: () => Promise<Result>) => Promise<Result>
  readonly counts: () => SlotCounts
}

/** Nobody has more than this part of the slots while others wait, nor of the line. */
const LARGEST_SHARE = 0.5

export const RETRY_AFTER_SECONDS = 1

type Waiting = { readonly owner: string; readonly start: () => void }

export const operationSlots = (
  settings: OverloadSettings,
  onChange: (counts: SlotCounts) => void = () => undefined,
): Slots => {
  const underWay = new Map<string, number>()
  const line: Waiting[] = []
  let executing = 0
  const counts = (): SlotCounts => ({ executing, waiting: line.length })
  const heldBy = (owner: string): number => underWay.get(owner) ?? 0

  const take = (owner: string): void => {
    executing += 1
    underWay.set(owner, heldBy(owner) + 1)
    onChange(counts())
  }
  const give = (owner: string): void => {
    executing -= 1
    if (heldBy(owner) === 1) underWay.delete(owner)
    else underWay.set(owner, heldBy(owner) - 1)
    nextOf(line, (one) => heldBy(one) < settings.executing * LARGEST_SHARE)?.start()
    onChange(counts())
  }
  const wait = (owner: string, patience: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const waiting: Waiting = {
        owner,
        start: () => {
          clearTimeout(timer)
          take(owner)
          resolve()
        },
      }
      const timer = setTimeout(() => {
        line.splice(line.indexOf(waiting), 1)
        onChange(counts())
        reject(overloaded())
      }, patience)
      line.push(waiting)
      onChange(counts())
    })
  const enter = async (owner: string, patience: number): Promise<void> => {
    if (executing < settings.executing && line.length === 0) return take(owner)
    const ofOwner = line.filter((waiting) => waiting.owner === owner).length
    if (line.length >= settings.waiting || ofOwner >= settings.waiting * LARGEST_SHARE) throw overloaded()
    return wait(owner, Math.min(patience, settings.patienceMilliseconds))
  }
  return {
    isFull: () => executing >= settings.executing && line.length >= settings.waiting,
    run: async (owner, patience, work) => {
      await enter(owner, patience)
      try {
        return await work()
      } finally {
        give(owner)
      }
    },
    counts,
  }
}

/** The first in line whose share allows it; the first of all where no share does, since then nobody else waits. */
const nextOf = (line: Waiting[], hasShareLeft: (owner: string) => boolean): Waiting | undefined => {
  const index = line.findIndex(({ owner }) => hasShareLeft(owner))
  return line.splice(Math.max(0, index), 1)[0]
}

export const overloaded = (): Fault =>
  new Fault('UNAVAILABLE', 'The platform has more to do than it can take on. Try again in a second.', {
    facts: { retryAfterSeconds: RETRY_AFTER_SECONDS },
  })
