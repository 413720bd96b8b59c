import { GraphQLError } from 'graphql'
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { afterEach, describe, expect, it } from 'vitest'
import { Fault } from '@stormops/chassis/fault'
import { createGateway, refusal } from './gateway.ts'
import type { Gateway, GatewayAnswer, GatewayContext, GatewayRequest } from './gateway.ts'
import { logLines } from './testing/log-lines.ts'
import { sampleGraph } from './testing/sample-graph.ts'
import type { SampleBehaviour } from './testing/sample-graph.ts'

type Plugin = ApolloServerPlugin<GatewayContext>
type Listener = GraphQLRequestListener<GatewayContext>

const REQUEST_ID = 'request-0001'
const ASK = '{ storm(id: "a") { name } }'
const running: Gateway[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.stop()))
})

const start = async (plugins: readonly Plugin[], behaviour: SampleBehaviour = {}) => {
  const graph = await sampleGraph(behaviour)
  const log = logLines()
  const gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs: [graph.storms, graph.crews],
    seal: graph.seal,
    log: log.log,
    clock: graph.clock,
    plugins,
  })
  running.push(gateway)
  const actor = await graph.verify(await graph.tokenFor())
  const ask = (query: string, more: Partial<GatewayRequest> = {}) =>
    gateway.execute({ query, actor, requestId: REQUEST_ID, ...more })
  return {
    graph,
    ask,
    log,
    actor,
    fetches: () => graph.storms.opened.length + graph.crews.opened.length,
  }
}

const listening = (listener: Listener): Plugin => ({ requestDidStart: async () => listener })
const codes = (answer: GatewayAnswer) => answer.body.errors?.map((error) => error.extensions?.['code'])

/** Notes every hook Apollo Server has for a request, as it is called. */
const witness = (seen: string[]): Plugin => {
  const saw = async (hook: string) => void seen.push(hook)
  return {
    requestDidStart: async () => {
      await saw('requestDidStart')
      return {
        didResolveSource: () => saw('didResolveSource'),
        parsingDidStart: async () => {
          await saw('parsingDidStart')
          return (error) => saw(`parsingDidEnd${error === undefined ? '' : ' with an error'}`)
        },
        validationDidStart: async ({ document }) => {
          await saw(`validationDidStart of ${document.definitions.length}`)
          return (errors = []) => saw(`validationDidEnd with ${errors.length}`)
        },
        didResolveOperation: ({ operation }) =>
          saw(`didResolveOperation of a ${operation?.operation ?? 'nothing'}`),
        didEncounterErrors: ({ errors }) => saw(`didEncounterErrors ${errors.map(codeOf).join()}`),
        responseForOperation: async () => {
          await saw('responseForOperation')
          return null
        },
        executionDidStart: async () => {
          await saw('executionDidStart')
          return { executionDidEnd: () => saw('executionDidEnd') }
        },
        willSendResponse: () => saw('willSendResponse'),
      }
    },
    unexpectedErrorProcessingRequest: () => saw('unexpectedErrorProcessingRequest'),
  }
}
const codeOf = (error: GraphQLError) => error.extensions['code']

const READ = ['requestDidStart', 'didResolveSource', 'parsingDidStart']
const PARSED = [...READ, 'parsingDidEnd', 'validationDidStart of 1']
const EXECUTED = ['responseForOperation', 'executionDidStart', 'executionDidEnd', 'willSendResponse']

