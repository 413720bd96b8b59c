/** What models gives to other subgraphs: scores for batches of feature columns. Types only; a composition root decides how it is reached. */

export type ActiveModel = {
  readonly versionId: string
  readonly version: string
  readonly features: readonly string[]
  /** Cut points between equal tenths of the scores on the rows the version was tried on, and how many rows those were. */
  readonly reference: { readonly cutPoints: readonly number[]; readonly n: number } | null
}

export type ScoringBatch = {
  readonly tenantId: string
  readonly versionId: string
  /** Feature names, and one column of values for each; NaN where a value is unknown. */
  readonly names: readonly string[]
  readonly columns: readonly Float32Array[]
  readonly rowCount: number
}

export type ScoringResult =
  | { readonly kind: 'scored'; readonly scores: Float64Array | Float32Array }
  | { readonly kind: 'missing-features'; readonly names: readonly string[] }
  | { readonly kind: 'unknown-version' }

export type ModelsPort = {
  /** The version that answers in production for the uplift model, or null. */
  readonly activeUpliftModel: (tenantId: string) => Promise<ActiveModel | null>
  /** Scores from −1 to 1, one per row in the order of the rows. */
  readonly scoreUplift: (batch: ScoringBatch) => Promise<ScoringResult>
}
