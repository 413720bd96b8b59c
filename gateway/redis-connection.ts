/** A connection to one Redis, or to a cluster of them: the same commands, and the same patience. */
import { Cluster, Redis } from 'ioredis'
import { Fault } from '@stormops/chassis/fault'
import { readRedisAddress } from '@stormops/chassis/redis-address'

export type RedisConnection = Redis | Cluster

const CONNECT_MILLISECONDS = 1_000

/** After which a command that nobody waits for any more is forgotten. */
const FORGET_MILLISECONDS = 1_000

const FIRST_RETRY_MILLISECONDS = 100
const LONGEST_RETRY_MILLISECONDS = 2_000

/** A cluster that moves a slot or puts a replica in a master's place is asked again this soon, and this often. */
const RETRY_MOVED_MILLISECONDS = 50
const MOST_REDIRECTIONS = 3

/** How often the map of a cluster is read again beside what its answers correct. */
const SLOTS_READ_EVERY_MILLISECONDS = 5_000

/** Milliseconds before the next attempt. */
export const backOff = (times: number): number =>
  Math.min(FIRST_RETRY_MILLISECONDS * 2 ** Math.min(times - 1, 10), LONGEST_RETRY_MILLISECONDS)

/** Begins to connect, and goes on until it is disconnected. Throws `Fault` for what is no address. */
export const connectRedis = (text: string): RedisConnection => {
  const address = readRedisAddress(text)
  if (address === null) throw new Fault('INTERNAL', 'REDIS_URL is no address of a Redis.')
  const patience = {
    connectTimeout: CONNECT_MILLISECONDS,
    commandTimeout: FORGET_MILLISECONDS,
    // A command whose connection broke was counted or not; sending it again could count it twice.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  }
  if (address.kind === 'server') {
    return new Redis(address.url, { ...patience, enableOfflineQueue: false, retryStrategy: backOff })
  }
  const { nodes, tls, username, password } = address
  return new Cluster([...nodes], {
    enableOfflineQueue: false,
    clusterRetryStrategy: backOff,
    clusterNodeRetryStrategy: backOff,
    maxRedirections: MOST_REDIRECTIONS,
    retryDelayOnFailover: RETRY_MOVED_MILLISECONDS,
    retryDelayOnClusterDown: RETRY_MOVED_MILLISECONDS,
    slotsRefreshTimeout: CONNECT_MILLISECONDS,
    slotsRefreshInterval: SLOTS_READ_EVERY_MILLISECONDS,
    redisOptions: {
      ...patience,
      ...(tls ? { tls: {} } : {}),
      ...(username === null ? {} : { username }),
      ...(password === null ? {} : { password }),
    },
  })
}
