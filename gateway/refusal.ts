/** How a plugin refuses an operation: an error thrown in `didResolveOperation`, with its code and its HTTP status. */
import { HeaderMap } from '@apollo/server'
import { GraphQLError } from 'graphql'
import type { Fault } from '@stormops/chassis/fault'

export type RefusalHead = { readonly status: number; readonly headers?: Readonly<Record<string, string>> }

/** Throw it in `didResolveOperation`, before which no subgraph is asked; thrown elsewhere it becomes a bare 500. */
export const refusal = (
  fault: Fault,
  head: RefusalHead = { status: fault.httpStatus, headers: headersOf({ ...fault.facts, code: fault.code }) },
): GraphQLError => codedRefusal(fault.code, fault.message, head, fault.facts)

export const codedRefusal = (
  code: string,
  message: string,
  { status, headers = {} }: RefusalHead,
  facts: Readonly<Record<string, unknown>> = {},
): GraphQLError => {
  const http = { status, headers: new HeaderMap(Object.entries(headers)) }
  return new GraphQLError(message, { extensions: { ...facts, code, http } })
}

const NO_HEADERS: Readonly<Record<string, string>> = {}

/** Headers HTTP asks for beside a status, by the `extensions` of an error: how to sign in, and when to come again. */
export const headersOf = (
  extensions: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> => {
  if (extensions['code'] === 'UNAUTHENTICATED') return { 'www-authenticate': 'Bearer' }
  const seconds = extensions['retryAfterSeconds']
  return typeof seconds === 'number' ? { 'retry-after': String(Math.ceil(seconds)) } : NO_HEADERS
}
