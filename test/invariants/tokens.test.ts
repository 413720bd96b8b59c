import { createHmac } from 'node:crypto'
import { fixedClock, systemClock } from '@stormops/chassis/clock'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import { signToken, temporaryKeys, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@stormops/chassis/identity'
import type { TokenClaims } from '@stormops/chassis/identity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'

const LIFETIME_SECONDS = 3_600

let world: World
let tenant: TestTenant
beforeAll(async () => {
  world = await openWorld()
  tenant = await world.tenant()
})
afterAll(() => world.close())

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Claims as a whole token has them, for one that is signed by hand. */
const wholeClaims = (change: object = {}) => ({
  sub: 'usr_owner',
  kind: 'USER',
  tid: tenant.uuid,
  role: 'OWNER',
  iss: TOKEN_ISSUER,
  aud: TOKEN_AUDIENCE,
  exp: Math.floor(Date.now() / 1000) + LIFETIME_SECONDS,
  ...change,
})

const signed = (claims: Partial<TokenClaims>, lifetimeSeconds = LIFETIME_SECONDS, clock = systemClock) =>
  signToken(
    world.keys,
    { subject: 'usr_owner', kind: 'USER', tenantId: tenant.uuid, role: 'OWNER', ...claims },
    clock,
    lifetimeSeconds,
  )

const FORGERIES: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['has expired', () => signed({}, LIFETIME_SECONDS, fixedClock('2020-01-01T00:00:00Z'))],
  ['expires this very second', () => signed({}, 0)],
  [
    'was signed by another key',
    async () =>
      signToken(
        await temporaryKeys(),
        { subject: 'usr_owner', kind: 'USER', tenantId: tenant.uuid, role: 'OWNER' },
        systemClock,
        LIFETIME_SECONDS,
      ),
  ],
  [
    'was signed by another key under our key’s name',
    async () =>
      signToken(
        { ...(await temporaryKeys()), kid: world.keys.kid },
        { subject: 'usr_owner', kind: 'USER', tenantId: tenant.uuid, role: 'OWNER' },
        systemClock,
        LIFETIME_SECONDS,
      ),
  ],
  ['is not signed', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(wholeClaims())}.`],
  [
    'is signed with the public key as if it were a secret',
    () => {
      const body = `${part({ alg: 'HS256', kid: world.keys.kid })}.${part(wholeClaims())}`
      return `${body}.${createHmac('sha256', JSON.stringify(world.keys.publicJwk)).update(body).digest('base64url')}`
    },
  ],
  [
    'was changed after it was signed',
    async () => {
      const [header = '', , signature = ''] = (await signed({ role: 'VIEWER' })).split('.')
      return `${header}.${part(wholeClaims())}.${signature}`
    },
  ],
  ['makes a user staff', () => signed({ role: 'STAFF' })],
  ['makes a user staff of no company', () => signed({ role: 'STAFF', tenantId: null })],
  ['makes staff an owner', () => signed({ kind: 'STAFF', role: 'OWNER' })],
  ['makes an API key staff', () => signed({ kind: 'API_KEY', role: 'STAFF' })],
  ['names no company', () => signed({ tenantId: null })],
  ['names a company that is no UUID', () => signed({ tenantId: 'everybody' })],
  ['names nobody', () => signed({ subject: '' })],
  [
    'is a link to a file',
    () =>
      signedLinks(world.keys, systemClock).sign(
        { tenantId: tenant.uuid, path: 'pilots/report.pdf', purpose: 'download' },
        new Date(Date.now() + LIFETIME_SECONDS * 1000),
      ),
  ],
  ['is no token', () => 'let-me-in'],
]

describe('a token that', () => {
  it.each(FORGERIES)('%s gets nothing from the gateway', async (_name, forge) => {
    const client = world.client(await forge())
    for (const query of [
      '{ viewer { tenant { name } } }',
      '{ storms { edges { node { id } } } }',
      '{ plans { tier } }',
    ]) {
      const { status, data, errors } = await client.send(query)
      expect([status, data, errors[0]?.extensions.code]).toEqual([401, null, 'UNAUTHENTICATED'])
    }
  })

  it('is whole gets what it asks for, so that the refusals above are not of the questions', async () => {
    const token = await signed({})
    const { viewer } = await world.client(token).data('{ viewer { tenant { name } } }')
    expect(viewer.tenant.name).toBe(tenant.name)
  })
})

describe('a request', () => {
  const asked = (authorization: string | null) =>
    fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
      body: JSON.stringify({ query: '{ viewer { tenant { name } } }' }),
    })

  it.each([
    ['without a token', () => null],
    ['with a token under another scheme', () => `Basic ${tenant.as('OWNER').token}`],
    ['with an empty token', () => 'Bearer '],
  ])('%s gets nothing', async (_name, authorization) => {
    const response = await asked(authorization())
    // What a refusal holds is what is looked at.
    const body: any = await response.json()
    expect(response.status).toBe(401)
    expect(body.data ?? null).toBeNull()
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED')
  })

  it('with a whole token is answered', async () => {
    expect((await asked(`Bearer ${tenant.as('OWNER').token}`)).status).toBe(200)
  })
})
