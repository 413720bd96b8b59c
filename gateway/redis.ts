/**
 * The Redis that several gateways count in together. It may stop, hang or restart at any time: whoever uses it has a
 * way without it, is told at once to take that way, and is given Redis back by itself.
 */
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { Log } from '@stormops/chassis/telemetry/log'
import { breaker, within } from './redis-breaker.ts'
import { connectRedis } from './redis-connection.ts'
import type { RedisConnection } from './redis-connection.ts'

/** A command takes well under a millisecond; waiting longer than this costs a request more than counting apart. */
export const COMMAND_MILLISECONDS = 50

/** Work that failed because of Redis, or was not tried because Redis is known to be away. */
export const AWAY = Symbol('Redis is away')

export type SharedStore = {
  /** Null where the process counts alone. Use `attempt`, which knows when Redis is away. */
  readonly client: RedisConnection | null
  readonly isUp: () => boolean
  /** Never rejects: `AWAY` means that the work is to be done without Redis. */
  readonly attempt: <Result>(
    work: (redis: RedisConnection) => Promise<Result>,
  ) => Promise<Result | typeof AWAY>
  readonly close: () => Promise<void>
}

export type SharedStoreOptions = {
  /** Of one server or of a cluster; null for a process that counts alone. */
  readonly url: string | null
  readonly log: Log
  readonly registry: Registry
  /** Default 50. */
  readonly commandMilliseconds?: number
}

/** Starts without Redis when it does not answer within a second. */
export const openSharedStore = async (options: SharedStoreOptions): Promise<SharedStore> => {
  const { url, log, registry, commandMilliseconds = COMMAND_MILLISECONDS } = options
  if (url === null) return ALONE
  const available = new Gauge({
    name: 'redis_available',
    help: '1 while limits are counted in Redis, 0 while each process counts alone.',
    registers: [registry],
  })
  available.set(0)
  const redis = connectRedis(url)
  const onChange = (isUp: boolean): void => available.set(isUp ? 1 : 0)
  const state = breaker(redis, { log, onChange, commandMilliseconds })
  await state.settled
  return {
    client: redis,
    isUp: state.isUp,
    attempt: async (work) => {
      if (!state.isUp()) return AWAY
      try {
        return await within(work(redis), commandMilliseconds)
      } catch (cause) {
        state.fell(cause)
        return AWAY
      }
    },
    close: async () => {
      state.end()
      redis.disconnect()
    },
  }
}

const ALONE: SharedStore = {
  client: null,
  isUp: () => false,
  attempt: async () => AWAY,
  close: async () => undefined,
}
