import { awaiting } from '@stormops/chassis/graphql/awaiting'
import { describe, expect, it } from 'vitest'

describe('waiting for a job', () => {
  it('looks once when it is done already', async () => {
    let looks = 0
    const seen = await awaiting(
      async () => ++looks,
      () => true,
    )
    expect([seen, looks]).toEqual([1, 1])
  })

  it('looks again until it is done, and gives what it saw last', async () => {
    let looks = 0
    const seen = await awaiting(
      async () => ++looks,
      (value) => value === 3,
    )
    expect([seen, looks]).toEqual([3, 3])
  })

  it('passes on what a look throws', async () => {
    const looking = awaiting(
      () => Promise.reject(new Error('gone')),
      () => true,
    )
    await expect(looking).rejects.toThrow('gone')
  })

  it('gives up in good time for the answer, as things stand', async () => {
    const begun = performance.now()
    const seen = await awaiting(
      async () => 'RUNNING',
      () => false,
    )
    expect(seen).toBe('RUNNING')
    // A fetch has 8 seconds; the answer itself needs some of them.
    expect(performance.now() - begun).toBeLessThan(6_000)
  })
})
