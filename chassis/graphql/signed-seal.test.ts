/** A signed context lets its own bytes in once, at its own subgraph, for half a minute; and nothing else passes for one. */
import { createHmac, createPrivateKey, sign } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../clock.ts'
import type { Clock } from '../clock.ts'
import { Fault } from '../fault.ts'
import { signedLinks } from '../files/signed-link.ts'
import { signToken, temporaryKeys, tokenVerifier } from '../identity.ts'
import type { SigningKeys } from '../identity.ts'
import { keyRing, KEY_SET_MAX_AGE_SECONDS, RETIRED_AFTER_SECONDS } from '../signing-keys.ts'
import { replayMemory } from './replay-memory.ts'
import {
  CONTEXT_LIFETIME_SECONDS,
  CONTEXT_TYPE,
  contextSigner,
  contextVerifier,
  portAudience,
  subgraphAudience,
} from './signed-seal.ts'
import type { SignContext, VerifyContext } from './signed-seal.ts'
import type { FetchContext } from './subgraph.ts'

const NOW = '2026-03-01T12:00:00Z'
const CLOCK = fixedClock(NOW)
const AT = Date.parse(NOW)
const AUDIENCE = subgraphAudience('storms')
const BODY = Buffer.from('{"query":"{ storm }"}')

const CONTEXT: FetchContext = {
  actor: {
    kind: 'STAFF',
    id: 'stf_1',
    tenantId: '018f2b1c-0000-7000-8000-000000000001',
    role: 'STAFF',
    scopes: new Set(['platform:staff', 'jobs:read']),
    sessionId: 'session-1',
    impersonation: { id: 'grant-1', staffId: 'stf_1', readOnly: true },
  },
  requestId: 'request-0001',
  deadline: AT + 8_000,
  refreshToken: 'refresh-1',
  rateLimit: {
    limit: 1_000,
    cost: 7,
    remaining: 900.5,
    used: 99.5,
    resetAt: new Date(AT + 60_000),
    nodeCount: 12,
  },
  tier: 'STANDARD',
  userAgent: 'Mozilla/5.0',
}

let keys: SigningKeys
let others: SigningKeys
let signed: SignContext
let count = 0
const newId = () => `id-${++count}`
beforeAll(async () => {
  keys = await temporaryKeys()
  others = await temporaryKeys()
  signed = contextSigner(keys, CLOCK, newId)
})

const verifier = (clock: Clock = CLOCK, known: readonly SigningKeys[] = [keys]): VerifyContext =>
  contextVerifier({
    keys: keyRing(known.map((ring) => ring.signing(CLOCK.now()))),
    clock,
    audience: AUDIENCE,
  })

const later = (seconds: number): Clock => fixedClock(new Date(AT + seconds * 1_000).toISOString())
const kidOf = (of: SigningKeys): string => of.signing(CLOCK.now()).kid
const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const parts = (token: string): [string, string, string] => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}
const claimsIn = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(parts(token)[1], 'base64url').toString('utf8'))
const headerIn = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(parts(token)[0], 'base64url').toString('utf8'))

const fresh = (): string => signed(AUDIENCE, CONTEXT, BODY)

