/** What is refused of a request before its body is read, and how body and address are read. */
import type { IncomingHttpHeaders } from 'node:http'
import { HttpRefusal } from './errors.ts'
import { isJsonContentType, preferredMediaType } from './media-types.ts'
import type { AnswerMediaType } from './media-types.ts'
import { readNamedDocument } from '../persisted/named-document.ts'
import type { NamedDocument } from '../persisted/named-document.ts'

export const GRAPHQL_METHODS = 'GET, POST'

/**
 * A page of somebody else can make a browser send a GET, but not with any of these headers unless we allow it, and
 * we allow it to nobody.
 */
const HEADERS_NO_PAGE_CAN_FORGE = [
  'authorization',
  'x-apollo-operation-name',
  'apollo-require-preflight',
] as const

/** Throws `HttpRefusal` 405, 406, 415 or 400; returns the media type of the answer. */
export const checkHead = (method: string, headers: IncomingHttpHeaders): AnswerMediaType => {
  if (method !== 'GET' && method !== 'POST') {
    throw new HttpRefusal(405, 'GraphQL is asked with POST, or with GET for a query.', {
      allow: GRAPHQL_METHODS,
    })
  }
  const mediaType = preferredMediaType(headers.accept)
  if (mediaType === null) {
    throw new HttpRefusal(406, 'Answers are application/graphql-response+json or application/json.')
  }
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new HttpRefusal(415, 'Send the body as it is, not compressed.', { 'accept-encoding': 'identity' })
  }
  if (method === 'POST' && !isJsonContentType(headers['content-type'])) {
    throw new HttpRefusal(415, 'Send the operation as application/json in UTF-8.')
  }
  if (method === 'GET') refuseForgeable(headers)
  return mediaType
}

const refuseForgeable = (headers: IncomingHttpHeaders): void => {
  if (isJsonContentType(headers['content-type'])) return
  if (HEADERS_NO_PAGE_CAN_FORGE.some((name) => headers[name] !== undefined && headers[name] !== '')) return
  throw new HttpRefusal(
    400,
    'A GET without a token needs the header apollo-require-preflight, so that no other page can send it.',
  )
}

/** A client that gives up earlier than we do says so in milliseconds; an instant would need its clock to agree with ours. */
export const TIMEOUT_HEADER = 'x-request-timeout-ms'

const MILLISECONDS = /^[0-9]{1,9}$/

/** Null where the client does not say. Throws `HttpRefusal` 400 for anything but a whole number above 0. */
export const readTimeout = (headers: IncomingHttpHeaders): number | null => {
  const given = headers[TIMEOUT_HEADER]
  if (given === undefined) return null
  const milliseconds = typeof given === 'string' && MILLISECONDS.test(given) ? Number(given) : 0
  if (milliseconds > 0) return milliseconds
  throw new HttpRefusal(400, `The header ${TIMEOUT_HEADER} must be a whole number of milliseconds above 0.`)
}

export type Asked = {
  /** Null when the request names a document instead. */
  readonly query: string | null
  readonly named: NamedDocument | null
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
  readonly extensions: Readonly<Record<string, unknown>>
}

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * `path` is the document that the address names, null for `/graphql` itself. Throws `HttpRefusal` 400, or `Fault`
 * BAD_INPUT, for a body that is no GraphQL request.
 */
export const readBody = (body: unknown, path: string | null): Asked => {
  if (Array.isArray(body)) {
    throw new HttpRefusal(400, 'Send one operation at a time; batches are not taken.')
  }
  if (!isObject(body)) throw new HttpRefusal(400, 'The body must be a JSON object with a query.')
  return asked(body, path)
}

/** `parameters` are those of the address, once decoded. Throws as `readBody`. */
export const readAddress = (parameters: unknown, path: string | null): Asked => {
  if (!isObject(parameters)) throw new HttpRefusal(400, 'The address must have a query.')
  return asked(
    {
      ...parameters,
      variables: parsed('variables', parameters['variables']),
      extensions: parsed('extensions', parameters['extensions']),
    },
    path,
  )
}

const parsed = (name: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    throw new HttpRefusal(400, `The parameter ${name} is not valid JSON.`)
  }
}

const asked = (source: JsonObject, path: string | null): Asked => {
  const { operationName } = source
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw new HttpRefusal(400, 'operationName must be one text.')
  }
  const extensions = objectOf('extensions', source['extensions'])
  const named = readNamedDocument({ path, documentId: source['documentId'], extensions })
  return {
    query: queryOf(source['query'], named),
    named,
    operationName: operationName === undefined || operationName === '' ? null : operationName,
    variables: objectOf('variables', source['variables']),
    extensions,
  }
}

const queryOf = (query: unknown, named: NamedDocument | null): string | null => {
  const isMissing = query === undefined || query === null
  if (isMissing && named !== null) return null
  if (named?.way === 'document-id') {
    throw new HttpRefusal(400, 'Send a documentId or a query, not both.')
  }
  if (typeof query !== 'string' || query.trim() === '') {
    throw new HttpRefusal(
      400,
      'The request must have a query, as one text that is not empty, or a documentId.',
    )
  }
  return query
}

const objectOf = (name: string, value: unknown): JsonObject => {
  if (value === undefined || value === null) return {}
  if (!isObject(value)) throw new HttpRefusal(400, `${name} must be a JSON object.`)
  return value
}