describe('a plugin from outside sees every hook in order', () => {
  const nobody = { actor: null }

  it.each<readonly [string, string, Partial<GatewayRequest>, readonly string[]]>([
    [
      'a query',
      ASK,
      {},
      [...PARSED, 'validationDidEnd with 0', 'didResolveOperation of a query', ...EXECUTED],
    ],
    [
      'a mutation',
      'mutation { renameStorm(id: "a", name: "b") { name } }',
      {},
      [...PARSED, 'validationDidEnd with 0', 'didResolveOperation of a mutation', ...EXECUTED],
    ],
    [
      'an operation of somebody not signed in, without the hook that would have charged for it',
      ASK,
      nobody,
      [...PARSED, 'validationDidEnd with 0', 'didEncounterErrors UNAUTHENTICATED', 'willSendResponse'],
    ],
    [
      'a text that cannot be parsed',
      '{ storm(',
      {},
      [...READ, 'parsingDidEnd with an error', 'didEncounterErrors GRAPHQL_PARSE_FAILED', 'willSendResponse'],
    ],
    [
      'an operation the graph does not have',
      '{ strom }',
      {},
      [
        ...PARSED,
        'validationDidEnd with 1',
        'didEncounterErrors GRAPHQL_VALIDATION_FAILED',
        'willSendResponse',
      ],
    ],
    [
      'an operation too large to validate, of which it is spared the document',
      `{ ${'whoAsks '.repeat(4_000)} ${'{ a '.repeat(20)}${'}'.repeat(20)} }`,
      {},
      [
        ...PARSED.slice(0, -1),
        'validationDidStart of 0',
        'validationDidEnd with 1',
        'didEncounterErrors GRAPHQL_VALIDATION_FAILED',
        'willSendResponse',
      ],
    ],
  ])('of %s', async (_what, query, more, hooks) => {
    const seen: string[] = []
    const { ask } = await start([witness(seen)])
    await ask(query, more)
    expect(seen).toEqual(hooks)
  })

  it('of a query asked again, which is neither parsed nor validated a second time', async () => {
    const seen: string[] = []
    const { ask } = await start([witness(seen)])
    const first = await ask(ASK)
    seen.length = 0
    expect(await ask(ASK)).toEqual(first)
    expect(seen).toEqual([
      'requestDidStart',
      'didResolveSource',
      'didResolveOperation of a query',
      ...EXECUTED,
    ])
  })

  it('but a refused document is not taken for a known one the second time', async () => {
    const { ask, fetches } = await start([])
    const tooDeep = `${'{ a '.repeat(16)}${'}'.repeat(16)}`
    const answers = [await ask(tooDeep), await ask(tooDeep)]
    expect(answers.map(codes)).toEqual([['QUERY_TOO_COMPLEX'], ['QUERY_TOO_COMPLEX']])
    expect(fetches()).toBe(0)
  })
})

describe('a plugin from outside that refuses', () => {
  const facts = { retryAfterSeconds: 2.5 }
  const limited = new Fault('RATE_LIMITED', 'Too many at once.', { facts })

  it.each<readonly [string, () => Error, number, Readonly<Record<string, unknown>>, string]>([
    ['with a refusal', () => refusal(limited), 429, { code: 'RATE_LIMITED', ...facts }, 'Too many at once.'],
    ['with a bare fault', () => limited, 429, { code: 'RATE_LIMITED', ...facts }, 'Too many at once.'],
    [
      'with a code of our list and no status',
      () => new GraphQLError('Not for you.', { extensions: { code: 'FORBIDDEN' } }),
      403,
      { code: 'FORBIDDEN' },
      'Not for you.',
    ],
    [
      'with a code and a status of its own',
      () =>
        new GraphQLError('In Texas only.', { extensions: { code: 'WRONG_STATE', http: { status: 451 } } }),
      451,
      { code: 'WRONG_STATE' },
      'In Texas only.',
    ],
  ])('%s is told so, and no subgraph hears of it', async (_what, refused, status, extensions, message) => {
    const { ask, fetches, log } = await start([
      listening({
        didResolveOperation: async () => {
          throw refused()
        },
      }),
    ])
    const answer = await ask(ASK)
    expect([answer.status, answer.executed, answer.outcome]).toEqual([status, false, 'refused'])
    expect(answer.body).toEqual({
      errors: [{ message, extensions: { ...extensions, requestId: REQUEST_ID } }],
      extensions: { requestId: REQUEST_ID },
    })
    expect(answer.headers).toEqual(status === 429 ? { 'retry-after': '3' } : {})
    expect(answer.operation).toEqual({ name: null, type: 'query' })
    expect(fetches()).toBe(0)
    expect(log.lines().filter((line) => line['level'] === 'error')).toEqual([])
  })

  it('keeps those after it from acting, though they hear of it, and waits for those before it', async () => {
    const seen: string[] = []
    const slow = listening({
      didResolveOperation: async () => {
        await new Promise((resolve) => setImmediate(resolve))
        seen.push('slow')
      },
    })
    const strict = listening({
      didResolveOperation: async () => {
        seen.push('strict')
        throw refusal(new Fault('FORBIDDEN', 'No.'))
      },
    })
    const charging = listening({
      didResolveOperation: async () => void seen.push('charged'),
      didEncounterErrors: async ({ errors }) => void seen.push(`heard ${errors.map(codeOf).join()}`),
      willSendResponse: async () => void seen.push('sent'),
    })
    const { ask } = await start([slow, strict, charging])
    await ask(ASK)
    expect(seen).toEqual(['slow', 'strict', 'heard FORBIDDEN', 'sent'])
  })
})

