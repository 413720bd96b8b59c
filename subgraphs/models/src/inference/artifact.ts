/**
 * A model arrives as the JSON that XGBoost saves. It is a stranger's file: nothing in it is believed,
 * everything the evaluation relies on is checked once here, and what cannot be scored exactly is refused by name.
 */
import { ArtifactRefusal } from './artifact-fault.ts'
import type { ArtifactFault } from './artifact-fault.ts'
import { artifactJson } from './artifact-json.ts'
import { DEFAULT_ARTIFACT_LIMITS } from './artifact-limits.ts'
import type { ArtifactLimits } from './artifact-limits.ts'
import {
  countOf,
  countOr,
  descendant,
  item,
  listOf,
  maybeMember,
  member,
  refuse,
  textOf,
} from './artifact-node.ts'
import type { ArtifactNode } from './artifact-node.ts'
import { OBJECTIVES } from './boosted-trees.ts'
import type { BoostedTrees, Booster, Objective, TreeNodes } from './boosted-trees.ts'
import { evaluationPlan, treeSteps } from './evaluation-plan.ts'
import { marginOfBaseScore } from './link.ts'
import { treeNodes } from './tree-nodes.ts'

export type ArtifactResult =
  | { readonly kind: 'ok'; readonly model: BoostedTrees }
  | { readonly kind: 'refused'; readonly fault: ArtifactFault }

/** "5E-1" up to XGBoost 3.0, "[5E-1]" since. */
const BASE_SCORE_TEXT = /^\[?([+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,4})?)\]?$/
const LONGEST_FEATURE_NAME = 200
const LARGEST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127

/**
 * Parses and checks an XGBoost JSON artifact (text, or UTF-8 bytes); never throws for what the artifact contains.
 * Takes gbtree and dart boosters, any number of parallel trees, numeric splits, one output, the objectives of
 * `OBJECTIVES`. All trees count, as in the native predictor: an early-stopping `best_iteration` is not applied.
 */
export function parseXgboostArtifact(
  text: string | Uint8Array,
  limits: ArtifactLimits = DEFAULT_ARTIFACT_LIMITS,
): ArtifactResult {
  try {
    return { kind: 'ok', model: boostedTrees({ value: artifactJson(text, limits), path: '' }, limits) }
  } catch (cause) {
    if (cause instanceof ArtifactRefusal) return { kind: 'refused', fault: cause.fault }
    throw cause
  }
}

function boostedTrees(root: ArtifactNode, limits: ArtifactLimits): BoostedTrees {
  const learner = member(root, 'learner')
  const parameters = member(learner, 'learner_model_param')
  requireOneOutput(parameters)
  const objective = objectiveOf(learner)
  const booster = boosterOf(member(learner, 'gradient_booster'))
  const names = featureNames(learner, parameters, limits)
  const treesAt = member(booster.model, 'trees')
  const treeCount = requireForest(booster.model, treesAt, limits)
  const weights =
    booster.weightsAt === null
      ? new Float32Array(treeCount).fill(1)
      : treeWeights(booster.weightsAt, treeCount)
  const nodes = treeNodes(treesAt, names.length, weights, limits)
  const steps = treeSteps(nodes)
  const comparisons = steps.deepest.reduce((sum, depth) => sum + depth, 0)
  if (comparisons > limits.comparisonsPerRow) {
    refuse(
      treesAt,
      'TOO_DEEP',
      `A row can cost ${comparisons} comparisons; at most ${limits.comparisonsPerRow} are allowed.`,
    )
  }
  const baseMargin = baseMarginOf(parameters, objective)
  requireFiniteSums(treesAt, nodes, baseMargin)
  return {
    booster: booster.kind,
    objective,
    featureNames: names,
    treeCount,
    nodeCount: nodes.feature.length,
    parallelTrees: countOr(member(booster.model, 'gbtree_model_param'), 'num_parallel_tree', 1),
    baseMargin,
    nodes,
    plan: evaluationPlan(nodes, steps),
  }
}

function requireOneOutput(parameters: ArtifactNode): void {
  if (countOr(parameters, 'num_class', 0) > 1) {
    refuse(
      member(parameters, 'num_class'),
      'MULTI_CLASS',
      'The model answers several classes; models answer one number.',
    )
  }
  if (countOr(parameters, 'num_target', 1) > 1) {
    refuse(
      member(parameters, 'num_target'),
      'MULTI_TARGET',
      'The model answers several targets; models answer one number.',
    )
  }
}

function objectiveOf(learner: ArtifactNode): Objective {
  const at = descendant(learner, 'objective', 'name')
  const name = textOf(at)
  const objective = OBJECTIVES.find((known) => known === name)
  if (objective !== undefined) return objective
  if (name.startsWith('multi:'))
    refuse(at, 'MULTI_CLASS', 'The model answers several classes; models answer one number.')
  return refuse(
    at,
    'UNSUPPORTED_OBJECTIVE',
    `The objective ${JSON.stringify(name.slice(0, 60))} is not supported; take one of ${OBJECTIVES.join(', ')}.`,
  )
}

function boosterOf(at: ArtifactNode): { kind: Booster; model: ArtifactNode; weightsAt: ArtifactNode | null } {
  const nameAt = member(at, 'name')
  const name = textOf(nameAt)
  if (name === 'gbtree') return { kind: 'gbtree', model: member(at, 'model'), weightsAt: null }
  if (name === 'dart') {
    return { kind: 'dart', model: descendant(at, 'gbtree', 'model'), weightsAt: member(at, 'weight_drop') }
  }
  return refuse(
    nameAt,
    'UNSUPPORTED_BOOSTER',
    `The booster ${JSON.stringify(name.slice(0, 60))} is not supported; train with gbtree or dart.`,
  )
}

