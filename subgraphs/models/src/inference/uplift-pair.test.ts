import { describe, expect, it } from 'vitest'
import { anArtifact, modelOf } from './an-artifact.ts'
import type { ArtifactTraits } from './an-artifact.ts'
import type { BoostedTrees } from './boosted-trees.ts'
import { referenceCases, referenceComparison, referenceModel } from './reference-cases.ts'
import type { Version } from './reference-cases.ts'
import { upliftPair, upliftScores } from './uplift-pair.ts'
import type { UpliftPair } from './uplift-pair.ts'

function referencePair(version: Version): UpliftPair {
  const result = upliftPair(referenceModel(version, 'treated'), referenceModel(version, 'control'))
  if (result.kind === 'ok') return result.pair
  throw new Error(result.fault.message)
}

function anArm(traits: ArtifactTraits = {}): BoostedTrees {
  return modelOf(anArtifact({ objective: 'binary:logistic', baseScore: '5E-1', ...traits }))
}

describe('the uplift of a pair', () => {
  it.each(['v1', 'v2'] as const)('%s is the difference of the native probabilities, exactly', (version) => {
    const { columns, rowCount, chances } = referenceCases(version)
    const expected = Array.from(chances.treated, (chance, row) => chance - chances.control[row]!)
    expect(Array.from(upliftScores(referencePair(version), columns, rowCount))).toEqual(expected)
  })

  it('has the reference mean', () => {
    const { mean1, mean2 } = referenceComparison()
    for (const [version, mean] of [
      ['v1', mean1],
      ['v2', mean2],
    ] as const) {
      const { columns, rowCount } = referenceCases(version)
      const scores = upliftScores(referencePair(version), columns, rowCount)
      expect(scores.reduce((sum, score) => sum + score, 0) / rowCount).toBeCloseTo(mean, 12)
    }
  })

  it('is a number between -1 and 1 even for a property of which nothing is known', () => {
    const pair = referencePair('v2')
    const [score] = upliftScores(
      pair,
      pair.featureNames.map(() => Float32Array.of(Number.NaN)),
      1,
    )
    expect(Math.abs(score!)).toBeLessThanOrEqual(1)
  })
})

describe('two models make no pair', () => {
  it('when one knows a feature that the other does not', () => {
    const result = upliftPair(referenceModel('v2', 'treated'), referenceModel('v1', 'control'))
    expect(result).toMatchObject({
      kind: 'refused',
      fault: {
        code: 'FEATURES_DIFFER',
        onlyTreated: ['last_contact_days', 'tree_cover_pct'],
        onlyControl: [],
      },
    })
  })

  it('when they list the same features in another order', () => {
    const result = upliftPair(anArm({ featureNames: ['a', 'b'] }), anArm({ featureNames: ['b', 'a'] }))
    expect(result).toMatchObject({ fault: { code: 'FEATURES_DIFFER', onlyTreated: [], onlyControl: [] } })
  })

  it('when one answers something else than a probability', () => {
    const result = upliftPair(anArm(), anArm({ objective: 'binary:logitraw' }))
    expect(result).toMatchObject({ kind: 'refused', fault: { code: 'NOT_A_PROBABILITY', arms: ['control'] } })
  })
})
