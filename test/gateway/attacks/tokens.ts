/** Tokens that are forged, expired, confused with something else, or altered. */
import { createHmac, createPublicKey } from 'node:crypto'
import { fixedClock, systemClock } from '@stormops/chassis/clock'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import { signToken, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@stormops/chassis/identity'
import { SignJWT } from 'jose'
import { keyRing, temporaryKeys } from '@stormops/chassis/signing-keys'
import { askWith, send, signedFor } from './scene.ts'
import type { Attack, Scene } from './scene.ts'

const QUERY = '{ tenant { name } storms { edges { node { id name } } } }'

const keyOf = ({ world }: Scene) => world.keys.signing(new Date())

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const claimsOf = ({ victim }: Scene, change: object = {}) => ({
  sub: 'usr_owner',
  kind: 'USER',
  tid: victim.uuid,
  role: 'OWNER',
  iss: TOKEN_ISSUER,
  aud: TOKEN_AUDIENCE,
  exp: Math.floor(Date.now() / 1000) + 600,
  ...change,
})

/** Signed with the platform's own key: what is wrong is only what it says. */
const trulySigned = (scene: Scene, change: object, header: object = {}): Promise<string> =>
  new SignJWT(claimsOf(scene, change))
    .setProtectedHeader({ alg: 'EdDSA', kid: keyOf(scene).kid, typ: 'JWT', ...header })
    .sign(keyOf(scene).privateKey)

const forged = (name: string, forge: (scene: Scene) => string | Promise<string>): Attack => ({
  name: `a token that ${name}`,
  send: async (scene) => askWith(scene, await forge(scene), QUERY),
  status: 401,
  code: 'UNAUTHENTICATED',
})

const header = (name: string, value: (token: string) => string): Attack => ({
  name: `an authorization that ${name}`,
  send: async (scene) =>
    send(
      scene,
      'POST',
      '/graphql',
      { 'content-type': 'application/json', authorization: value(await signedFor(scene)) },
      JSON.stringify({ query: QUERY }),
    ),
  status: 401,
  code: 'UNAUTHENTICATED',
})

/** Another spelling of the same bytes: the last character of a text has bits that nobody reads. */
const respelled = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(text.at(-1) ?? '')
  for (const other of alphabet) {
    const candidate = text.slice(0, -1) + other
    const same = Buffer.from(candidate, 'base64url').equals(Buffer.from(text, 'base64url'))
    if (same && alphabet.indexOf(other) !== last) return candidate
  }
  throw new Error('There is one spelling only.')
}

