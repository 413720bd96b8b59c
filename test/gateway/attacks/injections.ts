/** Texts meant for somebody else than their reader: the log, a header, another page, the database. */
import { ask, askWith, post, send } from './scene.ts'
import type { Attack } from './scene.ts'

const QUERY = '{ viewer { roles } }'

const refused = (
  name: string,
  attack: Attack['send'],
  code: string,
  status: number,
  check?: Attack['check'],
): Attack => ({
  name,
  send: attack,
  code,
  status,
  ...(check === undefined ? {} : { check }),
  // A cursor is for the list that gave it to judge.
  ...(status === 200 ? { reachesSubgraph: true } : {}),
})

const isPlain: Attack['check'] = ({ text, headers }) => {
  if (!(headers['content-type'] ?? '').includes('json'))
    throw new Error(`The answer is ${headers['content-type']}.`)
  if (/\bat .*\.ts:|node_modules|select .* from|postgres/i.test(text))
    throw new Error('The answer tells of the inside.')
}

export const INJECTION_ATTACKS: readonly Attack[] = [
  refused(
    'a request id with a line of its own',
    (scene) => ask(scene, '{ strom }', {}, { 'x-request-id': 'abcdefgh%0d%0aset-cookie: a=b' }),
    'GRAPHQL_VALIDATION_FAILED',
    400,
    ({ headers }) => {
      if ((headers['x-request-id'] ?? '').includes('%0d') || 'set-cookie' in headers)
        throw new Error('The id was taken over.')
    },
  ),
  refused(
    'a request id that is a script',
    (scene) => ask(scene, '{ strom }', {}, { 'x-request-id': '<script>alert(1)</script>' }),
    'GRAPHQL_VALIDATION_FAILED',
    400,
    ({ text }) => {
      if (text.includes('<script>')) throw new Error('The id was told back.')
    },
  ),
  refused(
    'an id that is a statement',
    (scene) =>
      ask(scene, 'query ($a: String) { storms(after: $a) { edges { cursor } } }', { a: `x' or '1'='1` }),
    'BAD_INPUT',
    200,
    isPlain,
  ),
  refused(
    'a cursor that is a path',
    (scene) =>
      ask(scene, 'query ($a: String) { storms(after: $a) { edges { cursor } } }', { a: '../../etc/passwd' }),
    'BAD_INPUT',
    200,
    isPlain,
  ),
  refused(
    'a cursor with a zero byte in it',
    (scene) =>
      ask(scene, 'query ($a: String) { storms(after: $a) { edges { cursor } } }', {
        a: Buffer.from('\0').toString('base64url'),
      }),
    'BAD_INPUT',
    200,
    isPlain,
  ),
  refused(
    'a variable that is an object where a text belongs',
    (scene) => ask(scene, 'query ($id: ID!) { storm(id: $id) { id } }', { id: { $ne: null } }),
    'BAD_USER_INPUT',
    400,
    isPlain,
  ),
  refused(
    'a variable that is a number beyond all',
    (scene) =>
      post(
        scene,
        '{"query":"query ($n: Int) { storms(first: $n) { edges { cursor } } }","variables":{"n":1e999}}',
      ),
    'BAD_USER_INPUT',
    400,
    isPlain,
  ),
  refused(
    'a host that is somebody else',
    (scene) =>
      send(scene, 'GET', '/nowhere', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }),
    'NOT_FOUND',
    404,
    ({ text }) => {
      if (text.includes('evil.example')) throw new Error('The host was believed.')
    },
  ),
  refused(
    'an address with a script in it',
    (scene) => send(scene, 'GET', '/<script>alert(1)</script>', {}),
    'NOT_FOUND',
    404,
    (received, scene) => {
      isPlain(received, scene)
      if (received.text.includes('<script>')) throw new Error('The address was told back.')
    },
  ),
  refused(
    'a field with a name that is a script',
    (scene) => ask(scene, '{ viewer { script_alert_1 } }'),
    'GRAPHQL_VALIDATION_FAILED',
    400,
    isPlain,
  ),
  refused(
    'a wrong field as nobody, fishing for hints',
    (scene) => askWith(scene, null, '{ viewe { roles } }'),
    'GRAPHQL_VALIDATION_FAILED',
    400,
    ({ text }) => {
      if (text.includes('Did you mean')) throw new Error('A hint was given.')
    },
  ),
  refused(
    'an error that tells of the inside',
    (scene) => ask(scene, `query ($id: ID!) { storm(id: $id) { id } ${QUERY.slice(1)}`, { id: null }),
    'BAD_USER_INPUT',
    400,
    isPlain,
  ),
]
