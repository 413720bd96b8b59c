/**
 * Carries what was counted to the ledger. Whenever the ledger is free and something waits, it gets the next batch: no
 * timer, one batch at a time, in order. A batch that fails is tried again until it is taken.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

/** Rows that the ledger takes in one statement. */
export const LARGEST_BATCH = 1_000

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 30_000

export type FlushOptions<Item> = {
  /** The oldest that are not written; none when nothing waits. May throw, and is then asked again. */
  readonly next: (most: number) => Promise<readonly Item[]>
  readonly write: (batch: readonly Item[]) => Promise<void>
  readonly acknowledge: (batch: readonly Item[]) => void
  /** `attempt` counts from 1 and begins anew after each success. */
  readonly onFailure: (cause: unknown, attempt: number) => void
  /** Resolves early once the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1. */
  readonly random: () => number
}

export type Flush = {
  /** Something waits. */
  readonly wake: () => void
  /** Tries at once what waits to be tried again. */
  readonly hurry: () => void
  /** Resolves when nothing waits any more. */
  readonly idle: () => Promise<void>
  /** Begins no other batch, and acknowledges none. */
  readonly stop: () => void
}

/** Doubles from a tenth of a second to half a minute; a random half of it keeps processes from coming at once. */
export const retryDelay = (attempt: number, random: () => number): number => {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 20))
  return Math.round(whole / 2 + (whole / 2) * random())
}

export const startFlush = <Item>(options: FlushOptions<Item>): Flush => {
  // Whoever wakes it is one of many that are written: their lines and spans are no request's.
  const ofNobody = AsyncLocalStorage.snapshot()
  let running: Promise<void> | null = null
  let isWoken = false
  let isStopped = false
  let resting = new AbortController()
  let attempt = 0

  /** False when nothing waits. */
  const carryBatch = async (): Promise<boolean> => {
    const batch = await options.next(LARGEST_BATCH)
    if (batch.length === 0 || isStopped) return false
    await options.write(batch)
    // What is taken after the end is written once more by whoever adopts the spool, under the same ids.
    if (isStopped) return false
    options.acknowledge(batch)
    attempt = 0
    return true
  }

  const rest = async (cause: unknown): Promise<void> => {
    attempt += 1
    options.onFailure(cause, attempt)
    if (resting.signal.aborted) resting = new AbortController()
    await options.sleep(retryDelay(attempt, options.random), resting.signal)
  }

  /** Whether there may be more. That there is none is said in the same breath as it is found. */
  const step = async (): Promise<boolean> => {
    isWoken = false
    try {
      if (!isStopped && ((await carryBatch()) || isWoken)) return true
    } catch (cause) {
      if (!isStopped) {
        await rest(cause)
        return true
      }
    }
    running = null
    return false
  }

  const run = async (): Promise<void> => {
    for (let goesOn = true; goesOn;) goesOn = await step()
  }

  const idle = async (): Promise<void> => {
    if (running === null) return
    await running
    await idle()
  }

  return {
    wake: () => {
      isWoken = true
      if (!isStopped) running ??= ofNobody(run)
    },
    hurry: () => {
      attempt = 0
      resting.abort()
    },
    idle,
    stop: () => {
      isStopped = true
      resting.abort()
    },
  }
}
