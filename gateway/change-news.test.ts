/** A change is heard where it was made, by whoever shares the Redis, and by nobody else. */
import { until } from '@stormops/chassis/testing/until'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { openChangeNews } from './change-news.ts'
import type { Change } from './change-news.ts'
import { logLines } from './testing/log-lines.ts'
import { privateCluster } from './testing/private-cluster.ts'
import { privateRedis } from './testing/private-redis.ts'

const endings: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

const TENANT = '018f0000-0000-7000-8000-000000000001'
const PLAN: Change = { kind: 'plan-changed', tenantId: TENANT }

const openProcess = (redisUrl: string | null) => {
  const heard: Change[] = []
  const { log, lines } = logLines()
  const news = openChangeNews({ redisUrl, log })
  news.listen((change) => void heard.push(change))
  endings.push(news.close)
  return { news, heard, lines }
}

/** Told again until it is heard, since nobody tells when somebody else has begun to listen. */
const reaches = (one: ReturnType<typeof openProcess>, other: ReturnType<typeof openProcess>) =>
  until(async () => {
    one.news.tell(PLAN)
    await sleep(20)
    return other.heard.length > 0
  })

describe('a change', () => {
  it('is heard at once by the process that made it, with a Redis or without', () => {
    const alone = openProcess(null)
    alone.news.tell(PLAN)
    expect(alone.heard).toEqual([PLAN])
    const away = openProcess('redis://127.0.0.1:1')
    away.news.tell(PLAN)
    expect(away.heard).toEqual([PLAN])
  })

  it.each(['a server', 'a cluster'])('is heard by another process through %s', async (kind) => {
    const redis = kind === 'a server' ? await privateRedis() : await privateCluster()
    endings.push(redis.stop)
    const [one, other] = [openProcess(redis.url), openProcess(redis.url)]
    await reaches(one, other)
    await reaches(other, one)
    expect(other.heard[0]).toEqual(PLAN)
  })

  it('is heard again once a Redis that went has come back', async () => {
    const redis = await privateRedis()
    endings.push(redis.stop)
    const [one, other] = [openProcess(redis.url), openProcess(redis.url)]
    await reaches(one, other)
    await redis.kill()
    one.news.tell(PLAN)
    await redis.start()
    other.heard.length = 0
    await reaches(one, other)
    expect(other.heard[0]).toEqual(PLAN)
  })

  it('is passed over when it is none', async () => {
    const redis = await privateRedis()
    endings.push(redis.stop)
    const [one, other] = [openProcess(redis.url), openProcess(redis.url)]
    await reaches(one, other)
    other.heard.length = 0
    const stranger = new Redis(redis.url)
    endings.push(() => stranger.disconnect())
    for (const text of ['', '{}', '{"kind":"plan-changed","tenantId":"x"}', '{"kind":"all-changed"}'])
      await stranger.publish('stormops:changes', text)
    await until(() => other.lines().filter(({ level }) => level === 'warn').length === 4)
    expect(other.heard).toEqual([])
  })
})