describe('a plugin from outside that breaks', () => {
  const boom = async (): Promise<never> => {
    throw new Error('no route to 10.0.0.7')
  }

  it.each<readonly [string, Plugin]>([
    ['requestDidStart', { requestDidStart: boom }],
    ['didResolveSource', listening({ didResolveSource: boom })],
    ['parsingDidStart', listening({ parsingDidStart: boom })],
    ['validationDidStart', listening({ validationDidStart: boom })],
    ['didResolveOperation', listening({ didResolveOperation: boom })],
    ['responseForOperation', listening({ responseForOperation: boom })],
    ['executionDidStart', listening({ executionDidStart: boom })],
    ['willSendResponse', listening({ willSendResponse: boom })],
  ])(
    'in %s costs its request a 500 that tells nothing, and the log has the cause once',
    async (_hook, plugin) => {
      const { ask, log, graph } = await start([plugin])
      const answer = await ask(ASK)
      expect([answer.status, answer.outcome]).toEqual([500, 'failed'])
      expect(answer.body).toEqual({
        errors: [
          {
            message: `Something went wrong on our side. Quote request ${REQUEST_ID}.`,
            extensions: { code: 'INTERNAL', requestId: REQUEST_ID },
          },
        ],
        extensions: { requestId: REQUEST_ID },
      })
      const errors = log.lines().filter((line) => line['level'] === 'error')
      expect(errors).toEqual([
        expect.objectContaining({
          requestId: REQUEST_ID,
          err: expect.objectContaining({ message: 'no route to 10.0.0.7', stack: expect.any(String) }),
        }),
      ])
      expect(graph.storms.closed.count).toBe(graph.storms.opened.length)
    },
  )

  const MESSAGE = 'no route to 10.0.0.7'

  it.each<readonly [string, Error]>([
    ['a code of ours', new GraphQLError(MESSAGE, { extensions: { code: 'INTERNAL' } })],
    [
      'a code and a status that is no refusal',
      new GraphQLError(MESSAGE, { extensions: { code: 'DATABASE', http: { status: 500 } } }),
    ],
    ['a status and no code', new GraphQLError(MESSAGE, { extensions: { http: { status: 400 } } })],
    ['a fault that is our own', new Fault('INTERNAL', MESSAGE)],
    ['an endless recursion', new RangeError(MESSAGE)],
  ])('with %s tells nothing either', async (_what, error) => {
    const { ask, log } = await start([
      listening({
        didResolveOperation: async () => {
          throw error
        },
      }),
    ])
    const answer = await ask(ASK)
    expect([answer.status, codes(answer)]).toEqual([500, ['INTERNAL']])
    expect(JSON.stringify(answer)).not.toContain('10.0.0.7')
    expect(log.text().match(/An operation broke/g)).toHaveLength(1)
  })

  it('keeps the gateway from starting when it does not start itself', async () => {
    await expect(start([{ serverWillStart: boom }])).rejects.toThrow('no route')
  })
})

