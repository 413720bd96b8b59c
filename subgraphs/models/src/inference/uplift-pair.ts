/**
 * Uplift is what contacting a property adds: the chance of a contract if it is contacted, minus the chance if not.
 * One model learned from contacted properties, another from the ones left alone; both score the same property.
 */
import type { BoostedTrees } from './boosted-trees.ts'
import { predictions } from './evaluate.ts'
import { answersProbability } from './link.ts'

export interface UpliftPair {
  readonly treated: BoostedTrees
  readonly control: BoostedTrees
  readonly featureNames: readonly string[]
}

export type UpliftPairFault =
  /** Features of one arm and not of the other; both empty when only the order differs. */
  | {
      readonly code: 'FEATURES_DIFFER'
      readonly onlyTreated: readonly string[]
      readonly onlyControl: readonly string[]
      readonly message: string
    }
  | {
      readonly code: 'NOT_A_PROBABILITY'
      readonly arms: readonly ('treated' | 'control')[]
      readonly message: string
    }

export type UpliftPairResult =
  | { readonly kind: 'ok'; readonly pair: UpliftPair }
  | { readonly kind: 'refused'; readonly fault: UpliftPairFault }

/** Pairs two arms. Refused unless both have the same features in the same order and both answer probabilities. */
export function upliftPair(treated: BoostedTrees, control: BoostedTrees): UpliftPairResult {
  const differing = differingFeatures(treated.featureNames, control.featureNames)
  if (differing !== null) return { kind: 'refused', fault: differing }
  const arms: ('treated' | 'control')[] = []
  if (!answersProbability(treated.objective)) arms.push('treated')
  if (!answersProbability(control.objective)) arms.push('control')
  if (arms.length > 0) {
    const message = `Uplift subtracts probabilities; train the ${arms.join(' and ')} model with binary:logistic.`
    return { kind: 'refused', fault: { code: 'NOT_A_PROBABILITY', arms, message } }
  }
  return { kind: 'ok', pair: { treated, control, featureNames: treated.featureNames } }
}

function differingFeatures(treated: readonly string[], control: readonly string[]): UpliftPairFault | null {
  const onlyTreated = treated.filter((name) => !control.includes(name))
  const onlyControl = control.filter((name) => !treated.includes(name))
  const sameOrder =
    treated.length === control.length && treated.every((name, index) => name === control[index])
  if (sameOrder) return null
  const message =
    onlyTreated.length + onlyControl.length === 0
      ? 'The two models list the same features in a different order.'
      : `The two models differ in the features ${[...onlyTreated, ...onlyControl].slice(0, 10).join(', ')}.`
  return { code: 'FEATURES_DIFFER', onlyTreated, onlyControl, message }
}

/**
 * Uplift of `rowCount` rows in [-1, 1]: the float32 probabilities of the two arms, subtracted as doubles.
 * `columns` are as for `margins`; a row of nothing but missing values gets the uplift of the default branches,
 * never NaN. Throws a RangeError when the columns do not fit.
 */
export function upliftScores(
  pair: UpliftPair,
  columns: readonly Float32Array[],
  rowCount: number,
): Float64Array {
  const treated = predictions(pair.treated, columns, rowCount)
  const control = predictions(pair.control, columns, rowCount)
  return Float64Array.from(treated, (chance, row) => chance - control[row]!)
}
