/**
 * What became of an operation is put into words for the client here, and into the log for us. Being the first plugin,
 * it has done so when any other sees the answer, and nothing unmasked is left for those to pass on.
 */
import type {
  ApolloServerPlugin,
  GraphQLRequestContextWillSendResponse,
  GraphQLRequestListener,
} from '@apollo/server'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import { httpStatusOf } from '@stormops/chassis/fault'
import type { Log } from '@stormops/chassis/telemetry/log'
import { introspectionRefusal } from './permissions/introspection.ts'
import type { IntrospectionPolicy } from './permissions/introspection.ts'
import type { GatewayContext } from './context.ts'
import { tooComplexIn } from './document-guard.ts'
import { factsOf, faultError, faultIn, isClientCode, isToldCode, toldError } from './masking.ts'
import { headersOf } from './refusal.ts'

export type MaskingOptions = { readonly log: Log; readonly introspection: IntrospectionPolicy }

type Outgoing = GraphQLRequestContextWillSendResponse<GatewayContext>

export const maskingPlugin = ({ log, introspection }: MaskingOptions): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didEncounterErrors: async ({ errors, contextValue: { requestId } }) => {
      for (const error of errors) {
        if (!isNews(error)) continue
        log.error({ err: error.originalError ?? error, requestId }, 'An operation broke.')
      }
    },
    willSendResponse: async (outgoing) => {
      if (introspectionRefusal(introspection, outgoing.contextValue.actor) !== null) takeOutHints(outgoing)
      mask(outgoing)
    },
  }
  return {
    requestDidStart: async () => listener,
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) => {
      requestContext.contextValue.facts.failure = error
    },
  }
}

const OK = 200
const BAD_REQUEST = 400
const INTERNAL_ERROR = 500

/** Neither told to the client as it is, nor logged with its place by the fetch it came from. */
const isNews = (error: GraphQLError): boolean => {
  const { code } = error.extensions
  if (code === 'INTERNAL') return error.path === undefined
  if (isToldCode(code) || ownCode(error) !== null) return false
  return tooComplexIn(error) === null && faultIn(error) === null
}

/** Who may not see the graph's shape is not told of it name by name either. */
const takeOutHints = ({ response: { body } }: Outgoing): void => {
  if (body.kind !== 'single' || body.singleResult.errors === undefined) return
  const errors = body.singleResult.errors.map((error) =>
    error.extensions?.['code'] === 'GRAPHQL_VALIDATION_FAILED'
      ? { ...error, message: error.message.replace(HINT, '') }
      : error,
  )
  body.singleResult = { ...body.singleResult, errors }
}

const HINT = / Did you mean [^\n]*$/

const mask = ({ response, errors = [], contextValue }: Outgoing): void => {
  const { body, http } = response
  if (body.kind !== 'single') return
  const result = body.singleResult
  if (result.errors === undefined || result.errors.length === 0) return
  const { requestId } = contextValue
  // Without data nothing was executed: variables that do not fit, or a refusal of one of the stages.
  const told =
    result.data === undefined
      ? toldRefusals(result.errors, errors, requestId)
      : result.errors.map((error) => toldError(error, requestId))
  body.singleResult = { ...result, errors: told }
  const hasData = result.data !== undefined && result.data !== null
  http.status = hasData ? OK : statusOf(told[0], http.status)
  if (hasData) return
  for (const [name, value] of Object.entries(headersOf(told[0]?.extensions ?? {}))) {
    if (!http.headers.has(name)) http.headers.set(name, value)
  }
}

const toldRefusals = (
  formatted: readonly GraphQLFormattedError[],
  errors: readonly GraphQLError[],
  requestId: string,
): readonly GraphQLFormattedError[] => {
  for (const error of errors) {
    const tooComplex = tooComplexIn(error)
    // Whatever else the validator found before it gave up is half of the truth.
    if (tooComplex !== null) return [faultError(tooComplex, requestId)]
  }
  return formatted.map((shown, index) => toldRefusal(shown, errors[index], requestId))
}

const toldRefusal = (
  shown: GraphQLFormattedError,
  error: GraphQLError | undefined,
  requestId: string,
): GraphQLFormattedError => {
  const fault = error === undefined ? null : faultIn(error)
  if (fault !== null) return faultError(fault, requestId)
  const code = error === undefined ? null : ownCode(error)
  if (error === undefined || code === null) return toldError(shown, requestId)
  return { message: error.message, extensions: { ...factsOf(error.extensions), code, requestId } }
}

/**
 * The code of a refusal outside our list, null when it is none. A plugin of somebody else that says both a code and an
 * HTTP status of 4xx wrote its message for the client; anything less may be an accident.
 */
const ownCode = ({ extensions: { code, http } }: GraphQLError): string | null => {
  if (typeof code !== 'string' || isToldCode(code)) return null
  if (typeof http !== 'object' || http === null || !('status' in http)) return null
  const { status } = http
  if (typeof status !== 'number' || status < BAD_REQUEST || status >= INTERNAL_ERROR) return null
  // Apollo Server's own word for a request without a query.
  return code === 'BAD_REQUEST' ? 'BAD_INPUT' : code
}

/** What a refusal asks for itself, and otherwise what its code stands for. `given` is 500 where nobody asked. */
const statusOf = (error: GraphQLFormattedError | undefined, given: number | undefined): number => {
  const code = error?.extensions?.['code']
  if (code === 'INTERNAL') return INTERNAL_ERROR
  if (given !== undefined && given !== INTERNAL_ERROR) return given
  return httpStatusOf(code) ?? (isClientCode(code) ? BAD_REQUEST : INTERNAL_ERROR)
}
