/**
 * A batch of properties comes as named columns in the sender's order; a model wants its own features in its own.
 * A feature that the batch lacks is a fault: scored as missing it would look like an answer.
 */

/** Values of one column; null and NaN are missing. */
export type ColumnValues = Float32Array | readonly (number | null)[]

export type FeatureColumns =
  | { readonly kind: 'aligned'; readonly columns: readonly Float32Array[]; readonly rowCount: number }
  | { readonly kind: 'missing-features'; readonly names: readonly string[]; readonly message: string }
  | { readonly kind: 'duplicate-columns'; readonly names: readonly string[]; readonly message: string }
  | { readonly kind: 'ragged-columns'; readonly names: readonly string[]; readonly message: string }

const NAMES_IN_MESSAGE = 10

/**
 * Picks the columns of `featureNames`, in that order, out of a batch (`names[i]` names `values[i]`); others are ignored.
 * Float32Arrays are passed on as they are; other numbers are rounded to float32, as XGBoost does.
 * All columns of the batch must be equally long; a batch without columns has no rows.
 */
export function columnsFor(
  featureNames: readonly string[],
  names: readonly string[],
  values: readonly ColumnValues[],
): FeatureColumns {
  const position = new Map(names.map((name, index) => [name, index]))
  if (position.size < names.length) {
    const doubled = [...new Set(names.filter((name, index) => position.get(name) !== index))]
    return {
      kind: 'duplicate-columns',
      names: doubled,
      message: `The batch has two columns named ${spelled(doubled)}.`,
    }
  }
  const rowCount = values[0]?.length ?? 0
  const ragged = names.filter((_, index) => values[index]?.length !== rowCount)
  if (ragged.length > 0 || values.length !== names.length) {
    const message = `Every column needs ${rowCount} values, one per row; look at ${spelled(ragged)}.`
    return { kind: 'ragged-columns', names: ragged, message }
  }
  const missing = featureNames.filter((name) => !position.has(name))
  if (missing.length > 0) {
    return {
      kind: 'missing-features',
      names: missing,
      message: `The batch lacks the features ${spelled(missing)}.`,
    }
  }
  return {
    kind: 'aligned',
    columns: featureNames.map((name) => float32Column(values[position.get(name)!]!)),
    rowCount,
  }
}

function spelled(names: readonly string[]): string {
  const more = names.length - NAMES_IN_MESSAGE
  return names.slice(0, NAMES_IN_MESSAGE).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function float32Column(values: ColumnValues): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values, (value) => value ?? Number.NaN)
}
