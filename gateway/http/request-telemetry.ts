/** Every request as the root of its trace, and as what all lines of the log belong to that are written for it. */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { LogScene } from '@stormops/chassis/telemetry/log-scene'
import { TRACE_HEADER } from '@stormops/chassis/telemetry/tracer'
import type { Span, SpanAttributes, Tracer } from '@stormops/chassis/telemetry/tracer'
import { trailOf } from './trail.ts'

export type RequestTelemetry = { readonly tracer: Tracer; readonly scene: LogScene }

/** Must be added before the routes. Probes are left out: nobody wants to see them. */
export const watchRequests = (
  app: FastifyInstance,
  telemetry: RequestTelemetry,
  unwatched: ReadonlySet<string>,
): void => {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (unwatched.has(route.url)) return
    const { handler } = route
    route.handler = async function answer(request, reply) {
      // A handler of Fastify's is called on its server.
      return answered(request, reply, route.url, telemetry, async () => handler.call(this, request, reply))
    }
  })
}

const answered = (
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
  { tracer, scene }: RequestTelemetry,
  work: () => Promise<unknown>,
): Promise<unknown> => {
  const trail = trailOf(request)
  const fields = () => ({ requestId: request.id, tenantId: trail.actor?.tenantId ?? null })
  if (!tracer.isOn) return scene.within(fields, work)
  const header = request.headers[TRACE_HEADER]
  return tracer.span(
    `${request.method} ${route}`,
    {
      role: 'answers',
      startedAt: trail.startedAt,
      after: { traceparent: typeof header === 'string' ? header : null, isOurs: false },
      attributes: {
        'http.request.method': request.method,
        'http.route': route,
        'stormops.request.id': request.id,
      },
    },
    async (span) => {
      trail.traceId = tracer.traceId()
      try {
        return await scene.within(fields, work)
      } finally {
        tell(span, request, reply)
      }
    },
  )
}

const SERVER_FAULT = 500

const tell = (span: Span, request: FastifyRequest, { statusCode }: FastifyReply): void => {
  const { actor, operationName } = trailOf(request)
  const attributes: SpanAttributes = {
    'http.response.status_code': statusCode,
    ...(actor?.tenantId ? { 'stormops.tenant.id': actor.tenantId } : {}),
    ...(operationName === null ? {} : { 'graphql.operation.name': operationName.slice(0, 100) }),
  }
  span.set(attributes)
  if (statusCode >= SERVER_FAULT) span.fail(String(statusCode))
}
