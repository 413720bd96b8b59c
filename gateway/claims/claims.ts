/** Who is asking, as far as the gateway decides it: a bearer token or nobody. */
import { Fault } from '@stormops/chassis/fault'
import type { Actor, Verifier } from '@stormops/chassis/identity'

/** An Ed25519 token of ours has about 400 characters; an API key has fewer. */
const LONGEST_BEARER = 4_096

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i

/** The bearer of an `Authorization` header, null without one. Throws `UNAUTHENTICATED` for any other header. */
export const readBearer = (header: string | undefined): string | null => {
  if (header === undefined) return null
  const bearer = header.length <= LONGEST_BEARER ? BEARER.exec(header.trim())?.[1] : undefined
  if (bearer === undefined) {
    throw new Fault('UNAUTHENTICATED', 'The Authorization header must read "Bearer", a space, and a token.')
  }
  return bearer
}

/** Null for nobody. Throws `UNAUTHENTICATED` for a token that is not whole and current. */
export const identify = async (header: string | undefined, verify: Verifier): Promise<Actor | null> => {
  const bearer = readBearer(header)
  return bearer === null ? null : verify(bearer)
}
