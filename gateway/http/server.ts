/** The HTTP server in front of the graph. It speaks JSON and never HTML, and every answer carries its request's id. */
import type { Server as Door } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import type { Registry } from 'prom-client'
import type { NewId } from '@stormops/chassis/values/ids'
import type { Verifier } from '@stormops/chassis/identity'
import { metricsAccess } from '@stormops/chassis/http/metrics-access'
import type { MayReadMetrics } from '@stormops/chassis/http/metrics-access'
import type { Log } from '@stormops/chassis/telemetry/log'
import { logScene } from '@stormops/chassis/telemetry/log-scene'
import { noTracer } from '@stormops/chassis/telemetry/tracer'
import type { TrustedProxies } from '@stormops/chassis/trusted-proxies'
import type { Gateway } from '../gateway.ts'
import type { Limits } from '../limits/limits.ts'
import { httpMetrics } from '../metrics.ts'
import type { HttpMetrics } from '@stormops/chassis/telemetry/http-metrics'
import { REQUEST_ID_HEADER, requestIdOf, SECURITY_HEADERS } from './answer-headers.ts'
import { closeDoors, openMoreDoors, sharedAddress } from './doors.ts'
import { refuseEarly } from './early-refusal.ts'
import { notFound, replyOnSocket, replyTo } from './errors.ts'
import type { ErrorReply } from './errors.ts'
import { graphqlRoute, MAX_BODY_BYTES } from './graphql-route.ts'
import { HEALTH_ROUTES, healthRoutes } from './health-routes.ts'
import type { KeySet, Readiness } from './health-routes.ts'
import { watchRequests } from './request-telemetry.ts'
import type { RequestTelemetry } from './request-telemetry.ts'
import { trailOf } from './trail.ts'

/** Milliseconds that requests under way may take to end once the server closes: as long as an operation may take. */
export const DRAIN_MILLISECONDS = 10_000

/** Milliseconds a client may take to send a whole request, a large upload over a slow line included. */
const REQUEST_MILLISECONDS = 300_000

/** A signed link is a token in the path: a few hundred characters. */
const LINK_CHARACTERS = 2_000

/** A client may name its operation as it likes; the log takes this much of it. */
const LOGGED_NAME_CHARACTERS = 100

export type HttpServerOptions = {
  readonly gateway: Gateway
  readonly verify: Verifier
  /** The gateway's own. Default without limits. */
  readonly limits?: Limits
  readonly jwks: () => KeySet
  readonly log: Log
  readonly newRequestId: NewId
  readonly readiness: () => Promise<Readiness>
  /** Adds addresses beside the graph, in a scope of their own: files, uploads, webhooks, pages of development. */
  readonly routes?: (app: FastifyInstance) => void | Promise<void>
  /** Default the gateway's own. */
  readonly registry?: Registry
  /** Default nothing is traced, and lines of the log have what they were given. */
  readonly telemetry?: RequestTelemetry
  /** Default this machine and its private network. */
  readonly mayReadMetrics?: MayReadMetrics
  /** What clients call this server, when a proxy stands before it. */
  readonly publicUrl?: string
  /** Whether browsers reach us over TLS alone. Default yes; on plain HTTP a browser would not keep the cookie. */
  readonly secureCookies?: () => boolean
  /** Proxies whose X-Forwarded headers are believed. Default none. */
  readonly trustProxy?: TrustedProxies | null
  readonly drainMilliseconds?: number
  /**
   * Milliseconds between saying that it closes and closing, in which everybody on an open connection is told with an
   * answer. Default 0.
   */
  readonly noticeMilliseconds?: number
}

export type HttpServer = {
  readonly app: FastifyInstance
  readonly listen: (host: string, port: number) => Promise<{ readonly url: string; readonly port: number }>
  /** Takes no new request, lets those under way end, and then closes every connection. */
  readonly close: () => Promise<void>
}

