import { afterEach, describe, expect, it } from 'vitest'
import { startServer } from '../testing/running-server.ts'
import type { LimitedBy, Received, RunningServer } from '../testing/running-server.ts'
import type { SampleBehaviour } from '../testing/sample-graph.ts'
import { sampleStorm, TENANT } from '../testing/sample-graph.ts'
import { ALLOWANCES } from './rates/allowances.ts'

const ASK = '{ storm(id: "a") { name } }'
const running: RunningServer[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

const start = async (
  limited: LimitedBy,
  behaviour: SampleBehaviour = {},
  isTaken: (bearer: string) => boolean = () => false,
) => {
  const server = await startServer(behaviour, {}, limited, isTaken)
  running.push(server)
  const as = async (subject: string) => `Bearer ${await server.graph.tokenFor({ subject })}`
  return {
    ...server,
    as,
    fetches: () => server.graph.storms.opened.length + server.graph.crews.opened.length,
  }
}

const bodyOf = (answer: Received) => JSON.parse(answer.text)
const firstError = (answer: Received) => bodyOf(answer).errors[0].extensions
const statuses = (answers: readonly Received[]) => {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
const many = <Answer>(count: number, one: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)))

const UNHURRIED = { actorPerSecond: 1_000 }

describe('a company', () => {
  const tenantPerMinute = { TRIAL: 3, STANDARD: 5, ENTERPRISE: 1_000 }

  it('is refused past what its plan has for a minute, whoever of it asks, and no subgraph hears of it', async () => {
    const { post, as, fetches } = await start({ allowances: { ...UNHURRIED, tenantPerMinute } })
    const answers = []
    for (let i = 0; i < 7; i++)
      answers.push(await post({ query: ASK }, { authorization: await as(`user-${i}`) }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429])
    expect(fetches()).toBe(5)
    const [last] = answers.slice(-1)
    expect(last && firstError(last)).toMatchObject({
      code: 'RATE_LIMITED',
      limitName: 'tenant',
      limit: 5,
      remaining: 0,
    })
    const seconds = Number(last?.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(50)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(last && bodyOf(last)).not.toHaveProperty('data')
  })

  it.each([
    ['TRIAL', 3],
    ['STANDARD', 5],
    [null, 3],
    ['PLATINUM', 3],
  ])('on the plan %s may ask %i times', async (tier, limit) => {
    const tierOf = async (tenantId: string) => (tenantId === TENANT ? tier : 'ENTERPRISE')
    const { post } = await start({ tierOf, allowances: { ...UNHURRIED, tenantPerMinute } })
    expect(statuses(await many(10, () => post({ query: ASK })))).toEqual({ 200: limit, 429: 10 - limit })
  })

  it('does not have staff counted', async () => {
    const { post, graph } = await start({ allowances: { ...UNHURRIED, tenantPerMinute } })
    const staff = await graph.tokenFor({ subject: 'stf-1', kind: 'STAFF', role: 'STAFF', tenantId: null })
    const answers = await many(20, () => post({ query: '{ whoAsks }' }, { authorization: `Bearer ${staff}` }))
    expect(statuses(answers)).toEqual({ 200: 20 })
  })
})

describe('a person', () => {
  it('may ask ten times a second and fifty times beyond, and others of the company still may', async () => {
    const { post, as } = await start({})
    const answers = await many(120, () => post({ query: ASK }))
    const { 200: passed = 0, 429: refused = 0 } = statuses(answers)
    // Seconds may end in between, and give ten more each.
    expect([60, 70, 80, 90]).toContain(passed)
    expect(passed + refused).toBe(120)
    const limited = answers.find(({ status }) => status === 429)
    expect(limited && firstError(limited)).toMatchObject({
      limitName: 'actor',
      limit: 10,
      retryAfterSeconds: 1,
    })
    expect((await post({ query: ASK }, { authorization: await as('user-2') })).status).toBe(200)
  })

  it('pays for what is refused for another reason, too', async () => {
    const tenantPerMinute = { ...ALLOWANCES.tenantPerMinute, STANDARD: 4 }
    const { post, fetches } = await start({ allowances: { ...UNHURRIED, tenantPerMinute } })
    const queries = ['{ strom }', '{ storm(', `${'{ a '.repeat(16)}${'}'.repeat(16)}`, ASK, ASK]
    const answers = []
    for (const query of queries) answers.push(await post({ query }))
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 200, 429])
    expect(fetches()).toBe(1)
  })

  it('who comes too early again is not read, and says so in the counters', async () => {
    const tenantPerMinute = { ...ALLOWANCES.tenantPerMinute, STANDARD: 1 }
    const { post, gateway } = await start({ allowances: { ...UNHURRIED, tenantPerMinute } })
    const answers = [await post({ query: ASK }), await post({ query: ASK }), await post({ query: '{ strom' })]
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 429])
    expect(answers[2]?.headers.get('ratelimit')).toMatch(/"tenant";r=0;t=\d+$/)
    expect(await gateway.registry.metrics()).toContain(
      'graphql_refusals_total{stage="rate",code="RATE_LIMITED"} 2',
    )
  })
})

