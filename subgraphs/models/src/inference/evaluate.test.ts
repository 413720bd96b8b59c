import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anArtifact, leaf, modelOf, split } from './an-artifact.ts'
import type { Tree } from './an-artifact.ts'
import { margins, predictions } from './evaluate.ts'
import { bitsOf, referenceCases, referenceModel } from './reference-cases.ts'
import type { Arm, Version } from './reference-cases.ts'

const MISSING = Number.NaN
const ARMS: [Version, Arm][] = [
  ['v1', 'treated'],
  ['v1', 'control'],
  ['v2', 'treated'],
  ['v2', 'control'],
]

/** The rules once more, one row and one comparison at a time, on the tree as it was written down. */
function walked(tree: Tree, row: readonly number[]): number {
  if ('leaf' in tree) return Math.fround(tree.leaf)
  const value = row[tree.feature]!
  const left = Number.isNaN(value) ? tree.missingLeft : value < Math.fround(tree.below)
  return walked(left ? tree.left : tree.right, row)
}

function summed(trees: readonly Tree[], base: number, row: readonly number[]): number {
  return trees.reduce((sum, tree) => Math.fround(sum + walked(tree, row)), Math.fround(base))
}

/** Margins of single-feature rows. */
function marginsOf(tree: Tree, values: readonly number[]): number[] {
  const model = modelOf(anArtifact({ featureNames: ['hail_max_in'], trees: [tree] }))
  return Array.from(margins(model, [Float32Array.from(values)], values.length))
}

describe('the reference models', () => {
  it.each(ARMS)('%s %s predicts the 200 native probabilities to the last bit', (version, arm) => {
    const cases = referenceCases(version)
    expect(cases.rowCount).toBe(200)
    const answers = predictions(referenceModel(version, arm), cases.columns, cases.rowCount)
    expect(bitsOf(answers)).toEqual(bitsOf(cases.chances[arm]))
  })

  it('are tried on rows with missing values too', () => {
    const { columns } = referenceCases('v2')
    expect(columns.filter((column) => column.some(Number.isNaN)).length).toBeGreaterThan(1)
  })

  it('gives a finite score to a property of which nothing is known', () => {
    const model = referenceModel('v2', 'treated')
    const unknown = model.featureNames.map(() => Float32Array.of(MISSING))
    const [chance] = predictions(model, unknown, 1)
    expect(chance).toBeGreaterThan(0)
    expect(chance).toBeLessThan(1)
  })
})

describe('a split', () => {
  const hail = split(0, 1.25, leaf(-1), leaf(1))

  it('sends a value left only when it is strictly below the threshold', () => {
    expect(marginsOf(hail, [1.2499999, 1.25, 1.2500001])).toEqual([-1, 1, 1])
  })

  it('compares in float32: a tenth is not below a tenth, whichever way it was written', () => {
    expect(marginsOf(split(0, 0.1, leaf(-1), leaf(1)), [0.1, 0.100000001, 0.0999999999])).toEqual([1, 1, 1])
  })

  it('treats both zeros alike', () => {
    expect(marginsOf(split(0, 0, leaf(-1), leaf(1)), [-0, 0, -1e-45])).toEqual([1, 1, -1])
    expect(marginsOf(split(0, -0, leaf(-1), leaf(1)), [-0, 0, -1e-45])).toEqual([1, 1, -1])
  })

  it('orders negative numbers and infinities as numbers', () => {
    expect(marginsOf(split(0, -5, leaf(-1), leaf(1)), [-6, -5, -4, -Infinity, Infinity])).toEqual([
      -1, 1, 1, -1, 1,
    ])
    const largest = 3.4028234663852886e38
    expect(marginsOf(split(0, largest, leaf(-1), leaf(1)), [largest, Infinity, -Infinity])).toEqual([
      1, 1, -1,
    ])
    expect(marginsOf(split(0, -largest, leaf(-1), leaf(1)), [-largest, Infinity, -Infinity])).toEqual([
      1, 1, -1,
    ])
  })

  it.each([
    ['left', -1],
    ['right', 1],
  ] as const)('sends a missing value %s when it says so', (side, answer) => {
    expect(marginsOf(split(0, 1.25, leaf(-1), leaf(1), side), [MISSING])).toEqual([answer])
  })

  it('keeps the two defaults of one feature apart', () => {
    const tree = split(0, 5, split(0, 2, leaf(1), leaf(2), 'right'), leaf(3), 'left')
    expect(marginsOf(tree, [MISSING, 0, 2, 5])).toEqual([2, 1, 2, 3])
  })
})

