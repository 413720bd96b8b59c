/**
 * Takes jobs out of the queue as long as there is room, keeps them while they are done, and settles them. One process
 * has room for so many at once, of a kind for fewer, and long ones never take all of it.
 */
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import type { Log } from '../telemetry/log.ts'
import { takenOver, workerClosed } from './attempt.ts'
import type { Attempted } from './attempt.ts'
import type { JobKind } from './define-job.ts'
import { settler } from './settle-jobs.ts'
import type { TakeJobs, Taking } from './take-jobs.ts'

/** One queue and what is done with what comes out of it. */
export type Lane = Taking & {
  readonly kind: JobKind
  /** In this process. */
  readonly atOnce: number
  readonly work: (job: JobWithMetadata, stop: AbortSignal) => Promise<Attempted>
}

export type HeldJob = { readonly job: JobWithMetadata; readonly stop: AbortController }

export type Dispatcher = {
  /** There may be a job of the name to do. */
  readonly due: (name: string) => void
  readonly held: () => readonly HeldJob[]
  /** Takes no new job, waits for those under way, and breaks off what is not done by then. */
  readonly stop: (drainMs: number) => Promise<void>
}

export type DispatcherOptions = {
  readonly boss: PgBoss
  readonly take: TakeJobs
  readonly lanes: readonly Lane[]
  /** Jobs at once, of all names together. */
  readonly capacity: number
  readonly log: Log
}

/** Often enough that one late beat does not lose a job, which happens after `HEARTBEAT_SECONDS`. */
const BEAT_EVERY_MS = 3_000
/** For what was broken off to write down that it was. */
const BREAK_OFF_MS = 3_000

export const startDispatching = (options: DispatcherOptions): Dispatcher => {
  const { boss, take, lanes, capacity, log } = options
  const byName = new Map(lanes.map((lane) => [lane.name, lane]))
  const held = new Map<JobWithMetadata, HeldJob & { readonly lane: Lane }>()
  const settle = settler(boss)
  /** Names of which there may be some, the one that waited longest first. */
  const due = new Set<string>()
  const heard = new Set<string>()
  let pumping: Promise<void> | null = null
  let stopped = false
  const underWay = new Set<Promise<void>>()

  const room = (lane: Lane): number => {
    const lanesJobs = [...held.values()]
    const ofName = lanesJobs.filter((one) => one.lane === lane).length
    const long = lanesJobs.filter((one) => one.lane.kind === 'long').length
    const ofKind = lane.kind === 'long' ? Math.ceil(capacity / 2) - long : capacity
    const ofLane = Math.min(lane.atOnce, lane.atOnceOverall ?? Infinity)
    return Math.min(ofLane - ofName, ofKind, capacity - held.size)
  }

  const work = async (lane: Lane, job: JobWithMetadata): Promise<void> => {
    const stop = new AbortController()
    held.set(job, { job, stop, lane })
    try {
      const working = lane.work(job, stop.signal).finally(() => {
        held.delete(job)
        wake(lane.name)
      })
      // Its line says how it ended by now, so its room need not wait until the queue knows, too.
      await settle(job, await working)
      // A place that all processes share is free only now.
      if (lane.atOnceOverall !== null) wake(lane.name)
    } catch (error) {
      // The queue finds out that nobody is at it, and counts the attempt as lost.
      log.error({ err: error, jobId: job.id, job: job.name }, 'a job could not be settled')
    }
  }

  const takeFrom = async (lane: Lane, most: number): Promise<void> => {
    heard.delete(lane.name)
    const jobs = await take(lane, most)
    // To the end of the row, so that a name with very many does not keep the others waiting.
    due.delete(lane.name)
    if (jobs.length > 0 || heard.has(lane.name)) due.add(lane.name)
    for (const job of jobs) {
      const done = work(lane, job)
      underWay.add(done)
      void done.finally(() => underWay.delete(done))
    }
  }

  const next = (): Lane | undefined =>
    [...due].map((name) => byName.get(name)).find((lane) => lane !== undefined && room(lane) > 0)

  const pump = async (): Promise<void> => {
    for (;;) {
      // Jobs end many at a time: their room is filled by one statement.
      await new Promise((resolve) => setImmediate(resolve))
      const lane = next()
      if (stopped || lane === undefined) return
      await takeFrom(lane, room(lane)).catch((error: unknown) => {
        due.delete(lane.name)
        log.error({ err: error, job: lane.name }, 'jobs could not be taken; it is tried again')
      })
    }
  }

  const start = (): void => {
    pumping ??= pump().finally(() => {
      pumping = null
      if (!stopped && next() !== undefined) start()
    })
  }

  const wake = (name: string): void => {
    if (stopped || !byName.has(name)) return
    due.add(name)
    heard.add(name)
    start()
  }

  let beating: Promise<void> | null = null
  const beat = setInterval(() => {
    beating ??= keep(boss, [...held.values()], log).finally(() => {
      beating = null
    })
  }, BEAT_EVERY_MS)

  return {
    due: wake,
    held: () => [...held.values()],
    stop: async (drainMs) => {
      stopped = true
      await pumping
      const ended = (): Promise<unknown> => Promise.all(underWay)
      await within(drainMs, ended())
      for (const { stop } of held.values()) stop.abort(workerClosed())
      await within(BREAK_OFF_MS, ended())
      clearInterval(beat)
    },
  }
}

/** Says that somebody is still at the jobs, and breaks off those that another worker has by now. */
const keep = async (
  boss: PgBoss,
  held: readonly (HeldJob & { readonly lane: Lane })[],
  log: Log,
): Promise<void> => {
  for (const name of new Set(held.map(({ lane }) => lane.name))) {
    const ours = held.filter(({ lane, stop }) => lane.name === name && !stop.signal.aborted)
    try {
      const kept = await boss.touch(
        name,
        ours.map(({ job }) => job),
      )
      const ids = 'settled' in kept && Array.isArray(kept.settled) ? new Set(kept.settled) : null
      for (const { job, stop } of ours) if (ids?.has(job.id) === false) stop.abort(takenOver())
    } catch (error) {
      // It says nothing about whose the jobs are, so none is broken off.
      log.warn({ err: error, job: name }, 'the queue could not be told that jobs are being done')
    }
  }
}

const within = async (milliseconds: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, over])
  clearTimeout(timer)
}
