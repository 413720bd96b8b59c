import { describe, expect, it } from 'vitest'
import { seededRandom, weighted } from './seeded-random.ts'

const DRAWS = 50_000
const draws = (draw: () => number): number[] => Array.from({ length: DRAWS }, draw)
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

describe('seeded random numbers', () => {
  it('are the same for the same seed and unlike for seeds that are alike', () => {
    const first = seededRandom('seed 1')
    const again = seededRandom('seed 1')
    const other = seededRandom('seed 2')
    const sequence = [1, 2, 3].map(() => first.uniform())
    expect([1, 2, 3].map(() => again.uniform())).toEqual(sequence)
    expect([1, 2, 3].map(() => other.uniform())).not.toEqual(sequence)
  })

  it('have the moments of their distributions', () => {
    const random = seededRandom('moments')
    const uniform = draws(random.uniform)
    expect(mean(uniform)).toBeCloseTo(0.5, 2)
    expect(mean(uniform.map((value) => value * value))).toBeCloseTo(1 / 3, 2)
    expect(uniform.every((value) => value >= 0 && value < 1)).toBe(true)
    const normal = draws(random.normal)
    expect(Math.abs(mean(normal))).toBeLessThan(0.02)
    expect(Math.abs(mean(normal.map((value) => value * value)) - 1)).toBeLessThan(0.03)
    const exponential = draws(random.exponential)
    expect(Math.abs(mean(exponential) - 1)).toBeLessThan(0.02)
    expect(exponential.every((value) => value >= 0 && Number.isFinite(value))).toBe(true)
  })

  it('follow weights', () => {
    const random = seededRandom('weights')
    const items = [
      { item: 'a', weight: 3 },
      { item: 'b', weight: 1 },
      { item: 'c', weight: 0 },
    ]
    const chosen = Array.from({ length: DRAWS }, () => weighted(random, items))
    expect(chosen.filter((item) => item === 'a').length / DRAWS).toBeCloseTo(0.75, 1)
    expect(chosen).not.toContain('c')
  })
})
