import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '@stormops/chassis/fault'
import { GRAPHQL_TYPE } from '../testing/running-server.ts'
import { bodyOf, codeOf, hashed, KEY, OTHER_TENANT, startPublished } from '../testing/published.ts'
import { TENANT } from '../testing/sample-graph.ts'
import { idOfDocument } from './named-document.ts'

const NAMES = 'query Names { storms { name } }'
const ONE = 'query One($id: ID!) { storm(id: $id) { name county } }'
const RENAME = 'mutation Rename { renameStorm(id: "a", name: "b") { name } }'
const OURS = 'query Ours { storm(id: "ours") { name } }'
const THEIRS = 'query Theirs { storm(id: "theirs") { name } }'
const id = (document: string) => `sha256:${idOfDocument(document)}`

let server: Awaited<ReturnType<typeof startPublished>>
beforeAll(async () => {
  server = await startPublished({
    [TENANT]: [{ document: NAMES }, { document: ONE }, { document: RENAME }, { document: OURS, keyId: KEY }],
    [OTHER_TENANT]: [{ document: THEIRS }],
  })
})
afterAll(() => server.stop())

describe('a published operation', () => {
  it.each([
    ['documentId', () => server.partner.post({ documentId: id(NAMES) })],
    ['documentId without its prefix', () => server.partner.post({ documentId: idOfDocument(NAMES) })],
    ['extensions', () => server.partner.post({ extensions: hashed(idOfDocument(NAMES)) })],
    ['the path', () => server.partner.post({}, {}, `/graphql/${id(NAMES)}`)],
    ['the path, with GET', () => server.partner.get({}, {}, `/graphql/${id(NAMES)}`)],
    ['documentId, with GET', () => server.partner.get({ documentId: id(NAMES) })],
    [
      'extensions, with GET',
      () => server.partner.get({ extensions: JSON.stringify(hashed(idOfDocument(NAMES))) }),
    ],
  ])('is named by %s', async (_where, ask) => {
    const received = await ask()
    expect([received.status, bodyOf(received).data.storms.length]).toEqual([200, 3])
  })

  it('takes its variables and its own name beside its id', async () => {
    const asked = { documentId: id(ONE), variables: { id: 'x' }, operationName: 'One' }
    expect(bodyOf(await server.partner.post(asked)).data).toEqual({
      storm: { name: 'Storm x', county: 'Collin' },
    })
    const parameters = { variables: JSON.stringify({ id: 'y' }) }
    const got = await server.partner.get(parameters, {}, `/graphql/${id(ONE)}`)
    expect(bodyOf(got).data.storm.name).toBe('Storm y')
  })

  it('has no other operation beside its own', async () => {
    const received = await server.partner.post({ documentId: id(ONE), operationName: 'Other' })
    expect([received.status, codeOf(received)]).toEqual([400, 'OPERATION_RESOLUTION_FAILURE'])
  })

  it('may be named by somebody who may send any text', async () => {
    expect(bodyOf(await server.user.post({ documentId: id(OURS) })).data.storm.name).toBe('Storm ours')
  })

  it('that changes something is not asked with GET', async () => {
    const before = server.fetches()
    const received = await server.partner.get({}, {}, `/graphql/${id(RENAME)}`)
    expect([received.status, codeOf(received)]).toEqual([405, 'BAD_INPUT'])
    expect(received.headers.get('cache-control')).toBe('no-store')
    expect(server.fetches()).toBe(before)
  })

  it('is looked up once for a partner who asks for it again and again', async () => {
    await server.partner.post({ documentId: id(NAMES) })
    const before = server.lookups.length
    await Promise.all(Array.from({ length: 20 }, () => server.partner.post({ documentId: id(NAMES) })))
    expect(server.lookups.length).toBe(before)
  })
})

const ONLY_TYPENAME = '{ __typename }'

