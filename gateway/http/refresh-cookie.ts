/**
 * The cookie of a browser that is signed in. Scripts cannot read it, pages of others cannot send it, and it goes to the
 * graph alone. Its path keeps it from the `__Host-` prefix, whose other rules it follows.
 */
import { parseCookie, stringifySetCookie } from 'cookie'
import type { RefreshCookie } from '../answer.ts'

export const REFRESH_COOKIE = 'stormops_refresh'

/** What the header holds under our name, or null. Nothing is decoded: our tokens need no escaping. */
export const readRefreshCookie = (header: string | undefined): string | null => {
  if (header === undefined) return null
  return parseCookie(header, { decode: (text) => text })[REFRESH_COOKIE] ?? null
}

export const refreshCookieHeader = ({ value, maxAgeSeconds }: RefreshCookie, isSecure: boolean): string =>
  stringifySetCookie({
    name: REFRESH_COOKIE,
    value,
    path: '/graphql',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    maxAge: maxAgeSeconds,
  })
