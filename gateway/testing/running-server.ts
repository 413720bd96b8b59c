/** The whole gateway on a port of the loopback, over the sample graph, with a client that is signed in. */
import { createGateway } from '../gateway.ts'
import type { Gateway } from '../gateway.ts'
import { createHttpServer } from '../http/server.ts'
import type { HttpServer, HttpServerOptions } from '../http/server.ts'
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
  readonly post: (body: unknown, headers?: Headers) => Promise<Received>
  readonly get: (parameters: Headers, headers?: Headers) => Promise<Received>
  readonly stop: () => Promise<void>
}

export const startServer = async (
  behaviour: SampleBehaviour = {},
  options: Partial<HttpServerOptions> = {},
): Promise<RunningServer> => {
  const graph = await sampleGraph(behaviour)
  const log = logLines()
  const gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs: [graph.storms, graph.crews],
    seal: graph.seal,
    log: log.log,
    clock: graph.clock,
  })
  const server = await createHttpServer({
    gateway,
    verify: graph.verify,
    jwks: () => ({ keys: graph.keys.keySet(new Date()) }),
    log: log.log,
    newRequestId: () => NEW_ID,
    readiness: async () => ({ ready: true, checks: { database: 'ok' } }),
    ...options,
  })
  const { url, port } = await server.listen('127.0.0.1', 0)
  const token = await graph.tokenFor()
  const stop = async () => {
    await server.close()
    await gateway.stop()
  }
  return { graph, gateway, server, port, token, log, ...client(url, token), stop }
}

const client = (url: string, token: string): Pick<RunningServer, 'send' | 'post' | 'get'> => {
  const signedIn = { authorization: `Bearer ${token}` }
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
    post: (body, headers = {}) =>
      send({
        headers: { 'content-type': JSON_TYPE, ...signedIn, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (parameters, headers = {}) =>
      send({
        method: 'GET',
        path: `/graphql?${new URLSearchParams(parameters).toString()}`,
        headers: { ...signedIn, ...headers },
      }),
  }
}
