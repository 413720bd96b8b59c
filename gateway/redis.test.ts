import { setTimeout as sleep } from 'node:timers/promises'
import { Registry } from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { AWAY, openSharedStore } from './redis.ts'
import type { SharedStore } from './redis.ts'
import { logLines } from './testing/log-lines.ts'
import { privateRedis } from './testing/private-redis.ts'

const endings: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

const start = async () => {
  const redis = await privateRedis()
  endings.push(redis.stop)
  const log = logLines()
  const registry = new Registry()
  const store = await openSharedStore({ url: redis.url, log: log.log, registry })
  endings.push(store.close)
  const told = () =>
    log
      .lines()
      .filter(({ msg }) => String(msg).startsWith('Redis is'))
      .map(({ level, msg }) => `${String(level)}: ${String(msg)}`)
  const up = async () => (await registry.getSingleMetric('redis_up')?.get())?.values[0]?.value
  return { redis, store, told, up }
}

const until = async (look: () => boolean): Promise<void> => {
  const end = performance.now() + 15_000
  while (!look()) {
    if (performance.now() > end) throw new Error('It did not come to be within 15 seconds.')
    await sleep(10)
  }
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
    const store = await openSharedStore({ url: null, log, registry: new Registry() })
    expect([store.client, store.isUp(), await count(store)]).toEqual([null, false, AWAY])
  })
})
