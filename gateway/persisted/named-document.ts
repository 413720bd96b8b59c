/** How a request names a document instead of sending it: by the sha-256 of its text, in one of three places. */
import { Fault } from '@stormops/chassis/fault'
import { sha256Hex } from '@stormops/chassis/values/canonical'

export type NamedDocument = {
  /** Lower-case hex sha-256, or whatever else was given, which is the id of nothing. */
  readonly id: string
  /** Clients that speak Apollo's protocol name it by `hash` first, and may send its text after. */
  readonly way: 'document-id' | 'hash'
}

/** A hash with its prefix has 71 characters; what is longer names nothing and is not carried along. */
const LONGEST_ID = 200

const HASH = /^[0-9a-f]{64}$/

/** Throws `Fault` BAD_INPUT for an id that is no text or none of ours at all. */
export const readDocumentId = (given: unknown): string => {
  if (typeof given !== 'string' || given === '' || given.length > LONGEST_ID) {
    throw new Fault('BAD_INPUT', 'documentId must be one text: sha256: and 64 hex digits.')
  }
  return given.toLowerCase().replace(/^sha256:/, '')
}

/** True for what can be the id of a document. */
export const isHash = (id: string): boolean => HASH.test(id)

/** The id of a document, without its prefix. */
export const idOfDocument = (text: string): string => sha256Hex(text)

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export type NamingPlaces = {
  /** Of the address `/graphql/:documentId`. */
  readonly path: string | null
  readonly documentId: unknown
  readonly extensions: JsonObject
}

/** Null when the request names none. Throws `Fault` BAD_INPUT when two places name different ones, or one cannot be read. */
export const readNamedDocument = ({ path, documentId, extensions }: NamingPlaces): NamedDocument | null => {
  const ids = [path, documentId].flatMap((id) =>
    id === undefined || id === null ? [] : [readDocumentId(id)],
  )
  const hash = hashOf(extensions['persistedQuery'])
  const all = new Set(hash === null ? ids : [...ids, hash])
  if (all.size > 1) {
    throw new Fault('BAD_INPUT', 'The request names two different documents; name one, in one place.')
  }
  const [id] = all
  if (id === undefined) return null
  return { id, way: ids.length > 0 ? 'document-id' : 'hash' }
}

const hashOf = (given: unknown): string | null => {
  if (given === undefined || given === null) return null
  if (!isObject(given)) throw new Fault('BAD_INPUT', 'extensions.persistedQuery must be a JSON object.')
  const { version = 1, sha256Hash } = given
  if (version !== 1) throw new Fault('BAD_INPUT', 'extensions.persistedQuery is read in version 1.')
  if (typeof sha256Hash !== 'string') {
    throw new Fault('BAD_INPUT', 'extensions.persistedQuery.sha256Hash must be one text.')
  }
  return readDocumentId(sha256Hash)
}
