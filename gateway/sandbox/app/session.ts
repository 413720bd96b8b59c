/**
 * Who the page asks as. The token lives in this tab and ends with it: never in an address, never where another tab or
 * tomorrow's visitor finds it.
 */

type Token = {
  readonly accessToken: string
  /** Null for a token that does not say when it ends. */
  readonly expiresAt: string | null
}

export type Impersonation = { readonly id: string; readonly reason: string; readonly readOnly: boolean }

/** What was opened from another session leads back to it. */
export type Session = Token &
  (
    | { readonly kind: 'given' }
    | { readonly kind: 'cookie' }
    | { readonly kind: 'role'; readonly before: Session }
    | { readonly kind: 'impersonation'; readonly before: Session; readonly impersonation: Impersonation }
  )

const KEY = 'stormops.sandbox.session'

const KINDS: ReadonlySet<unknown> = new Set<Session['kind']>(['given', 'cookie', 'role', 'impersonation'])

/** Only this page writes there, so a kind of ours is a session of ours. */
const isSession = (value: unknown): value is Session =>
  typeof value === 'object' && value !== null && 'kind' in value && KINDS.has(value.kind)

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

/** A session by cookie whose token has ended goes on with the next one. */
export const awaitsRenewal = (session: Session): boolean =>
  session.kind === 'cookie' && secondsLeft(session, Date.now()) === 0
