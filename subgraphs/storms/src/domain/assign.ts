/** Applying a policy to scored properties: one draw each, and the decision that follows from it. */
import { decide, draw } from './policy.ts'
import type { Policy, PolicyOutcome } from './policy.ts'

export type Assignable = { readonly id: string; readonly uplift: number | null; readonly suppressed: boolean }

export const assigned = <Property extends Assignable>(
  policy: Policy,
  salt: string,
  property: Property,
): Property & PolicyOutcome & { readonly draw: number } => {
  const v = draw(salt, property.id)
  return { ...property, ...decide(policy, property.uplift, v, property.suppressed), draw: v }
}

/** Rounding must not lose a place that the share hits exactly; 0.29 × 100 is 28.999…. */
const ROUNDING = 1e-9

/** Most properties that may be treated of so many that are not left out; null without a cap. */
export const capacityOf = (policy: Policy, eligible: number): number | null =>
  policy.capacityShare === null ? null : Math.floor(policy.capacityShare * eligible + ROUNDING)
