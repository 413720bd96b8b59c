/**
 * Reads the trees of an artifact into `TreeNodes` and refuses every tree that could not be walked:
 * each node but the root has one parent that comes before it, so a walk always ends at a leaf.
 */
import type { TreeNodes } from './boosted-trees.ts'
import type { ArtifactFaultCode } from './artifact-fault.ts'
import type { ArtifactLimits } from './artifact-limits.ts'
import { countOr, item, listOf, maybeMember, member, refuse } from './artifact-node.ts'
import type { ArtifactNode } from './artifact-node.ts'

const NO_CHILD = -1

/** One tree as the artifact lists it, a column per property of a node; lengths are known to agree. */
interface ListedTree {
  readonly at: ArtifactNode
  readonly size: number
  readonly left: Int32Array
  readonly right: Int32Array
  readonly condition: readonly unknown[]
  readonly feature: readonly unknown[]
  readonly defaultLeft: readonly unknown[]
  readonly splitType: readonly unknown[] | null
}

/** Trees being written one after another; the arrays are cut to the nodes in use at the end. */
interface Forest {
  readonly nodes: TreeNodes
  readonly featureCount: number
  used: number
}

function nodeColumn(tree: ArtifactNode, name: string, size: number): readonly unknown[] {
  const at = member(tree, name)
  const list = listOf(at, 'BROKEN_TREE')
  if (list.length !== size) {
    return refuse(at, 'BROKEN_TREE', `The tree has ${size} nodes but ${list.length} entries here.`)
  }
  return list
}

function childColumn(tree: ArtifactNode, name: string, size: number): Int32Array {
  const list = nodeColumn(tree, name, size)
  const children = new Int32Array(size)
  for (let node = 0; node < size; node += 1) {
    const child = list[node]
    const known = typeof child === 'number' && Number.isInteger(child) && child >= NO_CHILD && child < size
    if (!known) {
      return refuse(
        item(member(tree, name), list, node),
        'BROKEN_TREE',
        'This child is not a node of the tree.',
      )
    }
    children[node] = child
  }
  return children
}

function requireNumericSplits(tree: ArtifactNode): void {
  const categories = maybeMember(tree, 'categories')
  if (categories !== null && listOf(categories, 'BROKEN_TREE').length > 0) refuseCategories(categories)
}

function refuseCategories(at: ArtifactNode): never {
  return refuse(
    at,
    'CATEGORICAL_SPLIT',
    'The model splits on categories. Encode categorical features as numbers and train again.',
  )
}

function listedTree(at: ArtifactNode): ListedTree {
  const parameters = member(at, 'tree_param')
  const size = listOf(member(at, 'left_children'), 'BROKEN_TREE').length
  const claimed = countOr(parameters, 'num_nodes', size)
  if (claimed !== size || size === 0) {
    return refuse(at, 'BROKEN_TREE', `The tree claims ${claimed} nodes and lists ${size}.`)
  }
  if (countOr(parameters, 'size_leaf_vector', 0) > 1) {
    return refuse(
      at,
      'MULTI_TARGET',
      'The leaves of this tree answer several targets; models answer one number.',
    )
  }
  requireNumericSplits(at)
  return {
    at,
    size,
    left: childColumn(at, 'left_children', size),
    right: childColumn(at, 'right_children', size),
    condition: nodeColumn(at, 'split_conditions', size),
    feature: nodeColumn(at, 'split_indices', size),
    defaultLeft: nodeColumn(at, 'default_left', size),
    splitType: maybeMember(at, 'split_type') === null ? null : nodeColumn(at, 'split_type', size),
  }
}

function refuseNode(
  tree: ListedTree,
  column: string,
  node: number,
  code: ArtifactFaultCode,
  message: string,
): never {
  return refuse({ value: undefined, path: `${tree.at.path}.${column}[${node}]` }, code, message)
}

/** Every branch has two later children and nobody is a child twice: no cycles, no shared branches. */
function requireParentsFirst(tree: ListedTree): void {
  const { left, right, size } = tree
  const isChild = new Uint8Array(size)
  for (let node = 0; node < size; node += 1) {
    const pair = [left[node]!, right[node]!] as const
    if (pair[0] === NO_CHILD && pair[1] === NO_CHILD) continue
    for (const [side, child] of pair.entries()) {
      const column = side === 0 ? 'left_children' : 'right_children'
      if (child === NO_CHILD) refuseNode(tree, column, node, 'BROKEN_TREE', 'A branch has only one child.')
      if (child <= node) refuseNode(tree, column, node, 'BROKEN_TREE', 'A child must come after its parent.')
      if (isChild[child] === 1)
        refuseNode(tree, column, node, 'BROKEN_TREE', `Node ${child} has two parents.`)
      isChild[child] = 1
    }
  }
}

function requireParentsAgree(tree: ListedTree): void {
  if (maybeMember(tree.at, 'parents') === null) return
  const parents = nodeColumn(tree.at, 'parents', tree.size)
  for (let node = 0; node < tree.size; node += 1) {
    if (tree.left[node] === NO_CHILD) continue
    for (const child of [tree.left[node]!, tree.right[node]!]) {
      if (parents[child] !== node) {
        refuseNode(
          tree,
          'parents',
          child,
          'BROKEN_TREE',
          `Node ${child} is a child of node ${node}, not of this one.`,
        )
      }
    }
  }
}

