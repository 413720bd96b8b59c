import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GRAPHQL_TYPE, NEW_ID } from '../testing/running-server.ts'
import { bodyOf, startPublished } from '../testing/published.ts'
import { sampleStorm, TENANT } from '../testing/sample-graph.ts'
import { idOfDocument } from '../persisted/named-document.ts'

const NAME = 'query Name { storm(id: "a") { name } }'
const LOSS = 'query Loss { storm(id: "a") { name loss } }'
const path = (document: string) => `/graphql/sha256:${idOfDocument(document)}`

let server: Awaited<ReturnType<typeof startPublished>>
let name = 'May hail'
beforeAll(async () => {
  server = await startPublished(
    { [TENANT]: [{ document: NAME }, { document: LOSS }] },
    {
      storm: (id) => ({ ...sampleStorm(id), name }),
      loss: () => {
        throw new Error('The figures are away.')
      },
    },
  )
})
afterAll(() => server.stop())

describe('an answer to a GET that names its document', () => {
  it('may be kept by who asked and by nobody between, and is asked about each time', async () => {
    const { headers, status, text } = await server.partner.get({}, {}, path(NAME))
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('private, no-cache')
    expect(headers.get('vary')).toBe('Authorization, Accept')
    expect(headers.get('etag')).toMatch(/^"[\w-]{43}"$/)
    expect(headers.get('x-request-id')).toBe(NEW_ID)
    expect(JSON.parse(text)).toEqual({ data: { storm: { name: 'May hail' } } })
  })

  it('is not sent again as long as it is the same', async () => {
    const first = await server.partner.get({}, {}, path(NAME))
    const etag = first.headers.get('etag') ?? ''
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await server.partner.get({}, { 'if-none-match': header }, path(NAME))
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
      expect(again.headers.get('cache-control')).toBe('private, no-cache')
    }
    const other = await server.partner.get({}, { 'if-none-match': '"other"' }, path(NAME))
    expect([other.status, other.text]).toEqual([200, first.text])
  })

  it('has another tag once it is another, or in another media type', async () => {
    const etag = async (headers = {}) =>
      (await server.partner.get({}, headers, path(NAME))).headers.get('etag')
    const before = await etag()
    expect(await etag({ accept: GRAPHQL_TYPE })).not.toBe(before)
    name = 'June hail'
    const after = await server.partner.get({}, { 'if-none-match': before ?? '' }, path(NAME))
    expect([after.status, bodyOf(after).data.storm.name]).toEqual([200, 'June hail'])
    expect(after.headers.get('etag')).not.toBe(before)
  })
})

describe('an answer that is not kept', () => {
  it.each([
    ['has an error in it', () => server.partner.get({}, {}, path(LOSS))],
    ['is a refusal', () => server.partner.get({}, {}, path('query Unknown { storms { name } }'))],
    ['came by POST', () => server.partner.post({}, {}, path(NAME))],
    ['is to a text', () => server.user.get({ query: NAME })],
  ])('is one that %s', async (_what, ask) => {
    const { headers, text } = await ask()
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('etag')).toBeNull()
    expect(JSON.parse(text).extensions.requestId).toBe(NEW_ID)
  })
})
