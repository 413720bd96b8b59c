/**
 * Who is asking. A bearer token is signed by the platform with Ed25519 and carries the tenant and the role; the gateway
 * verifies it, and seals what it says into every fetch.
 */
import { SignJWT } from 'jose'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import { Fault } from './fault.ts'
import { ROLES, scopesOf } from './permission.ts'
import type { Role, Scope } from './permission.ts'
import { readSigned } from './signed-text.ts'
import { ALGORITHM } from './signing-keys.ts'
import type { SigningKeys } from './signing-keys.ts'

export { signingKeys, temporaryKeys } from './signing-keys.ts'
export type { SigningKeys } from './signing-keys.ts'

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
  /** Of staff who act in a company's place; `id` names the grant. */
  readonly impersonation?: { readonly id: string; readonly readOnly: boolean }
  /** The session behind the token, for a person who signed in. */
  readonly sessionId?: string
}

/** The kind of text a token is; a link to a file is another. */
const TOKEN_TYPE = 'JWT'

const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  kind: z.enum(['USER', 'API_KEY', 'STAFF']),
  tid: z.uuid().optional(),
  role: z.enum(ROLES),
  sid: z.uuid().optional(),
  exp: z.number(),
  imp: z.object({ id: z.string(), staffId: z.string(), readOnly: z.boolean() }).optional(),
})

/** `lifetimeSeconds` counts from the clock's now. */
export const signToken = (
  keys: SigningKeys,
  claims: TokenClaims,
  clock: Clock,
  lifetimeSeconds: number,
): Promise<string> => {
  const instant = clock.now()
  const now = Math.floor(instant.getTime() / 1000)
  const key = keys.signing(instant)
  return new SignJWT({
    kind: claims.kind,
    role: claims.role,
    ...(claims.tenantId === null ? {} : { tid: claims.tenantId }),
    ...(claims.impersonation === undefined
      ? {}
      : { imp: { ...claims.impersonation, staffId: claims.subject } }),
    ...(claims.sessionId === undefined ? {} : { sid: claims.sessionId }),
  })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: TOKEN_TYPE })
    .setSubject(claims.subject)
    .setIssuer(TOKEN_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(key.privateKey)
}

/** As `signToken`, to a moment; one that has passed makes a token that has ended. */
export const signTokenUntil = (
  keys: SigningKeys,
  claims: TokenClaims,
  clock: Clock,
  expiresAt: Date,
): Promise<string> =>
  signToken(keys, claims, clock, Math.floor((expiresAt.getTime() - clock.now().getTime()) / 1000))

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
  if (!isCoherent(claims)) throw unrecognised()
  return {
    actor: {
      kind: claims.kind,
      id: claims.sub,
      tenantId: claims.tid ?? null,
      role: claims.role,
      scopes: scopesOf(claims.role),
      sessionId: claims.sid ?? null,
      impersonation: claims.imp ?? null,
    },
    expiresAt: claims.exp * 1000,
  }
}

type Claims = z.infer<typeof claimsSchema>

/** Whether company, role and kind fit each other, and an impersonation its staff member and its role. */
const isCoherent = ({ kind, role, tid, sub, imp }: Claims): boolean => {
  const isOfTenant = tid !== undefined && role !== 'STAFF'
  if (imp !== undefined) return kind === 'STAFF' && isOfTenant && role !== 'PARTNER' && imp.staffId === sub
  return kind === 'STAFF' ? role === 'STAFF' : isOfTenant
}

/** One sentence for every bearer that is not accepted: a stranger learns nothing of why. */
export const unrecognised = (cause?: unknown): Fault =>
  new Fault(
    'UNAUTHENTICATED',
    'The token or key is not valid, or has ended. Sign in again, or send another.',
    {
      cause,
    },
  )

const readClaims = async (keys: SigningKeys, bearer: string, now: Date): Promise<Claims> => {
  try {
    const payload = await readSigned(bearer, keys, now, {
      typ: TOKEN_TYPE,
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      requiredClaims: ['sub', 'exp'],
    })
    return claimsSchema.parse(payload)
  } catch (cause) {
    throw unrecognised(cause)
  }
}

/** The tenant an actor works in; staff must have chosen one. */
export const tenantOf = (actor: Actor): string => {
  if (actor.tenantId === null) {
    throw new Fault('FORBIDDEN', 'This needs a tenant, and your token names none.')
  }
  return actor.tenantId
}

/** For staff who act in a company's place to look, and ask for a change. */
export const readOnlyFault = (): Fault =>
  new Fault('FORBIDDEN', 'This impersonation can only look. Start another one to change something.')

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
