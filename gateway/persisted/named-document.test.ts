import { describe, expect, it } from 'vitest'
import { readNamedDocument } from './named-document.ts'

const HASH = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const hash = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } })
const read = (places: { path?: string; documentId?: unknown; extensions?: Record<string, unknown> }) =>
  readNamedDocument({ path: null, documentId: undefined, extensions: {}, ...places })

describe('a request that names its document', () => {
  it.each([
    ['in the path', { path: `sha256:${HASH}` }, 'document-id'],
    ['in the path without its prefix', { path: HASH }, 'document-id'],
    ['as documentId', { documentId: `sha256:${HASH}` }, 'document-id'],
    ['in capitals', { documentId: `SHA256:${HASH.toUpperCase()}` }, 'document-id'],
    ['as Apollo’s clients do', { extensions: hash(HASH) }, 'hash'],
    ['in three places at once', { path: HASH, documentId: HASH, extensions: hash(HASH) }, 'document-id'],
  ])('names it %s', (_where, places, way) => {
    expect(read(places)).toEqual({ id: HASH, way })
  })

  it('names none', () => {
    expect(read({ extensions: { other: 1 } })).toBeNull()
  })

  it('keeps what is no hash, as the id of nothing', () => {
    expect(read({ documentId: 'Dashboard' })).toEqual({ id: 'dashboard', way: 'document-id' })
  })

  it.each([
    ['two different documents', { path: HASH, documentId: OTHER }],
    ['another document in its extensions', { documentId: HASH, extensions: hash(OTHER) }],
    ['a documentId that is no text', { documentId: 7 }],
    ['an empty documentId', { documentId: '' }],
    ['a documentId without end', { documentId: 'a'.repeat(201) }],
    ['a hash that is no text', { extensions: hash(7) }],
    ['another version of Apollo’s protocol', { extensions: hash(HASH, 2) }],
    ['an extension that is no object', { extensions: { persistedQuery: HASH } }],
  ])('may not name %s', (_what, places) => {
    expect(() => read(places)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  })
})
