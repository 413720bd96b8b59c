/** A property is one roof in a storm, with what is known of it, what was decided, and what came of it. */
import type { Decision, DecisionReason } from './policy.ts'

export type Suppression = 'OPT_OUT' | 'DUPLICATE' | 'OUTSIDE_SWATH'

export type Property = {
  readonly id: string
  readonly stormId: string
  readonly externalId: string
  readonly address: string | null
  readonly city: string | null
  readonly state: string | null
  readonly zip: string | null
  readonly persona: string | null
  readonly ownerName: string | null
  readonly ownerPhone: string | null
  readonly ownerEmail: string | null
  readonly suppressed: Suppression | null
}

/** What a policy decided over a property, and the outcome once it is known. */
export type Assignment = {
  readonly propertyId: string
  readonly decision: Decision
  readonly reason: DecisionReason
  readonly uplift: number | null
  readonly converted: boolean | null
  /** Minor units of `currency`. */
  readonly value: number | null
  readonly currency: string | null
  readonly outcomeAt: Date | null
}
