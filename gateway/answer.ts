/** The answer to one operation, whoever asked: a client over HTTP, the command line, or a test. */
import type { GraphQLResponse } from '@apollo/server'
import type { GraphQLFormattedError } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import type { ChosenOperation } from './context.ts'
import { maskedMessage, toldError } from './masking.ts'
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
  /** False when the operation was refused before any subgraph was asked, or when something of ours broke. */
  readonly executed: boolean
  readonly outcome: OperationOutcome
  /** Name and type of the operation, null when it was refused before they were known. */
  readonly operation: ChosenOperation | null
  /** HTTP headers that belong to the answer, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** The refresh token that a browser is to keep in place of the one it has; left out, it keeps what it has. */
  readonly refreshCookie?: RefreshCookie
}

/** An empty value that lasts no time is one to forget. */
export type RefreshCookie = { readonly value: string; readonly maxAgeSeconds: number }

const OK = 200
const INTERNAL_ERROR = 500

const NO_HEADERS: Readonly<Record<string, string>> = {}

/** The answer out of what Apollo Server made of it; throws for an answer in parts, which nobody asks for here. */
export const answerOf = (
  { body, http }: GraphQLResponse,
  requestId: string,
  operation: ChosenOperation | null,
): GatewayAnswer => {
  if (body.kind !== 'single') throw new Fault('INTERNAL', 'An answer came in parts.')
  const { data, extensions: added } = body.singleResult
  const errors = body.singleResult.errors ?? []
  const extensions = added === undefined ? { requestId } : { ...added, requestId }
  const executed = data !== undefined
  return {
    body: {
      ...(errors.length === 0 ? {} : { errors: errors.map((error) => onceTold(error, requestId)) }),
      ...(executed ? { data } : {}),
      extensions,
    },
    status: http.status ?? OK,
    executed,
    outcome: outcomeOf(data, errors),
    operation,
    headers: http.headers.size === 0 ? NO_HEADERS : Object.fromEntries(http.headers),
  }
}

/** A plugin may add an error to the answer after ours were masked; those bear the number of their request. */
const onceTold = (error: GraphQLFormattedError, requestId: string): GraphQLFormattedError =>
  error.extensions?.['requestId'] === requestId ? error : toldError(error, requestId)

const outcomeOf = (data: unknown, errors: readonly GraphQLFormattedError[]): OperationOutcome => {
  if (errors.length === 0) return 'ok'
  if (data !== undefined) return data === null ? 'failed' : 'partial'
  return errors[0]?.extensions?.['code'] === 'INTERNAL' ? 'failed' : 'refused'
}

/** The answer when something of ours broke; the cause is the caller's to log. */
export const brokenAnswer = (requestId: string, operation: ChosenOperation | null): GatewayAnswer => ({
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
