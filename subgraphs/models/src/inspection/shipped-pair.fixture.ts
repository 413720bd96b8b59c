/** Texts of artifacts for tests: the shipped pairs, and small pairs with one thing wrong. */
import { readFileSync } from 'node:fs'
import type { UpliftPairTexts } from '../domain/artifact.ts'
import { anArtifact } from '../inference/an-artifact.ts'
import type { ArtifactTraits } from '../inference/an-artifact.ts'

const artifactFile = (name: string): string =>
  readFileSync(new URL(`../../artifacts/uplift_${name}.json`, import.meta.url), 'utf8')

export const shippedPair = (version: 'v1' | 'v2'): UpliftPairTexts => ({
  treatedJson: artifactFile(`${version}_treated`),
  controlJson: artifactFile(`${version}_control`),
})

export const anArm = (traits: ArtifactTraits = {}): string =>
  JSON.stringify(anArtifact({ objective: 'binary:logistic', baseScore: '5E-1', ...traits }))

export const aPair = (traits: Partial<UpliftPairTexts> = {}): UpliftPairTexts => ({
  treatedJson: anArm(),
  controlJson: anArm(),
  ...traits,
})