describe('a partner', () => {
  it.each([
    ['a text', { query: NAMES }, 'PERSISTED_DOCUMENT_ID_REQUIRED'],
    ['a text that nothing could be hidden in', { query: ONLY_TYPENAME }, 'PERSISTED_DOCUMENT_ID_REQUIRED'],
    ['a text that cannot be read', { query: '{' }, 'PERSISTED_DOCUMENT_ID_REQUIRED'],
    ['introspection', { query: '{ __schema { types { name } } }' }, 'PERSISTED_DOCUMENT_ID_REQUIRED'],
    [
      'a text to register',
      { query: NAMES, extensions: hashed(idOfDocument(NAMES)) },
      'PERSISTED_DOCUMENT_ID_REQUIRED',
    ],
    ['an id beside a text', { query: NAMES, documentId: id(NAMES) }, 'BAD_INPUT'],
    ['an unknown id', { documentId: id('query Unknown { storms { name } }') }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['an unknown hash', { extensions: hashed('0'.repeat(64)) }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['another company’s id', { documentId: id(THEIRS) }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a name instead of an id', { documentId: 'Names' }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['two ids', { documentId: id(NAMES), extensions: hashed(idOfDocument(ONE)) }, 'BAD_INPUT'],
  ])('who sends %s is refused before any subgraph is asked', async (_what, body, code) => {
    const before = server.fetches()
    const received = await server.partner.post(body)
    expect([received.status, codeOf(received)]).toEqual([400, code])
    expect(bodyOf(received).data).toBeUndefined()
    expect(server.fetches()).toBe(before)
  })

  it('is told the same of another company’s operation as of none', async () => {
    const mute = ({ text }: { readonly text: string }) => text
    const theirs = await server.partner.post({ documentId: id(THEIRS) })
    const nobodys = await server.partner.post({ documentId: id('query Nobodys { storms { name } }') })
    expect(mute(theirs)).toBe(mute(nobodys))
    expect(bodyOf(await server.otherPartner.post({ documentId: id(THEIRS) })).data.storm.name).toBe(
      'Storm theirs',
    )
  })

  it('may not ask what is published for another key', async () => {
    expect(codeOf(await server.otherKey.post({ documentId: id(OURS) }))).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect(bodyOf(await server.partner.post({ documentId: id(OURS) })).data.storm.name).toBe('Storm ours')
  })

  it('may not ask what a frontend of the same company registered', async () => {
    const text = '{ storms { name county } }'
    const body = { query: text, extensions: hashed(idOfDocument(text)) }
    expect((await server.user.post(body)).status).toBe(200)
    expect(codeOf(await server.partner.post({ extensions: body.extensions }))).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    )
  })
})

describe('a frontend', () => {
  const TEXT = '{ storm(id: "apq") { name } }'
  const extensions = hashed(idOfDocument(TEXT))

  it('is told that a hash is unknown, sends the text once, and the hash alone from then on', async () => {
    const miss = await server.user.post({ extensions })
    expect([miss.status, bodyOf(miss).errors[0].message]).toEqual([200, 'PersistedQueryNotFound'])
    expect(codeOf(miss)).toBe('PERSISTED_QUERY_NOT_FOUND')
    const registered = await server.user.post({ query: TEXT, extensions })
    expect(bodyOf(registered).data.storm.name).toBe('Storm apq')
    expect(bodyOf(await server.user.post({ extensions })).data.storm.name).toBe('Storm apq')
    const got = await server.user.get({ extensions: JSON.stringify(extensions) })
    expect(bodyOf(got).data.storm.name).toBe('Storm apq')
  })

  it('is told so with 400 in the media type whose 200 means data', async () => {
    const unknown = hashed('1'.repeat(64))
    const miss = await server.user.post({ extensions: unknown }, { accept: GRAPHQL_TYPE })
    expect([miss.status, codeOf(miss)]).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND'])
  })

  it('of another company finds nothing of what is registered here', async () => {
    const text = '{ storm(id: "secret") { name } }'
    const own = hashed(idOfDocument(text))
    await server.user.post({ query: text, extensions: own })
    expect(codeOf(await server.stranger.post({ extensions: own }))).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect(codeOf(await server.nobody.post({ extensions: own }))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('may not register a text under another’s hash', async () => {
    const before = server.fetches()
    const body = { query: '{ storms { county } }', extensions: hashed(idOfDocument(NAMES)) }
    const refused = await server.user.post(body)
    expect([refused.status, codeOf(refused)]).toEqual([400, 'BAD_INPUT'])
    expect(server.fetches()).toBe(before)
  })

  it.each([
    ['cannot be read', '{ storms {', 'GRAPHQL_PARSE_FAILED'],
    ['asks for what is not there', '{ colour }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('registers nothing that %s', async (_what, query, code) => {
    const own = hashed(idOfDocument(query))
    expect(codeOf(await server.user.post({ query, extensions: own }))).toBe(code)
    expect(codeOf(await server.user.post({ extensions: own }))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('that did not sign in registers nothing that it may not ask', async () => {
    const own = hashed(idOfDocument(NAMES))
    expect(codeOf(await server.nobody.post({ query: NAMES, extensions: own }))).toBe('UNAUTHENTICATED')
    expect(codeOf(await server.nobody.post({ extensions: own }))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('that did not sign in has a place of its own', async () => {
    const own = hashed(idOfDocument(ONLY_TYPENAME))
    expect((await server.nobody.post({ query: ONLY_TYPENAME, extensions: own })).status).toBe(200)
    expect(bodyOf(await server.nobody.post({ extensions: own })).data).toEqual({ __typename: 'Query' })
    expect(codeOf(await server.stranger.post({ extensions: own }))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('names a document or sends it, and never names two', async () => {
    const both = await server.user.post({ documentId: id(NAMES), query: NAMES })
    expect([both.status, codeOf(both)]).toEqual([400, 'BAD_INPUT'])
    const two = await server.user.post({ documentId: id(ONE) }, {}, `/graphql/${id(NAMES)}`)
    expect([two.status, codeOf(two)]).toEqual([400, 'BAD_INPUT'])
    const neither = await server.user.post({ variables: {} })
    expect([neither.status, codeOf(neither)]).toEqual([400, 'BAD_INPUT'])
  })
})

describe('a registry that is away', () => {
  it.each([
    ['says so', new Fault('UNAVAILABLE', 'Try again in a minute.'), 503, 'UNAVAILABLE'],
    ['breaks', new Error('a secret of ours'), 500, 'INTERNAL'],
  ])('and %s is no reason to ask a subgraph', async (_how, cause, status, code) => {
    const one = await startPublished({}, {}, () => Promise.reject(cause))
    const received = await one.partner.post({ documentId: id(NAMES) })
    expect([received.status, codeOf(received)]).toEqual([status, code])
    expect(received.text).not.toContain('secret')
    expect(one.fetches()).toBe(0)
    await one.stop()
  })
})

describe('the metrics', () => {
  it('count hits, misses, registrations and refusals', async () => {
    const one = await startPublished({ [TENANT]: [{ document: NAMES }] })
    const extensions = hashed(idOfDocument(OURS))
    await one.partner.post({ documentId: id(NAMES) })
    await one.partner.post({ documentId: id(ONE) })
    await one.partner.post({ query: NAMES })
    await one.user.post({ extensions })
    await one.user.post({ query: OURS, extensions })
    await one.user.post({ extensions })
    await one.user.post({ query: ONE, extensions })
    const counts = await Promise.all(
      ['published', 'registered'].flatMap((source) =>
        ['hit', 'miss', 'registered', 'refused'].map((outcome) => one.counted(source, outcome)),
      ),
    )
    expect(counts).toEqual([1, 1, 0, 1, 1, 1, 1, 1])
    await one.stop()
  })
})
