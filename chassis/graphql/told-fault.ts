/**
 * What of an error anybody outside is told. A fault is told as it is; of anything else one sentence and a number to
 * quote, while the log has the cause.
 */
import { GraphQLError } from 'graphql'
import { Fault, isFaultCode } from '../fault.ts'
import type { FaultCode } from '../fault.ts'

/** Keys that machinery between resolver and client adds to `extensions`. */
const MACHINERY_KEYS: ReadonlySet<string> = new Set([
  'code',
  'serviceName',
  'http',
  'stacktrace',
  'exception',
])

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
