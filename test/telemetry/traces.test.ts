/** One request is one trace, from the socket down to the database and on into the jobs that it leaves behind. */
import { PROVISION } from '@stormops/cli/demo/documents'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@stormops/chassis/testing/until'
import { openCollector, wayTo } from './collector.ts'
import type { Collector, SeenSpan } from './collector.ts'
import { openTracedPlatform } from './traced-platform.ts'
import type { TracedPlatform } from './traced-platform.ts'

/** What must not be told to a collector. */
const EMAIL = 'owner-of-a-trace@example.com'
const KEY = 'key-of-the-collector'

let collector: Collector
let traced: TracedPlatform

beforeAll(async () => {
  collector = await openCollector()
  traced = await openTracedPlatform({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${KEY}`,
  })
})
afterAll(async () => {
  await traced?.close()
  await collector?.close()
})

const spansOf = (traceId: string): readonly SeenSpan[] =>
  collector.spans().filter((span) => span.traceId === traceId)

const sent = async (body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const { token } = await traced.client({ kind: 'STAFF', tenantId: null, role: 'STAFF' })
  return fetch(`${traced.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify(body),
  })
}

const TRACE = 'a'.repeat(32)
const JOB = 'job billing.open-plan'

describe('a mutation that leaves a job behind', () => {
  it('is one trace, from HTTP over the stages, the fetch and its SQL to the job and its SQL', async () => {
    const input = { name: 'Traced Roofing', tier: 'STANDARD', adminEmail: EMAIL }
    const answer = await sent(
      { query: PROVISION, variables: { input } },
      { traceparent: `00-${TRACE}-${'b'.repeat(16)}-00` },
    )
    const { data }: any = await answer.json()
    expect(data.provisionTenant.tenant.id).toMatch(/^ten_/)
    await until(async () => spansOf(TRACE).some(({ name }) => name === JOB))
    const spans = spansOf(TRACE)
    const ways = spans.map((span) => wayTo(span, spans).join(' > '))
    const root = 'POST /graphql'
    const fetched = `${root} > stage execution > fetch tenancy > transaction tenancy`
    expect(ways).toEqual(
      expect.arrayContaining([
        root,
        `${root} > stage parse`,
        `${root} > stage validation`,
        `${root} > stage claims`,
        `${root} > stage permissions`,
        `${root} > stage limits`,
        `${root} > stage execution > stage plan`,
        fetched,
        `${fetched} > publish tenancy.tenant-provisioned`,
        `${fetched} > publish tenancy.tenant-provisioned > ${JOB}`,
        `${fetched} > publish tenancy.tenant-provisioned > ${JOB} > transaction billing`,
      ]),
    )
    // All of it hangs together: whatever is above a span is there, up to the one that the client named.
    const known = new Set(spans.map(({ spanId }) => spanId))
    const loose = spans.filter(({ parentSpanId }) => !known.has(parentSpanId))
    expect(loose.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([[root, 'b'.repeat(16)]])
  })

  it('says who, what and how it ended, and nothing of what was sent', () => {
    const spans = spansOf(TRACE)
    const of = (name: string) => spans.find((span) => span.name === name)
    expect(of('POST /graphql')).toMatchObject({
      service: 'stormops-all-in-one',
      attributes: { 'http.route': '/graphql', 'http.response.status_code': 200 },
    })
    expect(of(JOB)?.attributes).toMatchObject({
      'messaging.destination.name': 'billing.open-plan',
      'stormops.job.attempt': 1,
    })
    expect(of('transaction tenancy')?.attributes).toMatchObject({ 'db.system.name': 'postgresql' })
    expect(collector.text()).not.toContain(EMAIL)
    expect(collector.text()).not.toContain('Traced Roofing')
    expect(collector.text().toLowerCase()).not.toContain('insert into')
    expect(collector.text()).not.toContain('Bearer')
  })

  it('is sent with the headers that the collector asks for', () => {
    expect(collector.headers().length).toBeGreaterThan(0)
    expect(collector.headers().every((headers) => headers['x-api-key'] === KEY)).toBe(true)
    expect(collector.text()).not.toContain(KEY)
  })

  it('is found again in the log, by its request and by its trace', async () => {
    await until(async () => traced.lines().some(({ msg, job }) => msg === 'job done' && job === JOB.slice(4)))
    const lines = traced.lines().filter(({ traceId }) => traceId === TRACE)
    const request = lines.find(({ msg }) => msg === 'request')
    expect(request).toMatchObject({ route: '/graphql', requestId: expect.any(String), tenantId: null })
    const done = lines.find(({ msg, job }) => msg === 'job done' && job === JOB.slice(4))
    expect(done).toMatchObject({
      jobId: expect.any(String),
      tenantId: expect.any(String),
      attempt: 1,
      traceId: TRACE,
    })
  })
})

describe('a stranger’s traceparent', () => {
  it('names the trace, but does not say whether it is kept', async () => {
    // The mutation above said "not kept" and was; what cannot be read begins a trace of its own.
    await sent({ query: '{ __typename }' }, { traceparent: 'ff-nonsense' })
    const requests = () => traced.lines().filter(({ msg, status }) => msg === 'request' && status === 200)
    const traceId = String(requests().at(-1)?.['traceId'])
    expect(traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(traceId).not.toBe(TRACE)
    await until(async () => spansOf(traceId).some(({ name }) => name === 'POST /graphql'))
  })
})

describe('a refused operation', () => {
  it('is a trace that ends at the stage that refused it', async () => {
    const traceId = 'c'.repeat(32)
    const traceparent = `00-${traceId}-${'d'.repeat(16)}-01`
    const { status } = await fetch(`${traced.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent },
      body: JSON.stringify({ query: '{ tenants(first: 1) { edges { node { id } } } }' }),
    })
    expect(status).toBe(401)
    await until(async () => spansOf(traceId).some(({ name }) => name === 'POST /graphql'))
    expect(spansOf(traceId).find(({ name }) => name === 'stage permissions')).toMatchObject({
      isFailed: true,
      attributes: { 'error.type': 'UNAUTHENTICATED' },
    })
    expect(spansOf(traceId).map(({ name }) => name)).not.toContain('stage execution')
  })
})

describe('a collector that is down', () => {
  it('costs the spans and nothing else, and is said once', async () => {
    const before = traced.lines().length
    collector.answerWith(400)
    const told = () =>
      traced
        .lines()
        .slice(before)
        .filter(({ msg }) => /collector/.test(String(msg)))
    for (let asked = 0; asked < 3; asked += 1) {
      expect((await sent({ query: '{ __typename }' })).status).toBe(200)
    }
    await until(async () => told().length > 0)
    expect(told()[0]).toMatchObject({ level: 'warn' })
    collector.answerWith(200)
    await sent({ query: '{ __typename }' })
    await until(async () => told().length > 1)
    expect(told()[1]).toMatchObject({ level: 'info', lostSpans: expect.any(Number) })
  })
})
