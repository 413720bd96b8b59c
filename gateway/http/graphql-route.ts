/** `/graphql`: GraphQL over HTTP as its specification has it, and nothing but JSON in either direction. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Verifier } from '@stormops/chassis/identity'
import { identify } from '../claims/claims.ts'
import type { Gateway, GatewayAnswer } from '../gateway.ts'
import { GRAPHQL_MEDIA_TYPE } from './media-types.ts'
import { checkHead, readAddress, readBody } from './request-checks.ts'
import { trailOf } from './trail.ts'

/** Bytes. Larger things than operations are uploaded beside the graph. */
export const MAX_BODY_BYTES = 1_048_576

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export type GraphqlRouteOptions = { readonly gateway: Gateway; readonly verify: Verifier }

/** A scope of its own, so that other routes may read other content types. */
export const graphqlRoute =
  (options: GraphqlRouteOptions) =>
  async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
      // Keys that would reach into the prototypes of objects are refused with the body.
      scope.getDefaultJsonParser('error', 'error'),
    )
    scope.route({
      method: METHODS,
      url: '/graphql',
      bodyLimit: MAX_BODY_BYTES,
      onRequest: async (request) => {
        const trail = trailOf(request)
        trail.mediaType = checkHead(request.method, request.headers)
      },
      handler: (request, reply) => answer(request, reply, options),
    })
  }

const answer = async (
  request: FastifyRequest,
  reply: FastifyReply,
  { gateway, verify }: GraphqlRouteOptions,
): Promise<FastifyReply> => {
  const trail = trailOf(request)
  const readOnly = request.method === 'GET'
  const actor = await identify(request.headers.authorization, verify)
  trail.actor = actor
  const asked = readOnly ? readAddress(request.query) : readBody(request.body)
  const given = await gateway.execute({
    query: asked.query,
    operationName: asked.operationName,
    variables: asked.variables,
    actor,
    clientAddress: request.ip,
    requestId: request.id,
    readOnly,
    gone: goneBefore(reply),
  })
  trail.operationName = given.operation?.name ?? null
  return reply
    .code(statusOf(given, trail.mediaType))
    .headers(given.headers)
    .type(trail.mediaType)
    .send(JSON.stringify(given.body))
}

/** Aborts when the client hangs up before it has its answer. */
const goneBefore = ({ raw }: FastifyReply): AbortSignal => {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}

/** Over plain JSON, an operation that was carried out is a 200 whatever came of it: older clients read it so. */
const statusOf = (given: GatewayAnswer, mediaType: string): number =>
  given.executed && mediaType !== GRAPHQL_MEDIA_TYPE ? 200 : given.status
