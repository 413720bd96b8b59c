/**
 * What a pilot's report is computed from: counts and sums, never rows.
 *
 * The database aggregates every assigned property into these tallies, so a report over a million properties
 * needs as much memory as one over a thousand. Money is in minor units of `design.currency`.
 */

/** Properties of one arm whose outcome is known. `valueSquares` is the sum of squared minor units. */
export type ArmTally = {
  readonly n: number
  readonly conversions: number
  readonly value: number
  readonly valueSquares: number
}

/** Two arms that differ by the random draw alone. */
export type StratumTally = { readonly treat: ArmTally; readonly control: ArmTally }

export type PolicyMode = 'CONSERVATIVE' | 'MODERATE' | 'AGGRESSIVE'

/** Fixed when the pilot starts, before any outcome is known. */
export type PilotDesign = {
  readonly kind: 'POLICY' | 'IMPORTED'
  readonly name: string
  readonly tenantName: string
  readonly hypothesis: string
  readonly primaryMetric: string
  /** null for an experiment run elsewhere, as are threshold, holdout, exploration, salt and model. */
  readonly policyMode: PolicyMode | null
  readonly threshold: number | null
  readonly holdoutShare: number | null
  readonly explorationShare: number | null
  readonly capacityShare: number | null
  readonly salt: string | null
  readonly modelVersion: string | null
  /** Share of the primary stratum that the design sends to treatment; null when it was not stated. */
  readonly expectedTreatShare: number | null
  readonly plannedN: number
  /** ISO instants; half-open. null for an experiment whose dates were not given. */
  readonly windowStart: string | null
  readonly windowEnd: string | null
  /** Absolute lift the planned n detects at 80 % power; null when no control was planned. */
  readonly minimumDetectableEffect: number | null
  readonly currency: string
  /** Minor units; null when no cost was given. */
  readonly cost: number | null
  readonly crewHours: number | null
}

/** Tally of one score decile of the primary stratum; decile 1 holds the highest scores. */
export type DecileTally = StratumTally & {
  readonly decile: number
  readonly predictedMean: number
  readonly lowestScore: number
  readonly highestScore: number
}

/**
 * The ranking's areas over the primary stratum, sorted by score descending, equal scores collapsed into one step:
 * trapezoid sums of the Qini and the uplift curve, both from (0, 0), x in properties.
 */
export type RankingTally = {
  readonly qiniArea: number
  readonly upliftArea: number
  readonly topTenth: StratumTally
  readonly topThreeTenths: StratumTally
}

/** One local calendar day on which outcomes came in (not cumulative). */
export type DayTally = StratumTally & { readonly day: string }

export type SegmentTally = StratumTally & {
  /** 'ZIP', 'PERSONA', 'SCORE_DECILE', or the name of an imported segment column. */
  readonly dimension: string
  readonly key: string
}

export type PilotMeasurements = {
  readonly design: PilotDesign
  /** u ≥ τ: TREAT against RANDOM_CONTROL. An imported experiment is all primary. */
  readonly primary: StratumTally
  /** u < τ: EXPLORATION against BELOW_THRESHOLD; null without exploration. */
  readonly exploration: StratumTally | null
  /** Assigned in the primary stratum, outcome known or not. */
  readonly assigned: { readonly treat: number; readonly control: number }
  /** Decisions over the whole storm, for the raw counts. null for an imported experiment. */
  readonly decisions: Readonly<Record<string, number>> | null
  /** Primary-stratum properties with at least one treat touch; null where touches are not recorded. */
  readonly touched: { readonly treat: number; readonly control: number } | null
  /** Assignments computed again from salt, id and score; null for an imported experiment. */
  readonly rehash: { readonly checked: number; readonly differences: number } | null
  /** Rows that named a property twice (refused on the way in, counted here). */
  readonly duplicates: number
  readonly deciles: readonly DecileTally[]
  /** null without scores. */
  readonly ranking: RankingTally | null
  readonly segments: readonly SegmentTally[]
  readonly daily: readonly DayTally[]
  readonly dataQuality: {
    readonly status: 'PASS' | 'WARN' | 'FAIL' | 'NOT_EVALUATED'
    readonly issues: readonly string[]
  }
  /** Breached service levels inside the window; null when none was measured. */
  readonly sloBreaches: number | null
}
