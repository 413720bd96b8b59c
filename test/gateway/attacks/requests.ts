/** Requests that are no honest request: methods, content types, encodings, and bytes that servers read differently. */
import { gzipSync } from 'node:zlib'
import { post, send, sendBytes, sendHeaders } from './scene.ts'
import type { Attack, Scene } from './scene.ts'

const QUERY = '{ viewer { roles } }'
const BODY = JSON.stringify({ query: QUERY })
const MUTATION =
  'mutation { createStorm(input: { eventId: "X", name: "X", startsAt: "2026-01-01T00:00:00Z", endsAt: "2026-01-02T00:00:00Z" }) { __typename } }'

const bearer = ({ attacker }: Scene) => ({ authorization: `Bearer ${attacker.as('OWNER').token}` })

const typed = (name: string, type: string, body: string): Attack => ({
  name,
  send: (scene) => send(scene, 'POST', '/graphql', { ...bearer(scene), 'content-type': type }, body),
  status: 415,
  code: 'BAD_INPUT',
})

const method = (name: string): Attack => ({
  name: `the method ${name}`,
  send: (scene) =>
    send(scene, name, '/graphql', { ...bearer(scene), 'content-type': 'application/json' }, BODY),
  status: 405,
  code: 'BAD_INPUT',
})

const bodied = (name: string, body: string): Attack => ({
  name,
  send: (scene) => post(scene, body),
  status: 400,
  code: 'BAD_INPUT',
})

const encoded = (name: string, encoding: string, body: Uint8Array<ArrayBuffer>): Attack => ({
  name,
  send: (scene) =>
    send(
      scene,
      'POST',
      '/graphql',
      { ...bearer(scene), 'content-type': 'application/json', 'content-encoding': encoding },
      body,
    ),
  status: 415,
  code: 'BAD_INPUT',
})

const lookup = (name: string, query: string, headers: Record<string, string>, status: number): Attack => ({
  name,
  send: (scene) => send(scene, 'GET', `/graphql?${query}`, { ...bearer(scene), ...headers }),
  status,
  code: 'BAD_INPUT',
})

const raw = (name: string, bytes: string, status = 400): Attack => ({
  name,
  send: (scene) => sendBytes(scene, bytes),
  status,
  code: 'BAD_INPUT',
})

