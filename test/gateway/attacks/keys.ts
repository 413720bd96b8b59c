/** Keys and published operations, tried by somebody who has neither or has somebody else's. */
import { createHash, randomBytes } from 'node:crypto'
import { askWith, post, send } from './scene.ts'
import type { Attack, Received, Scene } from './scene.ts'

const WHO = 'query Who { viewer { tenant { name } } }'
const THEIRS = 'query Registered { viewer { tenant { name } } }'
const STORMS = 'query Storms { storms(first: 1) { edges { node { id name } } } }'

const idOf = (document: string): string => `sha256:${createHash('sha256').update(document).digest('hex')}`

const tried = (name: string, key: (scene: Scene) => string): Attack => ({
  name: `a key that ${name}`,
  send: (scene) => askWith(scene, key(scene), WHO),
  status: 401,
  code: 'UNAUTHENTICATED',
})

const named = async (scene: Scene, token: string, asked: object): Promise<Received> =>
  send(
    scene,
    'POST',
    '/graphql',
    { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    JSON.stringify(asked),
  )

const partner = (name: string, asked: object, code: string, status = 400): Attack => ({
  name: `a partner who ${name}`,
  send: (scene) => named(scene, scene.attackersKey.secret, asked),
  status,
  code,
})

const persistedQuery = (hash: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
})
const hashOf = (document: string): string => idOf(document).slice('sha256:'.length)

export const KEY_ATTACKS: readonly Attack[] = [
  tried('is made up', () => `so_live_${randomBytes(6).toString('hex')}_${'a'.repeat(49)}`),
  tried('is a prefix alone', () => 'so_live_'),
  tried('is the prefix of a real one', ({ victimsKey }) => victimsKey.prefix),
  tried('lacks its last character', ({ victimsKey }) => victimsKey.secret.slice(0, -1)),
  tried('has one character more', (scene) => `${scene.victimsKey.secret}0`),
  tried('is of the other environment', ({ victimsKey }) => victimsKey.secret.replace('so_live_', 'so_test_')),
  tried('is written in capitals', ({ victimsKey }) => victimsKey.secret.toUpperCase()),
  tried('is an id', ({ victimsKey }) => victimsKey.id),
  tried('is a statement', () => `so_live_'or'1'='1`),
  partner('sends text', { query: WHO }, 'PERSISTED_DOCUMENT_ID_REQUIRED'),
  partner(
    'asks how the graph is shaped',
    { query: '{ __schema { types { name } } }' },
    'PERSISTED_DOCUMENT_ID_REQUIRED',
  ),
  partner(
    'registers a text by its hash',
    { query: WHO, ...persistedQuery(hashOf(WHO)) },
    'PERSISTED_DOCUMENT_ID_REQUIRED',
  ),
  partner(
    'names what nobody published',
    { documentId: idOf('query Nothing { viewer { roles } }') },
    'PERSISTED_QUERY_NOT_FOUND',
  ),
  partner('names a document by a path', { documentId: '../../etc/passwd' }, 'PERSISTED_QUERY_NOT_FOUND'),
  partner('names a prototype', { documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_FOUND'),
  partner('names two documents', { documentId: idOf(WHO), ...persistedQuery(hashOf(STORMS)) }, 'BAD_INPUT'),
  {
    name: 'a partner who names what another company published',
    prepare: ({ victim }) => victim.publish(STORMS),
    send: (scene) => named(scene, scene.attackersKey.secret, { documentId: idOf(STORMS) }),
    status: 400,
    code: 'PERSISTED_QUERY_NOT_FOUND',
  },
  {
    name: 'a frontend that registers a text under the hash of another',
    send: (scene) => post(scene, { query: WHO, ...persistedQuery(hashOf(STORMS)) }),
    status: 400,
    code: 'BAD_INPUT',
  },
  {
    name: 'a frontend that asks for what another company registered',
    prepare: (scene) =>
      named(scene, scene.victim.as('OWNER').token, { query: THEIRS, ...persistedQuery(hashOf(THEIRS)) }),
    send: (scene) =>
      post(scene, persistedQuery(hashOf(THEIRS)), { accept: 'application/graphql-response+json' }),
    status: 400,
    code: 'PERSISTED_QUERY_NOT_FOUND',
  },
  {
    name: 'a document and its id at once',
    send: (scene) => post(scene, { query: WHO, documentId: idOf(WHO) }),
    status: 400,
    code: 'BAD_INPUT',
  },
]