/** Names in column order. A model trained without names gets XGBoost's own: f0, f1, … */
function featureNames(
  learner: ArtifactNode,
  parameters: ArtifactNode,
  limits: ArtifactLimits,
): readonly string[] {
  const countAt = member(parameters, 'num_feature')
  const count = countOf(countAt)
  if (count > limits.features) {
    refuse(
      countAt,
      'TOO_MANY_FEATURES',
      `The model has ${count} features; at most ${limits.features} are allowed.`,
    )
  }
  const at = maybeMember(learner, 'feature_names')
  const list = at === null ? [] : listOf(at)
  if (at === null || list.length === 0) return Array.from({ length: count }, (_, index) => `f${index}`)
  if (list.length !== count) {
    refuse(at, 'BAD_FEATURE_NAMES', `The model has ${count} features and ${list.length} names for them.`)
  }
  const seen = new Set<string>()
  return list.map((name, index) => {
    const place = item(at, list, index)
    if (typeof name !== 'string' || name === '' || name.length > LONGEST_FEATURE_NAME) {
      return refuse(
        place,
        'BAD_FEATURE_NAMES',
        `A feature's name has 1 to ${LONGEST_FEATURE_NAME} characters.`,
      )
    }
    if (seen.has(name)) return refuse(place, 'BAD_FEATURE_NAMES', 'Two features have this name.')
    seen.add(name)
    return name
  })
}

/** The number of trees, once every count in the artifact agrees on it. */
function requireForest(model: ArtifactNode, treesAt: ArtifactNode, limits: ArtifactLimits): number {
  const count = listOf(treesAt).length
  if (count > limits.trees) {
    refuse(treesAt, 'TOO_MANY_TREES', `The model has ${count} trees; at most ${limits.trees} are allowed.`)
  }
  const parameters = member(model, 'gbtree_model_param')
  const claimed = countOr(parameters, 'num_trees', count)
  if (claimed !== count) {
    refuse(treesAt, 'INCONSISTENT_COUNT', `The model claims ${claimed} trees and lists ${count}.`)
  }
  if (count === 0) refuse(treesAt, 'NO_TREES', 'The model has no trees; train at least one round.')
  if (countOr(parameters, 'size_leaf_vector', 0) > 1) {
    refuse(parameters, 'MULTI_TARGET', 'The model answers several targets; models answer one number.')
  }
  const infoAt = member(model, 'tree_info')
  const info = listOf(infoAt)
  if (info.length !== count) {
    refuse(infoAt, 'INCONSISTENT_COUNT', `The model lists ${count} trees and ${info.length} entries here.`)
  }
  const other = info.findIndex((group) => group !== 0)
  if (other !== -1) {
    refuse(
      item(infoAt, info, other),
      'MULTI_CLASS',
      'This tree belongs to a second class; models answer one number.',
    )
  }
  return count
}

/** Dart's weight of each tree, as float32. */
function treeWeights(at: ArtifactNode, treeCount: number): Float32Array {
  const list = listOf(at)
  if (list.length !== treeCount) {
    refuse(at, 'INCONSISTENT_COUNT', `The model lists ${treeCount} trees and ${list.length} weights.`)
  }
  return Float32Array.from(list, (weight, index) => {
    const rounded = typeof weight === 'number' ? Math.fround(weight) : Number.NaN
    if (Number.isFinite(rounded)) return rounded
    return refuse(item(at, list, index), 'NON_FINITE', 'The weight of a tree is not a finite float32 number.')
  })
}

function baseMarginOf(parameters: ArtifactNode, objective: Objective): number {
  const at = member(parameters, 'base_score')
  const score = typeof at.value === 'number' ? at.value : baseScoreOf(at)
  const margin = marginOfBaseScore(objective, score)
  if (margin !== null) return margin
  return refuse(
    at,
    'BASE_SCORE_OUT_OF_RANGE',
    `The base score ${score} is outside the range of ${objective}.`,
  )
}

function baseScoreOf(at: ArtifactNode): number {
  const text = textOf(at)
  if (/^\[[^\]]*,/.test(text))
    refuse(at, 'MULTI_TARGET', 'The model has several base scores; models answer one number.')
  const digits = BASE_SCORE_TEXT.exec(text)?.[1]
  if (digits === undefined || text.startsWith('[') !== text.endsWith(']')) {
    return refuse(at, 'NOT_XGBOOST', 'The base score is not a number such as 5E-1 or [5E-1].')
  }
  return Number(digits)
}

/** Sums stay finite for every row, since the largest leaf of each tree and the base margin together do. */
function requireFiniteSums(at: ArtifactNode, nodes: TreeNodes, baseMargin: number): void {
  let bound = Math.abs(baseMargin)
  for (let tree = 0; tree + 1 < nodes.treeStart.length; tree += 1) {
    let largest = 0
    for (let node = nodes.treeStart[tree]!; node < nodes.treeStart[tree + 1]!; node += 1) {
      largest = Math.max(largest, Math.abs(nodes.leaf[node]!))
    }
    bound += largest
  }
  // Half the range leaves room for the rounding of the additions.
  if (bound > LARGEST_FLOAT32 / 2)
    refuse(at, 'NON_FINITE', 'The leaves are so large that their sum exceeds a float32.')
}
