/**
 * Which roofs the crew works. A score says how much a visit should raise the chance of a sale; one draw per property,
 * fixed by the storm's salt, says whether it is worked, held back by chance, or tried although its score is low.
 * The properties held back by chance are the control: without them no pilot can show what the visits earned.
 */
import { createHash } from 'node:crypto'
import type { PolicyMode } from './pilot-measurements.ts'

export type Decision = 'TREAT' | 'HOLD' | 'EXCLUDED'
export type DecisionReason =
  | 'UNSCORED'
  | 'SUPPRESSED'
  | 'RANDOM_CONTROL'
  | 'ABOVE_THRESHOLD'
  | 'EXPLORATION'
  | 'BELOW_THRESHOLD'
  | 'CAPACITY'

export type Policy = {
  readonly mode: PolicyMode
  /** τ: uplift from which a property is worth a visit. */
  readonly threshold: number
  /** h: share of the properties at or above τ that is held back by chance. */
  readonly holdoutShare: number
  /** e: share of the properties below τ that is tried all the same. */
  readonly explorationShare: number
  /** Largest share of the eligible properties that may be treated; null without a cap. */
  readonly capacityShare: number | null
}

export type PolicyOutcome = { readonly decision: Decision; readonly reason: DecisionReason }

/** The three modes a contractor chooses from; each treats at least what the more careful one treats. */
export const POLICIES: Readonly<Record<PolicyMode, Policy>> = {
  CONSERVATIVE: {
    mode: 'CONSERVATIVE',
    threshold: 0.2,
    holdoutShare: 0.3,
    explorationShare: 0,
    capacityShare: 0.5,
  },
  MODERATE: {
    mode: 'MODERATE',
    threshold: 0.1,
    holdoutShare: 0.2,
    explorationShare: 0.05,
    capacityShare: null,
  },
  AGGRESSIVE: {
    mode: 'AGGRESSIVE',
    threshold: 0,
    holdoutShare: 0.1,
    explorationShare: 0.1,
    capacityShare: null,
  },
}

/** 48 bits are the most that a double, and any other language's, holds with room to spare. */
const DRAW_BYTES = 6
const DRAW_RANGE = 2 ** 48

/** A whole number of properties that a share hits exactly must not be lost to rounding (0.29 × 100 is 28.999…). */
const ROUNDING = 1e-9

/**
 * The property's draw in [0, 1): first 48 bits of sha256(salt ‖ 0x00 ‖ propertyId), as UTF-8, over 2^48.
 * Same salt and id, same draw, on any machine.
 */
export function draw(salt: string, propertyId: string): number {
  const digest = createHash('sha256').update(salt, 'utf8').update('\0').update(propertyId, 'utf8').digest()
  return digest.readUIntBE(0, DRAW_BYTES) / DRAW_RANGE
}

/**
 * Decision for one property before any capacity cut. `score` is the predicted uplift, null (or not a finite number)
 * when the model gave none; `v` is the property's draw; `suppressed` is opt-out, duplicate or outside the swath.
 */
export function decide(policy: Policy, score: number | null, v: number, suppressed: boolean): PolicyOutcome {
  if (suppressed) return { decision: 'EXCLUDED', reason: 'SUPPRESSED' }
  if (score === null || !Number.isFinite(score)) return { decision: 'HOLD', reason: 'UNSCORED' }
  if (score >= policy.threshold) {
    return v < policy.holdoutShare
      ? { decision: 'HOLD', reason: 'RANDOM_CONTROL' }
      : { decision: 'TREAT', reason: 'ABOVE_THRESHOLD' }
  }
  return v >= 1 - policy.explorationShare
    ? { decision: 'TREAT', reason: 'EXPLORATION' }
    : { decision: 'HOLD', reason: 'BELOW_THRESHOLD' }
}

/** Most properties that may be treated of so many that are not EXCLUDED: floor(share × eligible); null without a cap. */
export function capacityOf(policy: Policy, eligible: number): number | null {
  return policy.capacityShare === null ? null : Math.floor(policy.capacityShare * eligible + ROUNDING)
}

export type Candidate = PolicyOutcome & {
  readonly propertyId: string
  readonly score: number | null
  readonly v: number
}

export type CapacityResult = {
  /** In the order of the input. */
  readonly candidates: readonly Candidate[]
  /** Most properties that may be treated; null without a cap. */
  readonly capacity: number | null
  /** Highest score that was cut, null when nothing was: only properties above it, in both arms, are compared. */
  readonly highestCutScore: number | null
}

/**
 * Holds the lowest-scored treated properties back until the rest fits the capacity, floor(share × eligible), where
 * eligible is all that is not EXCLUDED. Equal scores are cut from the lowest draw up, as a larger hold-out would cut
 * them, then from the lowest id (by code unit).
 */
export function applyCapacity(policy: Policy, candidates: readonly Candidate[]): CapacityResult {
  const eligible = candidates.filter(({ decision }) => decision !== 'EXCLUDED').length
  const capacity = capacityOf(policy, eligible)
  if (capacity === null) return { candidates, capacity, highestCutScore: null }
  const treated = candidates.filter(({ decision }) => decision === 'TREAT').sort(lowestFirst)
  const cut = treated.slice(0, Math.max(0, treated.length - capacity))
  const cutIds = new Set(cut.map(({ propertyId }) => propertyId))
  return {
    candidates: candidates.map((candidate) =>
      cutIds.has(candidate.propertyId) ? { ...candidate, decision: 'HOLD', reason: 'CAPACITY' } : candidate,
    ),
    capacity,
    highestCutScore: cut.at(-1)?.score ?? null,
  }
}

function lowestFirst(one: Candidate, other: Candidate): number {
  const byScore = (one.score ?? -Infinity) - (other.score ?? -Infinity)
  if (byScore !== 0 && !Number.isNaN(byScore)) return byScore
  if (one.v !== other.v) return one.v - other.v
  return one.propertyId < other.propertyId ? -1 : one.propertyId > other.propertyId ? 1 : 0
}
