/** Somebody at a browser: a cookie jar kept by hand, and the mails that the platform sent them. */
import { fileMailbox } from '@stormops/chassis/mail/mailbox'
import type { KeptMail } from '@stormops/chassis/mail/mail'
import { systemClock } from '@stormops/chassis/clock'
import type { Answer, World } from '../world/world.ts'
import { until } from '@stormops/chassis/testing/until'

export const COOKIE = 'stormops_refresh'

/** What a browser needs to know of a platform, however many processes it is. */
export type Place = Pick<World, 'url' | 'home'>

export type Browser = {
  /** What the browser holds for our cookie, or null. */
  cookie: string | null
  /** The last Set-Cookie header as it came, or null. */
  setCookie: string | null
  readonly send: (query: string, variables?: object, token?: string) => Promise<Answer>
  readonly data: (query: string, variables?: object, token?: string) => Promise<any>
}

export const openBrowser = (world: Pick<Place, 'url'>, userAgent = 'Test Browser/1.0'): Browser => {
  const browser: Browser = {
    cookie: null,
    setCookie: null,
    send: async (query, variables = {}, token) => {
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': userAgent,
          ...(browser.cookie === null ? {} : { cookie: `theme=dark; ${COOKIE}=${browser.cookie}` }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      })
      browser.setCookie = response.headers.get('set-cookie')
      const value = /^stormops_refresh=([^;]*)/.exec(browser.setCookie ?? '')?.[1]
      if (value !== undefined) browser.cookie = value === '' ? null : value
      const body = (await response.json()) as Partial<Answer>
      return { data: null, errors: [], extensions: { requestId: '' }, ...body, status: response.status }
    },
    data: async (query, variables, token) => {
      const { data, errors } = await browser.send(query, variables, token)
      if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2))
      return data
    },
  }
  return browser
}

const SESSION = `session { accessToken expiresAt tenant { id slug name status role } tenants { id name role } }`
export const REQUEST = `mutation ($email: String!) {
  requestMagicLink(input: { email: $email }) {
    __typename ... on RequestMagicLinkSuccess { message } ... on UserError { message }
  }
}`
export const REDEEM = `mutation ($token: String!, $tenantId: ID) {
  redeemMagicLink(input: { token: $token, tenantId: $tenantId }) {
    __typename ... on RedeemMagicLinkSuccess { ${SESSION} } ... on UserError { message }
  }
}`
export const REFRESH = `mutation { refreshSession { __typename ... on RefreshSessionSuccess { ${SESSION} } } }`
export const SIGN_OUT = `mutation { signOut { __typename ... on SignOutSuccess { endedAt } } }`
export const SWITCH = `mutation ($tenantId: ID!) {
  switchTenant(input: { tenantId: $tenantId }) {
    __typename ... on SwitchTenantSuccess { ${SESSION} } ... on UserError { message }
  }
}`
export const VIEWER = `{ viewer { actor { id kind } tenant { id name } roles } }`
export const INVITE = `mutation ($email: String!, $role: MemberRole!, $key: String) {
  inviteMember(input: { email: $email, role: $role }, idempotencyKey: $key) {
    __typename
    ... on InviteMemberSuccess { member { id email role createdAt } }
    ... on RoleNotYours { message missingScopes }
    ... on InvalidInput { field }
    ... on UserError { message }
  }
}`

/** Mails to an address, the newest first. */
export const mailsTo = async (world: Pick<Place, 'home'>, email: string): Promise<readonly KeptMail[]> =>
  (await fileMailbox(world.home, systemClock).list()).filter(
    ({ to }) => to.toLowerCase() === email.toLowerCase(),
  )

const LINK = /#token=([\w-]+)/

/** Tokens of links that were mailed to an address, the newest first. */
export const linksTo = async (world: Pick<Place, 'home'>, email: string): Promise<readonly string[]> =>
  (await mailsTo(world, email)).flatMap(({ text }) => LINK.exec(text)?.[1] ?? [])

/** Asks for a link and waits for its mail; the token in it. */
export const requestLink = async (world: Place, email: string): Promise<string> => {
  const before = (await linksTo(world, email)).length
  await openBrowser(world).data(REQUEST, { email })
  await until(async () => (await linksTo(world, email)).length > before)
  return (await linksTo(world, email))[0] ?? ''
}

export type SignedIn = {
  readonly browser: Browser
  readonly token: string
  readonly session: any
}

export const signIn = async (
  world: Place,
  email: string,
  tenantId: string | null = null,
  browser = openBrowser(world),
): Promise<SignedIn> => {
  const { redeemMagicLink } = await browser.data(REDEEM, { token: await requestLink(world, email), tenantId })
  if (redeemMagicLink.__typename !== 'RedeemMagicLinkSuccess') throw new Error(redeemMagicLink.message)
  return { browser, token: redeemMagicLink.session.accessToken, session: redeemMagicLink.session }
}

/** An access token got with the browser's cookie. */
export const refresh = async (browser: Browser): Promise<string> =>
  (await browser.data(REFRESH)).refreshSession.session.accessToken

/** A clock that a test moves, from now on. */
export const movableClock = () => {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    passes: (milliseconds: number): void => {
      ahead += milliseconds
    },
  }
}

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const DAY = 24 * 60 * MINUTE

let people = 0
/** An address that nobody else has. */
export const anEmail = (name = 'somebody'): string => `${name}-${process.pid}-${++people}@example.com`
