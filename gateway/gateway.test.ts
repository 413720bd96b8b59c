import { afterEach, describe, expect, it } from 'vitest'
import { getIntrospectionQuery } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import type { TokenClaims } from '@stormops/chassis/identity'
import type { IntrospectionPolicy } from './permissions/introspection.ts'
import { createGateway } from './gateway.ts'
import type { Gateway, GatewayAnswer, GatewayRequest } from './gateway.ts'
import { logLines } from './testing/log-lines.ts'
import { sampleGraph, sampleStorm } from './testing/sample-graph.ts'
import type { SampleBehaviour } from './testing/sample-graph.ts'

const REQUEST_ID = 'request-0001'
const running: Gateway[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.stop()))
})

type Options = { readonly introspection?: IntrospectionPolicy; readonly fetchMilliseconds?: number }

const start = async (behaviour: SampleBehaviour = {}, options: Options = {}) => {
  const graph = await sampleGraph(behaviour)
  const log = logLines()
  const gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs: [graph.storms, graph.crews],
    seal: graph.seal,
    log: log.log,
    clock: graph.clock,
    ...(options.introspection === undefined ? {} : { introspection: options.introspection }),
    ...(options.fetchMilliseconds === undefined
      ? {}
      : { deadlines: { operationMilliseconds: 10_000, fetchMilliseconds: options.fetchMilliseconds } }),
  })
  running.push(gateway)
  const actor = await graph.verify(await graph.tokenFor())
  const ask = (query: string, more: Partial<GatewayRequest> = {}) =>
    gateway.execute({ query, actor, requestId: REQUEST_ID, ...more })
  return { graph, gateway, ask, log, fetches: () => graph.storms.opened.length + graph.crews.opened.length }
}

const codes = (answer: GatewayAnswer) => answer.body.errors?.map((error) => error.extensions?.['code'])
const firstError = (answer: GatewayAnswer) => answer.body.errors?.[0]

describe('an operation', () => {
  it('is answered from two subgraphs, each asked once', async () => {
    const { ask, graph } = await start()
    const answer = await ask('{ storm(id: "a") { name crewCount } }')
    expect(answer.body).toEqual({
      data: { storm: { name: 'Storm a', crewCount: 2 } },
      extensions: { requestId: REQUEST_ID },
    })
    expect([graph.storms.opened.length, graph.crews.opened.length]).toEqual([1, 1])
  })

  it('looks up all storms of a list at once, each id a single time', async () => {
    const batches: (readonly string[])[] = []
    const { ask } = await start({
      storms: () => ['a', 'b', 'a'].map(sampleStorm),
      crewCounts: async (ids) => {
        batches.push(ids)
        return ids.map((id) => (id === 'a' ? 1 : 5))
      },
    })
    const answer = await ask('{ storms { id crewCount } }')
    expect(answer.body.data).toEqual({
      storms: [
        { id: 'a', crewCount: 1 },
        { id: 'b', crewCount: 5 },
        { id: 'a', crewCount: 1 },
      ],
    })
    expect(batches).toEqual([['a', 'b']])
  })

  it('carries the actor, the request id and a deadline of 8 s to every subgraph', async () => {
    const { ask, graph } = await start()
    await ask('{ storm(id: "a") { crewCount } }')
    const [toStorms] = graph.storms.opened
    expect(toStorms?.requestId).toBe(REQUEST_ID)
    expect(toStorms?.deadline).toBe(graph.clock.now().getTime() + 8_000)
    expect(toStorms?.actor?.id).toBe('user-1')
    expect(graph.crews.opened[0]?.actor).toBe(toStorms?.actor)
  })

  it('gives each fetch a context of its own, even of the same request and at the same time', async () => {
    const { ask, graph } = await start({
      whoAsks: async ({ request }) => {
        await new Promise((resolve) => setImmediate(resolve))
        return request.requestId
      },
    })
    const ids = ['request-000a', 'request-000b', 'request-000c']
    const answers = await Promise.all(ids.map((requestId) => ask('{ whoAsks crewNames }', { requestId })))
    expect(answers.map((answer) => answer.body.data?.['whoAsks'])).toEqual(ids)
    const contexts = [...graph.storms.contexts, ...graph.crews.contexts]
    expect(contexts).toHaveLength(6)
    expect(new Set(contexts).size).toBe(6)
  })

  it('closes every session it opened, once, also when the fetch failed', async () => {
    const { ask, graph } = await start({
      loss: () => {
        throw new Error('boom')
      },
    })
    await ask('{ storm(id: "a") { loss crewCount } }')
    await ask('{ storms { name crewCount } }')
    expect(graph.storms.closed.count).toBe(graph.storms.opened.length)
    expect(graph.crews.closed.count).toBe(graph.crews.opened.length)
    expect(graph.storms.opened.length).toBe(2)
  })

  it('keeps its answer when a session does not close, and says so in the log', async () => {
    const { ask, log } = await start({
      close: async () => {
        throw new Error('connection lost while closing')
      },
    })
    const answer = await ask('{ crewNames }')
    expect(answer.body).toEqual({
      data: { crewNames: ['Ladder', 'Tarp'] },
      extensions: { requestId: REQUEST_ID },
    })
    expect(log.text()).toContain('connection lost while closing')
  })

  it('changes something through a mutation and reads the rest from the other subgraph', async () => {
    const { ask } = await start()
    const answer = await ask('mutation { renameStorm(id: "a", name: "Elm") { name crewCount } }')
    expect(answer.body.data).toEqual({ renameStorm: { name: 'Elm', crewCount: 2 } })
  })
})

