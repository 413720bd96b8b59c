/**
 * The HTTP server of a process that answers the platform's own processes. It takes POSTs with a signed context and
 * reads nothing of any other; beside them it tells machines whether it lives, is ready, and what it counts.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../telemetry/log.ts'
import { httpMetrics } from '../telemetry/http-metrics.ts'
import { quietTelemetry } from '../telemetry/telemetry.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { metricsAccess } from './metrics-access.ts'
import type { MayReadMetrics } from './metrics-access.ts'
import { answerCall, bare, refused } from './private-call.ts'
import type { PrivateReply, PrivateRoute } from './private-call.ts'
import type { Readiness } from './readiness.ts'

/** Milliseconds that calls under way may take to end: as long as an operation of the gateway. */
const DRAIN_MS = 10_000
/** Longer than any client of ours keeps a connection without use, so that the client is the one who ends it. */
const KEEP_ALIVE_MS = 75_000
const HEADERS_MS = 10_000
const REQUEST_MS = 60_000

export type PrivateServerOptions = {
  readonly routes: readonly PrivateRoute[]
  readonly readiness: () => Promise<Readiness>
  /** Of the process. Default one of its own, which traces nothing. */
  readonly telemetry?: Telemetry
  /** Default this machine and its private network. */
  readonly mayReadMetrics?: MayReadMetrics
  readonly log: Log
  readonly drainMilliseconds?: number
  /**
   * Milliseconds between saying that it closes and closing, in which everybody on an open connection is told with an
   * answer. Default 0.
   */
  readonly noticeMilliseconds?: number
}

export type PrivateServer = {
  readonly listen: (host: string, port: number) => Promise<{ readonly url: string; readonly port: number }>
  /** Takes no new call, lets those under way end, and then closes every connection. */
  readonly close: () => Promise<void>
}

export const createPrivateServer = (options: PrivateServerOptions): PrivateServer => {
  const { drainMilliseconds = DRAIN_MS, noticeMilliseconds = 0, telemetry = quietTelemetry() } = options
  const { mayReadMetrics = metricsAccess(null) } = options
  const routes = new Map(options.routes.map((route) => [route.path, route]))
  const metrics = httpMetrics(telemetry.registry)
  let isClosing = false

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now()
    const path = request.url?.split('?')[0] ?? ''
    const route = routes.get(path)
    const reply = await (route === undefined
      ? answerProbe(request, path, { ...options, telemetry, mayReadMetrics }, isClosing)
      : answerCall(request, goneBefore(response), route, { log: options.log, telemetry }))
    send(request, response, reply, isClosing)
    metrics.record(
      route?.path ?? (PROBES.has(path) ? path : 'unknown'),
      reply.status,
      (performance.now() - started) / 1000,
    )
  }
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS },
    (request, response) => {
      respond(request, response).catch((cause: unknown) => {
        options.log.error({ err: cause }, 'A call broke.')
        response.destroy()
      })
    },
  )
  return {
    listen: (host, port) => listen(server, host, port),
    close: async () => {
      isClosing = true
      if (noticeMilliseconds > 0) await sleep(noticeMilliseconds)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      const force = setTimeout(() => server.closeAllConnections(), drainMilliseconds)
      await closed
      clearTimeout(force)
    },
  }
}

const listen = async (server: Server, host: string, port: number) => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, port: taken }
}

/** Aborts when whoever asked hangs up before the answer. */
const goneBefore = (response: ServerResponse): AbortSignal => {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}

const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

type ProbeOptions = PrivateServerOptions &
  Required<Pick<PrivateServerOptions, 'telemetry' | 'mayReadMetrics'>>

const answerProbe = async (
  { method, headers, socket }: IncomingMessage,
  path: string,
  { readiness, telemetry, mayReadMetrics, log }: ProbeOptions,
  isClosing: boolean,
): Promise<PrivateReply> => {
  if (!PROBES.has(path)) return refused(404, 'NOT_FOUND', 'There is nothing at this address.')
  if (method !== 'GET' && method !== 'HEAD') {
    return refused(405, 'BAD_INPUT', 'This address is asked with GET.', { allow: 'GET, HEAD' })
  }
  if (path === '/healthz') return bare(200, JSON.stringify({ status: 'ok' }))
  if (path === '/metrics') {
    if (!mayReadMetrics({ address: socket.remoteAddress, headers })) {
      return refused(403, 'FORBIDDEN', 'Metrics are for this network, and for whoever brings its token.')
    }
    const { registry } = telemetry
    return bare(200, await registry.metrics(), { 'content-type': registry.contentType })
  }
  const { ready, checks } = isClosing
    ? { ready: false, checks: { server: 'closing' } }
    : await readiness().catch((cause: unknown): Readiness => {
        log.error({ err: cause }, 'Readiness could not be told.')
        return { ready: false, checks: { readiness: 'failed' } }
      })
  return bare(ready ? 200 : 503, JSON.stringify({ status: ready ? 'ready' : 'not ready', checks }))
}

const send = (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: PrivateReply,
  isClosing: boolean,
): void => {
  // Of a request that was refused unread the rest is not waited for.
  const ends = isClosing || !request.complete
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(ends ? { connection: 'close' } : {}),
  })
  response.end(body)
}
