import { setTimeout as sleep } from 'node:timers/promises'
import { signToken } from '@stormops/chassis/identity'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refreshTokens } from '../../subgraphs/tenancy/src/domain/refresh-token.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import {
  anEmail,
  INVITE,
  MINUTE,
  movableClock,
  openBrowser,
  REFRESH,
  refresh,
  SECOND,
  SIGN_OUT,
  signIn,
  SWITCH,
  VIEWER,
} from './browser.ts'
import type { Browser } from './browser.ts'

const clock = movableClock()
let world: World
let tenant: TestTenant
let email: string
beforeAll(async () => {
  world = await openWorld({ clock })
  tenant = await world.tenant()
})
beforeEach(async () => {
  email = anEmail()
  await tenant.as('OWNER').data(INVITE, { email, role: 'ADMIN' })
})
afterAll(() => world.close())

const REVOKE = `mutation ($id: ID!) {
  revokeSession(input: { sessionId: $id }) { __typename ... on UserError { message } }
}`
const SESSIONS = `{ sessions { id createdAt lastUsedAt userAgent current } }`
const REFRESH_WITH = `mutation ($token: String!) {
  refreshSession(input: { refreshToken: $token }) {
    __typename ... on RefreshSessionSuccess { session { accessToken } }
  }
}`

const actionsOf = async (of: TestTenant): Promise<readonly string[]> => {
  const { auditEvents } = await of.as('OWNER').data(`{ auditEvents { edges { node { action } } } }`)
  return auditEvents.edges.map(({ node }: any) => node.action)
}

/** What a refusal says, with its status in the answer's own terms. */
const codeOf = async (browser: Browser): Promise<string | undefined> => {
  const { errors, data } = await browser.send(REFRESH)
  expect(data?.refreshSession ?? null).toBeNull()
  return errors[0]?.extensions.code
}

const isSignedIn = async (browser: Browser, token: string): Promise<boolean> =>
  (await browser.send(VIEWER, {}, token)).status === 200

/** The same browser as it was, as a thief has it who copied the cookie. */
const withCookie = (cookie: string | null): Browser => Object.assign(openBrowser(world), { cookie })

