import type { Database } from '@stormops/chassis/database/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import {
  anEmail,
  INVITE,
  linksTo,
  mailsTo,
  MINUTE,
  movableClock,
  openBrowser,
  REDEEM,
  REQUEST,
  requestLink,
  SECOND,
  signIn,
  VIEWER,
} from './browser.ts'

const clock = movableClock()
let world: World
let tenant: TestTenant
let database: Database
beforeAll(async () => {
  world = await openWorld({ clock })
  database = await world.database.open()
  tenant = await world.tenant()
})
afterAll(() => world.close())

const aMember = async (role = 'ANALYST', of = tenant): Promise<string> => {
  const email = anEmail()
  const { inviteMember } = await of.as('OWNER').data(INVITE, { email, role })
  expect(inviteMember.__typename).toBe('InviteMemberSuccess')
  return email
}

/** Jobs that sent a link, or found nobody to send one to. */
const linkJobs = (): Promise<readonly { state: string; payload: object }[]> =>
  asPlatform(`select state, payload from chassis.job_run where name = 'tenancy.send-sign-in-link'`)

const asPlatform = (sql: string): Promise<any> => database.withPlatform((tx) => tx.rows(sql))

const asIdentity = (sql: string, parameters: readonly unknown[] = []): Promise<any> =>
  database.withIdentity((tx) => tx.rows(sql, parameters))

const allJobsDone = (): Promise<void> =>
  until(async () => {
    const jobs = await linkJobs()
    return jobs.length > 0 && jobs.every(({ state }) => state === 'SUCCEEDED')
  })

describe('asking for a link', () => {
  it('is answered alike for a member and for nobody, and is the same work', async () => {
    const known = await aMember()
    const unknown = anEmail('nobody')
    const answers = [
      await openBrowser(world).send(REQUEST, { email: known }),
      await openBrowser(world).send(REQUEST, { email: unknown }),
    ]
    const [toKnown, toUnknown] = answers.map(({ status, data, errors }) => ({ status, data, errors }))
    expect(toKnown).toEqual(toUnknown)
    expect(toKnown?.data.requestMagicLink.__typename).toBe('RequestMagicLinkSuccess')
    await allJobsDone()
    expect(await linksTo(world, known)).toHaveLength(1)
    expect(await mailsTo(world, unknown)).toEqual([])
    expect(await asIdentity('select id from tenancy.person where email = $1', [unknown])).toEqual([])
  })

  it('sends a link under the platform’s address, its token where no server sees it', async () => {
    const email = await aMember()
    const token = await requestLink(world, email)
    const [mail] = await mailsTo(world, email)
    expect(mail).toMatchObject({ to: email, subject: 'Sign in to StormOps Graph' })
    expect(mail?.text).toContain(`\n${world.url}/sign-in#token=${token}\n`)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(mail?.text).toContain('works once')
  })

  it('keeps of the token its hash alone, and of the address nothing once the link is sent', async () => {
    const email = await aMember()
    const token = await requestLink(world, email)
    await allJobsDone()
    const kept = await asIdentity(
      `select to_jsonb(l)::text as row from tenancy.sign_in_link l
       union all select to_jsonb(r)::text from tenancy.sign_in_request r`,
    )
    const jobs = JSON.stringify(await linkJobs())
    expect(JSON.stringify(kept)).not.toContain(token)
    expect(JSON.stringify(kept)).not.toContain(email)
    expect(jobs).toContain('requestId')
    expect(jobs).not.toContain(email)
    expect(jobs).not.toContain(token)
  })

  it('sends five in a quarter of an hour, answers the sixth alike, and then goes on', async () => {
    const email = await aMember()
    const answers: string[] = []
    for (let turn = 0; turn < 6; turn += 1) {
      // In capitals it is the same address.
      const asked = turn % 2 === 0 ? email : email.toUpperCase()
      answers.push(JSON.stringify((await openBrowser(world).send(REQUEST, { email: asked })).data))
    }
    expect(new Set(answers).size).toBe(1)
    await allJobsDone()
    expect(await linksTo(world, email)).toHaveLength(5)
    clock.passes(15 * MINUTE + SECOND)
    await requestLink(world, email)
    expect(await linksTo(world, email)).toHaveLength(6)
  })

  it('counts requests that come at once, too', async () => {
    const email = await aMember()
    await Promise.all(Array.from({ length: 9 }, () => openBrowser(world).data(REQUEST, { email })))
    await allJobsDone()
    expect(await linksTo(world, email)).toHaveLength(5)
  })

  it.each([
    '',
    'nobody',
    'a@b',
    'a b@example.com',
    'a@example.com\nBcc: b@example.com',
    `${'a'.repeat(250)}@x.com`,
  ])('refuses %j, which is no address', async (email) => {
    const { requestMagicLink } = await openBrowser(world).data(REQUEST, { email })
    expect(requestMagicLink.__typename).toBe('InvalidInput')
  })

  it('needs POST, as signing in does', async () => {
    const token = await requestLink(world, await aMember())
    for (const [query, variables] of [
      [REQUEST, { email: anEmail() }],
      [REDEEM, { token }],
    ] as const) {
      const address = new URL('/graphql', world.url)
      address.searchParams.set('query', query)
      address.searchParams.set('variables', JSON.stringify(variables))
      const response = await fetch(address, { headers: { 'apollo-require-preflight': 'yes' } })
      expect(response.status).toBe(405)
      expect(response.headers.get('set-cookie')).toBeNull()
    }
    const { redeemMagicLink } = await openBrowser(world).data(REDEEM, { token })
    expect(redeemMagicLink.__typename).toBe('RedeemMagicLinkSuccess')
  })
})

