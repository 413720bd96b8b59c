import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GRAPHQL_TYPE, JSON_TYPE, NEW_ID, startServer } from '../testing/running-server.ts'
import type { RunningServer } from '../testing/running-server.ts'
import { sampleStorm, TENANT } from '../testing/sample-graph.ts'
import { Fault } from '@stormops/chassis/fault'
import type { HttpServerOptions } from './server.ts'

const ASK = '{ storm(id: "a") { name } }'

let running: RunningServer

beforeAll(async () => {
  running = await startServer(
    {
      storm: (id) => {
        if (id === 'broken') throw new Error('the table storm_secret is gone')
        return sampleStorm(id)
      },
      forecast: () => {
        throw new Fault('PLAN_REQUIRED', 'Forecasts come with the Pro plan.')
      },
    },
    {
      routes: (app) => {
        app.get('/files/:token', async () => 'the file')
      },
    },
  )
})

afterAll(() => running.stop())

const send: RunningServer['send'] = (sent) => running.send(sent)
const post: RunningServer['post'] = (body, headers) => running.post(body, headers)
const get: RunningServer['get'] = (parameters, headers) => running.get(parameters, headers)

const padded = (bytes: number) => JSON.stringify({ query: ASK, variables: { csv: 'x'.repeat(bytes) } })

describe('what the server answers', () => {
  const expected = { data: { storm: { name: 'Storm a' } }, extensions: { requestId: NEW_ID } }

  it.each<readonly [string, () => ReturnType<typeof send>]>([
    ['POST', () => post({ query: ASK })],
    [
      'POST with a charset',
      () => post({ query: ASK }, { 'content-type': 'application/json; charset=UTF-8' }),
    ],
    [
      'POST with nulls for what is left out',
      () => post({ query: ASK, variables: null, operationName: null, extensions: null }),
    ],
    ['POST with an empty operation name', () => post({ query: ASK, operationName: '' })],
    ['POST with a body just under the limit', () => post(padded(1_048_000))],
    ['GET', () => get({ query: ASK })],
    [
      'GET with variables',
      () => get({ query: 'query ($id: ID!) { storm(id: $id) { name } }', variables: '{"id":"a"}' }),
    ],
    [
      'GET with an operation name',
      () => get({ query: `query A ${ASK} query B { whoAsks }`, operationName: 'A' }),
    ],
  ])('%s', async (_what, sent) => {
    const answer = await sent()
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, expected])
  })

  it.each([
    [undefined, JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/*;q=0.5', JSON_TYPE],
    [GRAPHQL_TYPE, GRAPHQL_TYPE],
    [`${GRAPHQL_TYPE}, ${JSON_TYPE};q=0.9`, GRAPHQL_TYPE],
    [`${GRAPHQL_TYPE};q=0.5, ${JSON_TYPE}`, JSON_TYPE],
    [`text/html, ${GRAPHQL_TYPE};charset=utf-8`, GRAPHQL_TYPE],
    [`${JSON_TYPE};q=0, ${GRAPHQL_TYPE}`, GRAPHQL_TYPE],
  ])('to a client that accepts %s as %s', async (accept, type) => {
    const answer = await post({ query: ASK }, accept === undefined ? {} : { accept })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`])
  })

  it.each([
    [undefined, 400, JSON_TYPE],
    ['*/*', 400, JSON_TYPE],
    [GRAPHQL_TYPE, 400, GRAPHQL_TYPE],
    [`${JSON_TYPE}, */*`, 200, JSON_TYPE],
  ])('refuses a wrong document to a client that accepts %s with %i', async (accept, status, type) => {
    const answer = await post({ query: '{ strom }' }, accept === undefined ? {} : { accept })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, `${type}; charset=utf-8`])
    expect(JSON.parse(answer.text)).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    })
  })

  it('gives part of the answer with 200, and what failed without its cause', async () => {
    const answer = await post({ query: '{ storm(id: "broken") { name } whoAsks }' }, { accept: GRAPHQL_TYPE })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({
      errors: [
        {
          message: `Something went wrong on our side. Quote request ${NEW_ID}.`,
          path: ['storm'],
          extensions: { code: 'INTERNAL', requestId: NEW_ID },
        },
      ],
      data: { storm: null, whoAsks: NEW_ID },
      extensions: { requestId: NEW_ID },
    })
    expect(running.log.text()).toContain('storm_secret')
  })

  it.each([
    [JSON_TYPE, 200],
    [GRAPHQL_TYPE, 403],
  ])('tells a fault that left nothing of the answer, as %s with %i', async (accept, status) => {
    const answer = await post({ query: '{ whoAsks forecast }' }, { accept })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toEqual({
      errors: [
        {
          message: 'Forecasts come with the Pro plan.',
          path: ['forecast'],
          extensions: { code: 'PLAN_REQUIRED', requestId: NEW_ID },
        },
      ],
      data: null,
      extensions: { requestId: NEW_ID },
    })
  })

  it('keeps a request id it was given, and replaces one that is none', async () => {
    for (const [given, kept] of [
      ['order-66_ABC', 'order-66_ABC'],
      ['short', NEW_ID],
      ['x'.repeat(65), NEW_ID],
      ['has spaces in it', NEW_ID],
    ] as const) {
      const answer = await post({ query: '{ whoAsks }' }, { 'x-request-id': given })
      expect(answer.headers.get('x-request-id')).toBe(kept)
      expect(JSON.parse(answer.text)).toEqual({ data: { whoAsks: kept }, extensions: { requestId: kept } })
    }
  })

  it('tells nobody what it runs on', async () => {
    const answer = await post({ query: ASK })
    expect([answer.headers.get('server'), answer.headers.get('x-powered-by')]).toEqual([null, null])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
  })

  it('lets staff without a tenant through to the subgraphs, which decide', async () => {
    const staff = await running.graph.tokenFor({ kind: 'STAFF', role: 'STAFF', tenantId: null })
    const answer = await post({ query: '{ whoAsks }' }, { authorization: `Bearer ${staff}` })
    expect(answer.status).toBe(200)
  })
})

