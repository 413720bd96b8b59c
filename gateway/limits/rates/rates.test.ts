import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { openSharedStore } from '../../redis.ts'
import { logLines } from '../../testing/log-lines.ts'
import { networkOf } from './address.ts'
import { costBuckets } from './cost-buckets.ts'
import { EMPTY, levelAt, millisecondsUntil, pour } from './leaky-bucket.ts'
import { rateLimitFields } from './rate-limit-fields.ts'

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::', '2001:db8:1:3::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['unix:', 'unix:'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

describe('a bucket', () => {
  const size = { maximum: 100, restoreRate: 10 }

  it('takes what fits, and leaks ten a second', () => {
    const first = pour(EMPTY, 100, 0, size)
    expect(first).toEqual({ accepted: true, state: { level: 100, at: 0 } })
    expect(pour(first.state, 1, 0, size).accepted).toBe(false)
    expect(pour(first.state, 11, 1_000, size)).toEqual({ accepted: false, state: { level: 90, at: 1_000 } })
    expect(pour(first.state, 10, 1_000, size)).toEqual({ accepted: true, state: { level: 100, at: 1_000 } })
    expect(levelAt(first.state, 10_000, 10)).toBe(0)
  })

  it('takes a refund at any time, and holds nothing less than nothing', () => {
    const { state } = pour(EMPTY, 30, 0, size)
    expect(pour(state, -20, 0, size)).toEqual({ accepted: true, state: { level: 10, at: 0 } })
    expect(pour(state, -50, 0, size)).toEqual({ accepted: true, state: { level: 0, at: 0 } })
  })

  it('is not emptied by a clock that goes back', () => {
    expect(levelAt({ level: 50, at: 1_000 }, 0, 10)).toBe(50)
  })

  it('says when something fits again', () => {
    expect([millisecondsUntil(95, 10, size), millisecondsUntil(50, 10, size)]).toEqual([500, 0])
  })

  it('is kept by actor', async () => {
    const shared = await openSharedStore({ url: null, log: logLines().log, registry: new Registry() })
    const buckets = costBuckets(shared)
    const still = { maximum: 100, restoreRate: 0.001 }
    expect((await buckets.pour('a', 80, still)).accepted).toBe(true)
    expect((await buckets.pour('a', 30, still)).accepted).toBe(false)
    expect((await buckets.pour('b', 30, still)).accepted).toBe(true)
    await buckets.pour('a', -20, still)
    expect((await buckets.pour('a', 30, still)).accepted).toBe(true)
  })
})

describe('the fields', () => {
  it('are lists of structured fields, and left out where nothing is limited', () => {
    const standing = { windowSeconds: 60, remaining: 0, resetSeconds: 7 }
    expect(
      rateLimitFields([
        { name: 'actor', limit: 10, windowSeconds: 1, remaining: 3, resetSeconds: 1 },
        { name: 'tenant', limit: 100, ...standing },
      ]),
    ).toEqual({
      'ratelimit-policy': '"actor";q=10;w=1, "tenant";q=100;w=60',
      ratelimit: '"actor";r=3;t=1, "tenant";r=0;t=7',
    })
    expect(rateLimitFields([])).toEqual({})
  })
})
