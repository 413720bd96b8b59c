/**
 * How fast are 100,000 properties scored in one thread, against onnxruntime-web on the same trees and rows?
 * Both engines get the rows in the layout they want (columns here, one row after another there), made beforehand;
 * both answer margins; both run in this process, turn about, and their answers are compared first.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import * as ort from 'onnxruntime-web/wasm'
import { parseXgboostArtifact } from '../subgraphs/models/src/inference/artifact.ts'
import type { BoostedTrees } from '../subgraphs/models/src/inference/boosted-trees.ts'
import { margins } from '../subgraphs/models/src/inference/evaluate.ts'
import { syntheticArtifact, syntheticColumns } from './inference-model.ts'
import { ONNX_INPUT, ONNX_OUTPUT, onnxModel } from './onnx-model.ts'

export interface BenchResult {
  readonly name: string
  readonly rows: readonly { readonly what: string; readonly value: number; readonly unit: string }[]
  /** Time of onnxruntime-web over ours on the synthetic model; above 1 we are faster. */
  readonly ratio: number
  readonly goal: string
  readonly met: boolean
}

const ROWS = 100_000
const SHAPE = { trees: 100, depth: 6, features: 10 }
const WARM_UP_ROUNDS = 2
const ROUNDS = 9
const SEED = 20_260_301
/** onnxruntime adds the base margin last, XGBoost first: the float32 sums round differently, by some 1e-6. */
const AGREEMENT = 1e-5
/** Ranges of the features of the v2 pair, roughly as in its training storms. */
const V2_RANGES: readonly (readonly [number, number])[] = [
  [0, 45],
  [0, 4],
  [20, 100],
  [100, 800],
  [800, 5_000],
  [0, 15],
  [0, 3],
  [0, 1.2],
  [0, 2_000],
  [0, 80],
]

interface Contest {
  readonly what: string
  readonly models: readonly BoostedTrees[]
  readonly columns: readonly Float32Array[]
}

interface Outcome {
  readonly ours: number
  readonly onnx: number
  readonly furthest: number
}

function trees(artifact: string | Uint8Array): BoostedTrees {
  const result = parseXgboostArtifact(artifact)
  if (result.kind === 'ok') return result.model
  throw new Error(`${result.fault.path}: ${result.fault.message}`)
}

function referenceModel(arm: 'treated' | 'control'): BoostedTrees {
  return trees(readFileSync(new URL(`../subgraphs/models/artifacts/uplift_v2_${arm}.json`, import.meta.url)))
}

function rowByRow(columns: readonly Float32Array[]): Float32Array {
  const rows = new Float32Array(ROWS * columns.length)
  for (const [feature, column] of columns.entries()) {
    for (let row = 0; row < ROWS; row += 1) rows[row * columns.length + feature] = column[row] ?? Number.NaN
  }
  return rows
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function furthestApart(ours: readonly Float32Array[], theirs: readonly Float32Array[]): number {
  let furthest = 0
  for (const [index, margin] of ours.entries()) {
    for (let row = 0; row < ROWS; row += 1) {
      const apart = Math.abs((margin[row] ?? Number.NaN) - (theirs[index]?.[row] ?? Number.NaN))
      // A NaN fails the comparison and so counts as infinitely far.
      if (!(apart <= furthest)) furthest = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart
    }
  }
  return furthest
}

async function compete({ models, columns, what }: Contest): Promise<Outcome> {
  const input = new ort.Tensor('float32', rowByRow(columns), [ROWS, columns.length])
  const sessions: ort.InferenceSession[] = []
  for (const model of models) {
    sessions.push(await ort.InferenceSession.create(onnxModel(model), { executionProviders: ['wasm'] }))
  }
  const runOurs = (): Float32Array[] => models.map((model) => margins(model, columns, ROWS))
  const runOnnx = async (): Promise<Float32Array[]> => {
    const answers: Float32Array[] = []
    for (const session of sessions) {
      const data = (await session.run({ [ONNX_INPUT]: input }))[ONNX_OUTPUT]?.data
      if (!(data instanceof Float32Array)) throw new Error('onnxruntime-web answered no float32 margins')
      answers.push(data)
    }
    return answers
  }
  const furthest = furthestApart(runOurs(), await runOnnx())
  if (!(furthest <= AGREEMENT)) throw new Error(`${what}: the engines differ by ${furthest}`)
  const times = { ours: [] as number[], onnx: [] as number[] }
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const start = performance.now()
    runOurs()
    const between = performance.now()
    await runOnnx()
    const end = performance.now()
    if (round < 0) continue
    times.ours.push(between - start)
    times.onnx.push(end - between)
  }
  for (const session of sessions) await session.release()
  return { ours: median(times.ours), onnx: median(times.onnx), furthest }
}

function report(what: string, outcome: Outcome): BenchResult['rows'] {
  return [
    { what: `${what}: in process, median`, value: outcome.ours, unit: 'ms' },
    { what: `${what}: onnxruntime-web, median`, value: outcome.onnx, unit: 'ms' },
    { what: `${what}: onnxruntime-web over in process`, value: outcome.onnx / outcome.ours, unit: 'times' },
    { what: `${what}: in process`, value: ROWS / (outcome.ours / 1000), unit: 'rows/s' },
    { what: `${what}: largest difference of margins`, value: outcome.furthest, unit: '' },
  ]
}

/** Measures both engines on a synthetic model and on the reference uplift pair; takes about a quarter of a minute. */
export async function benchInference(): Promise<BenchResult> {
  ort.env.wasm.numThreads = 1
  const unitRanges = Array.from({ length: SHAPE.features }, () => [0, 1] as const)
  const synthetic: Contest = {
    what: `${SHAPE.trees} trees of depth ${SHAPE.depth}`,
    models: [trees(syntheticArtifact(SHAPE, SEED))],
    columns: syntheticColumns(unitRanges, ROWS, SEED + 1),
  }
  const reference: Contest = {
    what: 'uplift pair v2, 2 × 90 trees',
    models: [referenceModel('treated'), referenceModel('control')],
    columns: syntheticColumns(V2_RANGES, ROWS, SEED + 2),
  }
  const syntheticOutcome = await compete(synthetic)
  const referenceOutcome = await compete(reference)
  const ratio = syntheticOutcome.onnx / syntheticOutcome.ours
  return {
    name: 'inference',
    rows: [...report(synthetic.what, syntheticOutcome), ...report(reference.what, referenceOutcome)],
    ratio,
    goal: `${ROWS.toLocaleString('en-US')} rows in one thread at least as fast as onnxruntime-web`,
    met: ratio >= 1,
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await benchInference()
  for (const { what, value, unit } of result.rows)
    console.log(`${what.padEnd(60)} ${value.toPrecision(4)} ${unit}`)
  console.log(`${result.goal}: ${result.met ? 'met' : 'missed'}, ${result.ratio.toFixed(2)} times`)
}
