import { afterEach, describe, expect, it } from 'vitest'
import type { Actor, TokenClaims } from '@stormops/chassis/identity'
import { newId, PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { createGateway } from '../gateway.ts'
import type { Gateway, GatewayRequest } from '../gateway.ts'
import { createLimits } from '../limits/limits.ts'
import type { LimitSettings } from '../limits/limits.ts'
import { metricsRegistry } from '../metrics.ts'
import { openSharedStore } from '../redis.ts'
import { logLines } from '../testing/log-lines.ts'
import { sampleGraph, SAMPLE_NOW, TENANT } from '../testing/sample-graph.ts'
import type { SampleBehaviour } from '../testing/sample-graph.ts'
import { aDirectory, filesIn } from './a-spool.ts'
import type { MeteredOperation } from './metered-operation.ts'
import { openMeter } from './meter.ts'
import type { Meter } from './meter.ts'
import { meteringPlugin } from './metering-plugin.ts'

const stops: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

type Started = {
  readonly behaviour?: SampleBehaviour
  readonly limits?: LimitSettings
  readonly record?: (meter: Meter) => Meter['record']
}

const start = async ({ behaviour = {}, limits, record }: Started = {}) => {
  const graph = await sampleGraph(behaviour)
  const log = logLines()
  const registry = metricsRegistry()
  const written: MeteredOperation[] = []
  const directory = aDirectory()
  const writer = { write: async (batch: readonly MeteredOperation[]) => void written.push(...batch) }
  const meter = await openMeter({ directory, writer, clock: graph.clock, newId, log: log.log, registry })
  const shared = await openSharedStore({ url: null, log: log.log, registry })
  const gateway: Gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs: [graph.storms, graph.crews],
    seal: graph.seal,
    log: log.log,
    clock: graph.clock,
    registry,
    ...(limits === undefined
      ? {}
      : { limits: createLimits({ ...limits, tierOf: async () => 'STANDARD', shared, registry }) }),
    plugins: [meteringPlugin(record === undefined ? meter : { ...meter, record: record(meter) }, log.log)],
  })
  stops.push(async () => {
    await gateway.stop()
    await meter.close()
  })
  const as = async (claims: Partial<TokenClaims> = {}): Promise<Actor> =>
    graph.verify(await graph.tokenFor(claims))
  const ask = async (query: string, more: Partial<GatewayRequest> = {}) =>
    gateway.execute({ query, actor: await as(), requestId: 'request-0001', ...more })
  const counted = async () => {
    await meter.drained()
    return written
  }
  return { ask, as, counted, directory, log, gateway, meter }
}

describe('what is counted', () => {
  it('is who asked for what, when, and what came of it', async () => {
    const { ask, counted } = await start()
    await ask('query Storm { storm(id: "a") { name } }')
    expect(await counted()).toEqual([
      {
        eventId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        tenantId: TENANT,
        actorKind: 'USER',
        actorId: 'user-1',
        operationName: 'Storm',
        operationType: 'query',
        cost: 1,
        outcome: 'ok',
        at: Date.parse(SAMPLE_NOW),
      },
    ])
  })

  it.each([
    ['a mutation', 'mutation { renameStorm(id: "a", name: "b") { name } }', { operationType: 'mutation' }],
    ['an operation without a name', '{ storm(id: "a") { name } }', { operationName: null }],
    ['a question about the graph alone', '{ __schema { queryType { name } } }', { outcome: 'ok' }],
    ['half an answer', '{ whoAsks storm(id: "a") { name } }', { outcome: 'partial' }],
    ['an answer of errors alone', '{ forecast }', { outcome: 'failed' }],
  ])('is %s', async (_what, query, expected) => {
    const fail = () => {
      throw new Error('broken')
    }
    const { ask, counted } = await start({ behaviour: { whoAsks: fail, forecast: fail } })
    await ask(query)
    expect(await counted()).toEqual([expect.objectContaining(expected)])
  })

  it('is the platform’s for staff, also in a company’s place, and for nobody signed in', async () => {
    const { ask, as, counted } = await start()
    const staff = { subject: 'stf-1', kind: 'STAFF', role: 'STAFF', tenantId: null } as const
    const inPlace = {
      ...staff,
      role: 'OWNER',
      tenantId: TENANT,
      impersonation: { id: 'imp-1', readOnly: true },
    } as const
    await ask('{ __typename }', { actor: await as(staff) })
    await ask('{ __typename }', { actor: await as(inPlace) })
    await ask('{ __typename }', { actor: null })
    expect(
      (await counted()).map(({ tenantId, actorKind, actorId }) => [tenantId, actorKind, actorId]),
    ).toEqual([
      [PLATFORM_TENANT_ID, 'STAFF', 'stf-1'],
      [PLATFORM_TENANT_ID, 'STAFF', 'stf-1'],
      [PLATFORM_TENANT_ID, null, null],
    ])
  })

  it('costs what the answer did cost, not what it might have', async () => {
    const { ask, counted } = await start({
      limits: {},
      behaviour: { storms: () => [{ id: 'a', name: 'A' }] },
    })
    const answer = await ask('{ storms { name } storm(id: "a") { name } }')
    const cost = answer.body.extensions['cost'] as { actualQueryCost: number; requestedQueryCost: number }
    expect(await counted()).toEqual([expect.objectContaining({ cost: cost.actualQueryCost })])
    expect(cost.actualQueryCost).toBeGreaterThan(0)
    expect(cost.actualQueryCost).toBeLessThan(cost.requestedQueryCost)
  })
})