/** Signed with the platform's own key, which shows that it is not the signature alone that is looked at. */
const resigned = (header: object, claims: object, by: SigningKeys = keys): string => {
  const text = `${json(header)}.${json(claims)}`
  // Only a test takes a key out of its wrapping.
  const signature = sign(null, Buffer.from(text), privateOf(by))
  return `${text}.${signature.toString('base64url')}`
}
const privateKeys = new Map<SigningKeys, ReturnType<typeof createPrivateKey>>()
const privateOf = (of: SigningKeys) => {
  const found = privateKeys.get(of)
  if (found === undefined) throw new Error('Ask for the key first.')
  return found
}
beforeAll(async () => {
  for (const of of [keys, others]) {
    const { kty, crv, x, d } = await exportJWK(of.signing(CLOCK.now()).privateKey)
    if (kty === undefined || crv === undefined || x === undefined || d === undefined)
      throw new Error('No key.')
    privateKeys.set(of, createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' }))
  }
})
const withClaims = (changes: object): string => {
  const token = fresh()
  return resigned(headerIn(token), { ...claimsIn(token), ...changes })
}
const without = (name: string): string => {
  const token = fresh()
  const { [name]: _left, ...rest } = claimsIn(token)
  return resigned(headerIn(token), rest)
}
const withHeader = (changes: object): string => {
  const token = fresh()
  return resigned({ ...headerIn(token), ...changes }, claimsIn(token))
}
const withContext = (changes: object): string => withClaims({ ctx: { ...contextIn(), ...changes } })
const contextIn = (): object => Object(claimsIn(fresh())['ctx'])
const hmac = (header: object, secret: string): string => {
  const text = `${json(header)}.${json(claimsIn(fresh()))}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
const iat = AT / 1_000

describe('a signed context', () => {
  it('gives the subgraph what the gateway knows, field for field', () => {
    expect(verifier()(fresh())(BODY)).toEqual(CONTEXT)
  })

  it('may be of nobody', () => {
    const nobody: FetchContext = {
      ...CONTEXT,
      actor: null,
      refreshToken: null,
      rateLimit: null,
      tier: null,
      userAgent: null,
    }
    expect(verifier()(signed(AUDIENCE, nobody, BODY))(BODY)).toEqual(nobody)
  })

  it('says its type, its key and its algorithm, and ends with the deadline or after half a minute', () => {
    expect(headerIn(fresh())).toEqual({ alg: 'EdDSA', kid: kidOf(keys), typ: CONTEXT_TYPE })
    expect(claimsIn(fresh())).toMatchObject({ iss: 'stormops-gateway', aud: AUDIENCE, iat, exp: iat + 8 })
    const patient = signed(AUDIENCE, { ...CONTEXT, deadline: AT + 600_000 }, BODY)
    expect(claimsIn(patient)['exp']).toBe(iat + CONTEXT_LIFETIME_SECONDS)
  })

  it('is taken from either key while one replaces the other', () => {
    const verify = verifier(CLOCK, [keys, others])
    expect(verify(fresh())(BODY).requestId).toBe(CONTEXT.requestId)
    expect(verify(contextSigner(others, CLOCK, newId)(AUDIENCE, CONTEXT, BODY))(BODY)).toEqual(CONTEXT)
  })

  it('is signed by the newest key that is known long enough, and taken from a key until it retires', async () => {
    const newer = { ...others.signing(CLOCK.now()), announcedAt: new Date(AT) }
    const ring = keyRing([keys.signing(CLOCK.now()), newer])
    const at = (seconds: number) => {
      const clock = later(seconds)
      const context = { ...CONTEXT, deadline: clock.now().getTime() + 8_000 }
      const sign = (by: SigningKeys) => contextSigner(by, clock, newId)(AUDIENCE, context, BODY)
      return { sign, verify: contextVerifier({ keys: ring, clock, audience: AUDIENCE }) }
    }
    expect(headerIn(at(KEY_SET_MAX_AGE_SECONDS - 1).sign(ring))['kid']).toBe(kidOf(keys))
    const rotated = at(KEY_SET_MAX_AGE_SECONDS)
    expect(headerIn(rotated.sign(ring))['kid']).toBe(newer.kid)
    expect(rotated.verify(rotated.sign(keys))(BODY).requestId).toBe(CONTEXT.requestId)
    const retired = at(KEY_SET_MAX_AGE_SECONDS + RETIRED_AFTER_SECONDS)
    expect(refusalOf(() => retired.verify(retired.sign(keys))(BODY))).toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(retired.verify(retired.sign(ring))(BODY).requestId).toBe(CONTEXT.requestId)
  })

  it('is taken by clocks that are a few seconds apart', () => {
    expect(verifier(later(-5))(fresh())(BODY)).toEqual(CONTEXT)
    expect(verifier(later(12))(fresh())(BODY)).toEqual(CONTEXT)
  })
})

/** Each is a way in that somebody on the network may try; none of these ever was a fresh context of ours. */
const REFUSED: readonly (readonly [string, () => Promise<string | undefined> | string | undefined])[] = [
  ['nothing', () => undefined],
  ['an empty text', () => ''],
  ['a text of dots', () => '..'],
  ['a text of two parts', () => parts(fresh()).slice(0, 2).join('.')],
  ['a text of four parts', () => `${fresh()}.e30`],
  ['a context without its signature', () => `${parts(fresh()).slice(0, 2).join('.')}.`],
  ['something very long', () => `${fresh()}${'A'.repeat(10_000)}`],
  ['the algorithm none', () => `${json({ alg: 'none' })}.${parts(fresh())[1]}.`],
  [
    'the algorithm none beside our type and key',
    () => `${json({ alg: 'none', kid: kidOf(keys), typ: CONTEXT_TYPE })}.${parts(fresh())[1]}.`,
  ],
  [
    'HS256 with the public key for a secret',
    () =>
      hmac(
        { alg: 'HS256', kid: kidOf(keys), typ: CONTEXT_TYPE },
        String(keys.signing(CLOCK.now()).publicJwk.x),
      ),
  ],
  [
    'HS256 with the whole public key for a secret',
    () =>
      hmac(
        { alg: 'HS256', kid: kidOf(keys), typ: CONTEXT_TYPE },
        JSON.stringify(keys.signing(CLOCK.now()).publicJwk),
      ),
  ],
  [
    'HS256 under the header of EdDSA',
    () =>
      hmac(
        { alg: 'EdDSA', kid: kidOf(keys), typ: CONTEXT_TYPE },
        String(keys.signing(CLOCK.now()).publicJwk.x),
      ),
  ],
  ['another algorithm over a right signature', () => withHeader({ alg: 'Ed25519' })],
  ['another type over a right signature', () => withHeader({ typ: 'JWT' })],
  ['no type over a right signature', () => withHeader({ typ: undefined })],
  ['a key id of nobody', () => withHeader({ kid: 'nobody' })],
  ['a key id that is a path', () => withHeader({ kid: '../../dev/null' })],
  ['a key id that is SQL', () => withHeader({ kid: `${kidOf(keys)}' or '1'='1` })],
  ['a key id that is inherited', () => withHeader({ kid: '__proto__' })],
  ['no key id', () => withHeader({ kid: undefined })],
  ['a key of its own in the header', () => withHeader({ jwk: others.signing(CLOCK.now()).publicJwk })],
  ['an address for keys in the header', () => withHeader({ jku: 'https://keys.example.com' })],
  ['something critical in the header', () => withHeader({ crit: ['b64'], b64: false })],
  [
    'the header in another order',
    () => resigned({ typ: CONTEXT_TYPE, kid: kidOf(keys), alg: 'EdDSA' }, claimsIn(fresh())),
  ],
  [
    'a stranger’s key under our key id',
    () => {
      const token = fresh()
      return resigned(headerIn(token), claimsIn(token), others)
    },
  ],
  ['a stranger’s key under its own id', () => contextSigner(others, CLOCK, newId)(AUDIENCE, CONTEXT, BODY)],
  ['another’s signature', () => [...parts(fresh()).slice(0, 2), parts(fresh())[2]].join('.')],
  [
    'an altered payload',
    () => {
      const token = fresh()
      const [header, , signature] = parts(token)
      return `${header}.${json({ ...claimsIn(token), aud: AUDIENCE, jti: 'another' })}.${signature}`
    },
  ],
  ['padding after the signature', () => `${fresh()}==`],
  ['a line end in the signature', () => `${fresh()}\n`],
  ['a signature in the other alphabet', () => otherAlphabet()],
  ['a signature whose last bits are odd', () => oddLastBits(fresh())],
  ['another subgraph’s context', () => signed(subgraphAudience('billing'), CONTEXT, BODY)],
  ['the context of a port', () => signed(portAudience('storms'), CONTEXT, BODY)],
  ['several audiences', () => withClaims({ aud: [AUDIENCE, subgraphAudience('billing')] })],
  ['no audience', () => without('aud')],
  ['another issuer', () => contextSigner(keys, CLOCK, newId, 'stormops')(AUDIENCE, CONTEXT, BODY)],
  ['a subgraph that speaks for the gateway', () => withClaims({ iss: 'stormops-subgraph:storms' })],
  ['no issuer', () => without('iss')],
  ['a context of the future', () => contextSigner(keys, later(6), newId)(AUDIENCE, CONTEXT, BODY)],
  [
    'an expired context',
    () => contextSigner(keys, later(-40), newId)(AUDIENCE, { ...CONTEXT, deadline: AT - 5_000 }, BODY),
  ],
  ['a context that lives too long', () => withClaims({ exp: iat + CONTEXT_LIFETIME_SECONDS + 1 })],
  ['a context that never ends', () => without('exp')],
  ['a context that ends in words', () => withClaims({ exp: String(iat + 8) })],
  ['a context that never began', () => without('iat')],
  ['a context without a number of its own', () => without('jti')],
  ['a context over no body', () => without('bh')],
  ['a context of no one in particular', () => without('ctx')],
  ['a claim too many', () => withClaims({ admin: true })],
  ['a field too many in its context', () => withContext({ isStaff: true })],
  [
    'a permission there is none of',
    () => withContext({ actor: { ...Object(Object(contextIn()).actor), scopes: ['all'] } }),
  ],
  [
    'a role there is none of',
    () => withContext({ actor: { ...Object(Object(contextIn()).actor), role: 'GOD' } }),
  ],
  [
    'a tenant that is no UUID',
    () => withContext({ actor: { ...Object(Object(contextIn()).actor), tenantId: '*' } }),
  ],
  ['a payload that is no JSON', () => resignedText('not json')],
  ['a payload that is a list', () => resigned(headerIn(fresh()), [])],
  [
    'a user’s access token',
    () =>
      signToken(
        keys,
        { subject: 'usr_1', kind: 'USER', tenantId: CONTEXT.actor?.tenantId ?? null, role: 'OWNER' },
        CLOCK,
        60,
      ),
  ],
  [
    'a file’s link',
    () =>
      signedLinks(keys, CLOCK).sign(
        { tenantId: CONTEXT.actor?.tenantId ?? '', path: 'a', purpose: 'download' },
        new Date(AT + 60_000),
      ),
  ],
  [
    'a user’s token that says it is a context',
    () =>
      new SignJWT({ kind: 'USER', role: 'OWNER' })
        .setProtectedHeader({ alg: 'EdDSA', kid: kidOf(keys), typ: CONTEXT_TYPE })
        .setSubject('usr_1')
        .setIssuer('stormops-gateway')
        .setAudience(AUDIENCE)
        .setIssuedAt(iat)
        .setExpirationTime(iat + 8)
        .sign(keys.signing(CLOCK.now()).privateKey),
  ],
]

const resignedText = (text: string): string => {
  const head = `${parts(fresh())[0]}.${Buffer.from(text).toString('base64url')}`
  return `${head}.${sign(null, Buffer.from(head), privateOf(keys)).toString('base64url')}`
}
/** Some signature with a character that the two alphabets write differently. */
const otherAlphabet = (): string => {
  for (;;) {
    const [header, payload, signature] = parts(fresh())
    const other = signature.replaceAll('-', '+').replaceAll('_', '/')
    if (other !== signature) return `${header}.${payload}.${other}`
  }
}
/** 64 bytes end in a character of which four bits say nothing. */
const oddLastBits = (token: string): string => {
  const next: Readonly<Record<string, string>> = { A: 'B', Q: 'R', g: 'h', w: 'x' }
  const last = token.at(-1) ?? ''
  return `${token.slice(0, -1)}${next[last] ?? ''}`
}

describe('a subgraph', () => {
  it('is tried in more than twenty-five ways', () => {
    expect(REFUSED.length).toBeGreaterThan(50)
    expect(new Set(REFUSED.map(([name]) => name)).size).toBe(REFUSED.length)
  })

  it.each(REFUSED)('refuses %s', async (_name, attempt) => {
    const token = await attempt()
    const verify = verifier()
    expect(refusalOf(() => verify(token)(BODY))).toMatchObject({ code: 'UNAUTHENTICATED' })
    // The refusal is of the attempt, not of whoever asks.
    expect(verify(fresh())(BODY)).toEqual(CONTEXT)
  })

  it.each([
    ['other bytes', Buffer.from('{"query":"{ storn }"}')],
    ['the same JSON with a space', Buffer.from('{"query": "{ storm }"}')],
    ['more bytes', Buffer.concat([BODY, Buffer.from(' ')])],
    ['fewer bytes', BODY.subarray(1)],
    ['no bytes', Buffer.alloc(0)],
  ])('refuses a right context over %s, and then still takes its own', (_name, body) => {
    const verify = verifier()
    const token = fresh()
    expect(refusalOf(() => verify(token)(body))).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(verify(token)(BODY)).toEqual(CONTEXT)
  })

  it('refuses a context that was used, also when it was looked at twice before', () => {
    const verify = verifier()
    const token = fresh()
    const [first, second] = [verify(token), verify(token)]
    expect(first(BODY)).toEqual(CONTEXT)
    expect(refusalOf(() => second(BODY))).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(refusalOf(() => first(BODY))).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(refusalOf(() => verify(token)(BODY))).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('refuses one and the same context at every moment of its life but the first', () => {
    let seconds = 0
    const verify = verifier({ now: () => new Date(AT + seconds * 1_000) })
    const token = signed(AUDIENCE, { ...CONTEXT, deadline: AT + 60_000 }, BODY)
    expect(verify(token)(BODY).requestId).toBe(CONTEXT.requestId)
    for (seconds = 1; seconds < 120; seconds += 1) {
      expect(refusalOf(() => verify(token)(BODY))).toMatchObject({ code: 'UNAUTHENTICATED' })
      verify(
        contextSigner(keys, { now: () => new Date(AT + seconds * 1_000) }, newId)(
          AUDIENCE,
          { ...CONTEXT, deadline: AT + 600_000 },
          BODY,
        ),
      )(BODY)
    }
  })

  it('says nothing of what was wrong', () => {
    const told = REFUSED.length
    expect(told).toBeGreaterThan(0)
    expect(refusalOf(() => verifier()('')(BODY)).message).toBe(
      'This part of the platform answers its gateway alone.',
    )
  })
})

describe('the other doors of the same keys', () => {
  it('take no context for a user’s token', async () => {
    await expect(tokenVerifier(keys, CLOCK)(fresh())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('take no context for a file’s link', async () => {
    for (const purpose of ['download', 'upload'] as const) {
      await expect(signedLinks(keys, CLOCK).read(fresh(), purpose)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
  })
})

describe('the memory of what was let in', () => {
  it('keeps an id for forty seconds at least, and drops it after eighty', () => {
    let seconds = 0
    const isNew = replayMemory({ now: () => new Date(AT + seconds * 1_000) })
    seconds = 39
    expect(isNew('a')).toBe(true)
    seconds = 41
    expect(isNew('b')).toBe(true)
    seconds = 79
    expect([isNew('a'), isNew('b')]).toEqual([false, false])
    seconds = 82
    expect([isNew('a'), isNew('b')]).toEqual([true, false])
  })

  it('refuses rather than forget when it is full, and has room again later', () => {
    let seconds = 0
    const isNew = replayMemory({ now: () => new Date(AT + seconds * 1_000) }, 2)
    expect([isNew('a'), isNew('b'), isNew('a')]).toEqual([true, true, false])
    expect(refusalOf(() => isNew('c'))).toMatchObject({ code: 'UNAVAILABLE' })
    seconds = 41
    expect([isNew('c'), isNew('b')]).toEqual([true, false])
  })
})

const refusalOf = (work: () => unknown): Fault => {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('It was not refused.')
}