describe('following a link', () => {
  it('signs in with a token for minutes and a cookie for weeks', async () => {
    const email = await aMember('CREW')
    const { browser, token, session } = await signIn(world, email)
    expect(session).toMatchObject({
      tenant: { id: tenant.id, name: tenant.name, status: 'ACTIVE', role: 'CREW' },
      tenants: [{ id: tenant.id, role: 'CREW' }],
    })
    const minutes = (new Date(session.expiresAt).getTime() - clock.now().getTime()) / MINUTE
    expect(minutes).toBeGreaterThan(14)
    expect(minutes).toBeLessThanOrEqual(15)
    const setCookie = browser.setCookie ?? ''
    const { viewer } = await browser.data(VIEWER, {}, token)
    expect(browser.setCookie).toBeNull()
    expect(viewer).toMatchObject({ actor: { kind: 'USER' }, tenant: { id: tenant.id }, roles: ['CREW'] })
    expect(viewer.actor.id).toMatch(/^usr_[0-9a-f]{32}$/)

    const [value, ...attributes] = setCookie.split('; ')
    expect(value).toMatch(/^stormops_refresh=[0-9a-f-]{36}\.0\.[\w-]{43}$/)
    const maxAge = Number(attributes.find((one) => one.startsWith('Max-Age='))?.slice('Max-Age='.length))
    expect(Math.abs(maxAge - 30 * 24 * 3_600)).toBeLessThan(10)
    expect(attributes.filter((one) => !one.startsWith('Max-Age=')).toSorted()).toEqual([
      'HttpOnly',
      'Path=/graphql',
      'SameSite=Strict',
    ])
  })

  it('works once, and not for a second person who follows it', async () => {
    const token = await requestLink(world, await aMember())
    const [first, second] = [openBrowser(world), openBrowser(world)]
    expect((await first.data(REDEEM, { token })).redeemMagicLink.__typename).toBe('RedeemMagicLinkSuccess')
    const { redeemMagicLink } = await second.data(REDEEM, { token })
    expect(redeemMagicLink.__typename).toBe('SignInLinkInvalid')
    expect(redeemMagicLink.message).toContain('Ask for a new one')
    expect(second.cookie).toBeNull()
  })

  it('works once for many who follow it at the same time', async () => {
    const token = await requestLink(world, await aMember())
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => openBrowser(world).data(REDEEM, { token })),
    )
    const kinds = answers.map(({ redeemMagicLink }) => redeemMagicLink.__typename)
    expect(kinds.filter((kind) => kind === 'RedeemMagicLinkSuccess')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'SignInLinkInvalid')).toHaveLength(7)
  })

  it('works for a quarter of an hour and not a second longer', async () => {
    const [early, late] = [await aMember(), await aMember()]
    const tokens = [await requestLink(world, early), await requestLink(world, late)]
    clock.passes(14 * MINUTE)
    const soon = await openBrowser(world).data(REDEEM, { token: tokens[0] })
    expect(soon.redeemMagicLink.__typename).toBe('RedeemMagicLinkSuccess')
    clock.passes(MINUTE)
    const tooLate = await openBrowser(world).data(REDEEM, { token: tokens[1] })
    expect(tooLate.redeemMagicLink.__typename).toBe('SignInLinkInvalid')
  })

  it('works with the token as it was written and in no other spelling', async () => {
    const token = await requestLink(world, await aMember())
    const last = token.at(-1) ?? ''
    const others = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      .map((character) => token.slice(0, -1) + character)
      .filter((other) => Buffer.from(other, 'base64url').equals(Buffer.from(token, 'base64url')))
      .filter((other) => !other.endsWith(last))
    expect(others.length).toBeGreaterThan(0)
    for (const other of [...others, `${token}=`, ` ${token}`, token.slice(1), '']) {
      const { redeemMagicLink } = await openBrowser(world).data(REDEEM, { token: other })
      expect([other, redeemMagicLink.__typename]).toEqual([other, 'SignInLinkInvalid'])
    }
    const { redeemMagicLink } = await openBrowser(world).data(REDEEM, { token })
    expect(redeemMagicLink.__typename).toBe('RedeemMagicLinkSuccess')
  })

  it('signs nobody in who is no member any more', async () => {
    const email = await aMember()
    const token = await requestLink(world, email)
    const { members } = await tenant.as('OWNER').data(`{ members { edges { node { id email } } } }`)
    const member = members.edges.find(({ node }: any) => node.email === email)
    await tenant
      .as('OWNER')
      .data(`mutation ($id: ID!) { removeMember(input: { memberId: $id }) { __typename } }`, {
        id: member.node.id,
      })
    const { redeemMagicLink } = await openBrowser(world).data(REDEEM, { token })
    expect(redeemMagicLink.__typename).toBe('SignInLinkInvalid')
  })

  it('leaves a line in the company’s audit that names nobody’s address', async () => {
    const other = await world.tenant()
    const email = await aMember('ANALYST', other)
    const { browser, token } = await signIn(world, email)
    const { viewer } = await browser.data(VIEWER, {}, token)
    const { auditEvents } = await other
      .as('OWNER')
      .data(`{ auditEvents { edges { node { action actor { id kind } subjectKind subjectId } } } }`)
    const lines = auditEvents.edges.map(({ node }: any) => node)
    expect(lines).toContainEqual({
      action: 'tenancy.signIn',
      actor: { id: viewer.actor.id, kind: 'USER' },
      subjectKind: 'session',
      subjectId: expect.stringMatching(/^ses_[0-9a-f]{32}$/),
    })
    const kept = await database.withTenant(other.uuid, (tx) =>
      tx.rows(`select to_jsonb(e)::text as line from tenancy.audit_event e`),
    )
    expect(JSON.stringify(kept)).not.toContain(email)
  })
})

