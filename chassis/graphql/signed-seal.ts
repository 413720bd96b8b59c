/**
 * The proof between processes: a short-lived signature of the gateway over who asks, and over the very bytes that are
 * asked. It is good for one subgraph and one fetch. A user's token and the link of a file are signed with the same keys
 * and say so in another type, issuer and audience, so that neither passes for the other.
 */
import { createHash, KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { Fault } from '../fault.ts'
import type { SigningKey, SigningKeys } from '../signing-keys.ts'
import type { NewId } from '../values/ids.ts'
import { contextCodec } from './context-claims.ts'
import { replayMemory } from './replay-memory.ts'
import { notSealed } from './seal.ts'
import type { FetchContext } from './subgraph.ts'

export const CONTEXT_HEADER = 'stormops-context'
export const CONTEXT_TYPE = 'stormops-context+jwt'
export const GATEWAY_ISSUER = 'stormops-gateway'

/** A subgraph that asks the port of another. */
export const subgraphIssuer = (name: string): string => `stormops-subgraph:${name}`

/** Who a context is for: a subgraph's graph, or its port. */
export const subgraphAudience = (name: string): string => `stormops-subgraph:${name}`
export const portAudience = (name: string): string => `stormops-port:${name}`

/** Seconds. What is under way for longer was let in while its context was good. */
export const CONTEXT_LIFETIME_SECONDS = 30
/** How far the clocks of two machines may be apart. */
export const CLOCK_SKEW_SECONDS = 5

/** Returns the compact signature over `context` and `body`, for `audience`. */
export type SignContext = (audience: string, context: FetchContext, body: Uint8Array) => string

/**
 * First the proof alone, so that no body is read for somebody without one; then with the bytes it was made for. Both
 * throw `Fault` UNAUTHENTICATED for anything but a fresh context over these bytes.
 */
export type VerifyContext = (token: string | undefined) => (body: Uint8Array) => FetchContext

const claimsSchema = z.strictObject({
  iss: z.string(),
  aud: z.string(),
  iat: z.number().int(),
  exp: z.number().int(),
  jti: z.string().min(1).max(100),
  bh: z.string(),
  ctx: contextCodec,
})

const headerOf = (kid: string): string => encoded(JSON.stringify({ alg: 'EdDSA', kid, typ: CONTEXT_TYPE }))

const encoded = (text: string): string => Buffer.from(text).toString('base64url')

const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('base64url')

export const contextSigner = (
  keys: SigningKeys,
  clock: Clock,
  newId: NewId,
  issuer: string = GATEWAY_ISSUER,
): SignContext => {
  const prepared = keptByKey((key) => ({ header: headerOf(key.kid), key: KeyObject.from(key.privateKey) }))
  return (audience, context, body) => {
    const now = clock.now()
    const { header, key } = prepared(keys.signing(now))
    const iat = Math.floor(now.getTime() / 1000)
    // Nobody waits for the answer after the deadline, so nobody asks after it either.
    const exp = Math.min(iat + CONTEXT_LIFETIME_SECONDS, Math.ceil(context.deadline / 1000))
    const ctx = z.encode(contextCodec, context)
    const claims = { iss: issuer, aud: audience, iat, exp, jti: newId(), bh: hashOf(body), ctx }
    const signed = `${header}.${encoded(JSON.stringify(claims))}`
    return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
  }
}

/** What is made of a key, once for each: a ring changes while a process runs. */
const keptByKey = <Made>(make: (key: SigningKey) => Made): ((key: SigningKey) => Made) => {
  const made = new WeakMap<SigningKey, Made>()
  return (key) => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}

export type VerifierOptions = {
  /** A context is taken from every key that verifies at the moment. */
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly audience: string
  /** Whose word is taken. Default the gateway's alone. */
  readonly issuers?: readonly string[]
}

export const contextVerifier = (options: VerifierOptions): VerifyContext => {
  const { clock, audience, issuers = [GATEWAY_ISSUER] } = options
  const prepared = keptByKey((key) => KeyObject.from(key.publicKey))
  const isNew = replayMemory(clock)
  return (token) => {
    const instant = clock.now()
    const claims = claimsOf(token, (header) => {
      const key = keyOfHeader(header, options.keys, instant)
      return key === null ? null : prepared(key)
    })
    const now = instant.getTime() / 1000
    if (claims.aud !== audience || !issuers.includes(claims.iss) || !isCurrent(claims, now)) throw notSealed()
    return (body) => {
      if (claims.bh !== hashOf(body) || !isNew(claims.jti)) throw notSealed()
      return claims.ctx
    }
  }
}

/** There is one way to write the header of each key. Comparing it as a text leaves no choice to whoever sends one. */
const keyOfHeader = (header: string, keys: SigningKeys, now: Date): SigningKey | null => {
  const named = keys.keySet(now).find(({ kid }) => kid !== undefined && headerOf(kid) === header)
  return named?.kid === undefined ? null : keys.verifying(named.kid, now)
}

const isCurrent = ({ iat, exp }: { readonly iat: number; readonly exp: number }, now: number): boolean =>
  iat <= now + CLOCK_SKEW_SECONDS && exp > now - CLOCK_SKEW_SECONDS && exp - iat <= CONTEXT_LIFETIME_SECONDS

/** A few hundred bytes in practice; nothing larger is looked at. */
const LONGEST_TOKEN = 8_192

const claimsOf = (
  token: string | undefined,
  keyOf: (header: string) => KeyObject | null,
): z.output<typeof claimsSchema> => {
  if (token === undefined || token.length > LONGEST_TOKEN) throw notSealed()
  const [header = '', payload = '', signature = '', ...more] = token.split('.')
  const key = keyOf(header)
  if (key === null || more.length > 0) throw notSealed()
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, bytesOf(signature))) throw notSealed()
  try {
    return claimsSchema.parse(JSON.parse(bytesOf(payload).toString('utf8')))
  } catch (cause) {
    throw cause instanceof Fault ? cause : notSealed(cause)
  }
}

/** Only as the one text that these bytes are written as: a decoder passes over padding, line ends and odd last bits. */
const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw notSealed()
  return bytes
}
