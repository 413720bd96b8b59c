/** The answer to one operation, whoever asked: a client over HTTP, the command line, or a test. */
import type { GraphQLFormattedError } from 'graphql'
import { Fault, httpStatusOf } from '@stormops/chassis/fault'
import { DocumentRefused } from './documents.ts'
import type { OperationType } from './documents.ts'
import { faultError, isClientCode, maskedMessage, toldError } from './masking.ts'
import type { OperationOutcome } from './metrics.ts'

export type GatewayBody = {
  readonly errors?: readonly GraphQLFormattedError[]
  readonly data?: Record<string, unknown> | null
  readonly extensions: { readonly requestId: string } & Readonly<Record<string, unknown>>
}

export type GatewayAnswer = {
  readonly body: GatewayBody
  /**
   * HTTP status: 4xx or 5xx of the first error where there is no data, otherwise 200. Over `application/json` an
   * executed operation is 200 all the same.
   */
  readonly status: number
  /** False when the operation was refused before any subgraph was asked. */
  readonly executed: boolean
  readonly outcome: OperationOutcome
  /** Name and type of the operation, null when it was refused before they were known. */
  readonly operation: { readonly name: string | null; readonly type: OperationType } | null
  /** HTTP headers that belong to the refusal, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
}

export type ExecutedResult = {
  readonly data?: Record<string, unknown> | null
  readonly errors: readonly GraphQLFormattedError[]
}

/** A request that may only ask (HTTP GET) asked for a change. */
export class MutationOverGet extends Error {
  override readonly name = 'MutationOverGet'

  constructor() {
    super('A GET request can only ask; send a mutation with POST.')
  }
}

type Operation = GatewayAnswer['operation']

const OK = 200
const BAD_REQUEST = 400
const METHOD_NOT_ALLOWED = 405
const INTERNAL_ERROR = 500

const NO_HEADERS: Readonly<Record<string, string>> = {}

const statusOfErrors = (errors: readonly GraphQLFormattedError[]): number => {
  const code = errors[0]?.extensions?.['code']
  return httpStatusOf(code) ?? (isClientCode(code) ? BAD_REQUEST : INTERNAL_ERROR)
}

export const executedAnswer = (
  result: ExecutedResult,
  requestId: string,
  operation: Operation,
): GatewayAnswer => {
  if (result.errors.length === 0) {
    const body = { data: result.data ?? null, extensions: { requestId } }
    return { body, status: OK, executed: true, outcome: 'ok', operation, headers: NO_HEADERS }
  }
  const errors = result.errors.map((error) => toldError(error, requestId))
  const { data } = result
  // The executor leaves data out for a request it could not begin with, such as variables that do not fit.
  const executed = data !== undefined
  const hasData = data !== undefined && data !== null
  return {
    body: { errors, ...(executed ? { data } : {}), extensions: { requestId } },
    status: hasData ? OK : statusOfErrors(errors),
    executed,
    outcome: hasData ? 'partial' : executed ? 'failed' : 'refused',
    operation,
    headers: NO_HEADERS,
  }
}

/** The answer to an operation that was refused; null for an error that is no refusal. */
export const refusedAnswer = (
  cause: unknown,
  requestId: string,
  operation: Operation,
): GatewayAnswer | null => {
  const refusal = { executed: false, outcome: 'refused' as const, operation }
  if (cause instanceof DocumentRefused) {
    const errors = cause.errors.map((error) => toldError(error.toJSON(), requestId))
    const body = { errors, extensions: { requestId } }
    return { ...refusal, body, status: statusOfErrors(errors), headers: NO_HEADERS }
  }
  if (cause instanceof MutationOverGet) {
    const error = { message: cause.message, extensions: { code: 'BAD_INPUT', requestId } }
    const body = { errors: [error], extensions: { requestId } }
    return { ...refusal, body, status: METHOD_NOT_ALLOWED, headers: { allow: 'POST' } }
  }
  if (cause instanceof Fault && cause.code !== 'INTERNAL') {
    const body = { errors: [faultError(cause, requestId)], extensions: { requestId } }
    return { ...refusal, body, status: cause.httpStatus, headers: headersOf(cause) }
  }
  return null
}

/** The answer when something of ours broke; the cause is the caller's to log. */
export const brokenAnswer = (requestId: string, operation: Operation): GatewayAnswer => ({
  body: {
    errors: [{ message: maskedMessage(requestId), extensions: { code: 'INTERNAL', requestId } }],
    extensions: { requestId },
  },
  status: INTERNAL_ERROR,
  executed: false,
  outcome: 'failed',
  operation,
  headers: NO_HEADERS,
})

/** Headers HTTP asks for beside a status: how to sign in, and when to come again. */
export const headersOf = (fault: Fault): Readonly<Record<string, string>> => {
  if (fault.code === 'UNAUTHENTICATED') return { 'www-authenticate': 'Bearer' }
  const seconds = fault.facts['retryAfterSeconds']
  return typeof seconds === 'number' ? { 'retry-after': String(Math.ceil(seconds)) } : NO_HEADERS
}
