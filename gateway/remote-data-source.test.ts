/** Subgraphs over HTTP: the same answers as in process, and one that is dead, slow or lies costs only its fields. */
import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import type { Server as SocketServer, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import { contextSigner, contextVerifier, subgraphAudience } from '@stormops/chassis/graphql/signed-seal'
import { subgraphRoute } from '@stormops/chassis/graphql/subgraph-server'
import type { Subgraph } from '@stormops/chassis/graphql/subgraph'
import { privateClient } from '@stormops/chassis/http/private-client'
import { createPrivateServer } from '@stormops/chassis/http/private-server'
import { newId } from '@stormops/chassis/values/ids'
import { createGateway } from './gateway.ts'
import type { Gateway, GatewayBody } from './gateway.ts'
import type { RemoteSubgraph } from './remote-data-source.ts'
import { logLines } from './testing/log-lines.ts'
import { sampleGraph } from './testing/sample-graph.ts'
import type { SampleBehaviour, SampleGraph } from './testing/sample-graph.ts'

const BOTH = '{ storm(id: "a") { name crewCount } crewNames }'
const WHOLE = { storm: { name: 'Storm a', crewCount: 2 }, crewNames: ['Ladder', 'Tarp'] }
const AWAY = 'This part of the answer is not available at the moment. Try again in a minute.'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

const far = (graph: SampleGraph, name: string, url: string): RemoteSubgraph => {
  const client = privateClient(url)
  ends.push(async () => client.close())
  return { name, client, sign: contextSigner(graph.keys, systemClock, newId) }
}

/** A subgraph as its own process serves it, at a port of its own or a given one. */
const served = async (graph: SampleGraph, subgraph: Subgraph, port = 0) => {
  const { log } = logLines()
  const verify = contextVerifier({
    keys: graph.keys,
    clock: systemClock,
    audience: subgraphAudience(subgraph.name),
  })
  const server = createPrivateServer({
    routes: [subgraphRoute({ subgraph, seal: graph.seal, verify, log, clock: systemClock })],
    readiness: async () => ({ ready: true, checks: {} }),
    log,
  })
  const listening = await server.listen('127.0.0.1', port)
  ends.push(server.close)
  return { ...listening, close: server.close }
}

type Asked = {
  readonly data: unknown
  readonly errors: GatewayBody['errors']
  readonly told: readonly unknown[]
}
const asking = async (
  graph: SampleGraph,
  subgraphs: readonly (Subgraph | RemoteSubgraph)[],
  fetchMilliseconds = 5_000,
) => {
  const lines = logLines()
  const gateway: Gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs,
    seal: graph.seal,
    log: lines.log,
    clock: systemClock,
    deadlines: { operationMilliseconds: 2 * fetchMilliseconds, fetchMilliseconds },
  })
  ends.push(gateway.stop)
  const actor = await graph.verify(await graph.tokenFor())
  const ask = async (query: string): Promise<Asked> => {
    const { body } = await gateway.execute({ query, actor, requestId: 'request-0001' })
    const told = (body.errors ?? []).map(({ path, extensions }) => [path?.join('.'), extensions?.['code']])
    return { data: body.data, errors: body.errors, told }
  }
  return { ask, lines, gateway }
}

const remoteGraph = async (behaviour: SampleBehaviour = {}, fetchMilliseconds?: number) => {
  const graph = await sampleGraph(behaviour, systemClock)
  const [storms, crews] = [await served(graph, graph.storms), await served(graph, graph.crews)]
  const subgraphs = [far(graph, 'storms', storms.url), far(graph, 'crews', crews.url)]
  return { graph, storms, crews, ...(await asking(graph, subgraphs, fetchMilliseconds)) }
}

/** The crews are a stranger's server; the storms are in process and fine. */
const withCrewsFrom = async (listener: RequestListener, fetchMilliseconds?: number) => {
  const graph = await sampleGraph({}, systemClock)
  const server = createServer(listener)
  const url = await listen(server)
  ends.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { graph, ...(await asking(graph, [graph.storms, far(graph, 'crews', url)], fetchMilliseconds)) }
}
const listen = async (server: Server | SocketServer): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

