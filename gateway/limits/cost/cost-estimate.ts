/** What an operation may cost at most, told before it is planned. */
import { bounded, isAsked } from './cost-plan.ts'
import type { FieldCost, SelectionCost, Variables } from './cost-plan.ts'
import { inputsCost } from './input-cost.ts'
import { listSize } from './list-size.ts'

/** The dearest of the types that may be returned; never more than a number can hold. */
export const selectionCost = (selection: SelectionCost, variables: Variables): number =>
  selection.constant ?? dearest(selection, (field) => fieldCost(field, variables))

const fieldCost = (field: FieldCost, variables: Variables): number => {
  if (!isAsked(field, variables)) return 0
  const each = field.weight + (field.selection === null ? 0 : selectionCost(field.selection, variables))
  const items = field.size === null ? 1 : listSize(field.size, variables)
  return items * each + (field.inputs.length === 0 ? 0 : inputsCost(field.inputs, variables))
}

/** How many objects the answer may hold. */
export const selectionNodes = (selection: SelectionCost, variables: Variables): number =>
  dearest(selection, (field) => {
    if (field.selection === null || !isAsked(field, variables)) return 0
    const items = field.size === null ? 1 : listSize(field.size, variables)
    return items * (1 + selectionNodes(field.selection, variables))
  })

const dearest = ({ byType }: SelectionCost, costOf: (field: FieldCost) => number): number => {
  let most = 0
  for (const fields of byType.values()) {
    let sum = 0
    for (const field of fields) sum += bounded(costOf(field))
    most = Math.max(most, sum)
  }
  return bounded(most)
}
