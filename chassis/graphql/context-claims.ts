/**
 * How what the gateway vouches for is written into a signed context, field by field. A field that is added to
 * `FetchContext` or `Actor` does not compile until it is said here how it travels.
 */
import { z } from 'zod'
import { ACTOR_KINDS } from '../identity.ts'
import type { Actor, Impersonation } from '../identity.ts'
import { ROLES, SCOPES } from '../permission.ts'
import type { FetchContext, RateLimitState } from './subgraph.ts'

/** One schema for every field of `Type`, which gives exactly what the field holds. */
type FieldsOf<Type> = { readonly [Field in keyof Type]-?: z.ZodType<Type[Field]> }

const impersonation = z.strictObject({
  id: z.string(),
  staffId: z.string(),
  readOnly: z.boolean(),
} satisfies FieldsOf<Impersonation>)

/** JSON has no sets. */
const scopes = z.codec(
  z.array(z.enum(SCOPES)),
  z.custom<Actor['scopes']>((held) => held instanceof Set),
  { decode: (names) => new Set(names), encode: (held) => [...held] },
)

const actor = z.strictObject({
  kind: z.enum(ACTOR_KINDS),
  id: z.string().min(1),
  tenantId: z.uuid().nullable(),
  role: z.enum(ROLES).nullable(),
  scopes,
  sessionId: z.string().nullable(),
  impersonation: impersonation.nullable(),
} satisfies FieldsOf<Actor>)

/** JSON has no instants. */
const instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (held) => held.toISOString(),
})

const rateLimit = z.strictObject({
  limit: z.number(),
  cost: z.number(),
  remaining: z.number(),
  used: z.number(),
  resetAt: instant,
  nodeCount: z.number(),
} satisfies FieldsOf<RateLimitState>)

/** `z.encode` makes JSON of a context, `z.decode` the context of JSON. */
export const contextCodec = z.strictObject({
  actor: actor.nullable(),
  requestId: z.string().min(1),
  deadline: z.number().int().nonnegative(),
  refreshToken: z.string().nullable(),
  rateLimit: rateLimit.nullable(),
  tier: z.string().nullable(),
  userAgent: z.string().nullable(),
} satisfies FieldsOf<FetchContext>)

export type ContextJson = z.input<typeof contextCodec>