describe('what machines ask', () => {
  it('hears that the process lives and is ready', async () => {
    const [alive, ready] = await Promise.all(
      ['/healthz', '/readyz'].map((path) => send({ method: 'GET', path })),
    )
    expect([alive?.status, alive?.text]).toEqual([200, '{"status":"ok"}'])
    expect([ready?.status, ready?.text]).toEqual([200, '{"status":"ready","checks":{"database":"ok"}}'])
    expect((await send({ method: 'HEAD', path: '/healthz' })).status).toBe(200)
  })

  it('hears 503 when a check fails or cannot be made', async () => {
    let readiness: HttpServerOptions['readiness'] = async () => ({
      ready: false,
      checks: { database: 'down' },
    })
    const other = await startServer({}, { readiness: () => readiness() })
    const probe = (path: string) => other.send({ method: 'GET', path })
    const down = await probe('/readyz')
    expect([down.status, JSON.parse(down.text)]).toEqual([
      503,
      { status: 'not ready', checks: { database: 'down' } },
    ])
    readiness = async () => {
      throw new Error('no route to 10.0.0.7')
    }
    const unknown = await probe('/readyz')
    expect([unknown.status, unknown.text]).toEqual([503, expect.not.stringContaining('10.0.0.7')])
    expect((await probe('/healthz')).status).toBe(200)
    await other.stop()
  })

  it('finds the public key, and never the private one', async () => {
    const { keys } = JSON.parse((await send({ method: 'GET', path: '/.well-known/jwks.json' })).text)
    expect(keys).toEqual(running.graph.keys.keySet(new Date()))
    expect(keys[0]).not.toHaveProperty('d')
  })

  it('counts requests by route and status, never by address', async () => {
    await send({ method: 'GET', path: '/files/secret-token' })
    const { text, headers } = await send({ method: 'GET', path: '/metrics' })
    expect(headers.get('content-type')).toMatch(/^text\/plain/)
    expect(text).toMatch(/http_requests_total\{route="\/graphql",status="200"\} \d+/)
    expect(text).toMatch(/http_requests_total\{route="\/files\/:token",status="200"\} \d+/)
    expect(text).toMatch(/http_request_duration_seconds_bucket\{le="0\.01",route="\/graphql"\} \d+/)
    expect(text).not.toContain('secret-token')
  })
})

describe('the log', () => {
  it('has one line for each request, with who asked for what, and neither token nor body', async () => {
    const other = await startServer()
    const query = 'query Names($id: ID!) { storm(id: $id) { name } }'
    await other.post({ query, variables: { id: 'private-id' } })
    await other.stop()
    const requests = other.log.lines().filter((line) => line['msg'] === 'request')
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'POST',
      route: '/graphql',
      status: 200,
      requestId: NEW_ID,
      tenantId: TENANT,
      actorId: 'user-1',
      operationName: 'Names',
    })
    expect(other.log.text()).not.toContain('private-id')
    expect(other.log.text()).not.toContain(other.token)
  })
})

describe('closing', () => {
  it('lets a request under way end, and takes no other', async () => {
    let release: () => void = () => {}
    let reached: () => void = () => {}
    const atWork = new Promise<void>((resolve) => (reached = resolve))
    const other = await startServer({
      whoAsks: async () => {
        reached()
        await new Promise<void>((resolve) => (release = resolve))
        return 'done'
      },
    })
    const answer = other.post({ query: '{ whoAsks }' })
    await atWork
    const closing = other.stop()
    await expect(other.send({ method: 'GET', path: '/healthz' })).rejects.toThrow(Error)
    release()
    expect(JSON.parse((await answer).text)).toMatchObject({ data: { whoAsks: 'done' } })
    await closing
    // Far below the time after which connections are cut: the server closed because nobody was left.
  }, 5_000)

  it('does not wait for ever', async () => {
    let reached: () => void = () => {}
    const atWork = new Promise<void>((resolve) => (reached = resolve))
    const whoAsks = () => {
      reached()
      return new Promise(() => {})
    }
    const other = await startServer({ whoAsks }, { drainMilliseconds: 20 })
    const lost = other.post({ query: '{ whoAsks }' }).catch((cause: unknown) => cause)
    await atWork
    await other.stop()
    expect(await lost).toBeInstanceOf(Error)
  })
})
