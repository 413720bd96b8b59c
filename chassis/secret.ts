/**
 * A value that nobody prints by mistake. Written into a log, a message or JSON, in whatever way, it is `[redacted]`;
 * whoever needs it opens it at the place of use.
 */
import { inspect } from 'node:util'

export const REDACTED = '[redacted]'

export type Secret<Value> = {
  /** The value itself, for whoever sends it to where it belongs. What it returns is not kept. */
  readonly reveal: () => Value
  readonly toString: () => string
  readonly toJSON: () => string
}

const redacted = (): string => REDACTED

/** What all secrets print. They are told apart by what they hold alone, so tests compare what they reveal. */
const PRINTED = Object.freeze({
  toString: redacted,
  toJSON: redacted,
  toLocaleString: redacted,
  [Symbol.toPrimitive]: redacted,
  [Symbol.toStringTag]: 'Secret',
  [inspect.custom]: redacted,
})

/** The value lies in a closure, and its key is in no list of keys: nothing that walks an object comes upon it. */
export const secret = <Value>(value: Value): Secret<Value> =>
  // The prototype has the printing, the property the opening: together they are a Secret.
  Object.freeze(Object.create(PRINTED, { reveal: { value: () => value } }) as Secret<Value>)

export const secretOrNull = <Value>(value: Value | null | undefined): Secret<Value> | null =>
  value === null || value === undefined ? null : secret(value)
