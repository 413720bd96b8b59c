/**
 * What a pilot earned, in the order in which a contractor should trust it: design, validity, lift, money, and
 * then the rest. Rates and lifts are 0–1, money is minor units, and what is undefined is null, never Infinity or NaN.
 */
import type { PilotDesign, StratumTally } from './pilot-measurements.ts'

export type Interval = { readonly low: number; readonly high: number }
export type Estimate = { readonly value: number; readonly interval: Interval }

export type Verdict = 'SUCCESS' | 'INCONCLUSIVE' | 'UNSUCCESSFUL' | 'INVALID' | 'NOT_ENOUGH_DATA'

export type GateName =
  | 'SAMPLE_RATIO'
  | 'CONTAMINATION'
  | 'COMPLIANCE'
  | 'MISSING_OUTCOMES'
  | 'ASSIGNMENT'
  | 'DUPLICATES'
export type GateStatus = 'PASS' | 'WARN' | 'FAIL' | 'CANNOT_SHOW' | 'NOT_EVALUATED'
export type Gate = {
  readonly name: GateName
  readonly status: GateStatus
  readonly detail: string
  readonly pValue: number | null
}

export type ArmReport = {
  readonly arm: 'TREAT' | 'CONTROL'
  readonly n: number
  readonly conversions: number
  /** Wilson score interval. */
  readonly rate: Estimate | null
  /** Mean value per property of the arm, in minor units. */
  readonly revenuePerProperty: number | null
}

export type LiftReport = {
  /** Difference of rates with Newcombe's method-10 interval. */
  readonly absolute: Estimate
  /** Ratio of rates − 1 with the Katz log interval; null when a cell is 0. */
  readonly relative: Estimate | null
  /** Two-sided, pooled z, no continuity correction. null when both arms converted none or all. */
  readonly pValue: number | null
  /** P(lift > 0) and P(lift ≥ 0.10) under independent Beta(1,1) priors. */
  readonly probabilityPositive: number
  readonly probabilityAtGoal: number
  /** Holds at every look, not only at the last. null while the arms are too small. */
  readonly alwaysValid: Interval | null
}

export type MoneyReport = {
  readonly currency: string
  readonly incrementalConversions: Estimate
  /** Minor units, Welch interval carried through. */
  readonly incrementalRevenue: Estimate | null
  readonly cost: number | null
  /** Ratio: 57.82 is 5,782 %. */
  readonly roi: Estimate | null
  /** Minor units per incremental conversion. An interval end is null where the lift could be ≤ 0. */
  readonly cac: { readonly value: number; readonly low: number | null; readonly high: number | null } | null
  /** Minor units. */
  readonly revenuePerHour: Estimate | null
}

export type CriterionStatus = 'MET' | 'NOT_MET' | 'NOT_EVALUATED'
export type Criterion = {
  /** LIFT, INTERVAL_ABOVE_ZERO, ROI, DATA_QUALITY, SLO, CONTAMINATION decide; INCREMENTAL_REVENUE, CAC, REVENUE_PER_HOUR stand beside. */
  readonly name: string
  readonly decides: boolean
  readonly status: CriterionStatus
  /** A sentence with the observed figure and the threshold. */
  readonly detail: string
}

export type SegmentReport = {
  readonly dimension: string
  readonly key: string
  readonly treatN: number
  readonly controlN: number
  /** null when the segment is too small to be read. */
  readonly lift: Estimate | null
  readonly pValue: number | null
  /** Holm over all segments that are large enough. */
  readonly adjustedPValue: number | null
  readonly status: 'SHOWN' | 'TOO_SMALL'
}

export type DecileReport = {
  readonly decile: number
  readonly treatN: number
  readonly controlN: number
  readonly predicted: number
  /** null when an arm of the decile is empty. */
  readonly realised: Estimate | null
}

export type ModelQuality = {
  readonly qini: number | null
  readonly auuc: number | null
  readonly upliftAtTenth: number | null
  readonly upliftAtThreeTenths: number | null
  readonly calibration: { readonly slope: number; readonly intercept: number } | null
}

export type DayReport = {
  readonly day: string
  readonly treatConversions: number
  readonly controlConversions: number
  /** Lift of all outcomes up to and including this day; null while an arm is empty. */
  readonly cumulativeLift: Estimate | null
}

export type PilotReport = {
  readonly design: PilotDesign
  readonly gates: readonly Gate[]
  readonly arms: readonly [ArmReport, ArmReport]
  /** null while an arm is empty. */
  readonly lift: LiftReport | null
  /** Absolute lift detectable at 80 % power, two-sided 5 %, with the outcomes there are. */
  readonly minimumDetectableEffect: number | null
  readonly goal: { readonly lift: number; readonly underpowered: boolean; readonly sentence: string }
  readonly money: MoneyReport | null
  readonly intentToTreat: Estimate | null
  /** Effect on those actually touched (Wald ratio); null where touches are unknown or nobody complied. */
  readonly complierEffect: Estimate | null
  /** Mantel–Haenszel risk difference over both strata; null without exploration. */
  readonly stratified: Estimate | null
  readonly model: ModelQuality | null
  readonly deciles: readonly DecileReport[]
  readonly segments: readonly SegmentReport[]
  readonly daily: readonly DayReport[]
  readonly verdict: Verdict
  /** Why this verdict, one sentence each, the deciding one first. */
  readonly reasons: readonly string[]
  readonly criteria: readonly Criterion[]
  readonly recommendation: string
  readonly runbooks: readonly ('uplift-drift' | 'low-lift' | 'high-error-rate')[]
  /** Outcomes that are missing for a verdict, 0 when there are enough. */
  readonly outcomesMissing: number
  readonly exploration: StratumTally | null
  readonly decisions: Readonly<Record<string, number>> | null
  readonly method: readonly string[]
}
