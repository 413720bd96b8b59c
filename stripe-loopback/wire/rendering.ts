/** An object as Stripe shows it: with the lists that are part of it, and with what `expand` asks for in full. */
import type { Invoice, Kind, Stored, Subscription } from '../store/objects.ts'
import type { Store } from '../store/store.ts'
import { pageOf } from './page-of.ts'
import type { Page } from './page-of.ts'
import { invalid } from './refusal.ts'

type Read = Pick<Store, 'all' | 'byId' | 'maybe'>

export const rendered = (store: Read, object: Stored): object => {
  switch (object.object) {
    case 'invoice':
      return { ...object, lines: linesOf(store, object) }
    case 'subscription':
      return { ...object, items: itemsOf(store, object) }
    default:
      return object
  }
}

const linesOf = (store: Read, { id }: Invoice): Page<Stored> => {
  const lines = store.all('line_item').filter(({ invoice }) => invoice === id)
  return pageOf(lines, {}, `/v1/invoices/${id}/lines`)
}

const itemsOf = (store: Read, { id }: Subscription): Page<Stored> => {
  const items = store.all('subscription_item').filter(({ subscription }) => subscription === id)
  return pageOf(items, { limit: 20 }, `/v1/subscription_items?subscription=${id}`)
}

/** Lists that are shown only when they are asked for. */
const ON_REQUEST: Partial<Record<Kind, Readonly<Record<string, (store: Read, id: string) => unknown>>>> = {
  invoice: {
    payments: (store, id) =>
      pageOf(
        store.all('invoice_payment').filter(({ invoice }) => invoice === id),
        {},
        `/v1/invoice_payments?invoice=${id}`,
      ),
  },
  'checkout.session': {
    line_items: (store, id) =>
      pageOf(store.maybe('loopback.checkout', id)?.lines ?? [], {}, `/v1/checkout/sessions/${id}/line_items`),
  },
  customer: {
    subscriptions: (store, id) =>
      pageOf(
        store
          .all('subscription')
          .filter(({ customer, status }) => customer === id && status !== 'canceled')
          .map((subscription) => ({ ...subscription, items: itemsOf(store, subscription) })),
        {},
        `/v1/customers/${id}/subscriptions`,
      ),
  },
}

/** Stripe follows no path further. */
const DEEPEST = 4

export const expanded = (store: Read, answer: object, paths: readonly string[]): object => {
  let result = answer
  for (const path of paths) {
    const parts = path.split('.')
    if (parts.length > DEEPEST)
      throw invalid(`You cannot expand more than ${DEEPEST} levels of a property.`, 'expand')
    result = expandedAt(store, result, parts, path)
  }
  return result
}

const expandedAt = (store: Read, at: object, parts: readonly string[], path: string): object => {
  const [name, ...rest] = parts
  if (name === undefined) return at
  if (Array.isArray(at))
    return at.map((one: unknown) => (isObject(one) ? expandedAt(store, one, parts, path) : one))
  const held = new Map<string, unknown>(Object.entries(at)).get(name) ?? heldOnRequest(store, at, name)
  if (held === undefined) {
    throw invalid(`This property cannot be expanded (${path}).`, 'expand')
  }
  return { ...at, [name]: expandedValue(store, held, rest, path) }
}

const heldOnRequest = (store: Read, at: object, name: string): unknown => {
  if (!('object' in at && 'id' in at)) return undefined
  const lists = new Map(Object.entries(ON_REQUEST)).get(String(at.object))
  return lists?.[name]?.(store, String(at.id))
}

const expandedValue = (store: Read, held: unknown, rest: readonly string[], path: string): unknown => {
  if (held === null) return null
  if (Array.isArray(held) && rest.length === 0)
    return held.map((one: unknown) => expandedValue(store, one, rest, path))
  if (isObject(held)) return expandedAt(store, held, rest, path)
  const object = typeof held === 'string' ? store.byId(held) : null
  if (object === null) throw invalid(`This property cannot be expanded (${path}).`, 'expand')
  return expandedAt(store, rendered(store, object), rest, path)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
