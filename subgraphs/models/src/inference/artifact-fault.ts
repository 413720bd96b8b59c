/**
 * Why a model artifact was refused. An artifact comes from outside: whoever uploaded it reads the message,
 * and a program reads the code.
 */
export type ArtifactFaultCode =
  | 'NOT_JSON'
  | 'TOO_LARGE'
  | 'NOT_XGBOOST'
  | 'UNSUPPORTED_BOOSTER'
  | 'UNSUPPORTED_OBJECTIVE'
  | 'MULTI_CLASS'
  | 'MULTI_TARGET'
  | 'CATEGORICAL_SPLIT'
  | 'BAD_FEATURE_NAMES'
  | 'BASE_SCORE_OUT_OF_RANGE'
  | 'INCONSISTENT_COUNT'
  | 'NO_TREES'
  | 'BROKEN_TREE'
  | 'NON_FINITE'
  | 'FEATURE_OUT_OF_RANGE'
  | 'TOO_MANY_TREES'
  | 'TOO_MANY_NODES'
  | 'TOO_MANY_FEATURES'
  | 'TOO_DEEP'

export interface ArtifactFault {
  readonly code: ArtifactFaultCode
  /** Where in the artifact, such as `learner.gradient_booster.model.trees[3].split_indices[7]`; '' is the whole. */
  readonly path: string
  readonly message: string
}

/** Carries a fault out of the nested readers; `parseXgboostArtifact` turns it into a value and lets none escape. */
export class ArtifactRefusal extends Error {
  readonly fault: ArtifactFault

  constructor(code: ArtifactFaultCode, path: string, message: string) {
    super(message)
    this.name = 'ArtifactRefusal'
    this.fault = { code, path, message }
  }
}
