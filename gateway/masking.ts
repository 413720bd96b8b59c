/**
 * What of an error a client is told. A fault is told as it is; anything else is one sentence and a number to quote,
 * while the log has the cause.
 */
import type { GraphQLFormattedError } from 'graphql'
import { isFaultCode } from '@stormops/chassis/fault'
import { factsOf, maskedMessage } from '@stormops/chassis/graphql/told-fault'
import type { ToldFault } from '@stormops/chassis/graphql/told-fault'

export { factsOf, faultIn, maskedMessage } from '@stormops/chassis/graphql/told-fault'
export type { ToldFault } from '@stormops/chassis/graphql/told-fault'

/** The codes GraphQL clients know, beside our own closed list. */
const CLIENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
])

export const isToldCode = (code: unknown): code is string => isFaultCode(code) || CLIENT_CODES.has(code)

export const isClientCode = (code: unknown): boolean => CLIENT_CODES.has(code)

/** The error as a client sees it; `error.extensions.code` outside the lists becomes INTERNAL, whose words are ours. */
export const toldError = (error: GraphQLFormattedError, requestId: string): GraphQLFormattedError => {
  const extensions = error.extensions ?? {}
  const code = extensions['code']
  const place = {
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
  }
  if (!isToldCode(code) || code === 'INTERNAL') {
    return { message: maskedMessage(requestId), ...place, extensions: { code: 'INTERNAL', requestId } }
  }
  return { message: error.message, ...place, extensions: { ...factsOf(extensions), code, requestId } }
}

export const faultError = (fault: ToldFault, requestId: string): GraphQLFormattedError => ({
  message: fault.message,
  extensions: { ...fault.facts, code: fault.code, requestId },
})
