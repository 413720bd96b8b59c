/** Builders for tests: the smallest artifact that XGBoost could have written, and ways to spoil it. */
import { parseXgboostArtifact } from './artifact.ts'
import type { ArtifactLimits } from './artifact-limits.ts'
import type { BoostedTrees } from './boosted-trees.ts'
import type { ArtifactFault } from './artifact-fault.ts'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

export type Tree =
  | { readonly leaf: number }
  | {
      readonly feature: number
      readonly below: number
      readonly missingLeft: boolean
      readonly left: Tree
      readonly right: Tree
    }

export function leaf(value: number): Tree {
  return { leaf: value }
}

export function split(
  feature: number,
  below: number,
  left: Tree,
  right: Tree,
  missing: 'left' | 'right' = 'left',
): Tree {
  return { feature, below, left, right, missingLeft: missing === 'left' }
}

/** One tree as XGBoost lists it, nodes breadth first. */
export function listed(tree: Tree): { [name: string]: Json } {
  const nodes: Tree[] = [tree]
  const left: number[] = []
  const right: number[] = []
  const parents: number[] = [2_147_483_647]
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index]!
    if ('leaf' in node) {
      left.push(-1)
      right.push(-1)
      continue
    }
    left.push(nodes.length)
    right.push(nodes.length + 1)
    parents.push(index, index)
    nodes.push(node.left, node.right)
  }
  return {
    tree_param: { num_nodes: String(nodes.length), num_deleted: '0', size_leaf_vector: '0' },
    left_children: left,
    right_children: right,
    parents,
    split_indices: nodes.map((node) => ('leaf' in node ? 0 : node.feature)),
    split_conditions: nodes.map((node) => ('leaf' in node ? node.leaf : node.below)),
    default_left: nodes.map((node) => ('leaf' in node ? 0 : Number(node.missingLeft))),
    split_type: nodes.map(() => 0),
    categories: [],
  }
}

export interface ArtifactTraits {
  readonly trees?: readonly Tree[]
  readonly featureNames?: readonly string[]
  readonly objective?: string
  readonly baseScore?: Json
  /** Given, the booster is dart. */
  readonly treeWeights?: readonly number[]
  readonly parallelTrees?: number
}

/** Two features, one tree of one split, squared error and a base score of 0, unless told otherwise. */
export function anArtifact(traits: ArtifactTraits = {}): Json {
  const trees = traits.trees ?? [split(0, 1, leaf(-1), leaf(1))]
  const names = traits.featureNames ?? ['hail_max_in', 'roof_age_years']
  const model = {
    gbtree_model_param: {
      num_trees: String(trees.length),
      num_parallel_tree: String(traits.parallelTrees ?? 1),
      size_leaf_vector: '0',
    },
    tree_info: trees.map(() => 0),
    trees: trees.map(listed),
  }
  return {
    learner: {
      feature_names: [...names],
      feature_types: [],
      gradient_booster:
        traits.treeWeights === undefined
          ? { name: 'gbtree', model }
          : { name: 'dart', gbtree: { name: 'gbtree', model }, weight_drop: [...traits.treeWeights] },
      learner_model_param: {
        base_score: traits.baseScore ?? '0E0',
        num_class: '0',
        num_feature: String(names.length),
        num_target: '1',
      },
      objective: { name: traits.objective ?? 'reg:squarederror' },
    },
    version: [1, 7, 4],
  }
}

/** A copy of `json` with the value at a path ("a.b.0") replaced, or removed when `value` is undefined. */
export function edited(json: Json, path: string, value: Json | undefined): Json {
  const copy = structuredClone(json)
  const names = path.split('.')
  const last = names.pop() ?? ''
  // Arrays and objects alike are read by name here; a wrong path fails the test with a TypeError.
  const holder = names.reduce<Json>((place, name) => (place as { [name: string]: Json })[name]!, copy) as {
    [name: string]: Json
  }
  if (value === undefined) delete holder[last]
  else holder[last] = value
  return copy
}

export const FIRST_TREE = 'learner.gradient_booster.model.trees.0'

export function modelOf(artifact: Json): BoostedTrees {
  const result = parseXgboostArtifact(JSON.stringify(artifact))
  if (result.kind === 'ok') return result.model
  throw new Error(`${result.fault.code} at ${result.fault.path}: ${result.fault.message}`)
}

export function faultOf(artifact: string | Uint8Array, limits?: ArtifactLimits): ArtifactFault {
  const result = parseXgboostArtifact(artifact, limits)
  if (result.kind === 'refused') return result.fault
  throw new Error('the artifact was accepted')
}