describe('a failing subgraph', () => {
  it('costs its own fields and no others when it cannot be opened', async () => {
    const { ask, log } = await start({
      open: {
        crews: async () => {
          throw new Error('no connection to 10.0.0.7')
        },
      },
    })
    const answer = await ask('{ storms { name crewCount } }')
    expect(answer.body.data).toEqual({
      storms: ['a', 'b', 'c'].map((id) => ({ name: `Storm ${id}`, crewCount: null })),
    })
    expect(codes(answer)).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE'])
    expect(answer.body.errors?.map((error) => error.path)).toEqual(
      [0, 1, 2].map((i) => ['storms', i, 'crewCount']),
    )
    expect(answer.outcome).toBe('partial')
    expect(JSON.stringify(answer.body)).not.toContain('10.0.0.7')
    expect(log.text().match(/10\.0\.0\.7/g)?.length).toBeGreaterThan(0)
  })

  it('tells a fault with its message, place and facts', async () => {
    const facts = { plan: 'STARTER', includedStorms: 3 }
    const { ask } = await start({
      loss: () => {
        throw new Fault('PLAN_REQUIRED', 'Losses come with the Pro plan.', { facts })
      },
    })
    const answer = await ask('{ storm(id: "a") { name loss } }')
    expect(answer.body.data).toEqual({ storm: { name: 'Storm a', loss: null } })
    expect(answer.body.errors).toEqual([
      {
        message: 'Losses come with the Pro plan.',
        path: ['storm', 'loss'],
        extensions: { code: 'PLAN_REQUIRED', ...facts, requestId: REQUEST_ID },
      },
    ])
  })

  it('masks everything else, and logs the cause with its stack once', async () => {
    const { ask, log } = await start({
      loss: () => {
        throw new Error('relation "storm_secret" does not exist')
      },
    })
    const answer = await ask('{ storms { loss } }')
    expect(firstError(answer)).toEqual({
      message: `Something went wrong on our side. Quote request ${REQUEST_ID}.`,
      path: ['storms', 0, 'loss'],
      extensions: { code: 'INTERNAL', requestId: REQUEST_ID },
    })
    expect(JSON.stringify(answer.body)).not.toMatch(/storm_secret|stack|\.ts/)
    const errors = log.lines().filter((line) => line['level'] === 'error')
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ requestId: REQUEST_ID, subgraph: 'storms' })
    expect(JSON.stringify(errors[0]?.['err'])).toMatch(/storm_secret.*sample-graph|gateway\.test/)
  })

  it('masks a fault of our own making, whose message was not written for clients', async () => {
    const { ask } = await start({
      loss: () => {
        throw new Fault('INTERNAL', 'The signing key is not an Ed25519 key.')
      },
    })
    expect(JSON.stringify((await ask('{ storm(id: "a") { loss } }')).body)).not.toContain('Ed25519')
  })

  it('answers TIMEOUT for its fields when it is slower than its deadline, and its session is closed', async () => {
    const { ask, graph } = await start({ crewCounts: () => new Promise(() => {}) }, { fetchMilliseconds: 40 })
    const answer = await ask('{ storm(id: "a") { name crewCount } }')
    expect(answer.body.data).toEqual({ storm: { name: 'Storm a', crewCount: null } })
    expect(firstError(answer)).toMatchObject({
      path: ['storm', 'crewCount'],
      extensions: { code: 'TIMEOUT', requestId: REQUEST_ID },
    })
    expect(graph.crews.closed.count).toBe(1)
  })

  it('closes a session that opened after nobody waited any more', async () => {
    let open: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const { ask, graph } = await start({ open: { crews: () => gate } }, { fetchMilliseconds: 40 })
    const answer = await ask('{ crewNames whoAsks }')
    expect(answer.body.data).toEqual({ crewNames: null, whoAsks: REQUEST_ID })
    expect(codes(answer)).toEqual(['TIMEOUT'])
    expect(graph.crews.closed.count).toBe(0)
    open()
    await new Promise((resolve) => setImmediate(resolve))
    expect([graph.crews.opened.length, graph.crews.closed.count]).toEqual([1, 1])
  })

  it('is called to account when it leaves out what may not be null', async () => {
    const { ask } = await start({ storms: () => [{ id: 'a', name: null }] })
    const answer = await ask('{ storms { name } whoAsks }')
    expect(answer.body.data).toEqual({ storms: null, whoAsks: REQUEST_ID })
    expect(codes(answer)).toEqual(['INTERNAL'])
  })
})

