/** The types of Stripe's own SDK as they are on the wire. */
import type Stripe from 'stripe'

/** Parameters after they were read: a decimal is text, and null is empty text. */
export type Given<T> = T extends string | number | boolean
  ? T
  : T extends null
    ? ''
    : T extends Stripe.Decimal
      ? string
      : T extends readonly (infer Element)[]
        ? readonly Given<Element>[]
        : T extends object
          ? { readonly [Name in keyof T]: Given<T[Name]> }
          : never

export type Metadata = { readonly [name: string]: string }

/** What a caller sends in its place: a key with empty text is taken away, and empty text takes them all away. */
export type GivenMetadata = '' | { readonly [name: string]: unknown }

export const mergedMetadata = (before: Metadata, given: GivenMetadata | undefined): Metadata => {
  if (given === undefined) return before
  if (given === '') return {}
  const entries = Object.entries(given).map(([key, value]) => [key, String(value)] as const)
  return Object.fromEntries(
    Object.entries({ ...before, ...Object.fromEntries(entries) }).filter(([, value]) => value !== ''),
  )
}
