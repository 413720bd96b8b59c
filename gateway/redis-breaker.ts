/**
 * Whether Redis is there. It is taken for away with the first command that fails or is late, and for back once it has
 * kept something in time: a server that answers and takes nothing, or answers too late, is no better than none.
 */
import { Cluster } from 'ioredis'
import type { Log } from '@stormops/chassis/telemetry/log'
import { backOff } from './redis-connection.ts'
import type { RedisConnection } from './redis-connection.ts'

/** How long a process that starts waits for Redis before it begins without. */
const START_MILLISECONDS = 1_000

export type Breaker = {
  readonly isUp: () => boolean
  readonly fell: (cause: unknown) => void
  /** Resolves once Redis was up for the first time, or was waited for long enough. */
  readonly settled: Promise<void>
  readonly end: () => void
}

export type BreakerOptions = {
  readonly log: Log
  /** Told of each change. */
  readonly onChange: (isUp: boolean) => void
  readonly commandMilliseconds: number
}

export const breaker = (redis: RedisConnection, options: BreakerOptions): Breaker => {
  const { log, onChange, commandMilliseconds } = options
  let state: 'starting' | 'up' | 'away' | 'ended' = 'starting'
  let probe: NodeJS.Timeout | undefined
  const first = Promise.withResolvers<void>()

  const rose = (): void => {
    if (state === 'up' || state === 'ended') return
    if (state === 'away') log.info('Redis is back: limits are counted together again.')
    state = 'up'
    onChange(true)
    first.resolve()
  }
  const fell = (cause: unknown): void => {
    if (state === 'away' || state === 'ended') return
    state = 'away'
    onChange(false)
    log.warn({ err: cause }, 'Redis is away: this process counts limits alone until it is back.')
    first.resolve()
    ask(1)
  }
  const look = (milliseconds: number, otherwise: (cause: unknown) => void): void => {
    within(keepsSomething(redis), milliseconds).then(rose, otherwise)
  }
  /** A connection that hangs is not closed by anybody, so only an answer tells that it works again. */
  const ask = (times: number): void => {
    clearTimeout(probe)
    probe = setTimeout(() => {
      look(commandMilliseconds, () => {
        if (state === 'away') ask(times + 1)
      })
    }, backOff(times))
    probe.unref()
  }

  redis.on('ready', () => {
    if (state === 'starting') look(START_MILLISECONDS, fell)
    else if (state === 'away') ask(1)
  })
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
    settled: first.promise.finally(() => clearTimeout(patience)),
    end: () => {
      state = 'ended'
      clearTimeout(probe)
    },
  }
}

/** Enough keys that every master of a small cluster has one of them. */
const CLUSTER_PROBES = 16
const PROBE_MILLISECONDS = 1_000

const keepsSomething = async (redis: RedisConnection): Promise<void> => {
  const count = redis instanceof Cluster ? CLUSTER_PROBES : 1
  const keys = Array.from({ length: count }, (_, place) => `stormops:probe:{${place}}`)
  await Promise.all(keys.map((key) => redis.set(key, '1', 'PX', PROBE_MILLISECONDS)))
}

/**
 * A process that was busy finds the time up before it has read the answer that came meanwhile, so it reads once more
 * before it gives up.
 */
export const within = <Result>(work: Promise<Result>, milliseconds: number): Promise<Result> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new Error(`Redis did not answer within ${milliseconds} ms.`))
    const timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
