/** Every error that leaves over HTTP is JSON of one shape, with the number of its request in it. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Fault } from '@stormops/chassis/fault'
import type { FaultCode } from '@stormops/chassis/fault'
import type { Log } from '@stormops/chassis/telemetry/log'
import { maskedMessage } from '../masking.ts'
import { headersOf } from '../refusal.ts'
import { JSON_MEDIA_TYPE } from './media-types.ts'

/** The request itself was not fit to be read; `status` says how. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal'
  readonly status: number
  readonly code: FaultCode
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = status === 404 ? 'NOT_FOUND' : 'BAD_INPUT'
    this.headers = headers
  }
}

export type ErrorReply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: {
    readonly errors: readonly {
      readonly message: string
      readonly extensions: Readonly<Record<string, unknown>>
    }[]
    readonly extensions: { readonly requestId: string }
  }
}

const errorReply = (
  status: number,
  code: FaultCode,
  message: string,
  requestId: string,
  more: { readonly headers?: ErrorReply['headers']; readonly facts?: Readonly<Record<string, unknown>> } = {},
): ErrorReply => ({
  status,
  headers: more.headers ?? {},
  body: {
    errors: [{ message, extensions: { ...more.facts, code, requestId } }],
    extensions: { requestId },
  },
})

/** What the HTTP framework refuses on its own, by its code, in words for whoever sent it. */
const FRAMEWORK_MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than this address takes.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'This address does not take this content type.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as its content-length says.',
  FST_ERR_BAD_URL: 'The path of the request cannot be read.',
}

type FrameworkError = Error & { readonly statusCode: number; readonly code?: unknown }

/** Something in the request that the HTTP framework refuses by itself. */
export const isClientError = (error: unknown): error is FrameworkError =>
  error instanceof Error &&
  'statusCode' in error &&
  typeof error.statusCode === 'number' &&
  error.statusCode >= 400 &&
  error.statusCode < 500

/** The reply to anything thrown on the way; what is our own mistake is masked, and logged here with its cause. */
export const replyTo = (error: unknown, requestId: string, log: Log): ErrorReply => {
  if (error instanceof HttpRefusal) {
    return errorReply(error.status, error.code, error.message, requestId, { headers: error.headers })
  }
  if (error instanceof Fault && error.code !== 'INTERNAL') {
    return errorReply(error.httpStatus, error.code, error.message, requestId, {
      headers: headersOf({ ...error.facts, code: error.code }),
      facts: error.facts,
    })
  }
  if (isClientError(error)) {
    const message = FRAMEWORK_MESSAGES[String(error.code)] ?? 'The request cannot be read.'
    return errorReply(error.statusCode, 'BAD_INPUT', message, requestId)
  }
  log.error({ err: error, requestId }, 'A request broke.')
  return errorReply(500, 'INTERNAL', maskedMessage(requestId), requestId)
}

export const notFound = (requestId: string): ErrorReply =>
  errorReply(404, 'NOT_FOUND', 'There is nothing at this address.', requestId)

const CONNECTION_STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** For bytes that are no HTTP request: nothing was parsed that could carry a reply, so it is written out here. */
export const replyOnSocket = (error: { readonly code: string }, socket: Socket, requestId: string): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = CONNECTION_STATUS[error.code] ?? 400
  const { body } = errorReply(status, 'BAD_INPUT', 'This is not a request that can be read.', requestId)
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Bad Request'}`,
    `content-type: ${JSON_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(text)}`,
    `x-request-id: ${requestId}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
