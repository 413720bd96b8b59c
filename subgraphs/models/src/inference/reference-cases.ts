/** The reference models for tests: rows with the predictions that native XGBoost 1.7 gave for them. */
import { readFileSync } from 'node:fs'
import { parseXgboostArtifact } from './artifact.ts'
import type { BoostedTrees } from './boosted-trees.ts'

export type Version = 'v1' | 'v2'
export type Arm = 'treated' | 'control'

export interface ReferenceCases {
  readonly features: readonly string[]
  readonly columns: readonly Float32Array[]
  readonly rowCount: number
  /** Native float32 predictions. */
  readonly chances: Readonly<Record<Arm, Float32Array>>
}

function artifactFile(name: string): string {
  return readFileSync(new URL(`../../artifacts/${name}.json`, import.meta.url), 'utf8')
}

export function referenceModel(version: Version, arm: Arm): BoostedTrees {
  const result = parseXgboostArtifact(artifactFile(`uplift_${version}_${arm}`))
  if (result.kind === 'ok') return result.model
  throw new Error(result.fault.message)
}

export function referenceCases(version: Version): ReferenceCases {
  // The shape of a file of this repository.
  const file = JSON.parse(artifactFile(`uplift_${version}.cases`)) as {
    features: string[]
    rows: (number | null)[][]
    p_treated: number[]
    p_control: number[]
  }
  return {
    features: file.features,
    columns: file.features.map((_, feature) =>
      Float32Array.from(file.rows, (row) => row[feature] ?? Number.NaN),
    ),
    rowCount: file.rows.length,
    chances: { treated: Float32Array.from(file.p_treated), control: Float32Array.from(file.p_control) },
  }
}

/** What native XGBoost and the usual statistics say of v1 and v2 on the same rows. */
export function referenceComparison(): { readonly mean1: number; readonly mean2: number } {
  // The shape of a file of this repository.
  return JSON.parse(artifactFile('compare_v1_v2')) as { mean1: number; mean2: number }
}

/** The bit patterns of float32 numbers: equal bits are a stronger promise than equal numbers. */
export function bitsOf(values: Float32Array): number[] {
  return Array.from(new Uint32Array(values.buffer, values.byteOffset, values.length))
}