describe('somebody in several companies', () => {
  it('is signed in to the one that was asked for, else the last worked for, else the first', async () => {
    const email = anEmail('both')
    const other = await world.tenant()
    await tenant.as('OWNER').data(INVITE, { email, role: 'VIEWER' })
    await other.as('OWNER').data(INVITE, { email: email.toUpperCase(), role: 'ADMIN' })
    const first = await signIn(world, email)
    expect(first.session.tenant).toMatchObject({ id: tenant.id, role: 'VIEWER' })
    expect(first.session.tenants.map(({ id }: any) => id)).toEqual([tenant.id, other.id])
    const asked = await signIn(world, email, other.id)
    expect(asked.session.tenant).toMatchObject({ id: other.id, role: 'ADMIN' })
    const again = await signIn(world, email)
    expect(again.session.tenant.id).toBe(other.id)
  })

  it('does not use up a link by asking for a company of others', async () => {
    const stranger = await world.tenant()
    const token = await requestLink(world, await aMember())
    for (const tenantId of [stranger.id, 'ten_018f', tenant.id.replace('ten_', 'storm_')]) {
      const { redeemMagicLink } = await openBrowser(world).data(REDEEM, { token, tenantId })
      expect(redeemMagicLink.__typename).toBe('NotFound')
    }
    const { redeemMagicLink } = await openBrowser(world).data(REDEEM, { token, tenantId: tenant.id })
    expect(redeemMagicLink.__typename).toBe('RedeemMagicLinkSuccess')
  })

  it('can sign in to a suspended one, and read', async () => {
    const suspended = await world.tenant()
    const email = await aMember('ADMIN', suspended)
    await world.staff.data(
      `mutation ($id: ID!) { suspendTenant(input: { tenantId: $id, reason: "Unpaid" }) { __typename } }`,
      { id: suspended.id },
    )
    const { browser, token, session } = await signIn(world, email)
    expect(session.tenant.status).toBe('SUSPENDED')
    expect((await browser.data(VIEWER, {}, token)).viewer.tenant.id).toBe(suspended.id)
    const { errors } = await browser.send(INVITE, { email: anEmail(), role: 'VIEWER' }, token)
    expect(errors[0]?.extensions.code).toBe('TENANT_SUSPENDED')
  })
})

describe('somebody who is not signed in', () => {
  it('may ask for what is public, and for nothing beside it', async () => {
    const browser = openBrowser(world)
    const both = await browser.send(
      `mutation ($email: String!) {
        requestMagicLink(input: { email: $email }) { __typename }
        inviteMember(input: { email: $email, role: OWNER }) { __typename }
      }`,
      { email: anEmail() },
    )
    expect([both.status, both.data, both.errors[0]?.extensions.code]).toEqual([401, null, 'UNAUTHENTICATED'])
    const inFragment = await browser.send(
      `mutation { ...F } fragment F on Mutation { signOut { __typename } ... on Mutation { switchTenant(input: { tenantId: "x" }) { __typename } } }`,
    )
    expect(inFragment.errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    const allowed = await browser.send(`mutation { ...F } fragment F on Mutation { signOut { __typename } }`)
    expect(allowed.data.signOut.__typename).toBe('SignOutSuccess')
  })
})
