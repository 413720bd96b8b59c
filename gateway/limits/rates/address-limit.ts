/**
 * Limits by network address, for those who are not signed in: before anything is known of them, and before any token is
 * looked at. A refused token counts several times, so that nobody tries keys at random.
 */
import { hash } from 'node:crypto'
import { Fault } from '@stormops/chassis/fault'
import { networkOf } from './address.ts'
import { REFUSED_BEARER_POINTS } from './allowances.ts'
import type { Standing } from './rate-limit-fields.ts'
import type { WindowCount, WindowCounter } from './window-counter.ts'

export const ADDRESS_WINDOW_SECONDS = 60

export type AddressLimit = {
  /**
   * Call it before the token is verified. Throws `RATE_LIMITED` where the address has used up its requests; the
   * standing is null for a token that was good before, which its address does not concern.
   */
  readonly admit: (address: string, bearer: string | null) => Promise<Standing | null>
  readonly look: (address: string) => Promise<Standing>
  /** What came from this address is no token, or none any more; `bearer` is null where it does not even look like one. */
  readonly refused: (address: string, bearer: string | null) => Promise<Standing>
  /** `owner` is who shares the platform with the others. */
  readonly verified: (bearer: string, owner: string) => void
  /** Whose a token was when it was good last; null for one that was not seen lately. Proof of nothing. */
  readonly ownerOf: (bearer: string) => string | null
}

/** Tokens known to have been good lately; each is good only if it is verified again. */
const KNOWN_BEARERS = 10_000

export const addressLimit = (counter: WindowCounter, perMinute: number): AddressLimit => {
  const known = new Map<string, string>()
  const standing = ({ consumed, millisecondsLeft }: WindowCount): Standing => ({
    name: 'address',
    limit: perMinute,
    windowSeconds: ADDRESS_WINDOW_SECONDS,
    remaining: Math.max(0, perMinute - consumed),
    resetSeconds: Math.ceil(millisecondsLeft / 1000),
  })
  const keyOf = (address: string): string => `{${networkOf(address)}}`
  return {
    admit: async (address, bearer) => {
      if (bearer !== null && known.has(digest(bearer))) return null
      const key = keyOf(address)
      // Who brings a token pays when it turns out to be none.
      const count = await (bearer === null ? counter.add(key, 1) : counter.look(key))
      const isOver = bearer === null ? count.consumed > perMinute : count.consumed >= perMinute
      if (isOver) throw tooMany(standing(count))
      return standing(count)
    },
    look: async (address) => standing(await counter.look(keyOf(address))),
    refused: async (address, bearer) => {
      if (bearer !== null) known.delete(digest(bearer))
      return standing(await counter.add(keyOf(address), REFUSED_BEARER_POINTS))
    },
    verified: (bearer, owner) => {
      if (known.size >= KNOWN_BEARERS) known.clear()
      known.set(digest(bearer), owner)
    },
    ownerOf: (bearer) => known.get(digest(bearer)) ?? null,
  }
}

/** No token is kept in memory longer than it has to be. */
const digest = (bearer: string): string => hash('sha256', bearer, 'base64url')

const tooMany = ({ name, limit, remaining, resetSeconds }: Standing): Fault =>
  new Fault(
    'RATE_LIMITED',
    `Without signing in, an address may send ${limit} requests a minute. Sign in, or try again in ${resetSeconds} s.`,
    { facts: { limitName: name, limit, remaining, retryAfterSeconds: Math.max(1, resetSeconds) } },
  )
