/**
 * What a client is told of its limits, in the fields of draft-ietf-httpapi-ratelimit-headers-10. Both are lists of
 * structured fields (RFC 9651): `RateLimit-Policy` says what is allowed (q) in how many seconds (w), `RateLimit` how
 * much of that is left (r) and in how many seconds it is whole again (t).
 */

export type LimitName = 'address' | 'actor' | 'tenant'

/** How one limit stands after a request. */
export type Standing = {
  readonly name: LimitName
  readonly limit: number
  readonly windowSeconds: number
  readonly remaining: number
  readonly resetSeconds: number
}

export const RATE_LIMIT_FIELDS = ['ratelimit-policy', 'ratelimit'] as const

/** By lower-case name; nothing where no limit applied. */
export const rateLimitFields = (standings: readonly Standing[]): Readonly<Record<string, string>> =>
  standings.length === 0
    ? {}
    : {
        'ratelimit-policy': standings
          .map(({ name, limit, windowSeconds }) => `"${name}";q=${limit};w=${windowSeconds}`)
          .join(', '),
        ratelimit: standings
          .map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`)
          .join(', '),
      }
