/** `/graphql` and `/graphql/:documentId`: GraphQL over HTTP as its specification has it, and nothing but JSON in either direction. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Verifier } from '@stormops/chassis/identity'
import type { Gateway, GatewayAnswer } from '../gateway.ts'
import { isStillKept, keptAnswer } from './answer-validator.ts'
import type { KeptAnswer } from './answer-validator.ts'
import { Fault } from '@stormops/chassis/fault'
import type { FaultCode } from '@stormops/chassis/fault'
import type { Limits } from '../limits/limits.ts'
import { httpStageOf } from '../refusal-stage.ts'
import { admission, openDoor } from './admission.ts'
import type { Admission } from './admission.ts'
import { HttpRefusal, isClientError } from './errors.ts'
import { GRAPHQL_MEDIA_TYPE, namesPlainJson } from './media-types.ts'
import { checkHead, readAddress, readBody, readTimeout } from './request-checks.ts'
import { readRefreshCookie, refreshCookieHeader } from './refresh-cookie.ts'
import { trailOf } from './trail.ts'

/** Bytes. Larger things than operations are uploaded beside the graph. */
export const MAX_BODY_BYTES = 1_048_576

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export type GraphqlRouteOptions = {
  readonly gateway: Gateway
  readonly verify: Verifier
  /** Default without limits. */
  readonly limits?: Limits
  /** Whether browsers reach us over TLS alone, so that they keep our cookie from any other way. */
  readonly secureCookies?: () => boolean
}

/** A scope of its own, so that other routes may read other content types. */
export const graphqlRoute =
  (options: GraphqlRouteOptions) =>
  async (scope: FastifyInstance): Promise<void> => {
    const { limits, verify } = options
    const door = limits === undefined ? openDoor(verify) : admission(limits, verify)
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
      // Keys that would reach into the prototypes of objects are refused with the body.
      scope.getDefaultJsonParser('error', 'error'),
    )
    for (const url of ['/graphql', '/graphql/:documentId']) {
      scope.route({
        method: METHODS,
        url,
        bodyLimit: MAX_BODY_BYTES,
        onRequest: async (request) => {
          const trail = trailOf(request)
          trail.mediaType = checkHead(request.method, request.headers)
          await door.arrive(request)
        },
        onError: async (_request, _reply, error) => countRefusal(options.gateway, error),
        onSend: (request, reply) => door.tell(request, reply),
        handler: (request, reply) => answer(request, reply, options, door),
      })
    }
  }

const answer = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { gateway, secureCookies = always }: GraphqlRouteOptions,
  door: Admission,
): Promise<FastifyReply> => {
  const trail = trailOf(request)
  const readOnly = request.method === 'GET'
  const timeout = readTimeout(request.headers)
  const actor = await gateway.stages.run('claims', () => door.identify(request))
  trail.actor = actor
  const path = documentIdOf(request.params)
  const asked = readOnly ? readAddress(request.query, path) : readBody(request.body, path)
  const given = await door.enter(request, timeout ?? Infinity, () =>
    gateway.execute({
      query: asked.query,
      named: asked.named,
      operationName: asked.operationName,
      variables: asked.variables,
      actor,
      refreshToken: readRefreshCookie(request.headers.cookie),
      clientAddress: request.ip,
      userAgent: request.headers['user-agent'] ?? null,
      timeoutMilliseconds: timeout === null ? null : timeout - (performance.now() - trail.startedAt),
      requestId: request.id,
      readOnly,
      gone: goneBefore(reply),
    }),
  )
  trail.operationName = given.operation?.name ?? null
  if (given.refreshCookie !== undefined) {
    reply.header('set-cookie', refreshCookieHeader(given.refreshCookie, secureCookies()))
  }
  const kept = readOnly && asked.named !== null ? keptAnswer(given, trail.mediaType) : null
  reply.headers(given.headers)
  if (kept !== null) return sendKept(request, reply, kept)
  return reply
    .code(statusOf(given, trail.mediaType, namesPlainJson(request.headers.accept)))
    .type(trail.mediaType)
    .send(JSON.stringify(given.body))
}

const always = () => true

/** Aborts when the client hangs up before it has its answer. */
const goneBefore = ({ raw }: FastifyReply): AbortSignal => {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}

const documentIdOf = (parameters: unknown): string | null => {
  if (typeof parameters !== 'object' || parameters === null || !('documentId' in parameters)) return null
  return String(parameters.documentId)
}

const OK = 200
const NOT_MODIFIED = 304
const BAD_REQUEST = 400

const sendKept = (request: FastifyRequest, reply: FastifyReply, kept: KeptAnswer): FastifyReply => {
  reply.headers(kept.headers)
  return isStillKept(request.headers['if-none-match'], kept.etag)
    ? reply.code(NOT_MODIFIED).send()
    : reply.code(OK).type(trailOf(request).mediaType).send(kept.body)
}

/**
 * Over plain JSON, an operation that was carried out is a 200 whatever came of it: older clients read it so. One that
 * asks for plain JSON by name is one of those, and wants the same for a document that is wrong in itself; whoever takes
 * anything gets the status.
 */
const statusOf = (given: GatewayAnswer, mediaType: string, isOlderClient: boolean): number => {
  if (mediaType === GRAPHQL_MEDIA_TYPE) {
    // In the media type of GraphQL's own, nothing without data is a success.
    return given.executed || given.status >= BAD_REQUEST ? given.status : BAD_REQUEST
  }
  const isOk =
    given.executed || (isOlderClient && DOCUMENT_FAULTS.has(given.body.errors?.[0]?.extensions?.['code']))
  return isOk ? OK : given.status
}

/** As the GraphQL over HTTP specification has it for application/json. */
const DOCUMENT_FAULTS: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
])

/** What broke on our side is no refusal. */
const countRefusal = (gateway: Gateway, error: unknown): void => {
  const code = refusalCode(error)
  if (code !== null) gateway.countRefusal(httpStageOf(code), code)
}

const refusalCode = (error: unknown): FaultCode | null => {
  if (error instanceof HttpRefusal) return error.code
  if (error instanceof Fault) return error.code === 'INTERNAL' ? null : error.code
  return isClientError(error) ? 'BAD_INPUT' : null
}
