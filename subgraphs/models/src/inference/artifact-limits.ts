/** How much of a stranger's model the platform is willing to hold and to run. */
export interface ArtifactLimits {
  /** Bytes of the artifact, or characters when it arrives as text. */
  readonly bytes: number
  readonly trees: number
  /** Nodes of all trees together, deleted ones included. */
  readonly nodes: number
  readonly features: number
  /** Comparisons that the unluckiest row costs: the depths of all trees, added up. */
  readonly comparisonsPerRow: number
}

/**
 * XGBoost JSON costs about 70 bytes a node, so 32 MiB is some 450,000 nodes: 440 full trees of depth 9.
 * Reading the worst text of that size takes under 2 s and under 1 GB; a larger limit costs in proportion.
 * 100,000 comparisons are about 0.2 ms a row; a chain of nodes can be as deep as it is long, hence the bound.
 */
export const DEFAULT_ARTIFACT_LIMITS: ArtifactLimits = {
  bytes: 32 * 1024 * 1024,
  trees: 10_000,
  nodes: 500_000,
  features: 4_096,
  comparisonsPerRow: 100_000,
}
