/**
 * How much is under way at once. What finds no slot waits a moment in a short line, and what finds no place in the line
 * is turned away at once: a line that grows makes every answer late and none better. Slots and places are shared among
 * those who want them: whoever has the least under way is next, and whoever has the most in a full line gives way.
 */
import { Fault } from '@stormops/chassis/fault'
import { loopPace } from './pace.ts'
import type { Pace } from './pace.ts'

export type OverloadSettings = {
  /** Operations under way at once, at most; fewer where this process itself is what they wait for. */
  readonly executing: number
  /** How many may be under way however long they make the turns of the event loop. */
  readonly fewest: number
  /** Operations that may wait for a slot: so many as come at once, and no more than there are slots for longer. */
  readonly waiting: number
  /** Milliseconds one waits at most. */
  readonly patienceMilliseconds: number
}

/**
 * 256 are four for each of the 60 connections to the database, for when they wait for something that hangs. Where they wait for
 * this process, the pace makes it some tens; 16 keep a process and its database busy at any time.
 */
export const OVERLOAD: OverloadSettings = {
  executing: 256,
  fewest: 16,
  waiting: 256,
  patienceMilliseconds: 2_000,
}

export type SlotCounts = { readonly executing: number; readonly waiting: number }

export type Slots = {
  /** True when whoever finds no slot has to make somebody give way, or is turned away. */
  readonly isLineFull: () => boolean
  /** True when this owner would be turned away now. */
  readonly isFullFor: (owner: string) => boolean
  /**
   * `owner` is who shares with the others: a company, or an address. Throws `UNAVAILABLE` without a slot; `patience` in
   * milliseconds may shorten the wait.
   */
  readonly run: <Result>(owner: string, patience: number, work: () => Promise<Result>) => Promise<Result>
  readonly counts: () => SlotCounts
}

export const RETRY_AFTER_SECONDS = 1

/** Milliseconds within which those who came at once are through: a line that stands for longer is one that only delays. */
const BURST_MS = 1_000

type Waiting = { readonly owner: string; readonly start: () => void; readonly giveWay: () => void }

export const operationSlots = (
  settings: OverloadSettings,
  onChange: (counts: SlotCounts) => void = () => undefined,
  pace: Pace = loopPace(settings.executing, settings.fewest),
  now: () => number = () => performance.now(),
): Slots => {
  const underWay = tally()
  const inLine = tally()
  const line: Waiting[] = []
  let executing = 0
  let lineBegan = 0
  const counts = (): SlotCounts => ({ executing, waiting: line.length })
  const leave = (waiting: Waiting): void => {
    line.splice(line.indexOf(waiting), 1)
    inLine.remove(waiting.owner)
  }
  /** Who has nothing under way is let in beside the others, as long as there is any room. */
  const hasSlotFor = (owner: string): boolean =>
    executing < pace.places(executing) || (underWay.of(owner) === 0 && executing < settings.executing)
  const isLineFull = (): boolean =>
    line.length >= settings.waiting || (line.length >= pace.places(executing) && now() - lineBegan > BURST_MS)
  const take = (owner: string): void => {
    executing += 1
    underWay.add(owner)
    onChange(counts())
  }
  const give = (owner: string): void => {
    executing -= 1
    underWay.remove(owner)
    for (let next = nextOf(line, underWay); next !== null && hasSlotFor(next.owner);) {
      leave(next)
      next.start()
      next = nextOf(line, underWay)
    }
    onChange(counts())
  }
  const wait = (owner: string, patience: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const refuse = (): void => {
        leave(waiting)
        onChange(counts())
        reject(overloaded())
      }
      const timer = setTimeout(refuse, patience)
      const waiting: Waiting = {
        owner,
        start: () => {
          clearTimeout(timer)
          take(owner)
          resolve()
        },
        giveWay: () => {
          clearTimeout(timer)
          refuse()
        },
      }
      if (line.length === 0) lineBegan = now()
      line.push(waiting)
      inLine.add(owner)
      onChange(counts())
    })
  /** The one with the most in line, where it has more than this owner would have. */
  const greedierThan = (owner: string): string | null => {
    const [greediest, places] = inLine.most()
    return places > inLine.of(owner) + 1 ? greediest : null
  }
  const enter = async (owner: string, patience: number): Promise<void> => {
    if (inLine.of(owner) === 0 && hasSlotFor(owner)) return take(owner)
    if (isLineFull()) {
      const greedier = greedierThan(owner)
      if (greedier === null) throw overloaded()
      line.findLast((waiting) => waiting.owner === greedier)?.giveWay()
    }
    return wait(owner, Math.min(patience, settings.patienceMilliseconds))
  }
  return {
    isLineFull,
    isFullFor: (owner) => isLineFull() && !hasSlotFor(owner) && greedierThan(owner) === null,
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

type Tally = {
  readonly of: (owner: string) => number
  readonly add: (owner: string) => void
  readonly remove: (owner: string) => void
  /** Whoever has the most; nobody has none. */
  readonly most: () => readonly [owner: string | null, count: number]
}

const tally = (): Tally => {
  const counts = new Map<string, number>()
  const of = (owner: string): number => counts.get(owner) ?? 0
  return {
    of,
    add: (owner) => void counts.set(owner, of(owner) + 1),
    remove: (owner) => void (of(owner) === 1 ? counts.delete(owner) : counts.set(owner, of(owner) - 1)),
    most: () => {
      let most: readonly [string | null, number] = [null, 0]
      for (const entry of counts) if (entry[1] > most[1]) most = entry
      return most
    },
  }
}

/** Of those who have the least under way, the first who came. */
const nextOf = (line: readonly Waiting[], underWay: Tally): Waiting | null => {
  let next: Waiting | null = null
  let least = Infinity
  for (const waiting of line) {
    const held = underWay.of(waiting.owner)
    if (held >= least) continue
    next = waiting
    least = held
  }
  return next
}

export const overloaded = (): Fault =>
  new Fault('UNAVAILABLE', 'The platform has more to do than it can take on. Try again in a second.', {
    facts: { retryAfterSeconds: RETRY_AFTER_SECONDS },
  })
