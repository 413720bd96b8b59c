import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@stormops/chassis/identity'
import { newId } from '@stormops/chassis/values/ids'
import { idOfDocument } from './named-document.ts'
import { REGISTERED_SECONDS, registeredTexts } from './registered-texts.ts'
import type { OnRedis } from './registered-texts.ts'

const TEXT = '{ storms { edges { node { id } } } }'
const HASH = idOfDocument(TEXT)
const LONG = `{ ${'viewer '.repeat(3_000)}}`

const somebodyOf = (tenantId: string): Actor => ({
  kind: 'USER',
  id: 'usr_1',
  tenantId,
  role: 'OWNER',
  scopes: new Set(),
  sessionId: null,
  impersonation: null,
})

const aClock = () => {
  let milliseconds = 1_000_000
  return {
    clock: { now: () => new Date(milliseconds) },
    later: (seconds: number) => (milliseconds += seconds * 1_000),
  }
}

describe('texts registered in one process', () => {
  const us = somebodyOf(newId())

  it('are found by whoever acts in the same company, and by nobody else', async () => {
    const texts = registeredTexts(aClock().clock, null)
    await texts.register(us, HASH, TEXT)
    expect(await texts.find({ ...us, id: 'usr_2' }, HASH)).toBe(TEXT)
    expect(await texts.find(somebodyOf(newId()), HASH)).toBeNull()
    expect(await texts.find(null, HASH)).toBeNull()
  })

  it('of strangers are found by strangers alone', async () => {
    const texts = registeredTexts(aClock().clock, null)
    await texts.register(null, HASH, TEXT)
    expect(await texts.find(null, HASH)).toBe(TEXT)
    expect(await texts.find(us, HASH)).toBeNull()
  })

  it('are forgotten after a day', async () => {
    const { clock, later } = aClock()
    const texts = registeredTexts(clock, null)
    await texts.register(us, HASH, TEXT)
    later(REGISTERED_SECONDS - 1)
    expect(await texts.find(us, HASH)).toBe(TEXT)
    later(1)
    expect(await texts.find(us, HASH)).toBeNull()
  })

  it('are not kept when they are long', async () => {
    const texts = registeredTexts(aClock().clock, null)
    expect(await texts.register(us, idOfDocument(LONG), LONG)).toBe(false)
    expect(await texts.find(us, idOfDocument(LONG))).toBeNull()
  })

  it('of strangers push out none of those who signed in', async () => {
    const texts = registeredTexts(aClock().clock, null)
    await texts.register(us, HASH, TEXT)
    for (let place = 0; place < 200; place++) {
      const text = `{ a${place} ${'x'.repeat(19_000)} }`
      await texts.register(null, idOfDocument(text), text)
    }
    expect(await texts.find(null, idOfDocument(`{ a0 ${'x'.repeat(19_000)} }`))).toBeNull()
    expect(await texts.find(us, HASH)).toBe(TEXT)
  })
})

const url = process.env['REDIS_URL']

/** `node test/run.ts` always brings a Redis. */
describe.skipIf(url === undefined)('texts registered in Redis', () => {
  let redis: Redis
  let onRedis: OnRedis
  beforeAll(() => {
    redis = new Redis(url ?? '')
    onRedis = (work) => work(redis)
  })
  afterAll(() => redis?.disconnect())

  const twoGateways = () => [0, 1].map(() => registeredTexts(aClock().clock, onRedis)) as [Texts, Texts]
  type Texts = ReturnType<typeof registeredTexts>

  it('are found by other gateways, in the same company alone', async () => {
    const [one, other] = twoGateways()
    const us = somebodyOf(newId())
    await one.register(us, HASH, TEXT)
    expect(await other.find(us, HASH)).toBe(TEXT)
    expect(await other.find(somebodyOf(newId()), HASH)).toBeNull()
  })

  it('stay there for a day', async () => {
    const [one] = twoGateways()
    const us = somebodyOf(newId())
    await one.register(us, HASH, TEXT)
    const seconds = await redis.ttl(`stormops:apq:{${us.tenantId ?? ''}}:${HASH}`)
    expect(seconds).toBeGreaterThan(REGISTERED_SECONDS - 60)
    expect(seconds).toBeLessThanOrEqual(REGISTERED_SECONDS)
  })

  it('are not believed when they are not what their hash says', async () => {
    const [one] = twoGateways()
    const us = somebodyOf(newId())
    await redis.set(`stormops:apq:{${us.tenantId ?? ''}}:${HASH}`, 'mutation { offboardTenant }', 'EX', 60)
    expect(await one.find(us, HASH)).toBeNull()
  })

  it('of strangers never get there', async () => {
    const [one, other] = twoGateways()
    const text = `{ __typename n${newId().replaceAll('-', '')}: __typename }`
    await one.register(null, idOfDocument(text), text)
    expect(await one.find(null, idOfDocument(text))).toBe(text)
    expect(await other.find(null, idOfDocument(text))).toBeNull()
  })

  it('are found in the process that registered them while Redis is away', async () => {
    const away = Symbol('away')
    const texts = registeredTexts(aClock().clock, async () => away)
    const us = somebodyOf(newId())
    expect(await texts.find(us, HASH)).toBeNull()
    await texts.register(us, HASH, TEXT)
    expect(await texts.find(us, HASH)).toBe(TEXT)
  })
})