function float32At(tree: ListedTree, node: number): number {
  const value = tree.condition[node]
  // The nearest double of a number that XGBoost wrote for a float32 rounds back to that float32.
  const rounded = typeof value === 'number' ? Math.fround(value) : Number.NaN
  if (Number.isFinite(rounded)) return rounded
  return refuseNode(
    tree,
    'split_conditions',
    node,
    'NON_FINITE',
    'This threshold or leaf is not a finite float32 number.',
  )
}

function featureAt(tree: ListedTree, node: number, featureCount: number): number {
  const index = tree.feature[node]
  if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < featureCount) return index
  return refuseNode(
    tree,
    'split_indices',
    node,
    'FEATURE_OUT_OF_RANGE',
    `The tree splits on a feature that does not exist; the model has ${featureCount}, counted from 0.`,
  )
}

function defaultLeftAt(tree: ListedTree, node: number): 0 | 1 {
  const value = tree.defaultLeft[node]
  if (value === 1 || value === true) return 1
  if (value === 0 || value === false) return 0
  return refuseNode(
    tree,
    'default_left',
    node,
    'BROKEN_TREE',
    'The side of missing values must be 0, 1, true or false.',
  )
}

/** Copies the nodes that a walk can reach, breadth first, each pair of children side by side. */
function appendTree(forest: Forest, tree: ListedTree, weight: number): void {
  const { nodes, featureCount } = forest
  const start = forest.used
  const origin = new Int32Array(tree.size)
  let next = start + 1
  for (let node = start; node < next; node += 1) {
    const listed = origin[node - start]!
    const left = tree.left[listed]!
    if (left === NO_CHILD) {
      nodes.feature[node] = nodes.left[node] = nodes.right[node] = NO_CHILD
      nodes.leaf[node] = float32At(tree, listed) * weight
      if (!Number.isFinite(nodes.leaf[node]!)) {
        refuseNode(
          tree,
          'split_conditions',
          listed,
          'NON_FINITE',
          'The leaf times its weight exceeds a float32.',
        )
      }
      continue
    }
    const splitType = tree.splitType === null ? 0 : tree.splitType[listed]
    if (splitType !== 0 && splitType !== false) {
      refuseCategories({ value: splitType, path: `${tree.at.path}.split_type[${listed}]` })
    }
    nodes.feature[node] = featureAt(tree, listed, featureCount)
    nodes.threshold[node] = float32At(tree, listed)
    nodes.defaultLeft[node] = defaultLeftAt(tree, listed)
    nodes.left[node] = next
    nodes.right[node] = next + 1
    origin[next - start] = left
    origin[next + 1 - start] = tree.right[listed]!
    next += 2
  }
  forest.used = next
}

/** Pruning leaves deleted nodes behind, and says how many; any other unreachable node is a fault. */
function requireOnlyDeletedUnreached(tree: ListedTree, reached: number): void {
  const deleted = countOr(member(tree.at, 'tree_param'), 'num_deleted', 0)
  if (tree.size - reached !== deleted) {
    refuse(
      tree.at,
      'BROKEN_TREE',
      `The tree has ${tree.size - reached} nodes out of reach of its root and says that ${deleted} are deleted.`,
    )
  }
}

function emptyNodes(treeCount: number, size: number): TreeNodes {
  return {
    treeStart: new Int32Array(treeCount + 1),
    feature: new Int32Array(size),
    threshold: new Float32Array(size),
    left: new Int32Array(size),
    right: new Int32Array(size),
    defaultLeft: new Uint8Array(size),
    leaf: new Float32Array(size),
  }
}

function cutTo(nodes: TreeNodes, size: number): TreeNodes {
  if (nodes.feature.length === size) return nodes
  return {
    treeStart: nodes.treeStart,
    feature: nodes.feature.slice(0, size),
    threshold: nodes.threshold.slice(0, size),
    left: nodes.left.slice(0, size),
    right: nodes.right.slice(0, size),
    defaultLeft: nodes.defaultLeft.slice(0, size),
    leaf: nodes.leaf.slice(0, size),
  }
}

/**
 * Nodes of all trees listed at `treesAt`; leaves are multiplied by their tree's weight in float32.
 * `weights` has one float32 number per tree. Throws an ArtifactRefusal for the first fault met.
 */
export function treeNodes(
  treesAt: ArtifactNode,
  featureCount: number,
  weights: Float32Array,
  limits: ArtifactLimits,
): TreeNodes {
  const trees = listOf(treesAt)
  let size = 0
  for (let index = 0; index < trees.length; index += 1) {
    const at = item(treesAt, trees, index)
    size += listOf(member(at, 'left_children'), 'BROKEN_TREE').length
    if (size > limits.nodes) refuse(at, 'TOO_MANY_NODES', `The model has more than ${limits.nodes} nodes.`)
  }
  const forest: Forest = { nodes: emptyNodes(trees.length, size), featureCount, used: 0 }
  for (let index = 0; index < trees.length; index += 1) {
    const tree = listedTree(item(treesAt, trees, index))
    requireParentsFirst(tree)
    requireParentsAgree(tree)
    appendTree(forest, tree, weights[index]!)
    requireOnlyDeletedUnreached(tree, forest.used - forest.nodes.treeStart[index]!)
    forest.nodes.treeStart[index + 1] = forest.used
  }
  return cutTo(forest.nodes, forest.used)
}
