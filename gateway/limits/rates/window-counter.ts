/** Counts requests in windows of fixed length: in Redis, where several gateways count together, else in this process. */
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { RateLimiterRes } from 'rate-limiter-flexible'
import { AWAY } from '../../redis.ts'
import type { SharedStore } from '../../redis.ts'

export type WindowCount = {
  /** In the running window, this time included. */
  readonly consumed: number
  readonly millisecondsLeft: number
}

export type WindowCounter = {
  /** Counts, whatever the limit is: that is the caller's to compare. */
  readonly add: (key: string, points: number) => Promise<WindowCount>
  readonly look: (key: string) => Promise<WindowCount>
}

/** What is allowed differs by plan and may change while a window runs, so the limiters only count. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER

/**
 * Windows begin with the first request of a key. `name` keeps counters apart; keys carry a hash tag, so that a Redis
 * Cluster keeps what belongs together together.
 */
export const windowCounter = (shared: SharedStore, name: string, seconds: number): WindowCounter => {
  const options = { keyPrefix: `rate:${name}`, points: NO_LIMIT, duration: seconds }
  const inProcess = new RateLimiterMemory(options)
  const { client } = shared
  // Its `insuranceLimiter` would hide that Redis failed, and each request would wait for that anew.
  const inRedis = client === null ? null : new RateLimiterRedis({ ...options, storeClient: client })
  const either = async (
    work: (limiter: RateLimiterMemory | RateLimiterRedis) => Promise<RateLimiterRes | null>,
  ): Promise<WindowCount> => {
    const together = inRedis === null ? AWAY : await shared.attempt(() => work(inRedis))
    const counted = together === AWAY ? await work(inProcess) : together
    return counted === null
      ? { consumed: 0, millisecondsLeft: seconds * 1000 }
      : { consumed: counted.consumedPoints, millisecondsLeft: Math.max(0, counted.msBeforeNext) }
  }
  return {
    add: (key, points) => either((limiter) => limiter.consume(key, points)),
    look: (key) => either((limiter) => limiter.get(key)),
  }
}
