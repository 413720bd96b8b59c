/**
 * Who the page asks as. The token lives in this tab and ends with it: never in an address, never where another tab or
 * tomorrow's visitor finds it.
 */

export type Session = {
  readonly accessToken: string
  /** Null for an API key, which does not say when it ends. */
  readonly expiresAt: string | null
  /** `cookie` can be renewed; `borrowed` was opened from another session, which comes back when it is closed. */
  readonly kind: 'given' | 'cookie' | 'borrowed'
  readonly before: Session | null
}

const KEY = 'stormops.sandbox.session'

const isSession = (value: unknown): value is Session =>
  typeof value === 'object' &&
  value !== null &&
  'accessToken' in value &&
  typeof value.accessToken === 'string'

export const keptSession = (): Session | null => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    return isSession(kept) ? kept : null
  } catch {
    // Not ours, or cut off: as good as none.
    return null
  }
}

export const keepSession = (session: Session | null): void => {
  if (session === null) sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, JSON.stringify(session))
}

/** A token that somebody pasted. */
export const sessionOf = (accessToken: string): Session => ({
  accessToken,
  expiresAt: expiryOf(accessToken),
  kind: 'given',
  before: null,
})

const SECOND = 1_000

/** Read, not verified, which is the server's to do. */
const expiryOf = (token: string): string | null => {
  const payload = token.split('.')[1]
  if (payload === undefined) return null
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    const seconds =
      typeof claims === 'object' && claims !== null && 'exp' in claims ? Number(claims.exp) : NaN
    return Number.isFinite(seconds) ? new Date(seconds * SECOND).toISOString() : null
  } catch {
    return null
  }
}

/** Whole seconds until the session ends, 0 once it has; null when it does not say. */
export const secondsLeft = ({ expiresAt }: Session, now: number): number | null =>
  expiresAt === null ? null : Math.max(0, Math.round((Date.parse(expiresAt) - now) / SECOND))
