import { describe, expect, it } from 'vitest'
import { readReferenceModels } from './reference-models.ts'

describe('the models every company starts with', () => {
  const models = readReferenceModels()

  it('are two versions of uplift, of which the first answers', () => {
    expect(models.map(({ version }) => [version.modelName, version.version, version.state])).toEqual([
      ['uplift', 'v1', 'CHAMPION'],
      ['uplift', 'v2', 'REGISTERED'],
    ])
  })

  it('carry the tenths of their scores on the 200 rows they were tried on', () => {
    for (const { version } of models) {
      expect(version.reference?.n).toBe(200)
      expect(version.reference?.cutPoints).toHaveLength(9)
      expect(version.reference?.cutPoints).toEqual(version.reference?.cutPoints.toSorted((a, b) => a - b))
    }
    // NumPy's default quantile over p_treated − p_control of the cases file.
    expect(models[0]?.version.reference?.cutPoints[4]).toBeCloseTo(0.18346145749092102, 15)
  })
})
