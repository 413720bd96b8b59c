import { describe, expect, it } from 'vitest'
import type { UpliftPairTexts } from '../domain/artifact.ts'
import { readUpliftPair } from './read-uplift-pair.ts'
import { anArm, aPair, shippedPair } from './shipped-pair.fixture.ts'

const refusalOf = (texts: UpliftPairTexts) => {
  const reading = readUpliftPair(texts)
  if (reading.kind === 'refused') return reading.refusal
  throw new Error('the pair was accepted')
}

describe('the artifact of a pair', () => {
  it('is read when both arms are sound and fit each other', () => {
    expect(readUpliftPair(aPair()).kind).toBe('ok')
    expect(readUpliftPair(shippedPair('v2')).kind).toBe('ok')
  })

  it('is read arm by arm, and says where it is', () => {
    const arms: string[] = []
    readUpliftPair(aPair(), (arm) => arms.push(arm))
    expect(arms).toEqual(['treated', 'control'])
  })

  it.each([
    ['treated is no JSON', aPair({ treatedJson: 'gbm' }), 'NOT_JSON', 'treated'],
    ['control is no JSON', aPair({ controlJson: '' }), 'NOT_JSON', 'control'],
    ['control is not of XGBoost', aPair({ controlJson: '{}' }), 'NOT_XGBOOST', 'control'],
    [
      'control ranks',
      aPair({ controlJson: anArm({ objective: 'rank:pairwise' }) }),
      'UNSUPPORTED_OBJECTIVE',
      'control.learner.objective.name',
    ],
    [
      'treated has another feature',
      aPair({ treatedJson: anArm({ featureNames: ['hail_max_in', 'wind_gust_mph'] }) }),
      'FEATURES_DIFFER',
      'control.learner.feature_names',
    ],
    [
      'control answers an amount',
      aPair({ controlJson: anArm({ objective: 'reg:squarederror' }) }),
      'NOT_A_PROBABILITY',
      'control.learner.objective.name',
    ],
  ])('is refused when %s', (_why, texts, code, path) => {
    expect(refusalOf(texts)).toMatchObject({ code, path })
  })

  it('is refused above four megabytes an arm', () => {
    const padded = anArm() + ' '.repeat(4 * 1024 * 1024)
    expect(refusalOf(aPair({ controlJson: padded }))).toMatchObject({ code: 'TOO_LARGE', path: 'control' })
  })
})

describe('an artifact that the database could not give back as it was', () => {
  it('is refused for half a character in its text', () => {
    const text = anArm({ featureNames: ['hail', 'roof'] }).replace('hail', 'ha\ud800il')
    expect(refusalOf(aPair({ treatedJson: text }))).toMatchObject({ code: 'NOT_JSON', path: 'treated' })
  })

  it.each(['\\u0000', '\\ud800', '\\n', '\\u0085'])(
    'is refused for %s in the name of a feature',
    (escaped) => {
      const text = anArm({ featureNames: ['hail', 'roof'] }).replace('roof', `roof${escaped}`)
      expect(refusalOf(aPair({ controlJson: text }))).toMatchObject({
        code: 'BAD_FEATURE_NAMES',
        path: 'control.learner.feature_names[1]',
      })
    },
  )
})
