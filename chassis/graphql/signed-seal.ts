/**
 * The proof between processes: a short-lived signature of the gateway over who asks, and over the very bytes that are
 * asked. It is good for one subgraph and one fetch. A user's token and the link of a file are signed with the same keys
 * and say so in another type, issuer and audience, so that neither passes for the other.
 */
import { createHash, KeyObject, sign, verify } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { Fault } from '../fault.ts'
import type { SigningKeys } from '../identity.ts'
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
  keys: Pick<SigningKeys, 'kid' | 'privateKey'>,
  clock: Clock,
  newId: NewId,
  issuer: string = GATEWAY_ISSUER,
): SignContext => {
  const header = headerOf(keys.kid)
  const key = KeyObject.from(keys.privateKey)
  return (audience, context, body) => {
    const iat = Math.floor(clock.now().getTime() / 1000)
    // Nobody waits for the answer after the deadline, so nobody asks after it either.
    const exp = Math.min(iat + CONTEXT_LIFETIME_SECONDS, Math.ceil(context.deadline / 1000))
    const ctx = z.encode(contextCodec, context)
    const claims = { iss: issuer, aud: audience, iat, exp, jti: newId(), bh: hashOf(body), ctx }
    const signed = `${header}.${encoded(JSON.stringify(claims))}`
    return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
  }
}

export type VerifierOptions = {
  /** By their id: those that sign now, and those that signed a moment ago. */
  readonly keys: ReadonlyMap<string, SigningKeys['publicKey']>
  readonly clock: Clock
  readonly audience: string
  /** Whose word is taken. Default the gateway's alone. */
  readonly issuers?: readonly string[]
}

export const contextVerifier = (options: VerifierOptions): VerifyContext => {
  const { clock, audience, issuers = [GATEWAY_ISSUER] } = options
  // There is one way to write the header of each key. Comparing it as a text leaves no choice to whoever sends one.
  const keys = new Map([...options.keys].map(([kid, key]) => [headerOf(kid), KeyObject.from(key)]))
  const isNew = replayMemory(clock)
  return (token) => {
    const claims = claimsOf(token, keys)
    const now = clock.now().getTime() / 1000
    if (claims.aud !== audience || !issuers.includes(claims.iss) || !isCurrent(claims, now)) throw notSealed()
    return (body) => {
      if (claims.bh !== hashOf(body) || !isNew(claims.jti)) throw notSealed()
      return claims.ctx
    }
  }
}

const isCurrent = ({ iat, exp }: { readonly iat: number; readonly exp: number }, now: number): boolean =>
  iat <= now + CLOCK_SKEW_SECONDS && exp > now - CLOCK_SKEW_SECONDS && exp - iat <= CONTEXT_LIFETIME_SECONDS

/** A few hundred bytes in practice; nothing larger is looked at. */
const LONGEST_TOKEN = 8_192

const claimsOf = (
  token: string | undefined,
  keys: ReadonlyMap<string, KeyObject>,
): z.output<typeof claimsSchema> => {
  if (token === undefined || token.length > LONGEST_TOKEN) throw notSealed()
  const [header = '', payload = '', signature = '', ...more] = token.split('.')
  const key = keys.get(header)
  if (key === undefined || more.length > 0) throw notSealed()
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
