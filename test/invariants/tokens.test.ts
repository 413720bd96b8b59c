import { createHmac } from 'node:crypto'
import { fixedClock, systemClock } from '@stormops/chassis/clock'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import { signToken, temporaryKeys, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@stormops/chassis/identity'
import type { TokenClaims } from '@stormops/chassis/identity'
import { keyRing } from '@stormops/chassis/signing-keys'
import { SignJWT } from 'jose'
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

const ourKey = () => world.keys.signing(new Date())

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

type Head = {
  readonly alg: string
  readonly typ?: string
  readonly kid?: string
  readonly more?: string
  readonly claims?: object
}

const ourHead = () => ({ alg: 'EdDSA', typ: 'JWT', kid: ourKey().kid })

/** Signed by our own key, whatever its head says. */
const signedByHand = ({ claims = {}, ...head }: Head): Promise<string> =>
  new SignJWT(wholeClaims(claims)).setProtectedHeader(head).sign(ourKey().privateKey)

/** Bytes in threes leave no bit of the last character to spare, so a longer subject or head makes it another length. */
const tokenWithSpareBits = async (place: number): Promise<string> => {
  for (let length = 0; length < 3; length += 1) {
    const more = 'x'.repeat(length)
    const token =
      place === 0 ? await signedByHand({ ...ourHead(), more }) : await signed({ subject: `usr_owner${more}` })
    if ((token.split('.')[place]?.length ?? 0) % 4 !== 0) return token
  }
  throw new Error('Three lengths in a row were all in threes.')
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same bytes with the spare bits of the last character set. */
const otherSpelling = (text: string): string => {
  const other = Array.from(BASE64URL, (last) => text.slice(0, -1) + last).find(
    (candidate) =>
      candidate !== text && Buffer.from(candidate, 'base64url').equals(Buffer.from(text, 'base64url')),
  )
  if (other === undefined) throw new Error('This text has no other spelling.')
  return other
}

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
        keyRing([{ ...(await temporaryKeys()).signing(new Date()), kid: ourKey().kid }]),
        { subject: 'usr_owner', kind: 'USER', tenantId: tenant.uuid, role: 'OWNER' },
        systemClock,
        LIFETIME_SECONDS,
      ),
  ],
  ['is not signed', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(wholeClaims())}.`],
  [
    'is signed with the public key as if it were a secret',
    () => {
      const body = `${part({ alg: 'HS256', kid: ourKey().kid })}.${part(wholeClaims())}`
      return `${body}.${createHmac('sha256', JSON.stringify(ourKey().publicJwk)).update(body).digest('base64url')}`
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
  ...['header', 'payload', 'signature'].map((name, place): readonly [string, () => Promise<string>] => [
    `spells the bytes of its ${name} another way`,
    async () => {
      const parts = (await tokenWithSpareBits(place)).split('.')
      parts[place] = otherSpelling(parts[place] ?? '')
      return parts.join('.')
    },
  ]),
  ['has a part too many', async () => `${await signed({})}.e30`],
  ['names no key', () => signedByHand({ alg: 'EdDSA', typ: 'JWT' })],
  ['names a key that is not ours', () => signedByHand({ alg: 'EdDSA', typ: 'JWT', kid: 'another' })],
  ['does not say that it is a token', () => signedByHand({ alg: 'EdDSA', kid: ourKey().kid })],
  ['says that it is something else', () => signedByHand({ alg: 'EdDSA', kid: ourKey().kid, typ: 'at+jwt' })],
  ['is for somebody else', () => signedByHand({ ...ourHead(), claims: { aud: 'another' } })],
  ['was issued by somebody else', () => signedByHand({ ...ourHead(), claims: { iss: 'another' } })],
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