describe('what was refused before it began is not counted', () => {
  it.each<readonly [string, string, Partial<GatewayRequest>]>([
    ['a text that cannot be parsed', '{ storm(', {}],
    ['an operation the graph does not have', '{ strom }', {}],
    ['a document that is too deep', `${'{ a '.repeat(16)}${'}'.repeat(16)}`, {}],
    ['somebody who is not signed in', '{ storm(id: "a") { name } }', { actor: null }],
    ['a document without the operation', 'query A { whoAsks } query B { whoAsks }', {}],
    ['a mutation in a GET', 'mutation { renameStorm(id: "a", name: "b") { name } }', { readOnly: true }],
    ['variables that do not fit', 'query ($id: ID!) { storm(id: $id) { name } }', { variables: {} }],
  ])('%s', async (_why, query, more) => {
    const { ask, counted } = await start()
    const answer = await ask(query, more)
    expect(answer.outcome).toBe('refused')
    expect(await counted()).toEqual([])
  })

  it('somebody without the permission', async () => {
    const { ask, as, counted } = await start()
    const mutation = 'mutation { renameStorm(id: "a", name: "b") { name } }'
    const answer = await ask(mutation, { actor: await as({ role: 'VIEWER' }) })
    expect(answer.body.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
    expect(await counted()).toEqual([])
  })

  it('somebody who asks too often', async () => {
    const { ask, counted } = await start({ limits: { allowances: { actorPerSecond: 0, actorBurst: 1 } } })
    const answers = [await ask('{ whoAsks }'), await ask('{ whoAsks }')]
    expect(answers.map(({ outcome }) => outcome)).toEqual(['ok', 'refused'])
    expect(await counted()).toHaveLength(1)
  })
})

describe('an answer', () => {
  it('leaves only when the operation is on disk', async () => {
    const { ask, directory, counted } = await start()
    let before = -1
    const asking = ask('{ whoAsks }').then(() => (before = filesIn(directory, '.spool').length))
    await asking
    expect(before).toBe(1)
    expect(await counted()).toHaveLength(1)
  })

  it('is the same when counting breaks, which is told', async () => {
    const { ask, log, gateway } = await start({
      record: () => () => Promise.reject(new Error('The meter is broken.')),
    })
    const answer = await ask('{ whoAsks }')
    expect(answer.body).toMatchObject({ data: { whoAsks: 'request-0001' } })
    expect(answer.body.errors).toBeUndefined()
    expect(log.lines()).toContainEqual(
      expect.objectContaining({ msg: 'An operation could not be counted.', requestId: 'request-0001' }),
    )
    expect(await gateway.registry.metrics()).toContain('stormops_metering_failures_total{what="hook"} 1')
  })
})
