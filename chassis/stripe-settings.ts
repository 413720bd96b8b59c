/** Where payments are taken, as the environment says it: a key, the secret of its webhooks, and maybe another address. */
import { z } from 'zod'
import { secret } from './secret.ts'
import type { Secret } from './secret.ts'

export type StripeSettings = {
  readonly secretKey: Secret<string>
  readonly webhookSecret: Secret<string>
  /** The address of something that stands in for Stripe; null for Stripe itself. */
  readonly apiBase: string | null
}

const SECRET_KEY = /^(?:sk|rk)_(?:test|live)_\w+$/
const LIVE_KEY = /^(?:sk|rk)_live_/

/** The values are secrets, so a fault names the variable and what it must look like, and never what it is. */
export const stripeVariables = {
  STRIPE_SECRET_KEY: z
    .string()
    .regex(SECRET_KEY, { error: 'must be a secret key of Stripe, sk_test_… or sk_live_…' })
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+$/, { error: 'must be the signing secret of a webhook endpoint, whsec_…' })
    .optional(),
  STRIPE_API_BASE: z
    .string()
    .refine((value) => URL.canParse(value) && isOrigin(value), {
      error: 'must be a scheme, a host and maybe a port, such as http://127.0.0.1:12111',
    })
    .optional(),
}

const isOrigin = (address: string): boolean => {
  const { origin, protocol } = new URL(address)
  return ['http:', 'https:'].includes(protocol) && [origin, `${origin}/`].includes(address)
}

/** What is wrong with the variables together, each of which may be right by itself. */
export const stripeFaults = (set: Readonly<Record<string, unknown>>): readonly string[] => {
  const key = set['STRIPE_SECRET_KEY']
  const base = set['STRIPE_API_BASE']
  const faults: string[] = []
  if (key !== undefined && set['STRIPE_WEBHOOK_SECRET'] === undefined) {
    faults.push('STRIPE_WEBHOOK_SECRET: must be set with STRIPE_SECRET_KEY, or nobody learns of a payment')
  }
  if (key === undefined && set['STRIPE_WEBHOOK_SECRET'] !== undefined) {
    faults.push('STRIPE_SECRET_KEY: must be set with STRIPE_WEBHOOK_SECRET')
  }
  if (base === undefined) return faults
  if (set['NODE_ENV'] === 'production') {
    faults.push('STRIPE_API_BASE: must not be set in production, which asks Stripe itself')
  } else if (key === undefined) faults.push('STRIPE_API_BASE: is of no use without STRIPE_SECRET_KEY')
  if (typeof key === 'string' && LIVE_KEY.test(key)) {
    faults.push('STRIPE_API_BASE: must not be set with a live key, which is for Stripe alone')
  }
  return faults
}

export const readStripeSettings = (value: {
  readonly STRIPE_SECRET_KEY?: string | undefined
  readonly STRIPE_WEBHOOK_SECRET?: string | undefined
  readonly STRIPE_API_BASE?: string | undefined
}): StripeSettings | null => {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = value
  if (secretKey === undefined || webhookSecret === undefined) return null
  return {
    secretKey: secret(secretKey),
    webhookSecret: secret(webhookSecret),
    apiBase: value.STRIPE_API_BASE ?? null,
  }
}

export const isLiveKey = (key: string): boolean => LIVE_KEY.test(key)
