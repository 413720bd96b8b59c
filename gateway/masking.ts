/**
 * What of an error a client is told. A fault is told as it is; anything else is one sentence and a number to quote,
 * while the log has the cause.
 */
import { GraphQLError } from 'graphql'
import type { GraphQLFormattedError } from 'graphql'
import { Fault, isFaultCode } from '@stormops/chassis/fault'
import type { FaultCode } from '@stormops/chassis/fault'

/** The codes GraphQL clients know, beside our own closed list. */
const CLIENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
])

/** Keys that machinery between resolver and client adds to `extensions`. */
const MACHINERY_KEYS: ReadonlySet<string> = new Set([
  'code',
  'serviceName',
  'http',
  'stacktrace',
  'exception',
])

export const isToldCode = (code: unknown): code is string => isFaultCode(code) || CLIENT_CODES.has(code)

export const isClientCode = (code: unknown): boolean => CLIENT_CODES.has(code)

export const maskedMessage = (requestId: string): string =>
  `Something went wrong on our side. Quote request ${requestId}.`

export type ToldFault = {
  readonly code: FaultCode
  readonly message: string
  readonly facts: Readonly<Record<string, unknown>>
}

export const factsOf = (extensions: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(extensions).filter(([key]) => !MACHINERY_KEYS.has(key)))

/**
 * The fault in an error, however deep GraphQL wrapped it; null when it holds none. An INTERNAL fault counts as none:
 * its message was written for us.
 */
export const faultIn = (error: unknown): ToldFault | null => {
  let current = error
  while (current instanceof Error) {
    if (current instanceof Fault) return current.code === 'INTERNAL' ? null : current
    if (!(current instanceof GraphQLError)) return null
    if (current.originalError === undefined) return codedFault(current)
    current = current.originalError
  }
  return null
}

const codedFault = (error: GraphQLError): ToldFault | null => {
  const code = error.extensions['code']
  if (!isFaultCode(code) || code === 'INTERNAL') return null
  return { code, message: error.message, facts: factsOf(error.extensions) }
}

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
