/** The whole gateway on a port of the loopback, over the sample graph, with a client that is signed in. */
import { Fault } from '@stormops/chassis/fault'
import { createGateway } from '../gateway.ts'
import type { Gateway } from '../gateway.ts'
import { createHttpServer } from '../http/server.ts'
import type { HttpServer, HttpServerOptions } from '../http/server.ts'
import { createLimits } from '../limits/limits.ts'
import type { LimitsOptions } from '../limits/limits.ts'
import { metricsRegistry } from '../metrics.ts'
import { openSharedStore } from '../redis.ts'
import { logLines } from './log-lines.ts'
import { sampleGraph } from './sample-graph.ts'
import type { SampleBehaviour, SampleGraph } from './sample-graph.ts'

export const JSON_TYPE = 'application/json'
export const GRAPHQL_TYPE = 'application/graphql-response+json'

/** The id of every request that brings none of its own. */
export const NEW_ID = 'made-up-by-us-1'

type Headers = Readonly<Record<string, string>>

export type Sent = {
  readonly method?: string
  readonly path?: string
  readonly headers?: Headers
  readonly body?: string | Uint8Array<ArrayBuffer>
}
export type Received = {
  readonly status: number
  readonly headers: Response['headers']
  readonly text: string
}

export type RunningServer = {
  readonly graph: SampleGraph
  readonly gateway: Gateway
  readonly server: HttpServer
  readonly port: number
  readonly token: string
  readonly log: ReturnType<typeof logLines>
  /** POST to `/graphql` as nobody unless told otherwise. */
  readonly send: (sent: Sent) => Promise<Received>
  /** Signed in; a text is sent as it is, anything else as JSON. */
  readonly post: (body: unknown, headers?: Headers, path?: string) => Promise<Received>
  readonly get: (parameters: Headers, headers?: Headers, path?: string) => Promise<Received>
  readonly stop: () => Promise<void>
}

/** Limits of a server, each at its default unless it is given; `redisUrl` for one that counts with others. */
export type LimitedBy = Partial<Pick<LimitsOptions, 'allowances' | 'overload' | 'tierOf'>> & {
  readonly redisUrl?: string
  /** Long where a test is not about a Redis that is slow, since the machine may be. */
  readonly commandMilliseconds?: number
}

export const startServer = async (
  behaviour: SampleBehaviour = {},
  options: Partial<HttpServerOptions> = {},
  limited: LimitedBy | null = null,
  /** Tokens that are good no more. */
  isTaken: (bearer: string) => boolean = () => false,
): Promise<RunningServer> => {
  const graph = await sampleGraph(behaviour)
  const log = logLines()
  const registry = metricsRegistry()
  const shared = await openSharedStore({
    url: limited?.redisUrl ?? null,
    log: log.log,
    registry,
    ...(limited?.commandMilliseconds === undefined
      ? {}
      : { commandMilliseconds: limited.commandMilliseconds }),
  })
  const limits =
    limited === null
      ? {}
      : { limits: createLimits({ tierOf: async () => 'STANDARD', ...limited, shared, registry }) }
  const gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs: [graph.storms, graph.crews],
    seal: graph.seal,
    log: log.log,
    clock: graph.clock,
    registry,
    ...limits,
  })
  const server = await createHttpServer({
    gateway,
    verify: async (bearer) => {
      if (isTaken(bearer)) throw new Fault('UNAUTHENTICATED', 'This token was taken back.')
      return graph.verify(bearer)
    },
    jwks: () => ({ keys: graph.keys.keySet(new Date()) }),
    log: log.log,
    newRequestId: () => NEW_ID,
    readiness: async () => ({ ready: true, checks: { database: 'ok' } }),
    ...limits,
    ...options,
  })
  const { url, port } = await server.listen('127.0.0.1', 0)
  const token = await graph.tokenFor()
  const stop = async () => {
    await server.close()
    await gateway.stop()
    await shared.close()
  }
  return { graph, gateway, server, port, token, log, ...client(url, token), stop }
}

export type ServerClient = Pick<RunningServer, 'send' | 'post' | 'get'>

/** `token` is null for somebody who did not sign in, whose GET says that no page sent it. */
export const client = (url: string, token: string | null): ServerClient => {
  const signedIn: Headers =
    token === null ? { 'apollo-require-preflight': 'true' } : { authorization: `Bearer ${token}` }
  const send = async ({ method = 'POST', path = '/graphql', headers = {}, body }: Sent) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return {
    send,
    post: (body, headers = {}, path = '/graphql') =>
      send({
        path,
        headers: { 'content-type': JSON_TYPE, ...signedIn, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (parameters, headers = {}, path = '/graphql') =>
      send({
        method: 'GET',
        path: `${path}?${new URLSearchParams(parameters).toString()}`,
        headers: { ...signedIn, ...headers },
      }),
  }
}