describe('somebody not signed in', () => {
  const nobody = { actor: null }

  it.each([
    '{ storm(id: "a") { name } }',
    '{ __typename storm(id: "a") { name } }',
    'query { ...F } fragment F on Query { crewNames }',
    'mutation { renameStorm(id: "a", name: "b") { name } }',
  ])('is refused %s, and no subgraph hears of it', async (query) => {
    const { ask, fetches } = await start()
    const answer = await ask(query, nobody)
    expect([answer.status, answer.executed, codes(answer)]).toEqual([401, false, ['UNAUTHENTICATED']])
    expect(answer.body).not.toHaveProperty('data')
    expect(fetches()).toBe(0)
  })

  it('may ask whether anybody is there', async () => {
    const { ask, fetches } = await start()
    const answer = await ask('{ __typename }', nobody)
    expect(answer.body.data).toEqual({ __typename: 'Query' })
    expect(fetches()).toBe(0)
  })
})

describe('an operation that is none', () => {
  it.each([
    ['nothing that can be read', '{ storm(', {}, 'GRAPHQL_PARSE_FAILED'],
    ['a field the graph does not have', '{ strom }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a name it does not contain',
      'query A { whoAsks }',
      { operationName: 'B' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['no name among several', 'query A { whoAsks } query B { whoAsks }', {}, 'OPERATION_RESOLUTION_FAILURE'],
    ['only a fragment', 'fragment F on Query { whoAsks }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', 'subscription { whoAsks }', {}, 'BAD_INPUT'],
    ['no value for a variable', 'query ($id: ID!) { storm(id: $id) { id } }', {}, 'BAD_USER_INPUT'],
    [
      'a wrong value for a variable',
      'query ($id: ID!) { storm(id: $id) { id } }',
      { variables: { id: [] } },
      'BAD_USER_INPUT',
    ],
    [
      'a variable of lists within lists',
      'query ($id: ID!) { storm(id: $id) { id } }',
      { variables: { id: JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) } },
      'BAD_INPUT',
    ],
    [
      'fragments in a circle',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'ten thousand aliases',
      `{ ${Array.from({ length: 10_000 }, (_, i) => `a${i}: whoAsks`).join(' ')} }`,
      {},
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a thousand levels',
      `{ storm(id: "a") ${'{ a '.repeat(1_000)}${'}'.repeat(1_000)} }`,
      {},
      'QUERY_TOO_COMPLEX',
    ],
    ['sixteen levels', `${'{ a '.repeat(16)}${'}'.repeat(16)}`, {}, 'QUERY_TOO_COMPLEX'],
    [
      'levels without fields',
      `{ ${'... { '.repeat(1_000)} whoAsks ${'}'.repeat(1_000)} }`,
      {},
      'QUERY_TOO_COMPLEX',
    ],
    ['the same field two thousand times', `{ ${'whoAsks '.repeat(2_400)} }`, {}, 'QUERY_TOO_COMPLEX'],
    [
      'lists within lists',
      `{ storm(id: ${'['.repeat(2_000)}${']'.repeat(2_000)}) { id } }`,
      {},
      'QUERY_TOO_COMPLEX',
    ],
    ['fragments that double at every step', doubling(14), {}, 'QUERY_TOO_COMPLEX'],
  ])('%s is refused with 400 before any subgraph is asked', async (_what, query, more, code) => {
    const { ask, fetches } = await start()
    const answer = await ask(query, more)
    expect([answer.status, answer.executed, codes(answer)?.[0]]).toEqual([400, false, code])
    expect(answer.body.errors?.every((error) => error.extensions?.['requestId'] === REQUEST_ID)).toBe(true)
    expect(fetches()).toBe(0)
  })

  it('is refused before any subgraph is asked when a date is none', async () => {
    const { ask, log, fetches } = await start()
    const asVariable = await ask('query ($t: DateTime) { storms(since: $t) { id } whoAsks }', {
      variables: { t: 'soon' },
    })
    const asLiteral = await ask('{ storms(since: "soon") { id } whoAsks }')
    expect([codes(asVariable), codes(asLiteral)]).toEqual([['BAD_USER_INPUT'], ['GRAPHQL_VALIDATION_FAILED']])
    expect([asVariable.status, asLiteral.status, fetches()]).toEqual([400, 400, 0])
    expect(log.lines().filter((line) => line['level'] === 'error')).toEqual([])
  })

  it('is refused again at the second time, from what was kept of the first', async () => {
    const { ask } = await start()
    expect(codes(await ask('{ strom }'))).toEqual(codes(await ask('{ strom }')))
    expect((await ask('{ whoAsks }')).body).toEqual((await ask('{ whoAsks }')).body)
  })
})

describe('the shape of the graph', () => {
  it('is told to tools in one query', async () => {
    const { ask } = await start()
    const answer = await ask(getIntrospectionQuery())
    expect(answer.body.errors).toBeUndefined()
    expect(answer.body.data).toHaveProperty('__schema')
  })

  const SHAPE = '{ __typename ...S } fragment S on Query { __schema { queryType { name } } }'
  const HINTLESS = 'Cannot query field "whoAskss" on type "Query".'

  it('is hinted at to whoever may see it', async () => {
    const { ask } = await start()
    expect(firstError(await ask('{ whoAskss }'))?.message).toBe(`${HINTLESS} Did you mean "whoAsks"?`)
  })

  it.each<readonly [string, Options, Partial<TokenClaims> | null, string]>([
    ['somebody not signed in', {}, null, 'UNAUTHENTICATED'],
    ['a partner', {}, { kind: 'API_KEY', role: 'PARTNER' }, 'PERSISTED_DOCUMENT_ID_REQUIRED'],
    ['an analyst in production', { introspection: 'administrators' }, {}, 'FORBIDDEN'],
  ])('is not told %s, not even by a hint', async (_who, options, claims, code) => {
    const { ask, graph, fetches } = await start({}, options)
    const actor = claims === null ? null : await graph.verify(await graph.tokenFor(claims))
    const refused = await ask(SHAPE, { actor })
    expect([refused.executed, codes(refused)]).toEqual([false, [code]])
    expect(firstError(await ask('{ whoAskss }', { actor }))?.message).not.toContain('Did you mean')
    expect(fetches()).toBe(0)
  })

  it.each<readonly [string, Partial<TokenClaims>]>([
    ['an owner', { role: 'OWNER' }],
    ['staff', { kind: 'STAFF', role: 'STAFF' }],
  ])('is told %s, in production too', async (_who, claims) => {
    const { ask, graph } = await start({}, { introspection: 'administrators' })
    const answer = await ask(SHAPE, { actor: await graph.verify(await graph.tokenFor(claims)) })
    expect(answer.body.errors).toBeUndefined()
  })
})

describe('starting', () => {
  it('fails when the supergraph names a subgraph that is not there', async () => {
    const graph = await sampleGraph()
    const { log } = logLines()
    const { supergraphSdl, clock } = graph
    await expect(
      createGateway({ supergraphSdl, subgraphs: [graph.storms], seal: graph.seal, log, clock }),
    ).rejects.toThrow(/crews/)
  })

  it('keeps the vendor’s own figures at home', async () => {
    await start()
    expect(process.env['APOLLO_TELEMETRY_DISABLED']).toBe('true')
  })
})

describe('a gateway that was stopped', () => {
  it('still answers, and asks no subgraph any more', async () => {
    const { ask, gateway, fetches } = await start()
    await gateway.stop()
    const answer = await ask('{ whoAsks }')
    expect([answer.status, answer.outcome, codes(answer)]).toEqual([500, 'failed', ['INTERNAL']])
    expect(fetches()).toBe(0)
  })
})

describe('the counters', () => {
  it('tell operations by type and outcome, and fetches by subgraph', async () => {
    const { ask, gateway } = await start()
    await ask('{ storm(id: "a") { name crewCount } }')
    await ask('{ nothing }')
    const text = await gateway.registry.metrics()
    expect(text).toContain('graphql_operations_total{operation_type="query",outcome="ok"} 1')
    expect(text).toContain('graphql_operations_total{operation_type="unknown",outcome="refused"} 1')
    expect(text).toContain('subgraph_fetches_total{subgraph="crews",outcome="ok"} 1')
    expect(text).toContain('subgraph_fetch_duration_seconds_count{subgraph="storms"} 1')
  })
})

/** A few hundred characters that mean 2^levels fields. */
function doubling(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_, i) => `fragment F${i} on Query { a${i}: __typename ...F${i + 1} ... { ...F${i + 1} } }`,
  )
  return `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { whoAsks }`
}
