/** How Stripe's failures are told: whether to ask again later, or whether what was asked is wrong. */
import { Fault } from '@stormops/chassis/fault'
import { Stripe } from 'stripe'

const AWAY = 'Stripe does not answer. Try again in a minute.'

/** What is worth keeping of an error of the SDK, whose other fields are the whole request and its answer. */
const said = (error: Stripe.errors.StripeError): Error => {
  const parts = [error.type, error.statusCode, error.code, error.requestId]
  const about = parts.filter((part) => part !== undefined && part !== '').join(' ')
  return new Error(`Stripe: ${error.message} (${about})`)
}

/** A failure that passes is UNAVAILABLE; any other is a mistake of ours. */
export const toldByStripe = (error: unknown): unknown => {
  if (!(error instanceof Stripe.errors.StripeError)) return error
  const status = error.statusCode ?? 0
  const passes = status === 0 || status === 409 || status === 429 || status >= 500
  const refused = status === 401 || status === 403
  if (passes || refused) {
    const message = refused ? 'Stripe does not accept the platform’s key. Staff has to look at it.' : AWAY
    return new Fault('UNAVAILABLE', message, { cause: said(error) })
  }
  return new Fault('INTERNAL', 'Stripe refused what it was asked.', { cause: said(error) })
}

/** Asks, and tells a failure as a fault. */
export const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    throw toldByStripe(error)
  }
}

/** As `asked`; null for what Stripe does not know. */
export const maybe = async <T>(ask: () => Promise<T>): Promise<T | null> => {
  try {
    return await ask()
  } catch (error) {
    if (isMissing(error)) return null
    throw toldByStripe(error)
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404

/** Every key of ours begins alike, since an account may be used by others too. */
export const under = (
  ...parts: readonly (string | number | bigint)[]
): { readonly idempotencyKey: string } => ({
  idempotencyKey: ['stormops', ...parts].join(':'),
})

/** Of a field that holds an id, or the object in its place. */
export const idOf = (held: string | { readonly id: string } | null | undefined): string | null =>
  typeof held === 'string' ? held : (held?.id ?? null)

/** Stripe counts in whole seconds. */
export const instant = (seconds: number | null | undefined): Date | null =>
  seconds === null || seconds === undefined ? null : new Date(seconds * 1_000)

/** Stripe takes an amount as a number of JSON. */
export const amountFor = (amount: bigint): number => {
  if (amount > BigInt(Number.MAX_SAFE_INTEGER) || amount < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw new Fault('INTERNAL', `The amount ${amount} is more than Stripe can be told.`)
  }
  return Number(amount)
}
