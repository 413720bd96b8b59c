/**
 * The Redis that several gateways count in together. It may stop, hang or restart at any time: whoever uses it has a
 * way without it, is told at once to take that way, and is given Redis back by itself.
 */
import { Redis } from 'ioredis'
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { Log } from '@stormops/chassis/telemetry/log'

/** A command takes well under a millisecond; waiting longer than this costs a request more than counting apart. */
export const COMMAND_MILLISECONDS = 50

const CONNECT_MILLISECONDS = 1_000

/** After which a command that nobody waits for any more is forgotten. */
const FORGET_MILLISECONDS = 1_000

/** How long a process that starts waits for Redis before it begins without. */
const START_MILLISECONDS = 1_000

const FIRST_RETRY_MILLISECONDS = 100
const LONGEST_RETRY_MILLISECONDS = 2_000

/** Work that failed because of Redis, or was not tried because Redis is known to be away. */
export const AWAY = Symbol('Redis is away')

export type SharedStore = {
  /** Null where the process counts alone. Use `attempt`, which knows when Redis is away. */
  readonly client: Redis | null
  readonly isUp: () => boolean
  /** Never rejects: `AWAY` means that the work is to be done without Redis. */
  readonly attempt: <Result>(work: (redis: Redis) => Promise<Result>) => Promise<Result | typeof AWAY>
  readonly close: () => Promise<void>
}

export type SharedStoreOptions = {
  /** Null for a process that counts alone. */
  readonly url: string | null
  readonly log: Log
  readonly registry: Registry
  /** Default 50. */
  readonly commandMilliseconds?: number
}

/** Starts without Redis when it does not answer within a second. */
export const openSharedStore = async (options: SharedStoreOptions): Promise<SharedStore> => {
  const { url, log, registry, commandMilliseconds = COMMAND_MILLISECONDS } = options
  const gauge = new Gauge({
    name: 'redis_up',
    help: '1 while limits are counted in Redis, 0 while each process counts alone.',
    registers: [registry],
  })
  gauge.set(0)
  if (url === null) return ALONE
  const redis = connect(url)
  const state = breaker(redis, log, gauge)
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

/**
 * A process that was busy finds the time up before it has read the answer that came meanwhile, so it reads once more
 * before it gives up.
 */
const within = <Result>(work: Promise<Result>, milliseconds: number): Promise<Result> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new Error(`Redis did not answer within ${milliseconds} ms.`))
    const timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })

const backOff = (times: number): number =>
  Math.min(FIRST_RETRY_MILLISECONDS * 2 ** Math.min(times - 1, 10), LONGEST_RETRY_MILLISECONDS)

const connect = (url: string): Redis =>
  new Redis(url, {
    connectTimeout: CONNECT_MILLISECONDS,
    commandTimeout: FORGET_MILLISECONDS,
    enableOfflineQueue: false,
    // A command whose connection broke was counted or not; sending it again could count it twice.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: backOff,
  })

type Breaker = {
  readonly isUp: () => boolean
  readonly fell: (cause: unknown) => void
  /** Resolves once Redis was up for the first time, or was waited for long enough. */
  readonly settled: Promise<void>
  readonly end: () => void
}

/** Up means: connected, and no command failed since Redis last answered a ping. */
const breaker = (redis: Redis, log: Log, gauge: Gauge): Breaker => {
  let state: 'starting' | 'up' | 'away' | 'ended' = 'starting'
  let probe: NodeJS.Timeout | undefined
  let settle: () => void = () => undefined
  const settled = new Promise<void>((resolve) => (settle = resolve))

  const rose = (): void => {
    if (state === 'up' || state === 'ended') return
    if (state === 'away') log.info('Redis is back: limits are counted together again.')
    state = 'up'
    gauge.set(1)
    settle()
  }
  const fell = (cause: unknown): void => {
    if (state === 'away' || state === 'ended') return
    state = 'away'
    gauge.set(0)
    log.warn({ err: cause }, 'Redis is away: this process counts limits alone until it is back.')
    settle()
    ask(1)
  }
  /** A connection that hangs is not closed by anybody, so only an answer tells that it works again. */
  const ask = (times: number): void => {
    clearTimeout(probe)
    probe = setTimeout(() => {
      redis.ping().then(rose, () => {
        if (state === 'away') ask(times + 1)
      })
    }, backOff(times))
    probe.unref()
  }

  redis.on('ready', rose)
  redis.on('close', () => {
    if (state === 'up') fell(new Error('The connection to Redis was closed.'))
  })
  // Each failed attempt to connect is one of these, and a change of state is told once.
  redis.on('error', (cause: Error) => {
    if (state === 'up') fell(cause)
  })
  const patience = setTimeout(
    () => state === 'starting' && fell(new Error('Redis did not answer at the start.')),
    START_MILLISECONDS,
  )
  return {
    isUp: () => state === 'up',
    fell,
    settled: settled.finally(() => clearTimeout(patience)),
    end: () => {
      state = 'ended'
      clearTimeout(probe)
    },
  }
}
