/**
 * The artifact of an uplift pair is two texts, one for each arm, as the training saved them. It comes from outside
 * and is inspected before it is kept: whoever sent it learns what is wrong with it and where.
 */
import { canonicalHash, sha256Hex } from '@stormops/chassis/values/canonical'

export type UpliftPairTexts = { readonly treatedJson: string; readonly controlJson: string }

export type ArtifactRefusal = {
  /** Such as CATEGORICAL_SPLIT. */
  readonly code: string
  /** Begins with the arm, `treated` or `control`. */
  readonly path: string
  readonly message: string
}

export type Inspection =
  | { readonly kind: 'ok'; readonly features: readonly string[]; readonly treeCount: number }
  | { readonly kind: 'refused'; readonly refusal: ArtifactRefusal }

/** Never rejects for what the texts contain. */
export type InspectArtifact = (texts: UpliftPairTexts) => Promise<Inspection>

/** Hex sha-256 of the canonical JSON {"control": sha, "treated": sha}, where sha is the hex sha-256 of an arm's text. */
export const artifactSha256 = ({ treatedJson, controlJson }: UpliftPairTexts): string =>
  canonicalHash({ treated: sha256Hex(treatedJson), control: sha256Hex(controlJson) })
