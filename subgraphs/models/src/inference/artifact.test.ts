import { describe, expect, it } from 'vitest'
import { anArtifact, edited, faultOf, FIRST_TREE, leaf, listed, modelOf, split } from './an-artifact.ts'
import type { Json } from './an-artifact.ts'
import { DEFAULT_ARTIFACT_LIMITS } from './artifact-limits.ts'
import { parseXgboostArtifact } from './artifact.ts'
import { margins } from './evaluate.ts'

describe('an artifact that XGBoost wrote', () => {
  it('is read with its features, trees, nodes, booster and objective', () => {
    const model = modelOf(anArtifact({ trees: [leaf(1), split(1, 20, leaf(2), leaf(3))] }))
    expect(model).toMatchObject({
      featureNames: ['hail_max_in', 'roof_age_years'],
      treeCount: 2,
      nodeCount: 4,
      booster: 'gbtree',
      objective: 'reg:squarederror',
      parallelTrees: 1,
    })
    expect(Array.from(model.nodes.treeStart)).toEqual([0, 1, 4])
    expect(Array.from(model.nodes.feature)).toEqual([-1, 1, -1, -1])
  })

  it('may come as bytes', () => {
    expect(parseXgboostArtifact(new TextEncoder().encode(JSON.stringify(anArtifact()))).kind).toBe('ok')
  })

  it.each(['5E-1', '[5E-1]', '0.5', 0.5])('may spell its base score %j', (baseScore) => {
    expect(modelOf(anArtifact({ baseScore })).baseMargin).toBe(0.5)
  })

  it('may spell the side of missing values as booleans', () => {
    const booleans = edited(anArtifact(), `${FIRST_TREE}.default_left`, [true, false, false])
    expect(Array.from(modelOf(booleans).nodes.defaultLeft)).toEqual([1, 0, 0])
  })

  it('names its features f0, f1 when it was trained without names', () => {
    expect(modelOf(edited(anArtifact(), 'learner.feature_names', [])).featureNames).toEqual(['f0', 'f1'])
    expect(modelOf(edited(anArtifact(), 'learner.feature_names', undefined)).featureNames).toEqual([
      'f0',
      'f1',
    ])
  })

  it('may name a feature after a property that every object has', () => {
    const names = ['__proto__', 'constructor']
    expect(modelOf(anArtifact({ featureNames: names })).featureNames).toEqual(names)
  })

  it('leaves out nodes that pruning deleted', () => {
    const pruned = listed(split(0, 1, leaf(-1), leaf(1)))
    const tree: Json = {
      ...pruned,
      tree_param: { num_nodes: '5', num_deleted: '2', size_leaf_vector: '0' },
      left_children: [3, -1, -1, -1, -1],
      right_children: [4, -1, -1, -1, -1],
      parents: [2_147_483_647, 0, 0, 0, 0],
      split_indices: [0, 9, 9, 0, 0],
      split_conditions: [1, 0, 0, -1, 1],
      default_left: [1, 0, 0, 0, 0],
      split_type: [0, 0, 0, 0, 0],
    }
    const model = modelOf(edited(anArtifact(), FIRST_TREE, tree))
    expect(model.nodeCount).toBe(3)
    expect(Array.from(margins(model, [Float32Array.of(0, 2), new Float32Array(2)], 2))).toEqual([-1, 1])
  })
})

describe('text that is no artifact is refused', () => {
  const text = JSON.stringify(anArtifact())

  it.each(['', 'null,', '{', '"', `${text}x`, '{"learner":undefined}', text.slice(0, -1)])(
    'as not JSON: %j',
    (given) => {
      expect(faultOf(given).code).toBe('NOT_JSON')
    },
  )

  it('as not JSON when it is binary', () => {
    expect(faultOf(Uint8Array.of(0x7b, 0xff, 0xfe)).code).toBe('NOT_JSON')
  })

  it('as categorical when XGBoost 1.7 wrote NaN for a categorical threshold', () => {
    const categorical = text
      .replace('"categories":[]', '"categories":[0,2]')
      .replace('[1,-1,1]', '[NaN,-1,1]')
    expect(faultOf(categorical)).toMatchObject({
      code: 'CATEGORICAL_SPLIT',
      path: `character ${categorical.indexOf('NaN')}`,
    })
  })

  it.each(['NaN', 'Infinity', '-Infinity'])('as not finite when it contains a bare %s', (number) => {
    expect(faultOf(text.replace('[1,-1,1]', `[1,${number},1]`)).code).toBe('NON_FINITE')
  })

  it('but not for NaN in the name of a feature', () => {
    expect(modelOf(anArtifact({ featureNames: ['NaN', 'Infinity \\" ['] })).featureNames[0]).toBe('NaN')
  })

  it('when its content hides behind __proto__', () => {
    expect(faultOf(`{"__proto__":${text}}`).code).toBe('NOT_XGBOOST')
    expect(Object.hasOwn(Object.prototype, 'learner')).toBe(false)
  })

  it('when a million brackets wait to become objects', () => {
    expect(faultOf('['.repeat(1_000_000)).code).toBe('TOO_LARGE')
    expect(faultOf(`[${'{},'.repeat(1_000_000)}0]`).code).toBe('TOO_LARGE')
    expect(faultOf(`{${'"k":0,'.repeat(1_000_000)}"k":0}`).code).toBe('TOO_LARGE')
  })
})

describe('limits', () => {
  const artifact = JSON.stringify(anArtifact({ trees: [split(0, 1, leaf(1), leaf(2)), leaf(1)] }))

  it.each([
    [{ bytes: 100 }, 'TOO_LARGE'],
    [{ trees: 1 }, 'TOO_MANY_TREES'],
    [{ nodes: 3 }, 'TOO_MANY_NODES'],
    [{ features: 1 }, 'TOO_MANY_FEATURES'],
    [{ comparisonsPerRow: 0 }, 'TOO_DEEP'],
  ])('of %j are kept', (limit, code) => {
    expect(faultOf(artifact, { ...DEFAULT_ARTIFACT_LIMITS, ...limit }).code).toBe(code)
  })

  it('admit a model that just reaches them', () => {
    const limits = { bytes: artifact.length, trees: 2, nodes: 4, features: 2, comparisonsPerRow: 1 }
    expect(parseXgboostArtifact(artifact, limits).kind).toBe('ok')
  })
})
