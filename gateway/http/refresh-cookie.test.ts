import { describe, expect, it } from 'vitest'
import { readRefreshCookie, refreshCookieHeader } from './refresh-cookie.ts'

describe('the refresh cookie', () => {
  it('goes over TLS alone where there is TLS', () => {
    const token = { value: 'a.1.b', maxAgeSeconds: 60 }
    const rules = 'Max-Age=60; Path=/graphql; HttpOnly; Secure; SameSite=Strict'
    expect(refreshCookieHeader(token, true)).toBe(`stormops_refresh=a.1.b; ${rules}`)
    expect(refreshCookieHeader(token, false)).toBe(`stormops_refresh=a.1.b; ${rules.replace(' Secure;', '')}`)
  })

  it('is forgotten with the same rules it was kept with', () => {
    expect(refreshCookieHeader({ value: '', maxAgeSeconds: 0 }, true)).toBe(
      'stormops_refresh=; Max-Age=0; Path=/graphql; HttpOnly; Secure; SameSite=Strict',
    )
  })

  it.each([
    [undefined, null],
    ['', null],
    ['other=1', null],
    ['stormops_refresh', null],
    ['stormops_refresh=', ''],
    ['a=1; stormops_refresh=x.0.y; b=2', 'x.0.y'],
    ['stormops_refresh=x%2E0', 'x%2E0'],
    ['Stormops_Refresh=x', null],
    ['xstormops_refresh=x', null],
    ['stormops_refresh=first; stormops_refresh=second', 'first'],
    ['__proto__=x; stormops_refresh=y', 'y'],
  ])('is read from %j as %j', (header, expected) => {
    expect(readRefreshCookie(header)).toBe(expected)
  })
})
