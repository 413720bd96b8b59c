import { describe, expect, it } from 'vitest'
import { briefLookups, FOUND_MILLISECONDS, MISSING_MILLISECONDS } from './brief-lookups.ts'

/** A clock that a test moves, and a question that counts how often it was asked. */
const scene = (answers: readonly (string | null)[]) => {
  let milliseconds = 1_000_000
  let asked = 0
  const lookups = briefLookups<string>({ now: () => new Date(milliseconds) })
  const look = async () => answers[Math.min(asked++, answers.length - 1)] ?? null
  return {
    lookups,
    ask: (key = 'a') => lookups.find(key, look),
    later: (passed: number) => (milliseconds += passed),
    asked: () => asked,
  }
}

describe('a brief lookup', () => {
  it('remembers what was found for five seconds, and asks again then', async () => {
    const { ask, later, asked } = scene(['document', null])
    expect(await ask()).toBe('document')
    later(FOUND_MILLISECONDS - 1)
    expect([await ask(), asked()]).toEqual(['document', 1])
    later(1)
    expect([await ask(), asked()]).toEqual([null, 2])
  })

  it('remembers what is missing for one second', async () => {
    const { ask, later, asked } = scene([null, 'document'])
    expect(await ask()).toBeNull()
    later(MISSING_MILLISECONDS - 1)
    expect([await ask(), asked()]).toEqual([null, 1])
    later(1)
    expect([await ask(), asked()]).toEqual(['document', 2])
  })

  it('counts its seconds from the question, not from the answer', async () => {
    const { lookups, later } = scene([])
    const slow = Promise.withResolvers<string>()
    const first = lookups.find('a', () => slow.promise)
    later(FOUND_MILLISECONDS)
    slow.resolve('retired meanwhile')
    expect(await first).toBe('retired meanwhile')
    expect(await lookups.find('a', async () => null)).toBeNull()
  })

  it('asks once for many who ask at once, and for each key apart', async () => {
    const { ask, asked } = scene(['document'])
    await Promise.all(Array.from({ length: 50 }, () => ask('a')))
    expect(asked()).toBe(1)
    await ask('b')
    expect(asked()).toBe(2)
  })

  it('does not remember a failure', async () => {
    const { lookups } = scene([])
    await expect(lookups.find('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(await lookups.find('a', async () => 'back')).toBe('back')
  })

  it('keeps a thousand and forgets the oldest', async () => {
    const { lookups, ask, asked } = scene([null])
    for (let place = 0; place < 1_500; place++) await ask(`key ${place}`)
    expect(lookups.size()).toBe(1_000)
    await ask('key 1499')
    expect(asked()).toBe(1_500)
    await ask('key 0')
    expect(asked()).toBe(1_501)
  })
})
