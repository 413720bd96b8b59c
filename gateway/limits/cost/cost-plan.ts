/**
 * What is needed to tell the cost of one operation again and again: a tree of its fields that cost anything, with what
 * depends on variables left open. It is made once for each document.
 */
import type { ListSizeSource } from './list-size.ts'
import type { InputCost } from './input-cost.ts'

/** A selection that is asked only when all of these hold, as `@include(if: $a) @skip(if: $b)` say. */
export type Condition = { readonly variable: string; readonly holdsWhen: boolean; readonly fallback: boolean }

export type FieldCost = {
  /** Under which the answer has it. */
  readonly key: string
  /** Any list of conditions that holds in full is enough; null where nothing is asked. */
  readonly asked: readonly (readonly Condition[])[] | null
  /** Of one item, where it is a list. */
  readonly weight: number
  /** True where the schema says the weight: the work is done even if nothing is returned. */
  readonly isDeclared: boolean
  /** Null for a field that is no list. */
  readonly size: ListSizeSource | null
  /** Null for a scalar or an enum. */
  readonly selection: SelectionCost | null
  readonly inputs: readonly InputCost[]
}

/** By the name of the object type that may be returned; all but one of them will not be. */
export type SelectionCost = {
  readonly byType: ReadonlyMap<string, readonly FieldCost[]>
  /** Null where it depends on variables. */
  readonly constant: number | null
}

export type CostPlan = SelectionCost

export type Variables = Readonly<Record<string, unknown>>

/** No sum of costs passes this, whatever the sizes; beyond it numbers would lose their last digits. */
export const UNPAYABLE = Number.MAX_SAFE_INTEGER

export const bounded = (cost: number): number => Math.min(cost, UNPAYABLE)

export const isAsked = ({ asked }: FieldCost, variables: Variables): boolean =>
  asked === null || asked.some((conditions) => conditions.every((condition) => holds(condition, variables)))

const holds = ({ variable, holdsWhen, fallback }: Condition, variables: Variables): boolean => {
  const given = variables[variable]
  return (typeof given === 'boolean' ? given : fallback) === holdsWhen
}
