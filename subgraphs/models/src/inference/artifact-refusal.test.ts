import { describe, expect, it } from 'vitest'
import { anArtifact, edited, faultOf, FIRST_TREE, leaf, listed, split } from './an-artifact.ts'
import type { ArtifactTraits, Json } from './an-artifact.ts'
import type { ArtifactFaultCode } from './artifact-fault.ts'

const PARAMETERS = 'learner.learner_model_param'
const BOOSTER = 'learner.gradient_booster'
const MODEL = `${BOOSTER}.model`
const OBJECTIVE = 'learner.objective.name'
const NAMES = 'learner.feature_names'
const TREE = `${MODEL}.trees[0]`

/** Nodes 0 to 4, of which 0 and 1 are branches. */
const TWO_LEVELS: ArtifactTraits = { trees: [split(0, 1, split(1, 20, leaf(1), leaf(2)), leaf(3))] }

function nested(depth: number): Json {
  let json: Json = 0
  for (let level = 0; level < depth; level += 1) json = [json]
  return json
}

/** "a.b.0" of an edit, as a fault spells it: "a.b[0]". */
function spelled(path: string): string {
  return path.replaceAll(/\.(\d+)/g, '[$1]')
}

function requireFault(artifact: Json, code: ArtifactFaultCode, path: string): void {
  const fault = faultOf(JSON.stringify(artifact))
  expect(fault).toMatchObject({ code, path })
  expect(fault.message).toMatch(/^["A-Z].*\.$/)
}

describe('an artifact is refused, with the reason and the place, when', () => {
  const spoiled: [why: string, artifact: Json, code: ArtifactFaultCode, path: string][] = [
    ['it is a list', [], 'NOT_XGBOOST', ''],
    ['it is null', null, 'NOT_XGBOOST', ''],
    ['it has no learner', {}, 'NOT_XGBOOST', ''],
    ['its learner is a number', { learner: 7 }, 'NOT_XGBOOST', 'learner'],
    ['it ranks', anArtifact({ objective: 'rank:pairwise' }), 'UNSUPPORTED_OBJECTIVE', OBJECTIVE],
    ['its objective is toString', anArtifact({ objective: 'toString' }), 'UNSUPPORTED_OBJECTIVE', OBJECTIVE],
    ['it answers classes', anArtifact({ objective: 'multi:softprob' }), 'MULTI_CLASS', OBJECTIVE],
    ['a name is empty', anArtifact({ featureNames: ['a', ''] }), 'BAD_FEATURE_NAMES', `${NAMES}[1]`],
    ['a name comes twice', anArtifact({ featureNames: ['a', 'a'] }), 'BAD_FEATURE_NAMES', `${NAMES}[1]`],
    ['it has no trees', anArtifact({ trees: [] }), 'NO_TREES', `${MODEL}.trees`],
    [
      'its leaves add up past float32',
      anArtifact({ trees: [leaf(3e38), leaf(3e38)] }),
      'NON_FINITE',
      `${MODEL}.trees`,
    ],
    ['dart lacks a weight', anArtifact({ treeWeights: [] }), 'INCONSISTENT_COUNT', `${BOOSTER}.weight_drop`],
    ['it nests forty deep', edited(anArtifact(), 'extra', nested(40)), 'TOO_LARGE', ''],
  ]
  it.each(spoiled)('%s', (_why, artifact, code, path) => requireFault(artifact, code, path))

  it('a leaf times its weight exceeds a float32', () => {
    const place = `${BOOSTER}.gbtree.model.trees[0].split_conditions[0]`
    requireFault(anArtifact({ trees: [leaf(1e30)], treeWeights: [1e30] }), 'NON_FINITE', place)
  })

  it('a weight of dart is a text', () => {
    const place = `${BOOSTER}.weight_drop.0`
    requireFault(edited(anArtifact({ treeWeights: [1] }), place, '1'), 'NON_FINITE', spelled(place))
  })

  it('claims more trees than it lists', () => {
    const claim = edited(anArtifact(), `${MODEL}.gbtree_model_param.num_trees`, '9')
    requireFault(claim, 'INCONSISTENT_COUNT', `${MODEL}.trees`)
  })
})

describe('an artifact is refused at the very place that was spoiled, when', () => {
  const spoiled: [why: string, path: string, value: Json, code: ArtifactFaultCode][] = [
    ['its booster is linear', `${BOOSTER}.name`, 'gblinear', 'UNSUPPORTED_BOOSTER'],
    ['it counts three classes', `${PARAMETERS}.num_class`, '3', 'MULTI_CLASS'],
    ['a tree is of a second class', `${MODEL}.tree_info.0`, 1, 'MULTI_CLASS'],
    ['it has two targets', `${PARAMETERS}.num_target`, '2', 'MULTI_TARGET'],
    ['it has two base scores', `${PARAMETERS}.base_score`, '[5E-1,5E-1]', 'MULTI_TARGET'],
    ['a name is missing', NAMES, ['a'], 'BAD_FEATURE_NAMES'],
    ['a name is a number', `${NAMES}.1`, 5, 'BAD_FEATURE_NAMES'],
    ['its base score is no number', `${PARAMETERS}.base_score`, 'half', 'NOT_XGBOOST'],
    ['its base score has half a bracket', `${PARAMETERS}.base_score`, '[5E-1', 'NOT_XGBOOST'],
    ['its base score is infinite', `${PARAMETERS}.base_score`, '1E999', 'BASE_SCORE_OUT_OF_RANGE'],
    ['its count of trees is no count', `${MODEL}.gbtree_model_param.num_trees`, '1e3', 'NOT_XGBOOST'],
    ['its count of features is negative', `${PARAMETERS}.num_feature`, '-2', 'NOT_XGBOOST'],
    ['it counts a billion features', `${PARAMETERS}.num_feature`, '1000000000', 'TOO_MANY_FEATURES'],
    ['its tree groups are fewer', `${MODEL}.tree_info`, [], 'INCONSISTENT_COUNT'],
    ['a tree is null', FIRST_TREE, null, 'NOT_XGBOOST'],
  ]
  it.each(spoiled)('%s', (_why, path, value, code) => {
    requireFault(edited(anArtifact(), path, value), code, spelled(path))
  })

  it.each([
    ['binary:logistic', '1E0'],
    ['reg:gamma', '0E0'],
  ])('%s has a base score of %s', (objective, baseScore) => {
    requireFault(anArtifact({ objective, baseScore }), 'BASE_SCORE_OUT_OF_RANGE', `${PARAMETERS}.base_score`)
  })
})

describe('a tree is refused when', () => {
  const spoiled: [why: string, column: string, value: Json | undefined, code: ArtifactFaultCode][] = [
    ['it splits on categories', 'split_type.0', 1, 'CATEGORICAL_SPLIT'],
    ['it lists categories', 'categories', [2], 'CATEGORICAL_SPLIT'],
    ['its thresholds are an object', 'split_conditions', { length: 5 }, 'BROKEN_TREE'],
    ['its thresholds are fewer than its nodes', 'split_conditions', [1], 'BROKEN_TREE'],
    ['a child lies outside', 'right_children.0', 5, 'BROKEN_TREE'],
    ['a child is a text', 'right_children.0', '2', 'BROKEN_TREE'],
    ['a child is half a number', 'right_children.0', 1.5, 'BROKEN_TREE'],
    ['a branch has one child', 'right_children.0', -1, 'BROKEN_TREE'],
    ['the root is its own child', 'left_children.0', 0, 'BROKEN_TREE'],
    ['a walk would go in circles', 'left_children.1', 0, 'BROKEN_TREE'],
    ['both children of a branch are one node', 'right_children.1', 3, 'BROKEN_TREE'],
    ['two branches share a child', 'left_children.1', 2, 'BROKEN_TREE'],
    ['a child names another parent', 'parents.3', 0, 'BROKEN_TREE'],
    ['missing values have no side', 'default_left.0', 2, 'BROKEN_TREE'],
    ['a feature does not exist', 'split_indices.0', 2, 'FEATURE_OUT_OF_RANGE'],
    ['a feature is negative', 'split_indices.0', -1, 'FEATURE_OUT_OF_RANGE'],
    ['a threshold is null', 'split_conditions.0', null, 'NON_FINITE'],
    ['a leaf exceeds a float32', 'split_conditions.2', 1e39, 'NON_FINITE'],
  ]
  it.each(spoiled)('%s', (_why, column, value, code) => {
    requireFault(
      edited(anArtifact(TWO_LEVELS), `${FIRST_TREE}.${column}`, value),
      code,
      spelled(`${TREE}.${column}`),
    )
  })

  const spoiledAsWhole: [why: string, column: string, value: Json | undefined, code: ArtifactFaultCode][] = [
    ['it has no nodes', 'left_children', [], 'BROKEN_TREE'],
    ['it claims more nodes than it lists', 'tree_param.num_nodes', '99', 'BROKEN_TREE'],
    ['it claims deleted nodes that a walk reaches', 'tree_param.num_deleted', '1', 'BROKEN_TREE'],
    ['its leaves are vectors', 'tree_param.size_leaf_vector', '3', 'MULTI_TARGET'],
    ['it lists no right children', 'right_children', undefined, 'NOT_XGBOOST'],
  ]
  it.each(spoiledAsWhole)('%s', (_why, column, value, code) => {
    requireFault(edited(anArtifact(TWO_LEVELS), `${FIRST_TREE}.${column}`, value), code, TREE)
  })

  it('nodes hang in the air', () => {
    const adrift = {
      ...listed(split(0, 1, leaf(1), leaf(2))),
      left_children: [-1, -1, -1],
      right_children: [-1, -1, -1],
    }
    requireFault(edited(anArtifact(), FIRST_TREE, adrift), 'BROKEN_TREE', TREE)
  })
})
