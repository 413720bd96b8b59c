/** What an operation did cost: the same weights, for the objects that were really returned. */
import { bounded } from './cost-plan.ts'
import type { FieldCost, SelectionCost, Variables } from './cost-plan.ts'
import { inputsCost } from './input-cost.ts'

/** `data` of the answer. Where the answer does not say of which type an object is, the dearest one is charged. */
export const actualCost = (selection: SelectionCost, data: unknown, variables: Variables): number => {
  if (!isObject(data)) return 0
  const fields = fieldsOf(selection, data)
  if (fields !== undefined) return sumOf(fields, data, variables)
  let most = 0
  for (const candidate of selection.byType.values()) most = Math.max(most, sumOf(candidate, data, variables))
  return most
}

type Answered = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Answered =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fieldsOf = ({ byType }: SelectionCost, data: Answered): readonly FieldCost[] | undefined => {
  if (byType.size === 1) return byType.values().next().value
  const name = data['__typename']
  return typeof name === 'string' ? byType.get(name) : undefined
}

const sumOf = (fields: readonly FieldCost[], data: Answered, variables: Variables): number => {
  let sum = 0
  for (const field of fields) {
    const value = data[field.key]
    if (value === undefined) continue
    const returned = valueCost(field, value, variables)
    // Work that the schema names was done, also where nothing came of it.
    sum += field.isDeclared ? Math.max(field.weight, returned) : returned
    if (field.inputs.length > 0) sum += inputsCost(field.inputs, variables)
  }
  return bounded(sum)
}

const valueCost = (field: FieldCost, value: unknown, variables: Variables): number => {
  if (value === null) return 0
  if (!Array.isArray(value)) {
    return field.weight + (field.selection === null ? 0 : actualCost(field.selection, value, variables))
  }
  let sum = 0
  for (const item of value) sum += valueCost(field, item, variables)
  return sum
}
