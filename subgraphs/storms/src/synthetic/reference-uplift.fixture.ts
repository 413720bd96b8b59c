/**
 * Predicted uplift of the reference models, for tests of the synthetic storm only: it walks the trees in the simplest
 * way, in doubles, which is near enough to ask what an average is. The product scores elsewhere, bit for bit.
 */
import { readFileSync } from 'node:fs'
import { FEATURE_COLUMNS } from '../domain/feature-columns.ts'
import type { SyntheticProperty } from './synthetic-storm.ts'

type Tree = {
  readonly left_children: readonly number[]
  readonly right_children: readonly number[]
  readonly split_indices: readonly number[]
  readonly split_conditions: readonly number[]
  readonly default_left: readonly (number | boolean)[]
}
type Model = {
  readonly learner: {
    readonly feature_names: readonly string[]
    readonly gradient_booster: { readonly model: { readonly trees: readonly Tree[] } }
    readonly learner_model_param: { readonly base_score: string }
  }
}

const modelOf = (version: string, arm: string): Model => {
  const file = new URL(`../../../models/artifacts/uplift_${version}_${arm}.json`, import.meta.url)
  // The shape of a file of this repository.
  return JSON.parse(readFileSync(file, 'utf8')) as Model
}

const leafOf = (tree: Tree, values: readonly (number | null)[]): number => {
  let node = 0
  for (;;) {
    const left = tree.left_children[node] ?? -1
    if (left < 0) return tree.split_conditions[node] ?? 0
    const value = values[tree.split_indices[node] ?? 0] ?? null
    const goesLeft =
      value === null
        ? Boolean(tree.default_left[node])
        : Math.fround(value) < (tree.split_conditions[node] ?? 0)
    node = goesLeft ? left : (tree.right_children[node] ?? 0)
  }
}

const chanceOf = ({ learner }: Model, property: SyntheticProperty): number => {
  const values = learner.feature_names.map(
    (name) => property.features[FEATURE_COLUMNS.findIndex((column) => column === name)] ?? null,
  )
  const base = Number(learner.learner_model_param.base_score.replaceAll(/[[\]]/g, ''))
  let margin = Math.log(base / (1 - base))
  for (const tree of learner.gradient_booster.model.trees) margin += leafOf(tree, values)
  return 1 / (1 + Math.exp(-margin))
}

export const referenceUplift = (version: 'v1' | 'v2'): ((property: SyntheticProperty) => number) => {
  const [treated, control] = [modelOf(version, 'treated'), modelOf(version, 'control')]
  return (property) => chanceOf(treated, property) - chanceOf(control, property)
}
