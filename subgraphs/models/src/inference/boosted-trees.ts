/**
 * A boosted-trees model answers one number for a property by asking many small decision trees and adding up.
 * Each tree sends the property left or right on one feature at a time until a leaf says how much to add.
 * The sum is the margin; the objective's link turns it into a probability or an expected amount.
 */
import type { EvaluationPlan } from './evaluation-plan.ts'

export type Booster = 'gbtree' | 'dart'

export const OBJECTIVES = [
  'binary:logistic',
  'reg:logistic',
  'binary:logitraw',
  'reg:squarederror',
  'count:poisson',
  'reg:gamma',
  'reg:tweedie',
] as const

export type Objective = (typeof OBJECTIVES)[number]

/** All nodes of all trees, tree after tree, each tree breadth first with the two children of a node adjacent. */
export interface TreeNodes {
  /** First node of each tree, and at the end the number of nodes: `treeCount + 1` entries. */
  readonly treeStart: Int32Array
  /** Index into the model's feature names; -1 marks a leaf. */
  readonly feature: Int32Array
  /** A row goes left iff its float32 value is strictly below; 0 at a leaf. */
  readonly threshold: Float32Array
  /** Index of the left child; -1 at a leaf. */
  readonly left: Int32Array
  /** Index of the right child, always `left + 1`; -1 at a leaf. */
  readonly right: Int32Array
  /** 1 where a missing value goes left. */
  readonly defaultLeft: Uint8Array
  /** What the leaf adds to the margin, dart's weight already multiplied in; 0 at a branch. */
  readonly leaf: Float32Array
}

export interface BoostedTrees {
  readonly booster: Booster
  readonly objective: Objective
  /** In the order of the columns that scoring expects. */
  readonly featureNames: readonly string[]
  readonly treeCount: number
  readonly nodeCount: number
  /** Trees grown in each boosting round; above 1 for boosted random forests. Information only: all trees are summed. */
  readonly parallelTrees: number
  /** float32 start of every sum: the base score taken through the inverse link. */
  readonly baseMargin: number
  readonly nodes: TreeNodes
  readonly plan: EvaluationPlan
}
