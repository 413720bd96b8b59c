/** The uplift pairs that every company starts with, and the rows they were tried on. */
import { readFileSync } from 'node:fs'
import { Fault } from '@stormops/chassis/fault'
import { artifactSha256 } from '../domain/artifact.ts'
import type { UpliftPairTexts } from '../domain/artifact.ts'
import { UPLIFT_MODEL } from '../domain/model.ts'
import type { ModelVersion } from '../domain/model.ts'
import { scoreTenths } from '../domain/score-tenths.ts'
import { columnsFor } from '../inference/feature-columns.ts'
import type { UpliftPair } from '../inference/uplift-pair.ts'
import { upliftScores } from '../inference/uplift-pair.ts'
import { readUpliftPair } from '../inspection/read-uplift-pair.ts'

export type ReferenceModel = {
  readonly version: Omit<ModelVersion, 'id' | 'registeredAt'>
  readonly artifact: UpliftPairTexts
}

/** Until a company promotes another: the older version, which has the smaller need for features. */
const CHAMPION = 'v1'
const VERSIONS = ['v1', 'v2'] as const

const artifactFile = (name: string): string =>
  readFileSync(new URL(`../../artifacts/uplift_${name}.json`, import.meta.url), 'utf8')

/** Reads, checks and tries the pairs; takes about 50 ms. Throws a Fault when a file of the product is broken. */
export const readReferenceModels = (): readonly ReferenceModel[] => VERSIONS.map(readReferenceModel)

const readReferenceModel = (version: (typeof VERSIONS)[number]): ReferenceModel => {
  const artifact = {
    treatedJson: artifactFile(`${version}_treated`),
    controlJson: artifactFile(`${version}_control`),
  }
  const reading = readUpliftPair(artifact)
  if (reading.kind === 'refused') {
    const { path, message } = reading.refusal
    throw new Fault('INTERNAL', `The shipped model ${version} is broken at ${path}: ${message}`)
  }
  const { pair } = reading
  return {
    artifact,
    version: {
      modelName: UPLIFT_MODEL,
      version,
      kind: 'XGBOOST_UPLIFT_PAIR',
      state: version === CHAMPION ? 'CHAMPION' : 'REGISTERED',
      artifactSha256: artifactSha256(artifact),
      features: pair.featureNames,
      treeCount: pair.treated.treeCount + pair.control.treeCount,
      reference: scoreTenths(scoresOfCases(version, pair)),
    },
  }
}

const scoresOfCases = (version: string, pair: UpliftPair): Float64Array => {
  // The shape of a file of this repository; null is a missing value.
  const { features, rows } = JSON.parse(artifactFile(`${version}.cases`)) as {
    features: string[]
    rows: (number | null)[][]
  }
  const values = features.map((_, feature) => rows.map((row) => row[feature] ?? null))
  const cases = columnsFor(pair.featureNames, features, values)
  if (cases.kind !== 'aligned') {
    throw new Fault('INTERNAL', `The cases of the shipped model ${version} are broken: ${cases.message}`)
  }
  return upliftScores(pair, cases.columns, cases.rowCount)
}
