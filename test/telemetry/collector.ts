/** A collector of traces on the loopback, which keeps what it is sent: OTLP over HTTP, as JSON. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { json } from 'node:stream/consumers'

export type SeenSpan = {
  readonly service: string
  readonly traceId: string
  readonly spanId: string
  /** Empty for the first of a trace. */
  readonly parentSpanId: string
  readonly name: string
  readonly kind: number
  readonly isFailed: boolean
  readonly attributes: Readonly<Record<string, unknown>>
}

export type Collector = {
  readonly url: string
  readonly spans: () => readonly SeenSpan[]
  readonly headers: () => readonly IncomingHttpHeaders[]
  /** All that was sent, as it was sent. */
  readonly text: () => string
  /** From now on, a status other than 200 refuses what comes. */
  readonly answerWith: (status: number) => void
  readonly close: () => Promise<void>
}

export const openCollector = async (): Promise<Collector> => {
  const bodies: any[] = []
  const headers: IncomingHttpHeaders[] = []
  let status = 200
  const server = createServer((request, response) => {
    headers.push(request.headers)
    const take = async (): Promise<void> => {
      const body = await json(request)
      if (request.url === '/v1/traces' && status === 200) bodies.push(body)
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    }
    take().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    spans: () => bodies.flatMap(spansOf),
    headers: () => headers,
    text: () => JSON.stringify(bodies),
    answerWith: (given) => (status = given),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const FAILED = 2

const spansOf = (body: any): readonly SeenSpan[] =>
  body.resourceSpans.flatMap(({ resource, scopeSpans }: any) =>
    scopeSpans.flatMap(({ spans }: any) =>
      spans.map((span: any) => ({
        service: String(attributesOf(resource)['service.name']),
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? '',
        name: span.name,
        kind: span.kind,
        isFailed: span.status?.code === FAILED,
        attributes: attributesOf(span),
      })),
    ),
  )

const attributesOf = ({ attributes = [] }: any): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }: any) => [key, Object.values(value)[0]]))

/** The names from the first span of its trace down to this one. */
export const wayTo = (span: SeenSpan, all: readonly SeenSpan[]): readonly string[] => {
  const above = all.find(({ traceId, spanId }) => traceId === span.traceId && spanId === span.parentSpanId)
  return [...(above === undefined ? [] : wayTo(above, all)), span.name]
}
