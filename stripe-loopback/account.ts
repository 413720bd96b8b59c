/** One Stripe account: what operations read, change and tell of. */
import { randomInt } from 'node:crypto'
import type Stripe from 'stripe'
import type { Clock } from '@stormops/chassis/clock'
import { API_VERSION } from './generated/operations.ts'
import type { Event, Kind, Of, StripeObject } from './store/objects.ts'
import type { Store } from './store/store.ts'
import { rendered } from './wire/rendering.ts'
import { missing } from './wire/refusal.ts'

export type EventType = Stripe.Event.Type

/** The request that causes events, which they name. */
export type Origin = { readonly id: string | null; readonly idempotency_key: string | null }

export type Account = {
  readonly store: Store
  /** Whole seconds since 1970, as in every time of Stripe's. */
  readonly now: () => number
  /** Where the pages are, without a slash at the end. */
  readonly url: () => string
  readonly newId: (prefix: string) => string
  /** Keeps an object and tells of it. */
  readonly save: <T extends StripeObject>(object: T, ...events: readonly EventType[]) => T
  /** As `save`, for an object that was: the event says what the changed fields held before. */
  readonly change: <T extends StripeObject>(
    before: T,
    changes: Partial<T>,
    ...events: readonly EventType[]
  ) => T
  readonly emit: (type: EventType, object: StripeObject, previous?: unknown) => void
  /** Events that are caused by `run` name this request. */
  readonly during: <T>(origin: Origin, run: () => T) => T
}

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 24

export const randomText = (length: number): string =>
  Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')

export const createAccount = (
  store: Store,
  clock: Clock,
  url: () => string,
  onEvent: (event: Event) => void,
): Account => {
  let origin: Origin = { id: null, idempotency_key: null }
  const now = (): number => Math.floor(clock.now().getTime() / 1_000)
  const newId = (prefix: string): string => `${prefix}_${randomText(ID_LENGTH)}`
  const emit: Account['emit'] = (type, object, previous) => {
    const event: Event = {
      id: newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: now(),
      data: {
        object: rendered(store, object),
        ...(previous === undefined ? {} : { previous_attributes: previous }),
      },
      livemode: false,
      pending_webhooks: 0,
      request: origin,
      type,
    }
    store.put(event)
    onEvent(event)
  }
  const save: Account['save'] = (object, ...events) => {
    store.put(object)
    for (const type of events) emit(type, object)
    return object
  }
  const change: Account['change'] = (before, changes, ...events) => {
    const after = { ...before, ...changes }
    store.put(after)
    for (const type of events)
      emit(type, after, type.endsWith('.updated') ? differences(before, changes) : undefined)
    return after
  }
  const during: Account['during'] = (next, run) => {
    const before = origin
    origin = next
    try {
      return run()
    } finally {
      origin = before
    }
  }
  return { store, now, url, newId, emit, save, change, during }
}

const differences = (before: object, changes: object): unknown =>
  Object.fromEntries(
    Object.entries(before).filter(
      ([name, value]) =>
        Object.hasOwn(changes, name) &&
        JSON.stringify(value) !== JSON.stringify(new Map(Object.entries(changes)).get(name)),
    ),
  )

/** The names Stripe uses for its kinds when it says that there is none. */
const SPOKEN: Partial<Record<Kind, string>> = {
  'checkout.session': 'checkout.session',
  invoiceitem: 'invoiceitem',
  payment_method: 'PaymentMethod',
}

/** The object, or the refusal that there is none: 404 for the path's own, 400 for one a parameter names. */
export const one = <K extends Kind>(account: Account, kind: K, id: string, param?: string): Of<K> => {
  const found = account.store.maybe(kind, id)
  if (found === null) throw missing(SPOKEN[kind] ?? kind, id, param)
  return found
}

/** Newest first, as every list of Stripe's. */
export const newestFirst = <K extends Kind>(account: Account, kind: K): readonly Of<K>[] =>
  [...account.store.all(kind)].reverse()
