/** A subgraph's server as somebody on its network finds it: without a fresh signature over the very bytes, nothing. */
import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock, systemClock } from '../clock.ts'
import { Fault } from '../fault.ts'
import { createPrivateServer } from '../http/private-server.ts'
import type { PrivateServer } from '../http/private-server.ts'
import { signToken, temporaryKeys } from '../identity.ts'
import type { SigningKeys } from '../identity.ts'
import { createLog } from '../telemetry/log.ts'
import { buildSubgraph } from './build-subgraph.ts'
import { processSeal } from './seal.ts'
import { contextSigner, contextVerifier, portAudience, subgraphAudience } from './signed-seal.ts'
import { subgraphRoute } from './subgraph-server.ts'
import type { AnswerNotes, OpenedFetch } from './subgraph.ts'

const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
  type Query { roof(id: ID!): Roof whoAsks: String broken: String refused: String slow: String }
  type Mutation { mend: String }
  type Roof @key(fields: "id") { id: ID! secret: String }`

const AUDIENCE = subgraphAudience('roofs')
const TENANT = '018f2b1c-0000-7000-8000-000000000001'

let keys: SigningKeys
let others: SigningKeys
let server: PrivateServer
let url = ''
let opened: OpenedFetch[] = []
let notes: AnswerNotes = {}
let slow = Promise.withResolvers<string>()
let logged = ''
let ids = 0

beforeAll(async () => {
  keys = await temporaryKeys()
  others = await temporaryKeys()
})
beforeEach(async () => {
  opened = []
  notes = {}
  slow = Promise.withResolvers<string>()
  logged = ''
  const { seal, unseal } = processSeal()
  const log = createLog('debug', { write: (line) => void (logged += line) })
  const subgraph = buildSubgraph({
    name: 'roofs',
    sdl: SDL,
    resolvers,
    unseal,
    session: (fetch) => {
      opened.push(fetch)
      return { context: fetch, notes: () => notes, close: async () => undefined }
    },
  })
  const verify = contextVerifier({
    keys,
    clock: systemClock,
    audience: AUDIENCE,
  })
  server = createPrivateServer({
    routes: [subgraphRoute({ subgraph, seal, verify, log, clock: systemClock })],
    readiness: async () => ({ ready: true, checks: { database: 'ok' } }),
    log,
  })
  url = (await server.listen('127.0.0.1', 0)).url
})
afterEach(async () => {
  slow.resolve('late')
  await server.close()
})

const resolvers = {
  Query: {
    roof: (_root: unknown, { id }: { readonly id: string }) => ({ id, secret: 'slate' }),
    whoAsks: (_root: unknown, _input: unknown, { actor, requestId }: OpenedFetch) =>
      `${actor?.id} ${requestId}`,
    broken: () => {
      throw new Error('connect to 10.0.0.7 failed: password "hunter2"')
    },
    refused: () => {
      throw new Fault('QUOTA_EXHAUSTED', 'All roofs of this month are used.', { facts: { limit: 10 } })
    },
    slow: () => slow.promise,
  },
  Mutation: { mend: () => 'mended' },
  Roof: { __resolveReference: ({ id }: { readonly id: string }) => ({ id, secret: 'slate' }) },
}

const context = (milliseconds = 8_000) => ({
  actor: {
    kind: 'USER' as const,
    id: 'usr_1',
    tenantId: TENANT,
    role: 'OWNER' as const,
    scopes: new Set(['tenant:read' as const]),
    sessionId: null,
    impersonation: null,
  },
  requestId: 'request-0001',
  deadline: Date.now() + milliseconds,
  refreshToken: null,
  rateLimit: null,
  tier: null,
  userAgent: null,
})
const newId = () => `id-${++ids}`
const signed = (body: Uint8Array | string, milliseconds?: number): string =>
  contextSigner(keys, systemClock, newId)(AUDIENCE, context(milliseconds), Buffer.from(body))

type Told = { readonly status: number; readonly text: string; readonly body: any }
const post = async (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  path = '/graphql',
): Promise<Told> => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) }
}
const asked = (query: string, variables: object = {}): string => JSON.stringify({ query, variables })
const ask = (query: string, variables: object = {}) => {
  const body = asked(query, variables)
  return post(body, { 'stormops-context': signed(body) })
}

const SHAPE = asked('{ _service { sdl } }')
const ENTITY = asked('query ($of: [_Any!]!) { _entities(representations: $of) { ... on Roof { secret } } }', {
  of: [{ __typename: 'Roof', id: '1' }],
})
const INTROSPECTION = asked('{ __schema { types { name } } }')

const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** What an attacker sends for a context, given the body that is asked. */
const ATTEMPTS: readonly (readonly [string, (body: string) => Promise<string | null> | string | null])[] = [
  ['no context', () => null],
  ['an empty context', () => ''],
  ['the context of another body', () => signed(asked('{ __typename }'))],
  [
    'the context of another subgraph',
    (body) =>
      contextSigner(keys, systemClock, newId)(subgraphAudience('crews'), context(), Buffer.from(body)),
  ],
  [
    'the context of a port',
    (body) => contextSigner(keys, systemClock, newId)(portAudience('roofs'), context(), Buffer.from(body)),
  ],
  [
    'the context of a stranger',
    (body) => contextSigner(others, systemClock, newId)(AUDIENCE, context(), Buffer.from(body)),
  ],
  [
    'an expired context',
    (body) =>
      contextSigner(keys, fixedClock('2026-03-01T12:00:00Z'), newId)(AUDIENCE, context(), Buffer.from(body)),
  ],
  [
    'a context of the future',
    (body) =>
      contextSigner(keys, { now: () => new Date(Date.now() + 60_000) }, newId)(
        AUDIENCE,
        context(90_000),
        Buffer.from(body),
      ),
  ],
  [
    'a user’s token',
    () =>
      signToken(keys, { subject: 'usr_1', kind: 'USER', tenantId: TENANT, role: 'OWNER' }, systemClock, 60),
  ],
  ['the algorithm none', (body) => `${segment({ alg: 'none' })}.${signed(body).split('.')[1]}.`],
  [
    'HS256 with the public key',
    (body) => {
      const text = `${segment({ alg: 'HS256', kid: keys.signing(systemClock.now()).kid, typ: 'stormops-context+jwt' })}.${signed(body).split('.')[1]}`
      return `${text}.${createHmac('sha256', String(keys.signing(systemClock.now()).publicJwk.x))
        .update(text)
        .digest('base64url')}`
    },
  ],
  [
    'a key id that is a path',
    (body) => {
      const [, payload, signature] = signed(body).split('.')
      return `${segment({ alg: 'EdDSA', kid: '../../keys', typ: 'stormops-context+jwt' })}.${payload}.${signature}`
    },
  ],
  [
    'a context that was used',
    async (body) => {
      const token = signed(body)
      const first = await post(body, { 'stormops-context': token })
      if (first.status !== 200) throw new Error('It was not taken the first time.')
      return token
    },
  ],
]

const UNAUTHENTICATED = {
  errors: [
    {
      message: 'This part of the platform answers its gateway alone.',
      extensions: { code: 'UNAUTHENTICATED' },
    },
  ],
}

describe('somebody with', () => {
  it.each(ATTEMPTS)('%s gets no shape, no entity and no introspection', async (_name, attempt) => {
    for (const body of [SHAPE, ENTITY, INTROSPECTION]) {
      const token = await attempt(body)
      const before = opened.length
      const told = await post(body, token === null ? {} : { 'stormops-context': token })
      expect([told.status, told.body]).toEqual([401, UNAUTHENTICATED])
      expect(opened).toHaveLength(before)
    }
  })

  it('a right context twice in the head gets nothing', async () => {
    const response = await new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'stormops-context': [signed(SHAPE), signed(SHAPE)],
      }
      const asking = request(`${url}/graphql`, { method: 'POST', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      asking.once('error', reject).end(SHAPE)
    })
    expect(response).toBe(401)
  })

  it('no context and five megabytes is refused before they are read', async () => {
    const { hostname, port } = new URL(url)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5242880\r\n\r\n{',
        )
      })
      let text = ''
      socket.on('data', (bytes) => {
        text += bytes.toString('utf8')
      })
      socket.once('close', () => resolve(text)).once('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
    expect(answer).toMatch(/\r\nconnection: close\r\n/i)
  })
})

describe('the gateway', () => {
  it('gets the shape, entities and whatever it plans', async () => {
    expect((await ask('{ _service { sdl } }')).body.data._service.sdl).toContain('type Roof')
    expect((await post(ENTITY, { 'stormops-context': signed(ENTITY) })).body.data).toEqual({
      _entities: [{ secret: 'slate' }],
    })
    expect((await ask('{ whoAsks }')).body).toEqual({
      data: { whoAsks: 'usr_1 request-0001' },
      extensions: { outcome: 'ok', notes: {} },
    })
  })

  it('is told a fault as it is, and of anything else nothing', async () => {
    const { status, body, text } = await ask('{ refused broken }')
    expect(status).toBe(200)
    expect(body.errors).toEqual([
      {
        message: 'All roofs of this month are used.',
        path: ['refused'],
        extensions: { code: 'QUOTA_EXHAUSTED', limit: 10 },
      },
      {
        message: 'Something went wrong on our side. Quote request request-0001.',
        path: ['broken'],
        extensions: { code: 'INTERNAL' },
      },
    ])
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('.ts')
    expect(logged).toContain('hunter2')
  })

  it('is told what an answer asks of HTTP', async () => {
    notes = { refreshToken: { value: 'next', expiresAt: new Date('2026-03-01T12:00:00Z') } }
    expect((await ask('{ __typename }')).body.extensions.notes).toEqual({
      refreshToken: { value: 'next', expiresAt: '2026-03-01T12:00:00.000Z' },
    })
    notes = { refreshToken: null }
    expect((await ask('{ __typename }')).body.extensions.notes).toEqual({ refreshToken: null })
  })

  it('is told what is wrong with a request that it signed', async () => {
    const large = Buffer.alloc(4_194_305, ' ')
    expect((await post(large, { 'stormops-context': signed(large) })).status).toBe(413)
    const zipped = gzipSync(SHAPE)
    const encoded = { 'stormops-context': signed(zipped), 'content-encoding': 'gzip' }
    expect((await post(new Uint8Array(zipped), encoded)).status).toBe(415)
    expect(
      (await post(SHAPE, { 'stormops-context': signed(SHAPE), 'content-type': 'text/plain' })).status,
    ).toBe(415)
    for (const body of ['', '{', '[]', '{"query":1}', 'null']) {
      const told = await post(body, { 'stormops-context': signed(body) })
      expect([told.status, told.body.errors[0].extensions.code]).toEqual([400, 'BAD_INPUT'])
    }
    expect((await post(SHAPE, { 'stormops-context': signed(SHAPE) }, '/')).status).toBe(404)
  })

  it('is answered at its deadline, whatever is still under way', async () => {
    const body = asked('{ slow }')
    const told = await post(body, { 'stormops-context': signed(body, 150) })
    expect(told.body.errors).toEqual([
      { message: expect.any(String), path: ['slow'], extensions: { code: 'TIMEOUT' } },
    ])
    expect(opened[0]?.signal?.aborted).toBe(true)
  })

  it('that hangs up ends the work it asked for', async () => {
    const body = asked('{ slow }')
    const gone = new AbortController()
    const asking = fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stormops-context': signed(body) },
      body,
      signal: gone.signal,
    })
    while (opened.length === 0) await sleep(5)
    expect(opened[0]?.signal?.aborted).toBe(false)
    gone.abort()
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' })
    while (opened[0]?.signal?.aborted !== true) await sleep(5)
  })
})

describe('the server', () => {
  it('tells machines how it is, and counts by route', async () => {
    await ask('{ __typename }')
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'ready',
      checks: { database: 'ok' },
    })
    const text = await (await fetch(`${url}/metrics`)).text()
    expect(text).toContain('http_requests_total{route="/graphql",status="200"} 1')
  })

  it('answers what is under way before it closes, and takes nothing after', async () => {
    const body = asked('{ slow }')
    const asking = post(body, { 'stormops-context': signed(body) })
    while (opened.length === 0) await sleep(5)
    const closing = server.close()
    const refused = await fetch(`${url}/healthz`).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(TypeError)
    slow.resolve('done')
    expect((await asking).body.data).toEqual({ slow: 'done' })
    await closing
  })
})