describe('subgraphs in other processes', () => {
  it('answer together as in one', async () => {
    const { ask, graph } = await remoteGraph()
    expect(await ask(BOTH)).toMatchObject({ data: WHOLE, told: [] })
    const actor = await graph.verify(await graph.tokenFor())
    expect(graph.storms.opened[0]).toMatchObject({ actor, requestId: 'request-0001', refreshToken: null })
  })

  it('give the same errors as in one', async () => {
    const behaviour: SampleBehaviour = {
      loss: () => {
        throw new Fault('QUOTA_EXHAUSTED', 'All of it is used.', { facts: { limit: 3 } })
      },
      storms: () => {
        throw new Error('secret 10.0.0.7')
      },
    }
    const query = '{ storm(id: "a") { name loss } storms { id } }'
    const near = await sampleGraph(behaviour, systemClock)
    const inProcess = await (await asking(near, [near.storms, near.crews])).ask(query)
    const { ask } = await remoteGraph(behaviour)
    const overHttp = await ask(query)
    expect(inProcess.errors).toHaveLength(2)
    expect(overHttp).toEqual(inProcess)
    expect(JSON.stringify(overHttp)).not.toContain('10.0.0.7')
  })

  it('are asked over connections that are kept', async () => {
    const { ask, storms } = await remoteGraph()
    for (let count = 0; count < 5; count += 1) expect((await ask(BOTH)).data).toEqual(WHOLE)
    const counted = await (await fetch(`${storms.url}/metrics`)).text()
    expect(counted).toContain('http_requests_total{route="/graphql",status="200"} 5')
  })

  it('are given up at the deadline, which ends their work', async () => {
    const { ask, graph } = await remoteGraph({ crewCounts: () => new Promise(() => {}) }, 200)
    const { data, told } = await ask(BOTH)
    expect(data).toEqual({ ...WHOLE, storm: { name: 'Storm a', crewCount: null } })
    expect(told).toEqual([['storm.crewCount', 'TIMEOUT']])
    while (graph.crews.closed.count === 0) await sleep(5)
  })

  it.each([
    ['query', '{ storm(id: "a") { name crewCount } }', true],
    ['mutation', 'mutation { renameStorm(id: "a", name: "b") { name crewCount } }', false],
  ])('are told when the client of a %s has gone, or not', async (_type, query, isEnded) => {
    const counting = Promise.withResolvers<readonly number[]>()
    const { gateway, graph } = await remoteGraph({ crewCounts: () => counting.promise })
    const gone = new AbortController()
    const actor = await graph.verify(await graph.tokenFor())
    const answering = gateway.execute({ query, actor, requestId: 'request-0001', gone: gone.signal })
    while (graph.crews.opened.length === 0) await sleep(5)
    gone.abort()
    if (isEnded) while (graph.crews.closed.count === 0) await sleep(5)
    else counting.resolve([2])
    const { body } = await answering
    expect(body.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(
      isEnded ? ['TIMEOUT'] : undefined,
    )
  })

  it('that do not know the gateway cost their fields, and the client is not blamed for it', async () => {
    const graph = await sampleGraph({}, systemClock)
    const strangers = await sampleGraph({}, systemClock)
    const { url } = await served(strangers, strangers.crews)
    const { ask, lines } = await asking(graph, [graph.storms, far(graph, 'crews', url)])
    expect((await ask(BOTH)).told).toEqual([
      ['crewNames', 'UNAVAILABLE'],
      ['storm.crewCount', 'UNAVAILABLE'],
    ])
    expect(lines.text()).toContain('status 401')
  })

  it('come back by themselves', async () => {
    const { ask, graph, crews } = await remoteGraph()
    expect((await ask(BOTH)).told).toEqual([])
    await crews.close()
    const { data, told } = await ask(BOTH)
    expect(data).toEqual({ storm: { name: 'Storm a', crewCount: null }, crewNames: null })
    expect(told).toEqual([
      ['crewNames', 'UNAVAILABLE'],
      ['storm.crewCount', 'UNAVAILABLE'],
    ])
    await served(graph, graph.crews, crews.port)
    expect(await ask(BOTH)).toMatchObject({ data: WHOLE, told: [] })
  })
})

const reply =
  (status: number, headers: Record<string, string>, body: string | Buffer): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body)
  }
const JSON_HEAD = { 'content-type': 'application/json' }
const saying = (body: unknown): RequestListener =>
  reply(200, JSON_HEAD, typeof body === 'string' ? body : JSON.stringify(body))
const OK = { outcome: 'ok', notes: {} }
const RIGHT = { data: { crewNames: ['Ladder', 'Tarp'] }, extensions: OK }
const elsewhere = (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(307, { ...JSON_HEAD, location: '/other' }).end('{}')
}

const LIES: readonly (readonly [string, RequestListener])[] = [
  ['a page', reply(200, { 'content-type': 'text/html' }, '<h1>It works!</h1>')],
  ['a page that says it is JSON', saying('<h1>It works!</h1>')],
  ['JSON that says it is a page', reply(200, { 'content-type': 'text/html' }, JSON.stringify(RIGHT))],
  ['nothing', reply(200, JSON_HEAD, '')],
  ['null', saying('null')],
  ['a list', saying([RIGHT])],
  ['data that is a list', saying({ data: [], extensions: OK })],
  ['data alone', saying({ data: RIGHT.data })],
  ['an error without a code', saying({ data: null, errors: [{ message: 'no' }], extensions: OK })],
  ['an error that is a text', saying({ data: null, errors: ['no'], extensions: OK })],
  ['more than was agreed', saying({ ...RIGHT, debug: true })],
  ['a note there is none of', saying({ ...RIGHT, extensions: { outcome: 'ok', notes: { role: 'OWNER' } } })],
  ['half of its JSON', saying(JSON.stringify(RIGHT).slice(0, -5))],
  ['an error of a proxy', reply(502, { 'content-type': 'text/html' }, 'Bad Gateway')],
  ['a right answer with a wrong status', reply(500, JSON_HEAD, JSON.stringify(RIGHT))],
  ['another address', elsewhere],
  [
    'bytes that are packed',
    reply(200, { ...JSON_HEAD, 'content-encoding': 'gzip' }, gzipSync(JSON.stringify(RIGHT))),
  ],
  [
    'less than it announced',
    (_request, response) => {
      response.writeHead(200, { ...JSON_HEAD, 'content-length': '1000' })
      response.write(JSON.stringify(RIGHT).slice(0, 20))
      setTimeout(() => response.destroy(), 20)
    },
  ],
  [
    'more than anybody can use',
    (_request, response) => {
      response.writeHead(200, JSON_HEAD)
      const piece = Buffer.alloc(4_000_000, ' ')
      const write = (): void => {
        if (!response.destroyed) response.write(piece, (error) => (error ? undefined : write()))
      }
      write()
    },
  ],
]

