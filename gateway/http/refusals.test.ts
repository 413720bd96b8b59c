import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '@stormops/chassis/fault'
import { JSON_TYPE, NEW_ID, startServer } from '../testing/running-server.ts'
import type { RunningServer } from '../testing/running-server.ts'

const ASK = '{ storm(id: "a") { name } }'

let running: RunningServer

beforeAll(async () => {
  running = await startServer(
    {},
    {
      routes: (app) => {
        app.get('/files/:token', async () => {
          throw new Fault('NOT_FOUND', 'This file is no longer here.')
        })
        app.post('/limited', async () => {
          throw new Fault('RATE_LIMITED', 'Too many at once.', { facts: { retryAfterSeconds: 2.5 } })
        })
        app.get('/broken', async () => {
          throw new Error('at secret_function (/srv/app.ts:1)')
        })
      },
    },
  )
})

afterAll(() => running.stop())

const send: RunningServer['send'] = (sent) => running.send(sent)
const post: RunningServer['post'] = (body, headers) => running.post(body, headers)
const get: RunningServer['get'] = (parameters, headers) => running.get(parameters, headers)
const signedIn = () => ({ authorization: `Bearer ${running.token}` })

type Refusal = readonly [what: string, sent: () => ReturnType<typeof send>, status: number, code: string]

const padded = (bytes: number) => JSON.stringify({ query: ASK, variables: { pad: 'x'.repeat(bytes) } })

