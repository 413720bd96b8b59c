/** Two texts to a pair that can score, or the reason and the place why not. */
import type { ArtifactRefusal, UpliftPairTexts } from '../domain/artifact.ts'
import { parseXgboostArtifact } from '../inference/artifact.ts'
import type { ArtifactFaultCode } from '../inference/artifact-fault.ts'
import { DEFAULT_ARTIFACT_LIMITS } from '../inference/artifact-limits.ts'
import type { BoostedTrees } from '../inference/boosted-trees.ts'
import { upliftPair } from '../inference/uplift-pair.ts'
import type { UpliftPair, UpliftPairFault } from '../inference/uplift-pair.ts'

export type Arm = 'treated' | 'control'

export type UpliftPairReading =
  | { readonly kind: 'ok'; readonly pair: UpliftPair }
  | { readonly kind: 'refused'; readonly refusal: ArtifactRefusal }

/**
 * What was accepted once is read again by every process that scores with it, on the thread that answers requests:
 * the worst pair of this size takes about a quarter of a second. The shipped ones have a twentieth of it.
 */
const LARGEST_ARM = 4 * 1024 * 1024
const ARM_LIMITS = { ...DEFAULT_ARTIFACT_LIMITS, bytes: LARGEST_ARM }

/** Calls `onArm` before it reads an arm, so that somebody who stops it knows where it was. */
export const readUpliftPair = (
  { treatedJson, controlJson }: UpliftPairTexts,
  onArm: (arm: Arm) => void = () => undefined,
): UpliftPairReading => {
  onArm('treated')
  const treated = readArm('treated', treatedJson)
  if (treated.kind === 'refused') return treated
  onArm('control')
  const control = readArm('control', controlJson)
  if (control.kind === 'refused') return control
  const paired = upliftPair(treated.model, control.model)
  return paired.kind === 'ok' ? paired : { kind: 'refused', refusal: pairRefusal(paired.fault) }
}

type ArmReading =
  | { readonly kind: 'ok'; readonly model: BoostedTrees }
  | { readonly kind: 'refused'; readonly refusal: ArtifactRefusal }

const readArm = (arm: Arm, text: string): ArmReading => {
  // A lone surrogate would come back from the database as another character, and the artifact as another artifact.
  if (!text.isWellFormed()) return refused(arm, 'NOT_JSON', '', 'The artifact is not Unicode text.')
  const parsed = parseXgboostArtifact(text, ARM_LIMITS)
  if (parsed.kind === 'refused') {
    const { code, path, message } = parsed.fault
    return refused(arm, code, path, message)
  }
  const unprintable = parsed.model.featureNames.findIndex((name) => !isPrintable(name))
  if (unprintable === -1) return parsed
  return refused(
    arm,
    'BAD_FEATURE_NAMES',
    `learner.feature_names[${unprintable}]`,
    'A feature’s name has no control characters and no broken ones.',
  )
}

const isPrintable = (name: string): boolean => name.isWellFormed() && !/\p{Cc}/u.test(name)

const refused = (
  arm: Arm,
  code: ArtifactFaultCode,
  path: string,
  message: string,
): { readonly kind: 'refused'; readonly refusal: ArtifactRefusal } => ({
  kind: 'refused',
  refusal: { code, path: path === '' ? arm : `${arm}.${path}`, message },
})

const pairRefusal = (fault: UpliftPairFault): ArtifactRefusal => ({
  code: fault.code,
  path:
    fault.code === 'FEATURES_DIFFER'
      ? 'control.learner.feature_names'
      : `${fault.arms[0] ?? 'treated'}.learner.objective.name`,
  message: fault.message,
})