describe('a subgraph that answers', () => {
  it.each(LIES)('%s is not there', async (_name, listener) => {
    const { ask } = await withCrewsFrom(listener)
    const { data, errors } = await ask('{ storm(id: "a") { name } crewNames }')
    expect(data).toEqual({ storm: { name: 'Storm a' }, crewNames: null })
    expect(errors).toEqual([
      { message: AWAY, path: ['crewNames'], extensions: { code: 'UNAVAILABLE', requestId: 'request-0001' } },
    ])
  })

  it('rightly is heard, so that the refusals above are not of the way', async () => {
    const { ask } = await withCrewsFrom(saying(RIGHT))
    expect(await ask('{ crewNames }')).toMatchObject({ data: RIGHT.data, told: [] })
  })

  it('one byte a second is given up at the deadline', async () => {
    const { ask } = await withCrewsFrom((_request, response) => {
      response.writeHead(200, JSON_HEAD)
      const timer = setInterval(() => response.write(' '), 20)
      response.once('close', () => clearInterval(timer))
    }, 200)
    expect((await ask('{ storm(id: "a") { name } crewNames }')).told).toEqual([['crewNames', 'TIMEOUT']])
  })

  it('an error with a code of its own invention tells nothing', async () => {
    const errors = [
      { message: 'password is hunter2', path: ['crewNames'], extensions: { code: 'OOPS', stack: 'a.ts:1' } },
    ]
    const { ask } = await withCrewsFrom(
      saying({ data: { crewNames: null }, errors, extensions: { outcome: 'errors', notes: {} } }),
    )
    const answer = await ask('{ crewNames }')
    expect(answer.told).toEqual([['crewNames', 'INTERNAL']])
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(JSON.stringify(answer)).not.toContain('a.ts')
  })

  it('what it asks of HTTP is for the gateway alone', async () => {
    const notes = { refreshToken: { value: 'next-secret', expiresAt: '2026-03-01T12:00:00.000Z' } }
    const { ask } = await withCrewsFrom(saying({ ...RIGHT, extensions: { outcome: 'ok', notes } }))
    const answer = await ask('{ crewNames }')
    expect(answer.data).toEqual(RIGHT.data)
    expect(JSON.stringify(answer)).not.toContain('next-secret')
  })
})

/** Answers the first request of every connection and closes it on the second, before a byte of the answer. */
const withTiredStorms = async () => {
  const graph = await sampleGraph({}, systemClock)
  let requests = 0
  const answer = JSON.stringify({ data: { whoAsks: 'me', renameStorm: { name: 'b' } }, extensions: OK })
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n`
  const sockets = new Set<Socket>()
  const server = createSocketServer((socket) => {
    sockets.add(socket)
    let answered = 0
    let text = ''
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      text += bytes.toString('utf8')
      // The body is JSON and ends so; the head has none.
      if (!text.endsWith('}')) return
      text = ''
      requests += 1
      answered += 1
      if (answered === 1) socket.write(head + answer)
      else socket.resetAndDestroy()
    })
  })
  const url = await listen(server)
  ends.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  )
  const asked = await asking(graph, [far(graph, 'storms', url), graph.crews])
  return { ...asked, requests: () => requests }
}

describe('a kept connection that is closed at the other end', () => {
  it('costs a query nothing: it is asked once more, over a new one', async () => {
    const { ask, requests } = await withTiredStorms()
    expect((await ask('{ whoAsks }')).told).toEqual([])
    expect(requests()).toBe(1)
    expect((await ask('{ whoAsks }')).told).toEqual([])
    expect(requests()).toBe(3)
  })

  it('costs a mutation its answer: what it did is not known, so it is not done again', async () => {
    const { ask, requests } = await withTiredStorms()
    const rename = 'mutation { renameStorm(id: "a", name: "b") { name } }'
    expect((await ask(rename)).told).toEqual([])
    expect((await ask(rename)).told).toEqual([['renameStorm', 'UNAVAILABLE']])
    expect(requests()).toBe(2)
  })
})