const REFUSALS: readonly Refusal[] = [
  ['broken JSON', () => post('{"query": '), 400, 'BAD_INPUT'],
  ['an empty body', () => post(''), 400, 'BAD_INPUT'],
  ['a body that is a text', () => post('"{ whoAsks }"'), 400, 'BAD_INPUT'],
  ['a body that is null', () => post('null'), 400, 'BAD_INPUT'],
  ['a batch', () => post([{ query: ASK }, { query: ASK }]), 400, 'BAD_INPUT'],
  ['an empty batch', () => post([]), 400, 'BAD_INPUT'],
  ['no query', () => post({ variables: {} }), 400, 'BAD_INPUT'],
  ['an empty query', () => post({ query: ' ' }), 400, 'BAD_INPUT'],
  ['a query that is a number', () => post({ query: 7 }), 400, 'BAD_INPUT'],
  ['an operation name that is a number', () => post({ query: ASK, operationName: 7 }), 400, 'BAD_INPUT'],
  ['variables in a list', () => post({ query: ASK, variables: [1] }), 400, 'BAD_INPUT'],
  ['variables in a text', () => post({ query: ASK, variables: '{}' }), 400, 'BAD_INPUT'],
  ['extensions in a text', () => post({ query: ASK, extensions: 'x' }), 400, 'BAD_INPUT'],
  [
    'a key that reaches into prototypes',
    () => post('{"query":"{a}","variables":{"__proto__":{"a":1}}}'),
    400,
    'BAD_INPUT',
  ],
  ['a text that is no GraphQL', () => post({ query: '{ storm(' }), 400, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', () => post({ query: '{ strom }' }), 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'an unknown operation name',
    () => post({ query: ASK, operationName: 'X' }),
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  [
    'two operations and no name',
    () => post({ query: 'query A { whoAsks } query B { whoAsks }' }),
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  [
    'a missing variable',
    () => post({ query: 'query ($id: ID!) { storm(id: $id) { id } }' }),
    400,
    'BAD_USER_INPUT',
  ],
  ['a subscription', () => post({ query: 'subscription { whoAsks }' }), 400, 'BAD_INPUT'],
  [
    'a mutation over GET',
    () => get({ query: 'mutation { renameStorm(id: "a", name: "b") { id } }' }),
    405,
    'BAD_INPUT',
  ],
  ['GET with broken variables', () => get({ query: ASK, variables: '{' }), 400, 'BAD_INPUT'],
  [
    'GET with two queries',
    () => send({ method: 'GET', path: '/graphql?query=%7Ba%7D&query=%7Bb%7D', headers: signedIn() }),
    400,
    'BAD_INPUT',
  ],
  ['GET without a query', () => get({}), 400, 'BAD_INPUT'],
  [
    'GET that any page could send',
    () => send({ method: 'GET', path: '/graphql?query=%7B__typename%7D' }),
    400,
    'BAD_INPUT',
  ],
  [
    'PUT',
    () => send({ method: 'PUT', headers: { 'content-type': JSON_TYPE }, body: '{}' }),
    405,
    'BAD_INPUT',
  ],
  ['DELETE', () => send({ method: 'DELETE' }), 405, 'BAD_INPUT'],
  [
    'a preflight',
    () => send({ method: 'OPTIONS', headers: { origin: 'https://evil.example' } }),
    405,
    'BAD_INPUT',
  ],
  ['text', () => send({ headers: { 'content-type': 'text/plain' }, body: '{}' }), 415, 'BAD_INPUT'],
  [
    'a form',
    () => send({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query=%7Ba%7D' }),
    415,
    'BAD_INPUT',
  ],
  [
    'several parts',
    () => send({ headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }),
    415,
    'BAD_INPUT',
  ],
  [
    'another kind of JSON',
    () => post({ query: ASK }, { 'content-type': 'application/json5' }),
    415,
    'BAD_INPUT',
  ],
  [
    'JSON in another alphabet',
    () => post({ query: ASK }, { 'content-type': 'application/json; charset=utf-16' }),
    415,
    'BAD_INPUT',
  ],
  ['no content type', () => send({ body: new Uint8Array([123, 125]) }), 415, 'BAD_INPUT'],
  [
    'a compressed body',
    () =>
      send({
        headers: { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' },
        body: new Uint8Array(gzipSync('{}')),
      }),
    415,
    'BAD_INPUT',
  ],
  ['a client that reads only HTML', () => post({ query: ASK }, { accept: 'text/html' }), 406, 'BAD_INPUT'],
  [
    'a client that reads only another alphabet',
    () => post({ query: ASK }, { accept: 'application/json; charset=latin1' }),
    406,
    'BAD_INPUT',
  ],
  ['a body over 1 MB', () => post(padded(1_048_576)), 413, 'BAD_INPUT'],
  [
    'ten thousand aliases',
    () => post({ query: `{ ${'a: whoAsks '.repeat(10_000)} }` }),
    400,
    'QUERY_TOO_COMPLEX',
  ],
  [
    'a thousand levels',
    () => post({ query: `${'{ a '.repeat(1_000)}${'}'.repeat(1_000)}` }),
    400,
    'QUERY_TOO_COMPLEX',
  ],
  [
    'nobody',
    () => send({ headers: { 'content-type': JSON_TYPE }, body: JSON.stringify({ query: ASK }) }),
    401,
    'UNAUTHENTICATED',
  ],
  [
    'a header that is no bearer',
    () => post({ query: ASK }, { authorization: 'Basic YTpi' }),
    401,
    'UNAUTHENTICATED',
  ],
  [
    'a forged token',
    () => post({ query: ASK }, { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }),
    401,
    'UNAUTHENTICATED',
  ],
  [
    'a token of two words',
    () => post({ query: ASK }, { authorization: 'Bearer a b' }),
    401,
    'UNAUTHENTICATED',
  ],
  ['an address that is not there', () => send({ method: 'GET', path: '/admin' }), 404, 'NOT_FOUND'],
  ['an address that cannot be read', () => send({ method: 'GET', path: '/%zz' }), 400, 'BAD_INPUT'],
  ['POST to a probe', () => send({ path: '/healthz' }), 404, 'NOT_FOUND'],
  ['a file that is gone', () => send({ method: 'GET', path: '/files/secret-token' }), 404, 'NOT_FOUND'],
  ['a route that breaks', () => send({ method: 'GET', path: '/broken' }), 500, 'INTERNAL'],
]

describe('what the server refuses', () => {
  it.each(REFUSALS)('%s', async (_what, sent, status, code) => {
    const opened = running.graph.storms.opened.length
    const answer = await sent()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/json; charset=utf-8',
    ])
    const body = JSON.parse(answer.text)
    expect(body.errors[0].extensions.code).toBe(code)
    expect(body).not.toHaveProperty('data')
    const ids = [
      body.extensions.requestId,
      ...body.errors.map((error: { extensions: { requestId: string } }) => error.extensions.requestId),
    ]
    expect(new Set([...ids, answer.headers.get('x-request-id')])).toEqual(new Set([NEW_ID]))
    expect(answer.text).not.toMatch(/stack|node_modules|\.ts\b|<html|storm_secret|secret_function/i)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(running.graph.storms.opened.length).toBe(opened)
  })

  it('says which methods it takes, how to sign in and when to come again', async () => {
    expect((await send({ method: 'PUT' })).headers.get('allow')).toBe('GET, POST')
    const mutation = await get({ query: 'mutation { renameStorm(id: "a", name: "b") { id } }' })
    expect(mutation.headers.get('allow')).toBe('POST')
    const nobody = await send({
      headers: { 'content-type': JSON_TYPE },
      body: JSON.stringify({ query: ASK }),
    })
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer')
    const limited = await send({ path: '/limited' })
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3'])
  })

  it('answers bytes that are no HTTP in JSON too', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(running.port, '127.0.0.1', () => socket.write('NOT HTTP AT ALL\r\n\r\n'))
      let received = ''
      socket.on('data', (chunk) => (received += chunk.toString()))
      socket.on('end', () => resolve(received))
      socket.on('error', reject)
    })
    expect(text).toMatch(/^HTTP\/1\.1 400 /)
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))).extensions.requestId).toBe(NEW_ID)
  })
})