describe('an address', () => {
  const JSON_HEADERS = { 'content-type': 'application/json' }
  const anonymous = JSON.stringify({ query: ASK })

  it('may ask so often without signing in, before anything else is looked at', async () => {
    const { send, post } = await start({ allowances: { addressPerMinute: 3 } })
    const answers = []
    for (let i = 0; i < 5; i++) answers.push(await send({ headers: JSON_HEADERS, body: anonymous }))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429])
    const [last] = answers.slice(-1)
    expect(last && firstError(last)).toMatchObject({ code: 'RATE_LIMITED', limitName: 'address', limit: 3 })
    expect(last?.headers.get('ratelimit-policy')).toBe('"address";q=3;w=60')
    // Nor may a token be tried from there that was not seen to be good before.
    expect((await post({ query: ASK })).status).toBe(429)
  })

  it('pays five times for a token that is none, and leaves those alone who are known', async () => {
    const { post } = await start({ allowances: { addressPerMinute: 10 } })
    expect((await post({ query: ASK })).status).toBe(200)
    const forged = { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }
    const answers = []
    for (let i = 0; i < 4; i++) answers.push(await post({ query: ASK }, forged))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 429, 429])
    expect(answers[0]?.headers.get('ratelimit')).toMatch(/^"address";r=5;t=/)
    expect((await post({ query: ASK })).status).toBe(200)
  })
})

describe('a token that was good once', () => {
  it('is tried like any other once it is refused', async () => {
    const taken = new Set<string>()
    const { send, graph } = await start({ allowances: { addressPerMinute: 12 } }, {}, (bearer) =>
      taken.has(bearer),
    )
    const token = await graph.tokenFor()
    const ask = () =>
      send({
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: ASK }),
      })
    expect((await ask()).status).toBe(200)
    taken.add(token)
    const answers = []
    for (let i = 0; i < 5; i++) answers.push((await ask()).status)
    expect(answers).toEqual([401, 401, 401, 429, 429])
  })
})

describe('what a client is told', () => {
  it('is its limits in the fields of the draft', async () => {
    const { post } = await start({})
    const { headers } = await post({ query: ASK })
    expect(headers.get('ratelimit-policy')).toBe('"actor";q=10;w=1, "tenant";q=1000;w=60')
    expect(headers.get('ratelimit')).toMatch(/^"actor";r=9;t=1, "tenant";r=999;t=60$/)
    expect(headers.get('retry-after')).toBeNull()
  })

  it.each([
    ['a text that cannot be parsed', { query: '{ storm(' }, {}],
    ['a body that is no JSON', '{', {}],
    ['a media type that is not read', { query: ASK }, { 'content-type': 'text/plain' }],
    ['a token that is none', { query: ASK }, { authorization: 'Bearer x' }],
  ])('also with %s', async (_what, body, headers) => {
    const { post } = await start({})
    const answer = await post(body, headers)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.get('ratelimit-policy')).toMatch(/^"(actor|address)";q=\d+;w=\d+/)
    expect(answer.headers.get('ratelimit')).toMatch(/^"(actor|address)";r=\d+;t=\d+/)
  })

  it('is what its operation could cost, what it did, and what is left', async () => {
    const { post } = await start({})
    const answer = bodyOf(await post({ query: '{ storms { name } }' }))
    expect(answer.extensions.cost).toEqual({
      requestedQueryCost: 10,
      actualQueryCost: 3,
      throttleStatus: { maximumAvailable: 100_000, currentlyAvailable: 99_997, restoreRate: 5_000 },
    })
  })

  it('is no cost where nothing was carried out', async () => {
    const { post } = await start({})
    expect(bodyOf(await post({ query: '{ strom }' })).extensions.cost).toEqual({
      requestedQueryCost: 0,
      actualQueryCost: 0,
      throttleStatus: { maximumAvailable: 100_000, currentlyAvailable: 100_000, restoreRate: 5_000 },
    })
  })
})

