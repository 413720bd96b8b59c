/**
 * Scores rows with a boosted-trees model, in process and to the last bit of XGBoost's own arithmetic:
 * float32 thresholds, inputs and leaves; left iff value < threshold; a missing value takes the node's default;
 * float32 sums from the base margin in tree order. A row of nothing but missing values walks the defaults
 * and gets an ordinary finite score; infinities compare as numbers do. No margin is ever NaN.
 */
import type { BoostedTrees } from './boosted-trees.ts'
import { BLOCK_ROWS, orderedKey } from './evaluation-plan.ts'
import type { EvaluationPlan } from './evaluation-plan.ts'
import { applyLink } from './link.ts'

const MAGNITUDE_BITS = 0x7fff_ffff
const INFINITY_BITS = 0x7f80_0000
/** A right child lies one node, so 1 << 2 words, after its sibling. */
const RIGHT_SHIFT = 2
/** Rows walked side by side, so that one waits for memory while another computes; divides BLOCK_ROWS. */
const ROWS_ABREAST = 4

/**
 * Margins of `rowCount` rows: float32, the base margin plus one leaf of every tree.
 * `columns` holds one column per feature in the model's order, each at least `rowCount` long; NaN is missing.
 * Writes to `out` when given (at least `rowCount` long; its first `rowCount` entries are answered).
 * Throws a RangeError when columns or `out` do not fit; aligned columns come from `columnsFor`.
 */
export function margins(
  model: BoostedTrees,
  columns: readonly Float32Array[],
  rowCount: number,
  out: Float32Array = new Float32Array(rowCount),
): Float32Array {
  requireShape(model, columns, rowCount, out)
  const { plan } = model
  const columnBits = columns.map((column) => new Int32Array(column.buffer, column.byteOffset, column.length))
  const keys = new Int32Array(Math.max(1, plan.keyColumns.length) * BLOCK_ROWS)
  const sums = new Float32Array(BLOCK_ROWS)
  for (let start = 0; start < rowCount; start += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, rowCount - start)
    fillKeys(plan, columnBits, keys, start, rows)
    sums.fill(model.baseMargin)
    for (let tree = 0; tree < model.treeCount; tree += 1) {
      const root = plan.roots[tree]!
      const steps = plan.evenSteps[tree]!
      if (steps === -1) walkToLeaves(plan.words, plan.leaves, keys, sums, root, rows)
      else walkAbreast(plan.words, plan.leaves, keys, sums, root, steps, rows)
    }
    out.set(rows === BLOCK_ROWS ? sums : sums.subarray(0, rows), start)
  }
  return out.length === rowCount ? out : out.subarray(0, rowCount)
}

/**
 * Predictions of `rowCount` rows on the scale of the objective: probabilities for logistic objectives,
 * positive amounts for poisson, gamma and tweedie, the margin itself for the others.
 * The exponential is that of glibc; an XGBoost on another C library may answer 1 ulp differently.
 */
export function predictions(
  model: BoostedTrees,
  columns: readonly Float32Array[],
  rowCount: number,
): Float32Array {
  const answers = margins(model, columns, rowCount)
  applyLink(model.objective, answers)
  return answers
}

function requireShape(
  model: BoostedTrees,
  columns: readonly Float32Array[],
  rowCount: number,
  out: Float32Array,
): void {
  if (!Number.isInteger(rowCount) || rowCount < 0) throw new RangeError(`rowCount is ${rowCount}`)
  if (columns.length !== model.featureNames.length) {
    throw new RangeError(`${columns.length} columns for ${model.featureNames.length} features`)
  }
  const short = columns.findIndex((column) => column.length < rowCount)
  if (short !== -1) {
    throw new RangeError(`column ${short} has ${columns[short]!.length} values for ${rowCount} rows`)
  }
  if (out.length < rowCount) throw new RangeError(`out has room for ${out.length} of ${rowCount} rows`)
}

/** Keys of rows [start, start + rows) for every key column, column after column. */
function fillKeys(
  plan: EvaluationPlan,
  columnBits: readonly Int32Array[],
  keys: Int32Array,
  start: number,
  rows: number,
): void {
  for (let column = 0; column < plan.keyColumns.length; column += 1) {
    const { feature, missingKey } = plan.keyColumns[column]!
    fillKeyColumn(columnBits[feature]!, keys, missingKey, start, column * BLOCK_ROWS, rows)
  }
}

function fillKeyColumn(
  bits: Int32Array,
  keys: Int32Array,
  missingKey: number,
  start: number,
  offset: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const value = bits[start + row]!
    keys[offset + row] = (value & MAGNITUDE_BITS) > INFINITY_BITS ? missingKey : orderedKey(value)
  }
}

/**
 * Takes every row of the block `steps` steps down one tree and adds its leaf to its sum.
 * Rows past `rows` up to a multiple of four are walked on left-over keys, and their sums are thrown away.
 */
function walkAbreast(
  words: Int32Array,
  leaves: Float32Array,
  keys: Int32Array,
  sums: Float32Array,
  root: number,
  steps: number,
  rows: number,
): void {
  for (let first = 0; first < rows; first += ROWS_ABREAST) {
    const second = first + 1
    const third = first + 2
    const fourth = first + 3
    let a = root
    let b = root
    let c = root
    let d = root
    for (let step = 0; step < steps; step += 1) {
      a = words[a + 2]! + (+(keys[words[a]! + first]! >= words[a + 1]!) << RIGHT_SHIFT)
      b = words[b + 2]! + (+(keys[words[b]! + second]! >= words[b + 1]!) << RIGHT_SHIFT)
      c = words[c + 2]! + (+(keys[words[c]! + third]! >= words[c + 1]!) << RIGHT_SHIFT)
      d = words[d + 2]! + (+(keys[words[d]! + fourth]! >= words[d + 1]!) << RIGHT_SHIFT)
    }
    // A Float32Array rounds what it is given: this is the float32 sum.
    sums[first]! += leaves[a + 3]!
    sums[second]! += leaves[b + 3]!
    sums[third]! += leaves[c + 3]!
    sums[fourth]! += leaves[d + 3]!
  }
}

/** The same for a lopsided tree: each row stops at its own leaf. */
function walkToLeaves(
  words: Int32Array,
  leaves: Float32Array,
  keys: Int32Array,
  sums: Float32Array,
  root: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    let node = root
    let left = words[root + 2]!
    while (left !== node) {
      node = left + (+(keys[words[node]! + row]! >= words[node + 1]!) << RIGHT_SHIFT)
      left = words[node + 2]!
    }
    sums[row]! += leaves[node + 3]!
  }
}
