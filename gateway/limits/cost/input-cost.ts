/** The weights of arguments and of what is in them: each item of a list counts. */
import { getNamedType, isInputObjectType, valueFromASTUntyped } from 'graphql'
import type { GraphQLInputType, ValueNode } from 'graphql'
import { bounded } from './cost-plan.ts'
import type { Variables } from './cost-plan.ts'
import type { CostTable } from './cost-table.ts'

export type InputCost = {
  readonly value: ValueNode
  readonly costOf: (value: unknown) => number
}

/** Null where nothing in the argument costs anything. */
export const inputCost = (
  table: CostTable,
  coordinate: string,
  type: GraphQLInputType,
  value: ValueNode,
): InputCost | null => {
  const weight = table.weights.get(coordinate) ?? 0
  if (weight === 0 && !isInputObjectType(getNamedType(type))) return null
  return { value, costOf: (given) => valueCost(table, weight, type, given) }
}

export const inputsCost = (inputs: readonly InputCost[], variables: Variables): number => {
  let sum = 0
  for (const { value, costOf } of inputs) {
    sum += costOf(valueFromASTUntyped(value, { ...variables }))
  }
  return bounded(sum)
}

/** The document guard has bounded how deep values nest. */
const valueCost = (table: CostTable, weight: number, type: GraphQLInputType, value: unknown): number => {
  if (value === null || value === undefined) return 0
  if (Array.isArray(value)) {
    return bounded(value.reduce<number>((sum, item) => sum + valueCost(table, weight, type, item), 0))
  }
  const named = getNamedType(type)
  if (!isInputObjectType(named) || typeof value !== 'object') return weight
  let sum = weight
  const given = new Map<string, unknown>(Object.entries(value))
  for (const field of Object.values(named.getFields())) {
    const inner = given.get(field.name)
    if (inner === undefined) continue
    sum += valueCost(table, table.weights.get(`${named.name}.${field.name}`) ?? 0, field.type, inner)
  }
  return bounded(sum)
}

/** Whether any argument or input field costs anything; where none does, no value is ever looked at. */
export const hasInputWeights = ({ weights }: CostTable, isInput: (typeName: string) => boolean): boolean =>
  [...weights.keys()].some(
    (coordinate) => coordinate.includes('(') || isInput(coordinate.split('.')[0] ?? ''),
  )
