import { describe, expect, it } from 'vitest'
import { columnsFor } from './feature-columns.ts'

const HAIL = Float32Array.of(1, 2)
const ROOF = [12, null]

describe('the columns of a batch', () => {
  it('are put in the order of the model, and others are ignored', () => {
    const result = columnsFor(['hail', 'roof'], ['zip', 'roof', 'hail'], [[1, 2], ROOF, HAIL])
    expect(result).toEqual({ kind: 'aligned', columns: [HAIL, Float32Array.of(12, Number.NaN)], rowCount: 2 })
  })

  it('are not copied when they are float32 already', () => {
    const result = columnsFor(['hail'], ['hail'], [HAIL])
    expect(result.kind === 'aligned' && result.columns[0]).toBe(HAIL)
  })

  it('are refused by name when the model needs more', () => {
    const result = columnsFor(['hail', 'wind', 'roof', 'trees'], ['hail', 'roof'], [HAIL, ROOF])
    expect(result).toMatchObject({ kind: 'missing-features', names: ['wind', 'trees'] })
    expect(result).toHaveProperty('message', 'The batch lacks the features wind, trees.')
  })

  it('are refused when two have one name', () => {
    const result = columnsFor(['hail'], ['hail', 'hail'], [HAIL, HAIL])
    expect(result).toMatchObject({ kind: 'duplicate-columns', names: ['hail'] })
  })

  it('are refused when one is shorter, or has no values at all', () => {
    expect(columnsFor(['hail'], ['hail', 'roof'], [HAIL, [1]])).toMatchObject({
      kind: 'ragged-columns',
      names: ['roof'],
    })
    expect(columnsFor(['hail'], ['hail', 'roof'], [HAIL])).toMatchObject({
      kind: 'ragged-columns',
      names: ['roof'],
    })
    expect(columnsFor(['hail'], ['hail'], [HAIL, HAIL])).toMatchObject({ kind: 'ragged-columns' })
  })

  it('may have no rows', () => {
    expect(columnsFor(['hail'], ['hail'], [[]])).toMatchObject({ kind: 'aligned', rowCount: 0 })
  })
})
