/**
 * Failures that cross every layer. An expected failure of one command is not here: it is a member of that
 * command's result union. These are the ones any request can meet.
 */
import { GraphQLError } from 'graphql'

/** The closed list of codes a client can meet, beside those GraphQL itself gives. */
export const FAULT_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'QUOTA_EXHAUSTED',
  'TENANT_SUSPENDED',
  'PLAN_REQUIRED',
  'NOT_FOUND',
  'BAD_INPUT',
  'QUERY_TOO_COMPLEX',
  'PERSISTED_DOCUMENT_ID_REQUIRED',
  'PERSISTED_QUERY_NOT_FOUND',
  'UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

/** How loud a failure is in the log: the caller's own mistake is no alarm. */
export type Loudness = 'info' | 'warn' | 'error'

const LOUDNESS: Readonly<Record<FaultCode, Loudness>> = {
  UNAUTHENTICATED: 'info',
  FORBIDDEN: 'info',
  RATE_LIMITED: 'info',
  QUOTA_EXHAUSTED: 'info',
  TENANT_SUSPENDED: 'info',
  PLAN_REQUIRED: 'info',
  NOT_FOUND: 'info',
  BAD_INPUT: 'info',
  QUERY_TOO_COMPLEX: 'info',
  PERSISTED_DOCUMENT_ID_REQUIRED: 'info',
  PERSISTED_QUERY_NOT_FOUND: 'info',
  UNAVAILABLE: 'warn',
  TIMEOUT: 'warn',
  INTERNAL: 'error',
}

/** HTTP status of an answer that holds nothing but this fault. */
const HTTP_STATUS: Readonly<Record<FaultCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  QUOTA_EXHAUSTED: 403,
  TENANT_SUSPENDED: 402,
  PLAN_REQUIRED: 403,
  NOT_FOUND: 404,
  BAD_INPUT: 400,
  QUERY_TOO_COMPLEX: 400,
  PERSISTED_DOCUMENT_ID_REQUIRED: 400,
  PERSISTED_QUERY_NOT_FOUND: 400,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
  INTERNAL: 500,
}

export type FaultDetail = { readonly cause?: unknown; readonly facts?: Readonly<Record<string, unknown>> }

/** `message` is for a person; `facts` are what a program needs to act, and become `extensions`. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode
  readonly facts: Readonly<Record<string, unknown>>

  constructor(code: FaultCode, message: string, detail: FaultDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.facts = detail.facts ?? {}
  }

  get loudness(): Loudness {
    return LOUDNESS[this.code]
  }

  get httpStatus(): number {
    return HTTP_STATUS[this.code]
  }

  toGraphQLError(): GraphQLError {
    return new GraphQLError(this.message, { extensions: { code: this.code, ...this.facts } })
  }
}

export const isFaultCode = (code: unknown): code is FaultCode => FAULT_CODES.some((known) => known === code)

/** Status for a code that came out of an executed operation, or undefined for one that is not ours. */
export const httpStatusOf = (code: unknown): number | undefined =>
  isFaultCode(code) ? HTTP_STATUS[code] : undefined

/** A branch that the types say is never reached. */
export const unreachable = (value: never): never => {
  throw new Fault('INTERNAL', `Unexpected case ${JSON.stringify(value)}.`)
}

/** What a person outside may read of a failure: a fault's own words, or nothing of what went wrong inside. */
export const tellable = (error: unknown): string =>
  error instanceof Fault ? error.message : 'Something went wrong on the platform’s side; its log says what.'
