import { until } from '@stormops/chassis/testing/until'
import { afterEach, describe, expect, it } from 'vitest'
import { privateCluster } from '../testing/private-cluster.ts'
import { privateRedis } from '../testing/private-redis.ts'
import { startServer } from '../testing/running-server.ts'
import type { LimitedBy, RunningServer } from '../testing/running-server.ts'
import { ALLOWANCES } from './rates/allowances.ts'

const ASK = '{ storm(id: "a") { name } }'
const endings: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

const startTwo = async (limited: LimitedBy) => {
  const redis = await privateRedis()
  endings.push(redis.stop)
  return { redis, ...(await startOn(redis.url, limited)) }
}

const startOn = async (redisUrl: string, limited: LimitedBy) => {
  const servers: RunningServer[] = []
  for (let i = 0; i < 2; i++) {
    const server = await startServer({}, {}, { commandMilliseconds: 10_000, ...limited, redisUrl })
    endings.push(server.stop)
    servers.push(server)
  }
  const [one, other] = servers
  if (one === undefined || other === undefined) throw new Error('Two servers were started.')
  // Each has keys of its own, and knows its own tokens alone; the company and the person are the same.
  const ask = async (server: RunningServer, query = ASK): Promise<number> =>
    (await server.post({ query })).status
  return { one, other, ask }
}

const passedOf = (statuses: readonly number[]): number => statuses.filter((status) => status === 200).length

const many = (count: number, one: (index: number) => Promise<number>): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)))

const redisUp = async (server: RunningServer): Promise<unknown> =>
  (await server.gateway.registry.getSingleMetric('redis_available')?.get())?.values[0]?.value

const tenantPerMinute = { ...ALLOWANCES.tenantPerMinute, STANDARD: 100 }
const UNHURRIED = { actorPerSecond: 1_000_000 }

describe('two gateways on one Redis', () => {
  it('let 100 of 200 requests at once pass, and not one more', async () => {
    const { one, other, ask } = await startTwo({ allowances: { ...UNHURRIED, tenantPerMinute } })
    const statuses = await many(200, (i) => ask(i % 2 === 0 ? one : other))
    expect([passedOf(statuses), new Set(statuses)]).toEqual([100, new Set([200, 429])])
    const fetches = one.graph.storms.opened.length + other.graph.storms.opened.length
    expect(fetches).toBe(100)
  })

  it('count as well in a cluster of three', async () => {
    const cluster = await privateCluster()
    endings.push(cluster.stop)
    const limited = { allowances: { ...UNHURRIED, tenantPerMinute } }
    const { one, other, ask } = await startOn(cluster.url, limited)
    const statuses = await many(200, (i) => ask(i % 2 === 0 ? one : other))
    expect([passedOf(statuses), await redisUp(one), await redisUp(other)]).toEqual([100, 1, 1])
  })

  it('pour into one bucket, and no two of them into the same room', async () => {
    const size = { maximum: 50, restoreRate: 0.001 }
    const bucket = { TRIAL: size, STANDARD: size, ENTERPRISE: size }
    const { one, other, ask } = await startTwo({ allowances: { ...UNHURRIED, bucket } })
    // Each costs exactly 1, so nothing is given back.
    const statuses = await many(80, (i) => ask(i % 2 === 0 ? one : other))
    expect(passedOf(statuses)).toBe(50)
  })

  it('keep what belongs to a company under one hash tag', async () => {
    const { one, redis, ask } = await startTwo({})
    await ask(one)
    const { Redis } = await import('ioredis')
    const client = new Redis(redis.url)
    const keys = await client.keys('*')
    client.disconnect()
    expect(keys.length).toBeGreaterThanOrEqual(3)
    expect(keys.filter((key) => !/\{[^{}]+\}/.test(key))).toEqual([])
  })
})

describe('when Redis stops in mid-traffic', () => {
  const limited = { allowances: { ...UNHURRIED, tenantPerMinute }, commandMilliseconds: 200 }

  it.each(['frozen', 'killed'] as const)(
    'and is %s, requests go on with limits of their own',
    async (how) => {
      const { one, redis, ask } = await startTwo(limited)
      expect(passedOf(await many(20, () => ask(one)))).toBe(20)
      const during = many(20, async (i) => {
        if (i === 10) await (how === 'frozen' ? redis.freeze() : redis.kill())
        return ask(one)
      })
      expect(passedOf(await during)).toBe(20)
      // Until the connection is known to be gone, nothing tells that Redis is.
      await until(async () => {
        await ask(one)
        return (await redisUp(one)) === 0
      })
      const alone = await many(150, () => ask(one))
      expect(passedOf(alone)).toBeGreaterThan(0)
      expect(passedOf(alone)).toBeLessThanOrEqual(100)
      expect(new Set(alone)).toEqual(new Set([200, 429]))
      const warnings = one.log.lines().filter(({ msg }) => String(msg).startsWith('Redis is away'))
      expect(warnings).toHaveLength(1)

      await (how === 'frozen' ? redis.thaw() : redis.start())
      await until(async () => (await redisUp(one)) === 1)
      const back = one.log.lines().filter(({ msg }) => String(msg).startsWith('Redis is back'))
      expect(back).toHaveLength(1)
    },
  )

  it('a gateway that starts without it counts together once it is there', async () => {
    const redis = await privateRedis()
    endings.push(redis.stop)
    await redis.kill()
    const server = await startServer({}, {}, { ...limited, redisUrl: redis.url })
    endings.push(server.stop)
    expect((await server.post({ query: ASK })).status).toBe(200)
    await redis.start()
    await until(async () => (await redisUp(server)) === 1)
    expect((await server.post({ query: ASK })).headers.get('ratelimit')).toMatch(/"tenant";r=99;/)
  })
})
