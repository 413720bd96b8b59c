/** How many items a list may have, as far as it can be told before it is there. */
import type { Variables } from './cost-plan.ts'

/** Items of a list of which nothing is said. */
export const ASSUMED_LIST_SIZE = 10

/** One argument that says how many: a number, or a variable with what holds where it is not given. */
export type SliceSource =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string; readonly fallback: number | null }

/** The largest of the slices, `assumed` where no slice says anything; each level of lists within adds a factor. */
export type ListSizeSource = {
  readonly slices: readonly SliceSource[]
  readonly assumed: number
  readonly factor: number
}

export const isConstantSize = ({ slices }: ListSizeSource): boolean =>
  slices.every(({ kind }) => kind === 'number')

/** Never negative, never a fraction of an item, and finite. */
export const listSize = ({ slices, assumed, factor }: ListSizeSource, variables: Variables): number => {
  let size = -1
  for (const slice of slices) {
    const value = slice.kind === 'number' ? slice.value : (count(variables[slice.name]) ?? slice.fallback)
    if (value !== null) size = Math.max(size, value)
  }
  return (size < 0 ? assumed : size) * factor
}

/** A size as a client gives it: what is no number is no size, and what is below 0 returns nothing. */
export const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, Math.ceil(value)) : null
