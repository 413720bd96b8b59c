/**
 * A model and rows for measuring: full trees of a given depth, made from a seed, in the JSON that XGBoost saves.
 * The trees have no meaning; their size and shape are those of a usual production model.
 */

const MISSING_SHARE = 0.1
const LARGEST_LEAF = 0.1

export interface ForestShape {
  readonly trees: number
  readonly depth: number
  readonly features: number
}

/** Numbers in [0, 1) from a 32-bit linear congruential generator (the constants of Numerical Recipes). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function fullTree(shape: ForestShape, next: () => number): object {
  const branches = 2 ** shape.depth - 1
  const size = 2 * branches + 1
  const perNode = <T>(branch: (node: number) => T, leaf: (node: number) => T): T[] =>
    Array.from({ length: size }, (_, node) => (node < branches ? branch(node) : leaf(node)))
  return {
    tree_param: { num_nodes: String(size), num_deleted: '0', size_leaf_vector: '0' },
    left_children: perNode(
      (node) => 2 * node + 1,
      () => -1,
    ),
    right_children: perNode(
      (node) => 2 * node + 2,
      () => -1,
    ),
    split_indices: perNode(
      () => Math.floor(next() * shape.features),
      () => 0,
    ),
    split_conditions: perNode(
      () => 0.1 + 0.8 * next(),
      () => (2 * next() - 1) * LARGEST_LEAF,
    ),
    default_left: perNode(
      () => (next() < 0.5 ? 1 : 0),
      () => 0,
    ),
  }
}

/** XGBoost JSON of `shape.trees` full trees over features that lie in [0, 1). */
export function syntheticArtifact(shape: ForestShape, seed: number): string {
  const next = seededNumbers(seed)
  const model = {
    gbtree_model_param: { num_trees: String(shape.trees), num_parallel_tree: '1' },
    tree_info: Array.from({ length: shape.trees }, () => 0),
    trees: Array.from({ length: shape.trees }, () => fullTree(shape, next)),
  }
  return JSON.stringify({
    learner: {
      feature_names: [],
      gradient_booster: { name: 'gbtree', model },
      learner_model_param: { base_score: '5E-1', num_class: '0', num_feature: String(shape.features) },
      objective: { name: 'binary:logistic' },
    },
    version: [1, 7, 4],
  })
}

/** One column per range, values even in [low, high), a tenth of them missing. */
export function syntheticColumns(
  ranges: readonly (readonly [low: number, high: number])[],
  rowCount: number,
  seed: number,
): Float32Array[] {
  const next = seededNumbers(seed)
  return ranges.map(([low, high]) =>
    Float32Array.from({ length: rowCount }, () =>
      next() < MISSING_SHARE ? Number.NaN : low + (high - low) * next(),
    ),
  )
}
