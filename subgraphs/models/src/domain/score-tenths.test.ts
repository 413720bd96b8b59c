import { describe, expect, it } from 'vitest'
import { scoreTenths } from './score-tenths.ts'

describe('the tenths of scores', () => {
  it('are cut where NumPy’s quantile cuts by default', () => {
    // numpy.quantile([1, 4, 9, …, 121], [0.1, …, 0.9]): eleven squares, so that every cut is a score.
    const squares = [121, 1, 100, 4, 81, 9, 64, 16, 49, 25, 36]
    expect(scoreTenths(squares)).toEqual({ cutPoints: [4, 9, 16, 25, 36, 49, 64, 81, 100], n: 11 })
  })

  it('are cut between two scores in proportion', () => {
    // Position of the first cut among 0, 10, …, 190 is 1.9.
    const scores = Array.from({ length: 20 }, (_, index) => index * 10)
    expect(scoreTenths(scores)?.cutPoints).toEqual([19, 38, 57, 76, 95, 114, 133, 152, 171])
  })

  it('sort numbers as numbers and leave the given order alone', () => {
    const scores = Float64Array.from([0.5, -0.1, 10, 9, 8, 7, 6, 5, 4, 3])
    expect(scoreTenths(scores)?.cutPoints[0]).toBeCloseTo(0.44, 12)
    expect(scores[0]).toBe(0.5)
  })

  it('do not exist for fewer scores than parts', () => {
    expect(scoreTenths([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeNull()
  })
})
