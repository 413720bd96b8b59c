/** The buckets of all actors: in Redis, where several gateways pour together, else in this process. */
import { AWAY } from '../../redis.ts'
import type { SharedStore } from '../../redis.ts'
import type { RedisConnection } from '../../redis-connection.ts'
import { EMPTY, levelAt, pour } from './leaky-bucket.ts'
import type { BucketSize, BucketState } from './leaky-bucket.ts'

export type Poured = { readonly accepted: boolean; readonly level: number }

export type CostBuckets = {
  readonly pour: (key: string, cost: number, size: BucketSize) => Promise<Poured>
}

/** Buckets kept in a process; past it those that have run empty are forgotten, and then the oldest. */
const KEPT_BUCKETS = 100_000

export const costBuckets = (shared: SharedStore): CostBuckets => {
  const inProcess = processBuckets()
  return {
    pour: async (key, cost, size) => {
      const together = await shared.attempt((redis) => pourInRedis(redis, `cost:${key}`, cost, size))
      return together === AWAY ? inProcess(key, cost, size) : together
    },
  }
}

const processBuckets = () => {
  const buckets = new Map<string, BucketState>()
  return (key: string, cost: number, size: BucketSize): Poured => {
    const now = performance.now()
    const { accepted, state } = pour(buckets.get(key) ?? EMPTY, cost, now, size)
    buckets.delete(key)
    buckets.set(key, state)
    if (buckets.size > KEPT_BUCKETS) forgetSome(buckets, now, size.restoreRate)
    return { accepted, level: state.level }
  }
}

const forgetSome = (buckets: Map<string, BucketState>, now: number, restoreRate: number): void => {
  for (const [key, state] of buckets) {
    if (levelAt(state, now, restoreRate) === 0) buckets.delete(key)
  }
  for (const key of buckets.keys()) {
    if (buckets.size <= KEPT_BUCKETS / 2) break
    buckets.delete(key)
  }
}

/**
 * The same arithmetic as `pour`, by Redis' own clock, and in one step so that no two gateways fill the same room.
 * A bucket is forgotten once it would have run empty.
 */
const POUR = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local cost, maximum, rate = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = tonumber(kept[1] or '0')
level = math.max(0, level - math.max(0, now - tonumber(kept[2] or now)) * rate / 1000)
if cost > 0 and level + cost > maximum then return {0, tostring(level)} end
level = math.max(0, level + cost)
redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(level / rate * 1000) + 1000)
return {1, tostring(level)}`

const pourInRedis = async (
  redis: RedisConnection,
  key: string,
  cost: number,
  { maximum, restoreRate }: BucketSize,
): Promise<Poured> => {
  const answer: unknown = await redis.eval(POUR, 1, key, cost, maximum, restoreRate)
  const [accepted, level]: readonly unknown[] = Array.isArray(answer) ? Array.from<unknown>(answer) : []
  return { accepted: accepted === 1, level: Number(level) }
}
