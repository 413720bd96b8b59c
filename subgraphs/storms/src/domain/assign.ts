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
