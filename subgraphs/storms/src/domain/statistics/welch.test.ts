import { describe, expect, it } from 'vitest'
import { welch } from './welch.ts'

const sums = (values: readonly number[]) => ({
  n: values.length,
  value: values.reduce((total, value) => total + value, 0),
  valueSquares: values.reduce((total, value) => total + value * value, 0),
})

const FIRST = [275, 210, 190, 236, 170, 179, 169, 201, 219, 226, 231, 196, 190, 217, 214]
const SECOND = [271, 220, 208, 234, 234, 235, 258, 220, 248, 202, 219, 221, 229, 300, 239]

describe('revenue per property', () => {
  it('differs with Welch’s interval', () => {
    // scipy.stats.ttest_ind(equal_var=False).confidence_interval(): 27.71 degrees of freedom, in tenths.
    const { value, interval } = welch(sums(FIRST), sums(SECOND))!
    expect(value).toBeCloseTo(-27.666666666666657, 10)
    expect(interval.low).toBeCloseTo(-47.66445039218351, 8)
    expect(interval.high).toBeCloseTo(-7.668882941149804, 8)
  })

  it('keeps its spread when every value is large and nearly the same', () => {
    // Shifting all values must not move the interval, although Σx² − (Σx)²/n then loses eleven digits in doubles.
    const shift = (values: readonly number[]) => sums(values.map((value) => value + 10_000_000))
    const { interval } = welch(shift(FIRST), shift(SECOND))!
    expect(interval.low).toBeCloseTo(-47.66445039218351, 6)
    expect(interval.high).toBeCloseTo(-7.668882941149804, 6)
  })

  it('is certain where no arm varies', () => {
    const same = (value: number, n: number) => sums(Array.from({ length: n }, () => value))
    expect(welch(same(1_200_000, 40), same(1_000_000, 50))).toEqual({
      value: 200_000,
      interval: { low: 200_000, high: 200_000 },
    })
    // 0.1 + 0.1 + … is not a whole number of minor units and leaves only rounding behind.
    const { interval } = welch(same(0.1, 33), same(0.1, 77))!
    expect(interval.high - interval.low).toBeLessThan(1e-7)
  })

  it('is unknown with fewer than two properties in an arm', () => {
    expect(welch(sums([5]), sums([1, 2]))).toBeNull()
    expect(welch(sums([1, 2]), sums([]))).toBeNull()
  })
})
