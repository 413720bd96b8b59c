import { until } from '@stormops/chassis/testing/until'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { Registry } from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { AWAY, openSharedStore } from './redis.ts'
import type { SharedStore } from './redis.ts'
import { logLines } from './testing/log-lines.ts'
import { privateCluster } from './testing/private-cluster.ts'
import { privateRedis } from './testing/private-redis.ts'
import { slowWay } from './testing/slow-way.ts'

const endings: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

const start = async () => {
  const redis = await privateRedis()
  endings.push(redis.stop)
  return { redis, ...(await opened(redis.url)) }
}

const opened = async (url: string) => {
  const log = logLines()
  const registry = new Registry()
  const store = await openSharedStore({ url, log: log.log, registry })
  endings.push(store.close)
  const told = () =>
    log
      .lines()
      .filter(({ msg }) => String(msg).startsWith('Redis is'))
      .map(({ level, msg }) => `${String(level)}: ${String(msg)}`)
  const up = async () => (await registry.getSingleMetric('redis_available')?.get())?.values[0]?.value
  return { store, told, up }
}

const count = (store: SharedStore) => store.attempt((redis) => redis.incr('count'))

const WENT = 'warn: Redis is away: this process counts limits alone until it is back.'
const CAME = 'info: Redis is back: limits are counted together again.'

describe('a Redis that gateways share', () => {
  it('answers', async () => {
    const { store, up, told } = await start()
    expect([await count(store), await count(store), store.isUp(), await up()]).toEqual([1, 2, true, 1])
    expect(told()).toEqual([])
  })

  it('is done without while it is killed, said once, and found again when it is back', async () => {
    const { redis, store, up, told } = await start()
    await count(store)
    await redis.kill()
    await until(() => !store.isUp())
    expect(await Promise.all(Array.from({ length: 50 }, () => count(store)))).toEqual(Array(50).fill(AWAY))
    expect([await up(), told()]).toEqual([0, [WENT]])
    await redis.start()
    await until(store.isUp)
    expect([await count(store), await up(), told()]).toEqual([1, 1, [WENT, CAME]])
  })

  it('costs those who ask while it hangs one short wait, and those after them none', async () => {
    const { redis, store, told } = await start()
    await count(store)
    redis.freeze()
    expect(await Promise.all([count(store), count(store), count(store)])).toEqual([AWAY, AWAY, AWAY])
    expect([store.isUp(), told()]).toEqual([false, [WENT]])
    // Nothing is even sent any more.
    let sent = 0
    const answer = await store.attempt(async (client) => {
      sent += 1
      return client.incr('count')
    })
    expect([answer, sent]).toEqual([AWAY, 0])
    redis.thaw()
    await until(store.isUp)
    expect(typeof (await count(store))).toBe('number')
    expect(told()).toEqual([WENT, CAME])
  })

  it('need not be there at the start', async () => {
    const redis = await privateRedis()
    endings.push(redis.stop)
    await redis.kill()
    const log = logLines()
    const store = await openSharedStore({ url: redis.url, log: log.log, registry: new Registry() })
    endings.push(store.close)
    expect([store.isUp(), await count(store)]).toEqual([false, AWAY])
    await redis.start()
    await until(store.isUp)
    expect(await count(store)).toBe(1)
  })

  it('need not be there at all', async () => {
    const { log } = logLines()
    const registry = new Registry()
    const store = await openSharedStore({ url: null, log, registry })
    expect([store.client, store.isUp(), await count(store)]).toEqual([null, false, AWAY])
    expect(registry.getSingleMetric('redis_available')).toBeUndefined()
  })

  it('is not asked while it answers too late, and is when it answers in time again', async () => {
    const redis = await privateRedis()
    endings.push(redis.stop)
    const way = await slowWay(redis.port)
    endings.push(way.close)
    const { store, told } = await opened(`redis://127.0.0.1:${way.port}`)
    expect(await count(store)).toBe(1)
    way.delay(400)
    expect(await count(store)).toBe(AWAY)
    // Each late answer to a look would have been taken for its coming back.
    await sleep(1_500)
    expect([store.isUp(), told()]).toEqual([false, [WENT]])
    way.delay(0)
    await until(store.isUp)
    expect(told()).toEqual([WENT, CAME])
  })

  it.each([
    ['is a replica', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
    [
      'has lost its replicas',
      ['CONFIG', 'SET', 'min-replicas-to-write', '1'],
      ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
    ],
    [
      'lets us read alone',
      ['ACL', 'SETUSER', 'default', '-@write'],
      ['ACL', 'SETUSER', 'default', '+@write'],
    ],
    ['has no room', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
  ] as const)('is done without while it %s, and not found again too early', async (_what, ill, well) => {
    const { redis, store, up, told } = await start()
    const admin = new Redis(redis.url)
    endings.push(async () => admin.disconnect())
    const say = ([command, ...words]: readonly [string, ...string[]]) => admin.call(command, words)
    expect(await count(store)).toBe(1)
    await say(ill)
    expect(await count(store)).toBe(AWAY)
    await sleep(500)
    expect([store.isUp(), await up(), told()]).toEqual([false, 0, [WENT]])
    await say(well)
    await until(store.isUp)
    expect([typeof (await count(store)), told()]).toEqual(['number', [WENT, CAME]])
  })

  it('may forget everything', async () => {
    const { redis, store, told } = await start()
    const admin = new Redis(redis.url)
    endings.push(async () => admin.disconnect())
    await count(store)
    await admin.flushall()
    await admin.call('SCRIPT', 'FLUSH')
    expect([await count(store), told()]).toEqual([1, []])
  })
})

describe('a cluster of them', () => {
  const countAll = (store: SharedStore) =>
    Promise.all(
      Array.from({ length: 12 }, (_, place) => store.attempt((redis) => redis.incr(`count:{${place}}`))),
    )

  it('counts wherever a key is', async () => {
    const cluster = await privateCluster()
    endings.push(cluster.stop)
    const { store, up, told } = await opened(cluster.url)
    expect([await countAll(store), await countAll(store)]).toEqual([Array(12).fill(1), Array(12).fill(2)])
    expect([await up(), told()]).toEqual([1, []])
    // Each of the three has some of them.
    for (const { url } of cluster.nodes) {
      const node = new Redis(url)
      expect(await node.dbsize()).toBeGreaterThan(0)
      node.disconnect()
    }
  })

  it('is done without while one of its masters is gone, until a replica has taken its place', async () => {
    const cluster = await privateCluster(true)
    endings.push(cluster.stop)
    const { store, up, told } = await opened(cluster.url)
    await countAll(store)
    await cluster.nodes[0]?.kill()
    await until(() => {
      void countAll(store)
      return !store.isUp()
    })
    expect(await countAll(store)).toEqual(Array(12).fill(AWAY))
    expect([await up(), told()]).toEqual([0, [WENT]])
    await until(store.isUp)
    expect((await countAll(store)).filter((counted) => counted === AWAY)).toEqual([])
    expect(told()).toEqual([WENT, CAME])
  })
})