export const REQUEST_ATTACKS: readonly Attack[] = [
  typed('text, which needs no preflight', 'text/plain', BODY),
  typed(
    'a form, which needs no preflight',
    'application/x-www-form-urlencoded',
    `query=${encodeURIComponent(QUERY)}`,
  ),
  typed(
    'a form of several parts',
    'multipart/form-data; boundary=x',
    `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${BODY}\r\n--x--`,
  ),
  typed('JSON under a name like JSON', 'application/jsonx', BODY),
  typed('JSON in UTF-16', 'application/json; charset=utf-16', BODY),
  typed('the old media type of GraphQL', 'application/graphql', QUERY),
  typed('a content type with a line of its own', 'text/plain; x="application/json"', BODY),
  method('PUT'),
  method('PATCH'),
  method('DELETE'),
  {
    name: 'a preflight of another page',
    send: (scene) =>
      send(scene, 'OPTIONS', '/graphql', {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      }),
    status: 405,
    code: 'BAD_INPUT',
    check: ({ headers }) => {
      if (Object.keys(headers).some((name) => name.startsWith('access-control-')))
        throw new Error('Another page is let in.')
    },
  },
  bodied('a batch', `[${BODY},${BODY}]`),
  bodied('an empty body', ''),
  bodied('a body that is null', 'null'),
  bodied('a body that is a text', '"{ viewer { roles } }"'),
  bodied('JSON that is cut off', '{"query":"{ viewer'),
  bodied('a query in a list', '{"query":["{ viewer { roles } }"]}'),
  bodied('a query in an object', '{"query":{"a":1}}'),
  bodied('variables in a text', '{"query":"{ viewer { roles } }","variables":"{}"}'),
  bodied('a prototype at the top', '{"query":"{ viewer { roles } }","__proto__":{"isStaff":true}}'),
  bodied(
    'a prototype in the variables',
    '{"query":"{ viewer { roles } }","variables":{"__proto__":{"isStaff":true}}}',
  ),
  bodied(
    'a constructor in the variables',
    '{"query":"{ viewer { roles } }","variables":{"a":{"constructor":{"prototype":{"isStaff":true}}}}}',
  ),
  bodied(
    'a prototype in the extensions',
    '{"query":"{ viewer { roles } }","extensions":{"__proto__":{"x":1}}}',
  ),
  encoded('a compressed body', 'gzip', new Uint8Array(gzipSync(BODY))),
  encoded('a bomb of zeros', 'gzip', new Uint8Array(gzipSync(Buffer.alloc(20_000_000)))),
  encoded('an encoding nobody has', 'br, gzip', new TextEncoder().encode(BODY)),
  {
    name: 'a body of two megabytes',
    send: (scene) => post(scene, JSON.stringify({ query: QUERY, variables: { pad: 'x'.repeat(2_000_000) } })),
    status: 413,
    code: 'BAD_INPUT',
  },
  lookup('a mutation over GET', `query=${encodeURIComponent(MUTATION)}`, {}, 405),
  lookup(
    'a mutation over GET among queries',
    `query=${encodeURIComponent(`query A ${QUERY} ${MUTATION.replace('mutation', 'mutation B')}`)}&operationName=B`,
    {},
    405,
  ),
  lookup('two queries in one address', `query=%7Ba%7D&query=%7Bb%7D`, {}, 400),
  lookup('variables that are no JSON', `query=${encodeURIComponent(QUERY)}&variables=%7B`, {}, 400),
  {
    name: 'a GET that any page could make a browser send',
    send: (scene) => send(scene, 'GET', `/graphql?query=${encodeURIComponent('{ __typename }')}`, {}),
    status: 400,
    code: 'BAD_INPUT',
  },
  {
    name: 'a client that reads HTML alone',
    send: (scene) => post(scene, BODY, { accept: 'text/html' }),
    status: 406,
    code: 'BAD_INPUT',
  },
  {
    name: 'a method hidden in a header',
    send: (scene) =>
      send(scene, 'GET', `/graphql?query=${encodeURIComponent(MUTATION)}`, {
        ...bearer(scene),
        'x-http-method-override': 'POST',
      }),
    status: 405,
    code: 'BAD_INPUT',
  },
  {
    name: 'an address that climbs',
    send: (scene) =>
      sendBytes(scene, 'GET /files/../../etc/passwd HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'),
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'a file by an encoded path',
    send: (scene) => send(scene, 'GET', '/files/..%2f..%2fkeys%2fsigning.jwk', {}),
    status: 404,
    code: 'NOT_FOUND',
  },
  {
    name: 'an upload to a made-up link',
    send: (scene) => send(scene, 'PUT', '/uploads/made-up', {}, 'bytes'),
    status: 404,
    code: 'NOT_FOUND',
  },
  raw(
    'a length and chunks at once',
    `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  ),
  raw(
    'two lengths',
    `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!`,
  ),
  raw(
    'a header folded over two lines',
    `POST /graphql HTTP/1.1\r\nhost: a\r\nauthorization: Bearer\r\n x\r\n\r\n`,
  ),
  raw('a header with a zero byte', `GET /graphql HTTP/1.1\r\nhost: a\r\nx-request-id: a\0b\r\n\r\n`),
  raw('a version of HTTP that is none', `GET /graphql HTTP/9.9\r\nhost: a\r\n\r\n`),
  raw(
    'headers of a hundred kilobytes',
    `GET /graphql HTTP/1.1\r\nhost: a\r\nx-a: ${'a'.repeat(100_000)}\r\n\r\n`,
    431,
  ),
  {
    name: 'two authorizations',
    send: (scene) =>
      sendHeaders(
        scene,
        { authorization: [`Bearer ${scene.attacker.as('VIEWER').token}`, 'Bearer x'] },
        JSON.stringify({
          query: 'mutation { suspendTenant(input: { tenantId: "a", reason: "b" }) { __typename } }',
        }),
      ),
    status: 403,
    code: 'FORBIDDEN',
  },
]
