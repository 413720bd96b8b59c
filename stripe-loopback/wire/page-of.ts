/** One page of a list, as Stripe cuts it: newest first, and from the object a cursor names. */
import { invalid, missing } from './refusal.ts'

export type PageRequest = {
  readonly limit?: number
  readonly starting_after?: string
  readonly ending_before?: string
}

export type Page<T> = {
  readonly object: 'list'
  readonly data: readonly T[]
  readonly has_more: boolean
  readonly url: string
}

const DEFAULT_LIMIT = 10
const MOST = 100

/** `all` in the order of the list. */
export const pageOf = <T extends { readonly id: string }>(
  all: readonly T[],
  request: PageRequest,
  url: string,
): Page<T> => {
  const { limit = DEFAULT_LIMIT, starting_after: after, ending_before: before } = request
  if (limit < 1 || limit > MOST) throw invalid(`Invalid limit: must be between 1 and ${MOST}`, 'limit')
  if (after !== undefined && before !== undefined) {
    throw invalid('You cannot use both ending_before and starting_after.', 'ending_before')
  }
  if (before !== undefined) {
    const end = placeOf(all, before, 'ending_before')
    const start = Math.max(0, end - limit)
    return { object: 'list', data: all.slice(start, end), has_more: start > 0, url }
  }
  const start = after === undefined ? 0 : placeOf(all, after, 'starting_after') + 1
  return { object: 'list', data: all.slice(start, start + limit), has_more: start + limit < all.length, url }
}

const placeOf = (all: readonly { readonly id: string }[], id: string, param: string): number => {
  const place = all.findIndex((one) => one.id === id)
  if (place === -1) throw missing('object in this list', id, param)
  return place
}

export type Range =
  | number
  | { readonly gt?: number; readonly gte?: number; readonly lt?: number; readonly lte?: number }

export const isWithin = (value: number, range: Range | undefined): boolean => {
  if (range === undefined) return true
  if (typeof range === 'number') return value === range
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range
  return value > gt && value >= gte && value < lt && value <= lte
}
