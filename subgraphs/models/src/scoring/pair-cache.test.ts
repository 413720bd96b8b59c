import { expect, it } from 'vitest'
import { readUpliftPair } from '../inspection/read-uplift-pair.ts'
import { aPair } from '../inspection/shipped-pair.fixture.ts'
import { pairCache } from './pair-cache.ts'

const somePair = () => {
  const reading = readUpliftPair(aPair())
  if (reading.kind === 'ok') return reading.pair
  throw new Error(reading.refusal.message)
}

it('forgets the pair that nobody used for the longest time', () => {
  const cache = pairCache(2)
  const [first, second, third] = [somePair(), somePair(), somePair()]
  cache.keep('first', first)
  cache.keep('second', second)
  expect(cache.maybe('first')).toBe(first)
  cache.keep('third', third)
  expect(cache.maybe('second')).toBeNull()
  expect(cache.maybe('first')).toBe(first)
  expect(cache.maybe('third')).toBe(third)
})