describe('the cost of an operation', () => {
  const size = { maximum: 25, restoreRate: 0.001 }
  const bucket = { TRIAL: size, STANDARD: size, ENTERPRISE: size }

  it('is refused where no operation may cost so much, with what it would have cost', async () => {
    const { post, fetches } = await start({ allowances: { maximumCost: 9 } })
    const answer = await post({ query: '{ storms { name } }' })
    expect([answer.status, fetches()]).toEqual([400, 0])
    expect(firstError(answer)).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      requestedQueryCost: 10,
      maximum: 9,
    })
    expect(bodyOf(answer).extensions.cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 0 })
  })

  it('is taken from the bucket, and what was not needed is given back', async () => {
    const { post, fetches } = await start({ allowances: { ...UNHURRIED, bucket } })
    const available = []
    const answers = []
    for (let i = 0; i < 7; i++) {
      const answer = await post({ query: '{ storms { name } }' })
      answers.push(answer.status)
      available.push(bodyOf(answer).extensions.cost.throttleStatus.currentlyAvailable)
    }
    // Each takes 10 and costs 3; the sixth leaves 7, in which 10 have no room.
    expect(available).toEqual([22, 19, 16, 13, 10, 7, 7])
    expect([answers, fetches()]).toEqual([[200, 200, 200, 200, 200, 200, 429], 6])
  })

  it('says when there is room again', async () => {
    const { post } = await start({
      allowances: { ...UNHURRIED, bucket: { ...bucket, STANDARD: { maximum: 12, restoreRate: 0.5 } } },
    })
    await post({ query: '{ storms { name } }' })
    const answer = await post({ query: '{ storms { name } }' })
    // 3 are in it; of 10 more one has no room, which is gone after two seconds.
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2'])
    expect(firstError(answer)).toMatchObject({
      limitName: 'cost',
      limit: 12,
      remaining: 9,
      requestedQueryCost: 10,
    })
  })

  it('is given back when nothing came of the operation', async () => {
    const { post } = await start(
      { allowances: { ...UNHURRIED, bucket } },
      {
        storms: () => {
          throw new Error('boom')
        },
      },
    )
    const answer = bodyOf(await post({ query: '{ storms { name } }' }))
    expect(answer.extensions.cost).toMatchObject({
      requestedQueryCost: 10,
      actualQueryCost: 0,
      throttleStatus: { currentlyAvailable: 25 },
    })
  })

  it('is never more than the estimate', async () => {
    const { post } = await start(
      {},
      { storms: () => Array.from({ length: 40 }, (_, i) => sampleStorm(`${i}`)) },
    )
    expect(bodyOf(await post({ query: '{ storms { name } }' })).extensions.cost).toMatchObject({
      requestedQueryCost: 10,
      actualQueryCost: 10,
    })
  })
})

describe('a client that waits less than we do', () => {
  it('is answered when it gives up, and cannot make us wait longer', async () => {
    const { post, graph } = await start({}, { storm: () => new Promise(() => {}) })
    const answer = await post({ query: ASK }, { 'x-request-timeout-ms': '60' })
    expect(bodyOf(answer).errors[0].extensions.code).toBe('TIMEOUT')
    const [fetch] = graph.storms.opened
    const now = graph.clock.now().getTime()
    expect(fetch?.deadline).toBeLessThanOrEqual(now + 60)
    await post({ query: '{ whoAsks }' }, { 'x-request-timeout-ms': '999999' })
    expect(graph.storms.opened[1]?.deadline).toBe(now + 8_000)
  })

  it.each(['0', '-5', '1.5', 'soon', ''])(
    'must say so in whole milliseconds, and not in "%s"',
    async (given) => {
      const { post, fetches } = await start({})
      const answer = await post({ query: ASK }, { 'x-request-timeout-ms': given })
      expect([answer.status, firstError(answer).code, fetches()]).toEqual([400, 'BAD_INPUT', 0])
    },
  )
})