export const TOKEN_ATTACKS: readonly Attack[] = [
  forged('has expired', (scene) => signedFor(scene, {}, 600, fixedClock('2020-01-01T00:00:00Z'))),
  forged('expires this very second', (scene) => signedFor(scene, {}, 0)),
  forged('never expires', (scene) => trulySigned(scene, { exp: undefined })),
  forged('is signed by another key', async ({ victim }) =>
    signToken(
      await temporaryKeys(),
      { subject: 'a', kind: 'USER', tenantId: victim.uuid, role: 'OWNER' },
      systemClock,
      600,
    ),
  ),
  forged('is signed by another key under the name of ours', async ({ world, victim }) =>
    signToken(
      keyRing([{ ...(await temporaryKeys()).signing(new Date()), kid: world.keys.signing(new Date()).kid }]),
      { subject: 'a', kind: 'USER', tenantId: victim.uuid, role: 'OWNER' },
      systemClock,
      600,
    ),
  ),
  forged('is not signed', (scene) => `${part({ alg: 'none', typ: 'JWT' })}.${part(claimsOf(scene))}.`),
  forged('is not signed, spelled otherwise', (scene) => `${part({ alg: 'NoNe' })}.${part(claimsOf(scene))}.`),
  forged('is signed with the public key as a secret', (scene) => {
    const body = `${part({ alg: 'HS256', kid: keyOf(scene).kid })}.${part(claimsOf(scene))}`
    return `${body}.${createHmac('sha256', JSON.stringify(keyOf(scene).publicJwk))
      .update(body)
      .digest('base64url')}`
  }),
  forged('is signed with the public key in PEM as a secret', (scene) => {
    const pem = createPublicKey({ key: { ...keyOf(scene).publicJwk }, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    })
    const body = `${part({ alg: 'HS256', kid: keyOf(scene).kid })}.${part(claimsOf(scene))}`
    return `${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`
  }),
  forged('brings its own key', async (scene) => {
    const keys = (await temporaryKeys()).signing(new Date())
    return new SignJWT(claimsOf(scene))
      .setProtectedHeader({ alg: 'EdDSA', jwk: keys.publicJwk, kid: keys.kid })
      .sign(keys.privateKey)
  }),
  forged('says where its key is', async (scene) => {
    const keys = (await temporaryKeys()).signing(new Date())
    return new SignJWT(claimsOf(scene))
      .setProtectedHeader({ alg: 'EdDSA', jku: `${scene.world.url}/.well-known/jwks.json`, kid: keys.kid })
      .sign(keys.privateKey)
  }),
  forged(
    'names a key by a path',
    (scene) => `${part({ alg: 'EdDSA', kid: '../../keys/signing.jwk' })}.${part(claimsOf(scene))}.AAAA`,
  ),
  forged('asks for something critical', (scene) =>
    trulySigned(scene, {}, { crit: ['exp'] }).catch(() => 'crit'),
  ),
  forged('was changed after it was signed', async (scene) => {
    const [head = '', , signature = ''] = (await signedFor(scene, { role: 'VIEWER' })).split('.')
    return `${head}.${part(claimsOf(scene))}.${signature}`
  }),
  forged('spells its signature otherwise', async (scene) => {
    const token = await signedFor(scene)
    const at = token.lastIndexOf('.') + 1
    return token.slice(0, at) + respelled(token.slice(at))
  }),
  forged('lost its signature', async (scene) => (await signedFor(scene)).replace(/[^.]+$/, '')),
  forged('has a fourth part', async (scene) => `${await signedFor(scene)}.AAAA`),
  forged('comes from another issuer', (scene) => trulySigned(scene, { iss: 'https://evil.example' })),
  forged('is for another audience', (scene) => trulySigned(scene, { aud: 'stormops-file-download' })),
  forged('makes a user staff', (scene) => signedFor(scene, { role: 'STAFF' })),
  forged('makes a user staff of no company', (scene) => signedFor(scene, { role: 'STAFF', tenantId: null })),
  forged('makes staff an owner', (scene) => signedFor(scene, { kind: 'STAFF', role: 'OWNER' })),
  forged('makes a key staff', (scene) => signedFor(scene, { kind: 'API_KEY', role: 'STAFF' })),
  forged('names no company', (scene) => signedFor(scene, { tenantId: null })),
  forged('names a company that is none', (scene) => signedFor(scene, { tenantId: '%' })),
  forged('names a company by a statement', (scene) =>
    signedFor(scene, { tenantId: `x'; drop table tenancy.tenant; --` }),
  ),
  forged('names nobody', (scene) => signedFor(scene, { subject: '' })),
  forged('has a role nobody knows', (scene) => trulySigned(scene, { role: 'GOD' })),
  forged('has roles in a list', (scene) => trulySigned(scene, { role: ['OWNER', 'STAFF'] })),
  forged('is a link to a file', ({ world, victim }) =>
    signedLinks(world.keys, systemClock).sign(
      { tenantId: victim.uuid, path: 'pilots/report.pdf', purpose: 'download' },
      new Date(Date.now() + 600_000),
    ),
  ),
  header('is basic', () => `Basic ${Buffer.from('owner:owner').toString('base64')}`),
  header('has two tokens', (token) => `Bearer ${token} ${token}`),
  header('has two tokens and a comma', (token) => `Bearer ${token}, Bearer ${token}`),
  header('has no scheme', (token) => token),
  header('is a long one', () => `Bearer ${'a'.repeat(8_000)}`),
  header('has a quote in it', (token) => `Bearer "${token}"`),
]