describe('a sum', () => {
  it('is rounded to float32 after every tree, in tree order', () => {
    const trees = [leaf(1), leaf(1e-8), leaf(16_777_216), leaf(1), leaf(-16_777_216)]
    const model = modelOf(anArtifact({ trees }))
    expect(Array.from(margins(model, [new Float32Array(1), new Float32Array(1)], 1))).toEqual([0])
  })

  it('starts at the base margin', () => {
    const model = modelOf(anArtifact({ baseScore: '1.5E0', trees: [leaf(0.25), leaf(0.5)] }))
    expect(Array.from(margins(model, [new Float32Array(1), new Float32Array(1)], 1))).toEqual([2.25])
  })

  it('takes in every tree of a boosted forest', () => {
    const trees = [split(0, 1, leaf(1), leaf(2)), split(1, 1, leaf(10), leaf(20)), leaf(100), leaf(200)]
    const model = modelOf(anArtifact({ trees, parallelTrees: 2 }))
    expect(model.parallelTrees).toBe(2)
    expect(Array.from(margins(model, [Float32Array.of(0, 3), Float32Array.of(3, 0)], 2))).toEqual([321, 312])
  })

  it('weighs the trees of dart in float32', () => {
    const trees = [split(0, 1, leaf(0.1), leaf(0.6)), leaf(0.2)]
    const model = modelOf(anArtifact({ trees, treeWeights: [0.7, 0.3] }))
    const first = Math.fround(Math.fround(0.6) * Math.fround(0.7))
    const second = Math.fround(Math.fround(0.2) * Math.fround(0.3))
    const [margin] = margins(model, [Float32Array.of(4), new Float32Array(1)], 1)
    expect(model.booster).toBe('dart')
    expect(margin).toBe(Math.fround(first + second))
    expect(margin).not.toBe(Math.fround(0.6 * 0.7 + 0.2 * 0.3))
  })
})

describe('any forest and any rows', () => {
  const thresholds = fc.constantFrom(-2, -1.5, -0, 0, 1e-45, 0.1, 0.3, 1, 2.5, 3e38)
  const values = fc.constantFrom(
    MISSING,
    -Infinity,
    Infinity,
    -2,
    -1.5,
    -0,
    0,
    1e-45,
    0.1,
    0.3,
    1,
    2.5,
    3e38,
    7,
  )
  const grown = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'large', withCrossShrink: true },
      fc.float({ min: -3, max: 3, noNaN: true }).map(leaf),
      fc
        .tuple(
          fc.nat(1),
          thresholds,
          tie('tree'),
          tie('tree'),
          fc.constantFrom('left' as const, 'right' as const),
        )
        .map(([feature, below, left, right, missing]) => split(feature, below, left, right, missing)),
    ),
  })).tree

  it('score as the rules say, row by row', () => {
    const rows = fc.array(fc.tuple(values, values), { maxLength: 40 })
    fc.assert(
      fc.property(fc.array(grown, { minLength: 1, maxLength: 5 }), rows, (trees, given) => {
        const model = modelOf(anArtifact({ trees, baseScore: '2.5E-1' }))
        const columns = [0, 1].map((feature) => Float32Array.from(given, (row) => row[feature]!))
        const expected = given.map((_, row) => summed(trees, 0.25, [columns[0]![row]!, columns[1]![row]!]))
        expect(Array.from(margins(model, columns, given.length))).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('score alike however the rows are cut into batches', () => {
    const { columns, rowCount } = referenceCases('v1')
    const model = referenceModel('v1', 'treated')
    const repeated = columns.map((column) =>
      Float32Array.from({ length: 1_027 }, (_, row) => column[row % rowCount]!),
    )
    const whole = margins(model, repeated, 1_027)
    for (const size of [1, 3, 255, 256, 257, 1_000]) {
      const rest = repeated.map((column) => column.subarray(1_027 - size))
      expect(bitsOf(margins(model, rest, size))).toEqual(bitsOf(whole.subarray(1_027 - size)))
    }
  })

  it('may be deeper than they are wide', () => {
    let chain: Tree = leaf(500)
    for (let below = 499; below >= 0; below -= 1) chain = split(0, below + 1, leaf(below), chain, 'right')
    expect(marginsOf(chain, [0, 11.5, 12, 498, 499.5, 500, 1e9, MISSING])).toEqual([
      0, 11, 12, 498, 499, 500, 500, 500,
    ])
  })
})

describe('the shape of a batch', () => {
  const model = modelOf(anArtifact())
  const column = Float32Array.of(0, 2)

  it('may be empty', () => {
    expect(margins(model, [new Float32Array(0), new Float32Array(0)], 0)).toHaveLength(0)
  })

  it('may be scored into memory of the caller, whose rest stays as it was', () => {
    const out = new Float32Array(4).fill(9)
    const answer = margins(model, [column, column], 2, out)
    expect(Array.from(answer)).toEqual([-1, 1])
    expect(Array.from(out)).toEqual([-1, 1, 9, 9])
    expect(answer.buffer).toBe(out.buffer)
  })

  it('may lie in the middle of a larger buffer', () => {
    const wide = Float32Array.of(9, 9, 0, 2, 9)
    expect(Array.from(margins(model, [wide.subarray(2, 4), column], 2))).toEqual([-1, 1])
  })

  it.each([
    ['a column is missing', [column], 2],
    ['a column is short', [column, new Float32Array(1)], 2],
    ['there is a negative number of rows', [column, column], -1],
    ['there is half a row', [column, column], 1.5],
  ])('throws a RangeError when %s', (_why, columns, rowCount) => {
    expect(() => margins(model, columns, rowCount)).toThrow(RangeError)
  })

  it('throws a RangeError when the memory of the caller is too small', () => {
    expect(() => margins(model, [column, column], 2, new Float32Array(1))).toThrow(RangeError)
  })
})
