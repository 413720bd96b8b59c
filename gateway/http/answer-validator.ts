/**
 * Answers that a client may keep and ask about again. They belong to whoever asked, so no cache between may keep them,
 * and a client that keeps one asks each time whether it is still so.
 */
import { createHash } from 'node:crypto'
import type { GatewayAnswer } from '../gateway.ts'

export type KeptAnswer = {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly etag: string
}

/**
 * An answer may be kept when a GET named its document and nothing went wrong; null for any other. Its body does not bear
 * the request's number and what it cost, which would be another's once it is kept; the headers x-request-id and RateLimit do.
 */
export const keptAnswer = (given: GatewayAnswer, mediaType: string): KeptAnswer | null => {
  if (given.outcome !== 'ok' || given.operation?.type !== 'query') return null
  const { requestId: _number, cost: _cost, ...extensions } = given.body.extensions
  const { data } = given.body
  const body = JSON.stringify(Object.keys(extensions).length === 0 ? { data } : { data, extensions })
  const etag = `"${createHash('sha256').update(mediaType).update('\0').update(body).digest('base64url')}"`
  const headers = {
    'cache-control': 'private, no-cache',
    vary: 'Authorization, Accept',
    etag,
  }
  return { body, headers, etag }
}

/** Whether an If-None-Match header names the answer; for a GET, a weak name will do. */
export const isStillKept = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((tag) => {
    const name = tag.trim()
    return name === '*' || name.replace(/^W\//, '') === etag
  })
