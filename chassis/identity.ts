/**
 * Who is asking. A bearer token is signed by the platform with Ed25519 and carries the tenant and the role; the gateway
 * verifies it, and seals what it says into every fetch.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose'
import type { CryptoKey, JWK } from 'jose'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import { Fault } from './fault.ts'
import { ROLES, scopesOf } from './permission.ts'
import type { Role, Scope } from './permission.ts'

export const TOKEN_ISSUER = 'stormops'
export const TOKEN_AUDIENCE = 'stormops-graph'

export const ACTOR_KINDS = ['USER', 'API_KEY', 'STAFF', 'SYSTEM'] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

/** `tenantId` is null only for staff who act on no tenant. */
export type Actor = {
  readonly kind: ActorKind
  readonly id: string
  readonly tenantId: string | null
  readonly role: Role | null
  readonly scopes: ReadonlySet<Scope>
  /** The session a person signed in with; null for keys, for tokens made without one, and for the platform itself. */
  readonly sessionId: string | null
  /** Set when staff act in a company's place, which a company's own audit tells. */
  readonly impersonation: Impersonation | null
}

/** `id` names the grant, `staffId` who was given it. */
export type Impersonation = { readonly id: string; readonly staffId: string; readonly readOnly: boolean }

export type TokenClaims = {
  readonly subject: string
  readonly kind: 'USER' | 'API_KEY' | 'STAFF'
  readonly tenantId: string | null
  readonly role: Role
}

export type SigningKeys = {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly publicJwk: JWK
}

const ALGORITHM = 'EdDSA'

const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  kind: z.enum(['USER', 'API_KEY', 'STAFF']),
  tid: z.uuid().optional(),
  role: z.enum(ROLES),
  exp: z.number(),
})

/** An Ed25519 private key, as RFC 8037 writes it. */
const signingJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
})

const keysFrom = async (jwk: JWK): Promise<SigningKeys> => {
  const kid = createHash('sha256')
    .update(jwk.x ?? '')
    .digest('base64url')
    .slice(0, 16)
  const publicJwk: JWK = { kty: 'OKP', crv: 'Ed25519', x: jwk.x ?? '', alg: ALGORITHM, use: 'sig', kid }
  const [privateKey, publicKey] = await Promise.all([
    // Extractable, so that contexts can be signed without a hop to another thread.
    importJWK(jwk, ALGORITHM, { extractable: true }),
    importJWK(publicJwk, ALGORITHM),
  ])
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) {
    throw new Fault('INTERNAL', 'The signing key is not an Ed25519 key.')
  }
  return { kid, privateKey, publicKey, publicJwk }
}

/** Of processes that make a key at once the first one's stays, and all sign with it. */
const keepFirst = (draft: string, file: string): void => {
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    unlinkSync(draft)
  }
}

/** Where keys are, unless a folder of their own is named. */
export const keysDirectoryOf = (home: string): string => join(home, 'keys')

/** Reads the platform's signing key from `home/keys`, or makes one there, readable by its owner alone. */
export const signingKeys = async (
  home: string,
  directory: string = keysDirectoryOf(home),
): Promise<SigningKeys> => {
  const file = join(directory, 'signing.jwk')
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const pair = await generateKeyPair(ALGORITHM, { extractable: true })
    const draft = `${file}.${randomUUID()}`
    writeFileSync(draft, JSON.stringify(await exportJWK(pair.privateKey)), { mode: 0o600 })
    keepFirst(draft, file)
  }
  return keysFrom(signingJwk.parse(JSON.parse(readFileSync(file, 'utf8'))))
}

/** Keys that live as long as the process: for tests. */
export const temporaryKeys = async (): Promise<SigningKeys> => {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true })
  return keysFrom(await exportJWK(pair.privateKey))
}

/** `lifetimeSeconds` counts from the clock's now. */
export const signToken = (
  keys: SigningKeys,
  claims: TokenClaims,
  clock: Clock,
  lifetimeSeconds: number,
): Promise<string> => {
  const now = Math.floor(clock.now().getTime() / 1000)
  return new SignJWT({
    kind: claims.kind,
    role: claims.role,
    ...(claims.tenantId === null ? {} : { tid: claims.tenantId }),
  })
    .setProtectedHeader({ alg: ALGORITHM, kid: keys.kid, typ: 'JWT' })
    .setSubject(claims.subject)
    .setIssuer(TOKEN_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(keys.privateKey)
}

/** Verified tokens kept by their text until they expire; a signature check costs more than a small query. */
const REMEMBERED_TOKENS = 10_000

export type Verifier = (bearer: string) => Promise<Actor>

/** The returned function throws `UNAUTHENTICATED` for anything but a whole, current token of this platform. */
export const tokenVerifier = (keys: SigningKeys, clock: Clock): Verifier => {
  const remembered = new Map<string, { readonly actor: Actor; readonly expiresAt: number }>()
  return async (bearer) => {
    const now = clock.now()
    const known = remembered.get(bearer)
    if (known !== undefined && known.expiresAt > now.getTime()) return known.actor
    const { actor, expiresAt } = await verify(keys, bearer, now)
    if (remembered.size >= REMEMBERED_TOKENS) remembered.clear()
    remembered.set(bearer, { actor, expiresAt })
    return actor
  }
}

const verify = async (
  keys: SigningKeys,
  bearer: string,
  now: Date,
): Promise<{ actor: Actor; expiresAt: number }> => {
  const claims = await readClaims(keys, bearer, now)
  const tenantId = claims.tid ?? null
  const isStaff = claims.role === 'STAFF'
  if (isStaff !== (claims.kind === 'STAFF') || (tenantId === null && !isStaff)) {
    throw new Fault('UNAUTHENTICATED', 'The token names no tenant, or a role that does not fit it.')
  }
  return {
    actor: {
      kind: claims.kind,
      id: claims.sub,
      tenantId,
      role: claims.role,
      scopes: scopesOf(claims.role),
      sessionId: null,
      impersonation: null,
    },
    expiresAt: claims.exp * 1000,
  }
}

const readClaims = async (
  keys: SigningKeys,
  bearer: string,
  now: Date,
): Promise<z.infer<typeof claimsSchema>> => {
  try {
    const { payload } = await jwtVerify(bearer, keys.publicKey, {
      algorithms: [ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      currentDate: now,
      requiredClaims: ['sub', 'exp'],
    })
    return claimsSchema.parse(payload)
  } catch (cause) {
    throw new Fault('UNAUTHENTICATED', 'The token is not valid or has expired. Sign in again.', { cause })
  }
}

/** The tenant an actor works in; staff must have chosen one. */
export const tenantOf = (actor: Actor): string => {
  if (actor.tenantId === null) {
    throw new Fault('FORBIDDEN', 'This needs a tenant, and your token names none.')
  }
  return actor.tenantId
}

export const requireScope = (actor: Actor, scope: Scope): void => {
  if (!actor.scopes.has(scope)) {
    throw new Fault('FORBIDDEN', `This needs the permission ${scope}, which your role does not have.`, {
      facts: { requiredScope: scope },
    })
  }
}

/** The platform itself at work on a tenant's behalf: jobs and event handlers. */
export const systemActor = (tenantId: string, name: string): Actor => ({
  kind: 'SYSTEM',
  id: name,
  tenantId,
  role: null,
  scopes: new Set<Scope>(),
  sessionId: null,
  impersonation: null,
})