describe('refreshing', () => {
  it('gives a new access token, and a new refresh token in place of the old', async () => {
    const { browser } = await signIn(world, email)
    const first = browser.cookie
    const token = await refresh(browser)
    expect(browser.cookie).not.toBe(first)
    expect(browser.cookie?.split('.')[1]).toBe('1')
    expect((await browser.data(VIEWER, {}, token)).viewer.tenant.id).toBe(tenant.id)
    clock.passes(MINUTE)
    await refresh(browser)
    expect(browser.cookie?.split('.')[1]).toBe('2')
  })

  it('gives two tabs that ask at once the same refresh token', async () => {
    const { browser } = await signIn(world, email)
    clock.passes(MINUTE)
    const tabs = Array.from({ length: 6 }, () => withCookie(browser.cookie))
    const tokens = await Promise.all(tabs.map(refresh))
    expect(new Set(tabs.map(({ cookie }) => cookie)).size).toBe(1)
    expect(tabs[0]?.cookie?.split('.')[1]).toBe('1')
    for (const token of tokens) expect(await isSignedIn(browser, token)).toBe(true)
  })

  it('gives the same refresh token again for ten seconds to whom the answer was lost', async () => {
    const { browser } = await signIn(world, email)
    const lost = withCookie(browser.cookie)
    await refresh(browser)
    clock.passes(9 * SECOND)
    await refresh(lost)
    expect(lost.cookie).toBe(browser.cookie)
    await refresh(lost)
    expect(lost.cookie?.split('.')[1]).toBe('2')
  })

  it('ends the session for everybody when a token comes again after that', async () => {
    const own = await world.tenant()
    await own.as('OWNER').data(INVITE, { email, role: 'ADMIN' })
    const { browser } = await signIn(world, email, own.id)
    const thief = withCookie(browser.cookie)
    const token = await refresh(browser)
    clock.passes(11 * SECOND)
    expect(await codeOf(thief)).toBe('UNAUTHENTICATED')
    expect(thief.cookie).toBeNull()
    expect(await codeOf(withCookie(browser.cookie))).toBe('UNAUTHENTICATED')
    await until(async () => !(await isSignedIn(browser, token)))
    const actions = await actionsOf(own)
    expect(actions.filter((action) => action === 'tenancy.refuseReusedToken')).toHaveLength(1)
  })

  it('ends the session for a token two before, however soon it comes', async () => {
    const { browser } = await signIn(world, email)
    const thief = withCookie(browser.cookie)
    await refresh(browser)
    await refresh(browser)
    expect(await codeOf(thief)).toBe('UNAUTHENTICATED')
    expect(await codeOf(browser)).toBe('UNAUTHENTICATED')
  })

  it('leaves other sessions of the person alone', async () => {
    const [one, other] = [await signIn(world, email), await signIn(world, email)]
    const thief = withCookie(one.browser.cookie)
    await refresh(one.browser)
    await refresh(one.browser)
    expect(await codeOf(thief)).toBe('UNAUTHENTICATED')
    await refresh(other.browser)
  })

  it('refuses what the platform did not write, and ends nothing for it', async () => {
    const { browser } = await signIn(world, email)
    const whole = browser.cookie ?? ''
    const [id = '', generation = '', code = ''] = whole.split('.')
    const forged = refreshTokens('another key').write({ sessionId: id, generation: 0 })
    const otherSpelling = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      .map((last) => code.slice(0, -1) + last)
      .find(
        (other) => other !== code && Buffer.from(other, 'base64url').equals(Buffer.from(code, 'base64url')),
      )
    expect(otherSpelling).toBeDefined()
    for (const text of [
      forged,
      `${id}.${generation}.${otherSpelling}`,
      `${id}.1.${code}`,
      `${id}.00.${code}`,
      `${id}.-1.${code}`,
      `${id}.1e0.${code}`,
      `${id.toUpperCase()}.${generation}.${code}`,
      `${whole}=`,
      `${whole}.x`,
      `${id}.${generation}.`,
      code,
      'x',
      '',
    ]) {
      expect([text, await codeOf(withCookie(text))]).toEqual([text, 'UNAUTHENTICATED'])
    }
    expect(await codeOf(withCookie(null))).toBe('UNAUTHENTICATED')
    await refresh(browser)
  })

  it('is for programs without cookies too', async () => {
    const { browser } = await signIn(world, email)
    const program = openBrowser(world)
    const { refreshSession } = await program.data(REFRESH_WITH, { token: browser.cookie })
    expect(await isSignedIn(program, refreshSession.session.accessToken)).toBe(true)
    expect(program.cookie?.split('.')[1]).toBe('1')
    const refused = await openBrowser(world).send(REFRESH_WITH, { token: 'x' })
    expect(refused.errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})

describe('a session', () => {
  it('is listed to its person with where it is, and to nobody else', async () => {
    const desk = await signIn(world, email, null, openBrowser(world, `Desk ${'x'.repeat(300)}`))
    const phone = await signIn(world, email, null, openBrowser(world, 'Phone'))
    const { sessions } = await phone.browser.data(SESSIONS, {}, phone.token)
    expect(sessions.map(({ userAgent, current }: any) => [userAgent.slice(0, 5), current])).toEqual([
      ['Phone', true],
      ['Desk ', false],
    ])
    expect(sessions[1].userAgent).toHaveLength(200)
    const stranger = anEmail()
    await tenant.as('OWNER').data(INVITE, { email: stranger, role: 'OWNER' })
    const theirs = await signIn(world, stranger)
    const seen = await theirs.browser.data(SESSIONS, {}, theirs.token)
    expect(seen.sessions).toHaveLength(1)
    const { revokeSession } = await theirs.browser.data(REVOKE, { id: sessions[0].id }, theirs.token)
    expect(revokeSession.__typename).toBe('NotFound')
    expect(await isSignedIn(desk.browser, desk.token)).toBe(true)
  })

  it('that is revoked is refused within a second, in its tokens and its cookie', async () => {
    const [lost, own] = [await signIn(world, email), await signIn(world, email)]
    expect(await isSignedIn(lost.browser, lost.token)).toBe(true)
    const { sessions } = await own.browser.data(SESSIONS, {}, own.token)
    const other = sessions.find(({ current }: any) => current === false)
    const { revokeSession } = await own.browser.data(REVOKE, { id: other.id }, own.token)
    expect(revokeSession.__typename).toBe('RevokeSessionSuccess')
    await sleep(SECOND)
    const refused = await lost.browser.send(VIEWER, {}, lost.token)
    expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    expect(await codeOf(lost.browser)).toBe('UNAUTHENTICATED')
    expect(await isSignedIn(own.browser, own.token)).toBe(true)
    const again = await own.browser.data(REVOKE, { id: other.id }, own.token)
    expect(again.revokeSession.__typename).toBe('NotFound')
    expect((await own.browser.data(SESSIONS, {}, own.token)).sessions).toHaveLength(1)
  })

  it('ends with signing out, by its token or by its cookie, and its cookie is forgotten', async () => {
    const own = await world.tenant()
    await own.as('OWNER').data(INVITE, { email, role: 'ADMIN' })
    const [byToken, byCookie] = [await signIn(world, email, own.id), await signIn(world, email, own.id)]
    const kept = byToken.browser.cookie
    const answers = [
      await withCookie(null).data(SIGN_OUT, {}, byToken.token),
      await byCookie.browser.data(SIGN_OUT),
    ]
    for (const { signOut } of answers) expect(signOut.endedAt).not.toBeNull()
    expect(byCookie.browser.setCookie).toContain('stormops_refresh=; Max-Age=0')
    expect(byCookie.browser.cookie).toBeNull()
    expect(await codeOf(withCookie(kept))).toBe('UNAUTHENTICATED')
    expect((await actionsOf(own)).filter((action) => action === 'tenancy.signOut')).toHaveLength(2)
    const { signOut } = await openBrowser(world).data(SIGN_OUT)
    expect(signOut.endedAt).toBeNull()
  })
})

describe('going to another company', () => {
  it('gives a token for it, and goes on there', async () => {
    const other = await world.tenant()
    await other.as('OWNER').data(INVITE, { email, role: 'VIEWER' })
    const { browser, token } = await signIn(world, email, tenant.id)
    const { switchTenant } = await browser.data(SWITCH, { tenantId: other.id }, token)
    expect(switchTenant.session.tenant).toMatchObject({ id: other.id, role: 'VIEWER' })
    const there = switchTenant.session.accessToken
    expect((await browser.data(VIEWER, {}, there)).viewer).toMatchObject({
      tenant: { id: other.id },
      roles: ['VIEWER'],
    })
    const next = await refresh(browser)
    expect((await browser.data(VIEWER, {}, next)).viewer.tenant.id).toBe(other.id)
    expect(await actionsOf(other)).toContain('tenancy.switchTenant')
  })

  it('is not for a company of others, nor for a token made without signing in', async () => {
    const stranger = await world.tenant()
    const { browser, token } = await signIn(world, email)
    for (const tenantId of [stranger.id, 'ten_018f']) {
      const { switchTenant } = await browser.data(SWITCH, { tenantId }, token)
      expect(switchTenant.__typename).toBe('NotFound')
    }
    expect(await actionsOf(stranger)).not.toContain('tenancy.switchTenant')
    const { errors } = await tenant.as('OWNER').send(SWITCH, { tenantId: tenant.id })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

describe('a token of a session', () => {
  it('is no way round: without the session, or with another role, it is refused', async () => {
    const { browser, token } = await signIn(world, email)
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({ role: 'ADMIN', tid: tenant.uuid })
    expect(claims.exp - claims.iat).toBe(900)
    const made = (change: object) =>
      signToken(
        world.keys,
        {
          subject: claims.sub,
          kind: 'USER',
          tenantId: tenant.uuid,
          role: 'ADMIN',
          sessionId: claims.sid,
          ...change,
        },
        clock,
        900,
      )
    const other = await world.tenant()
    expect(await isSignedIn(browser, await made({}))).toBe(true)
    expect(await isSignedIn(browser, await made({ role: 'OWNER' }))).toBe(false)
    expect(await isSignedIn(browser, await made({ role: 'VIEWER' }))).toBe(false)
    expect(await isSignedIn(browser, await made({ tenantId: other.uuid }))).toBe(false)
    expect(await isSignedIn(browser, await made({ sessionId: crypto.randomUUID() }))).toBe(false)
  })
})
