/** Operations somebody named and kept, in this browser and apart for each company; as a file they can be passed on. */

export type SavedOperation = {
  readonly id: string
  readonly name: string
  readonly query: string
  readonly variables: string
}

/** Of one file; more is no collection of operations. */
const MOST_IMPORTED = 500
const LONGEST_NAME = 120

const keyOf = (company: string): string => `stormops.sandbox.operations.${company}`

const isOperation = (value: unknown): value is Omit<SavedOperation, 'id'> =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'query' in value &&
  typeof value.query === 'string' &&
  (!('variables' in value) || typeof value.variables === 'string')

export const savedOperations = (company: string): readonly SavedOperation[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(company)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isOperation).map(whole) : []
  } catch {
    // Not ours, or cut off: as good as none.
    return []
  }
}

const whole = (operation: Omit<SavedOperation, 'id'> & { readonly id?: unknown }): SavedOperation => ({
  id: typeof operation.id === 'string' ? operation.id : crypto.randomUUID(),
  name: nameOf(operation.name),
  query: operation.query,
  variables: operation.variables ?? '',
})

export const nameOf = (text: string): string => text.trim().slice(0, LONGEST_NAME) || 'Unnamed'

export const keepOperations = (company: string, operations: readonly SavedOperation[]): void =>
  localStorage.setItem(keyOf(company), JSON.stringify(operations))

const FORMAT = 'stormops-operations'

export const asFile = (operations: readonly SavedOperation[]): string =>
  JSON.stringify(
    {
      format: FORMAT,
      operations: operations.map(({ name, query, variables }) => ({ name, query, variables })),
    },
    null,
    2,
  )

/** Throws with a sentence for whoever chose the file. Every operation becomes a new one. */
export const fromFile = (text: string): readonly SavedOperation[] => {
  const file = parsed(text)
  const list: unknown =
    typeof file === 'object' && file !== null && 'operations' in file ? file.operations : null
  if (!Array.isArray(list)) throw new Error('This file holds no operations of the sandbox.')
  const operations = list.filter(isOperation).slice(0, MOST_IMPORTED)
  return operations.map(({ name, query, variables }) => whole({ name, query, variables }))
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('This file is not JSON.')
  }
}
