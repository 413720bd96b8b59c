/** Stripe's API: a request is let in, read, checked, done once, and answered as Stripe answers. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Account } from '../account.ts'
import { API_VERSION } from '../generated/operations.ts'
import { matching } from '../operations/operations.ts'
import type { Match } from '../operations/operations.ts'
import type { Of, Stored } from '../store/objects.ts'
import { readForm } from '../wire/form.ts'
import type { SentFields } from '../wire/form.ts'
import { readParameters } from '../wire/parameters.ts'
import type { Values } from '../wire/parameters.ts'
import { Refusal, invalid, notSimulated } from '../wire/refusal.ts'
import { expanded, rendered } from '../wire/rendering.ts'
import { json } from './answer.ts'
import type { Answer, Asked } from './answer.ts'

export type Api = (asked: Asked) => Answer

export const createApi =
  (account: Account, apiKey: () => string): Api =>
  (asked) => {
    const requestId = account.newId('req')
    const key = asked.headers['idempotency-key']
    const headers = {
      'request-id': requestId,
      'stripe-version': API_VERSION,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    }
    try {
      requireKey(asked, apiKey())
      requireVersion(asked)
      const answer = key === undefined || asked.method !== 'POST' ? null : replayed(account, asked, key)
      if (answer !== null) {
        const extra = { 'idempotent-replayed': 'true', 'original-request': answer.request }
        return { ...json(answer.status, {}, { ...headers, ...extra }), body: answer.body }
      }
      return done(account, asked, requestId, headers)
    } catch (error) {
      return refused(error, requestId, headers)
    } finally {
      account.store.commit()
    }
  }

/** What was refused did not happen, unless it was an attempt that counts. */
const undoneUnlessKept = (account: Account, error: unknown): void => {
  if (!(error instanceof Refusal && error.isKept)) account.store.rollback()
}

const refused = (error: unknown, requestId: string, headers: Answer['headers']): Answer => {
  if (!(error instanceof Refusal)) throw error
  return json(
    error.status,
    { error: { ...error.body, request_log_url: null, request_id: requestId } },
    headers,
  )
}

const unauthorized = (message: string): Refusal =>
  new Refusal(401, { type: 'invalid_request_error', message })

const requireKey = ({ headers }: Asked, apiKey: string): void => {
  const [, given] = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '') ?? []
  if (given === undefined) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
  }
  if (!given.startsWith('sk_test_')) {
    throw unauthorized(
      'This is not Stripe: the loopback takes test keys (sk_test_…) only, and a live key must never be sent to it.',
    )
  }
  if (!isSame(given, apiKey)) throw unauthorized(`Invalid API Key provided: sk_test_****${given.slice(-4)}`)
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

export const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other))

const requireVersion = ({ headers }: Asked): void => {
  const version = headers['stripe-version']
  if (version === undefined || version === API_VERSION) return
  throw invalid(
    `Invalid Stripe API version: ${version}. The loopback speaks ${API_VERSION}, which is what the SDK pins.`,
  )
}

const fingerprintOf = ({ method, path, body }: Asked): string =>
  createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex')

type Replay = { readonly status: number; readonly body: string; readonly request: string }

const replayed = (account: Account, asked: Asked, key: string): Replay | null => {
  if (key.length > 255) throw invalid('Idempotency keys can be at most 255 characters long.')
  const kept: Of<'loopback.answer'> | null = account.store.maybe('loopback.answer', key)
  if (kept === null) return null
  if (kept.fingerprint === fingerprintOf(asked)) return kept
  throw new Refusal(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  })
}

const done = (account: Account, asked: Asked, requestId: string, headers: Answer['headers']): Answer => {
  const match = matching(asked.method, asked.path)
  if (match === null) throw unknownAddress(asked)
  const { expand, ...given } = readGiven(
    match,
    readForm(asked.method === 'GET' ? asked.query : bodyOf(asked)),
  )
  const paths = Array.isArray(expand) ? expand.map(String) : []
  // From here on it was begun, so that the same key gets the same answer, a refusal too.
  const key = asked.headers['idempotency-key']
  const origin = { id: requestId, idempotency_key: key ?? null }
  const answer = attempted(
    () => {
      const call = { account, given, id: match.id, path: asked.path }
      const result = account.during(origin, () => match.operation.run(call))
      return json(200, expanded(account.store, shown(account, result), paths), headers)
    },
    (error) => {
      undoneUnlessKept(account, error)
      return refused(error, requestId, headers)
    },
  )
  if (key !== undefined && asked.method === 'POST') {
    account.store.put({
      object: 'loopback.answer',
      id: key,
      fingerprint: fingerprintOf(asked),
      status: answer.status,
      body: answer.body,
      request: requestId,
      created: account.now(),
    })
  }
  return answer
}

const attempted = <T>(run: () => T, otherwise: (error: unknown) => T): T => {
  try {
    return run()
  } catch (error) {
    return otherwise(error)
  }
}

/** The SDK sends what a DELETE takes in its address, as it does for a GET. */
const bodyOf = ({ method, query, body }: Asked): string => (method === 'DELETE' && body === '' ? query : body)

const unknownAddress = ({ method, path }: Asked): Refusal =>
  new Refusal(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). This is not Stripe: the loopback simulates a part of it, which docs/stripe.md names.`,
  })

const readGiven = ({ operation, fields }: Match, sent: SentFields): Values => {
  const values = readParameters(fields, sent)
  const other = Object.keys(values).find((name) => name !== 'expand' && !operation.heeds.includes(name))
  if (other !== undefined) throw notSimulated(`${other} of ${operation.name}`, other)
  return values
}

/** Objects of the store with the lists that are part of them; a list's own objects too. */
const shown = (account: Account, result: object): object => {
  if ('deleted' in result) return result
  if ('data' in result && Array.isArray(result.data)) {
    return { ...result, data: result.data.map((one: object) => shown(account, one)) }
  }
  // What operations answer is of the store, but for the cases above.
  return 'object' in result ? rendered(account.store, result as Stored) : result
}
