/**
 * Stripe, over its own SDK, in the words that billing has for it. The key is in here and leaves it in one header; what
 * Stripe says of a failure is told without it.
 */
import { Fault } from '@stormops/chassis/fault'
import { callsInTrace } from '@stormops/chassis/http/fetch-call-in-trace'
import type { Secret } from '@stormops/chassis/secret'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'
import { Stripe } from 'stripe'
import type { StripeClient } from '../ports.ts'
import { billing } from './invoices.ts'
import { lists } from './lists.ts'
import { shop } from './shop.ts'
import { readEvent } from './webhooks.ts'

export type StripeAccess = {
  readonly secretKey: Secret<string>
  readonly webhookSecret: Secret<string>
  /** Null for Stripe itself. */
  readonly apiBase: string | null
  /** In production nothing may stand in for Stripe, by whatever way it got there. */
  readonly genuine: boolean
  /** Default nothing is traced. */
  readonly tracer?: Tracer | undefined
}

/** Of one answer. A request of ours ends before the gateway gives up on it, with a second try inside. */
const ANSWER_WITHIN_MS = 3_500
const SECOND_TRIES = 1

/** What our loopback marks every answer with. */
const LOOPBACK_MARK = 'x-stripe-loopback'

export const openStripeClient = (access: StripeAccess): StripeClient => {
  const sdk = sdkFor(access)
  return {
    ...shop(sdk),
    ...billing(sdk),
    ...lists(sdk),
    readEvent: readEvent(sdk, access.webhookSecret.reveal()),
    assertGenuine: async () => {
      if (!access.genuine) return
      await fetchGenuine(`${access.apiBase ?? 'https://api.stripe.com'}/healthcheck`, {
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      }).catch((error: unknown) => {
        // Who does not answer now is asked again with every call.
        if (error instanceof Fault) throw error
      })
    },
  }
}

const sdkFor = ({ secretKey, apiBase, genuine, tracer }: StripeAccess): Stripe =>
  new Stripe(secretKey.reveal(), {
    ...(apiBase === null ? {} : addressOf(new URL(apiBase))),
    ...httpClientOf(genuine ? fetchGenuine : null, tracer),
    timeout: ANSWER_WITHIN_MS,
    maxNetworkRetries: SECOND_TRIES,
    telemetry: false,
    appInfo: { name: 'StormOps Graph' },
  })

/** The SDK's own way of calling, unless somebody looks at the answers or at the time they take. */
const httpClientOf = (call: typeof fetch | null, tracer: Tracer | undefined) => {
  if (tracer?.isOn === true) {
    return { httpClient: Stripe.createFetchHttpClient(callsInTrace(call ?? fetch, tracer)) }
  }
  return call === null ? {} : { httpClient: Stripe.createFetchHttpClient(call) }
}

const addressOf = ({ hostname, port, protocol }: URL) => ({
  host: hostname,
  port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  protocol: protocol === 'https:' ? ('https' as const) : ('http' as const),
})

const fetchGenuine: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.headers.has(LOOPBACK_MARK)) {
    throw new Fault(
      'INTERNAL',
      'What answers for Stripe is a loopback, which takes no money: not in production.',
    )
  }
  return response
}
