/** What every answer carries, whoever writes it. */
import type { IncomingHttpHeaders } from 'node:http'
import type { NewId } from '@stormops/chassis/values/ids'

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/
export const REQUEST_ID_HEADER = 'x-request-id'

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
}

/** A client may number its requests itself. */
export const requestIdOf = (headers: IncomingHttpHeaders, newRequestId: NewId): string => {
  const given = headers[REQUEST_ID_HEADER]
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newRequestId()
}