export const createHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const { gateway, log, noticeMilliseconds = 0 } = options
  const registry = options.registry ?? gateway.registry
  const app = createApp(options)
  let isClosing = false
  const metrics = httpMetrics(registry)
  everyRequest(app, log, metrics)
  app.addHook('onSend', async (_request, reply) => {
    // A connection kept open after its last answer would hold up the close until it is cut.
    if (isClosing) reply.header('connection', 'close')
  })
  watchRequests(app, options.telemetry ?? { tracer: noTracer, scene: logScene() }, HEALTH_ROUTES)
  const { mayReadMetrics = metricsAccess(null) } = options
  healthRoutes(app, { ...options, registry, mayReadMetrics, isClosing: () => isClosing })
  await app.register(graphqlRoute(options))
  const { routes } = options
  if (routes !== undefined) await app.register(async (scope) => routes(scope))
  await app.ready()
  const { limits } = options
  if (limits !== undefined) {
    refuseEarly(app.server, { ...options, limits, metrics, isClosing: () => isClosing })
  }
  let doors: readonly Door[] = []
  return {
    app,
    listen: async (host, port) => {
      const shared = await sharedAddress(host, port)
      await app.listen(shared)
      const address = app.server.address()
      const taken = typeof address === 'object' && address !== null ? address.port : port
      doors = await openMoreDoors(app.server, { ...shared, port: taken })
      const name = host.includes(':') ? `[${host}]` : host
      return { url: options.publicUrl ?? `http://${name}:${taken}`, port: taken }
    },
    close: async () => {
      isClosing = true
      // Whoever stands at a door that closes is cut off. Connections are still kept now, so hardly anybody comes.
      const doorsClosed = closeDoors(doors)
      if (noticeMilliseconds > 0) await sleep(noticeMilliseconds)
      const patience = options.drainMilliseconds ?? DRAIN_MILLISECONDS
      const force = setTimeout(() => app.server.closeAllConnections(), patience)
      try {
        await Promise.all([app.close(), doorsClosed])
      } finally {
        clearTimeout(force)
      }
    },
  }
}

const createApp = (options: HttpServerOptions): FastifyInstance => {
  const { log, newRequestId, trustProxy } = options
  return fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: LINK_CHARACTERS },
    requestTimeout: REQUEST_MILLISECONDS,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // A request on an open connection is answered, and told that the connection ends.
    return503OnClosing: false,
    trustProxy: believed(trustProxy ?? null),
    requestIdHeader: false,
    genReqId: ({ headers }) => requestIdOf(headers, newRequestId),
    frameworkErrors: (error, request, reply) => {
      send(
        reply.headers({ ...SECURITY_HEADERS, [REQUEST_ID_HEADER]: request.id }),
        replyTo(error, request.id, log),
      )
    },
    clientErrorHandler: (error, socket) => replyOnSocket(error, socket, newRequestId()),
  })
}

/** The proxy nearest to us is at hop 0. Fastify takes a number for none at all, since it cannot know who reaches it. */
const believed = (proxies: TrustedProxies | null): NonNullable<FastifyServerOptions['trustProxy']> => {
  if (proxies === null) return false
  return proxies.kind === 'networks' ? [...proxies.networks] : (_address, hop) => hop < proxies.hops
}

const everyRequest = (app: FastifyInstance, log: Log, metrics: HttpMetrics): void => {
  app.addHook('onRequest', async (request, reply) => {
    trailOf(request)
    reply.headers(SECURITY_HEADERS).header(REQUEST_ID_HEADER, request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const milliseconds = performance.now() - trailOf(request).startedAt
    metrics.record(route, reply.statusCode, milliseconds / 1000)
    logRequest(log, request, route, reply.statusCode, milliseconds)
  })
  app.setErrorHandler((error, request, reply) => send(reply, replyTo(error, request.id, log), request))
  app.setNotFoundHandler((request, reply) => send(reply, notFound(request.id)))
}

const send = (reply: FastifyReply, error: ErrorReply, request?: FastifyRequest): FastifyReply =>
  reply
    .code(error.status)
    .headers(error.headers)
    .type(request === undefined ? 'application/json; charset=utf-8' : trailOf(request).mediaType)
    .send(JSON.stringify(error.body))

/** The route as it was declared and not the address, which may hold a token; probes are told only who asks for them. */
const logRequest = (
  log: Log,
  request: FastifyRequest,
  route: string,
  status: number,
  milliseconds: number,
): void => {
  const { actor, operationName, traceId } = trailOf(request)
  const line = {
    method: request.method,
    route,
    status,
    ms: Math.round(milliseconds * 10) / 10,
    requestId: request.id,
    tenantId: actor?.tenantId ?? null,
    actorId: actor?.id ?? null,
    operationName: operationName?.slice(0, LOGGED_NAME_CHARACTERS) ?? null,
    ...(traceId === null ? {} : { traceId }),
  }
  if (HEALTH_ROUTES.has(route)) log.debug(line, 'request')
  else log.info(line, 'request')
}