describe('a plugin from outside', () => {
  it('knows who asks, and shares notes of the operation with the others', async () => {
    const NOTE = Symbol('cost')
    const contexts: GatewayContext[] = []
    const writing = listening({
      didResolveOperation: async ({ contextValue }) => void contextValue.facts.notes.set(NOTE, 12),
    })
    const reading = listening({
      willSendResponse: async ({ contextValue, response }) => {
        contexts.push(contextValue)
        response.http.headers.set('x-cost', '12')
        if (response.body.kind !== 'single') return
        response.body.singleResult.extensions = { cost: contextValue.facts.notes.get(NOTE) }
      },
    })
    const { ask, graph, actor } = await start([writing, reading])
    const answer = await ask(`query Names ${ASK}`)
    expect(answer.body.extensions).toEqual({ cost: 12, requestId: REQUEST_ID })
    expect(answer.headers).toEqual({ 'x-cost': '12' })
    expect(contexts).toEqual([
      {
        named: null,
        actor,
        userAgent: null,
        refreshToken: null,
        clientAddress: null,
        requestId: REQUEST_ID,
        deadline: graph.clock.now().getTime() + 10_000,
        readOnly: false,
        facts: {
          operation: { name: 'Names', type: 'query' },
          failure: undefined,
          refreshToken: undefined,
          rateLimit: null,
          cost: null,
          tier: null,
          notes: new Map([[NOTE, 12]]),
        },
      },
    ])
    await ask('{ whoAsks }')
    expect(contexts[1]?.facts).not.toBe(contexts[0]?.facts)
  })

  it('sees the answer as the client will, and what it adds is masked as well', async () => {
    const sent: unknown[] = []
    const careless = listening({
      willSendResponse: async ({ response: { body } }) => {
        if (body.kind !== 'single') return
        sent.push(JSON.stringify(body))
        const more = { message: 'at secret.ts:1', extensions: { stacktrace: ['secret.ts'] } }
        body.singleResult.errors = [...(body.singleResult.errors ?? []), more]
      },
    })
    const { ask } = await start([careless], {
      loss: () => {
        throw new Error('the table storm_secret is gone')
      },
    })
    const answer = await ask('{ storm(id: "a") { name loss } }')
    expect(sent.join()).toContain(REQUEST_ID)
    expect(sent.join()).not.toContain('storm_secret')
    expect(codes(answer)).toEqual(['INTERNAL', 'INTERNAL'])
    expect(JSON.stringify(answer)).not.toMatch(/secret/)
  })

  it('may be of a class with private fields, and may not be changed', async () => {
    class Counting implements Plugin, Listener {
      #operations = 0
      async requestDidStart() {
        return this
      }
      async didResolveOperation() {
        this.#operations += 1
      }
      async willSendResponse() {
        this.#operations *= 10
      }
      get operations() {
        return this.#operations
      }
    }
    const counting = Object.freeze(new Counting())
    const { ask } = await start([counting])
    await ask(ASK)
    await ask(ASK)
    expect(counting.operations).toBe(110)
  })

  it('may answer instead of the subgraphs', async () => {
    const { ask, fetches } = await start([
      listening({
        responseForOperation: async ({ response: { http } }) => ({
          http,
          body: { kind: 'single', singleResult: { data: { storm: { name: 'Known' } } } },
        }),
      }),
    ])
    expect((await ask(ASK)).body).toEqual({
      data: { storm: { name: 'Known' } },
      extensions: { requestId: REQUEST_ID },
    })
    expect(fetches()).toBe(0)
  })
})
