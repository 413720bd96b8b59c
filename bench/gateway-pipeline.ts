/**
 * What the gateway's stages cost: the token, the guard, the permissions, the cost and the rates, against the same
 * planner over the same subgraphs in a bare Apollo Server. All from memory, so that nothing hides them. In turns, so that
 * a busy machine slows all sides alike.
 */
import { ApolloServer } from '@apollo/server'
import { systemClock } from '@stormops/chassis/clock'
import { signToken, temporaryKeys, tokenVerifier } from '@stormops/chassis/identity'
import type { Actor, SigningKeys } from '@stormops/chassis/identity'
import type { Role } from '@stormops/chassis/permission'
import { createLog } from '@stormops/chassis/telemetry/log'
import { noTracer } from '@stormops/chassis/telemetry/tracer'
import { newId } from '@stormops/chassis/values/ids'
import { createGateway } from '@stormops/gateway'
import type { Gateway } from '@stormops/gateway'
import { noFacts } from '@stormops/gateway/context'
import type { GatewayContext } from '@stormops/gateway/context'
import { createLimits } from '@stormops/gateway/limits/limits'
import type { LimitSettings } from '@stormops/gateway/limits/limits'
import { gatewayMetrics, metricsRegistry } from '@stormops/gateway/metrics'
import { securedSupergraph } from '@stormops/gateway/permissions/secured-supergraph'
import { createPlanner } from '@stormops/gateway/planner'
import { openSharedStore } from '@stormops/gateway/redis'
import { stageClock } from '@stormops/gateway/stage-clock'
import { median } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'
import { SMALL_QUERY, WIDE_QUERY, wideGraph } from './wide-graph.ts'
import type { WideGraph } from './wide-graph.ts'

const VARIABLES = { id: 'a' }
const WARM_UP_TURNS = 10
const TURNS = 40
const WIDE_PER_TURN = 50
const SMALL_PER_TURN = 250
const TOKEN_SECONDS = 3_600

/** Share of the throughput that the stages may cost on sixteen fetches. */
const GOAL_SHARE = 0.15
/** Microseconds of CPU they may cost on a small query. */
const GOAL_MICROSECONDS = 300
/** A refusal may take this share of what an answer takes. */
const GOAL_REFUSAL = 0.1

/** More than the bench asks. */
const GENEROUS: LimitSettings = {
  allowances: {
    addressPerMinute: 1e9,
    actorPerSecond: 1e9,
    actorBurst: 1e9,
    tenantPerMinute: { TRIAL: 1e9, STANDARD: 1e9, ENTERPRISE: 1e9 },
    bucket: {
      TRIAL: { maximum: 1e12, restoreRate: 1e9 },
      STANDARD: { maximum: 1e12, restoreRate: 1e9 },
      ENTERPRISE: { maximum: 1e12, restoreRate: 1e9 },
    },
  },
}

type Side = {
  readonly what: string
  readonly ask: () => Promise<unknown>
  readonly wall: number[]
  readonly cpu: number[]
}

const side = (what: string, ask: () => Promise<unknown>): Side => ({ what, ask, wall: [], cpu: [] })

/** Takes about half a minute. */
export const benchGatewayPipeline = async (): Promise<BenchResult> => {
  const graph = wideGraph()
  const keys = await temporaryKeys()
  const verify = tokenVerifier(keys, systemClock)
  const tokens = { analyst: await tokenOf(keys, 'ANALYST'), crew: await tokenOf(keys, 'CREW') }
  const bare = await bareServer(graph)
  const full = await fullGateway(graph, GENEROUS)
  const strict = await fullGateway(graph, {
    allowances: { ...GENEROUS.allowances, actorPerSecond: 0, actorBurst: 0 },
  })
  const analyst = await verify(tokens.analyst)
  const through = (gateway: Gateway, query: string, token: string) => async () =>
    gateway.execute({ query, variables: VARIABLES, actor: await verify(token), requestId: 'bench-0001' })
  const wide = [
    side('16 fetches, bare', () => bare.ask(WIDE_QUERY, analyst)),
    side('16 fetches, with all stages', through(full, WIDE_QUERY, tokens.analyst)),
    side('16 fetches, denied', through(full, WIDE_QUERY, tokens.crew)),
    side('16 fetches, rate limited', through(strict, WIDE_QUERY, tokens.analyst)),
  ] as const
  const small = [
    side('small query, bare', () => bare.ask(SMALL_QUERY, analyst)),
    side('small query, with all stages', through(full, SMALL_QUERY, tokens.analyst)),
  ] as const
  await refuseOtherAnswers([...wide, ...small])
  await measure(wide, WIDE_PER_TURN)
  await measure(small, SMALL_PER_TURN)
  await Promise.all([bare.stop(), full.stop(), strict.stop()])
  return resultOf(wide, small)
}

const tokenOf = (keys: SigningKeys, role: Role): Promise<string> =>
  signToken(
    keys,
    { subject: `usr_${role}`, kind: 'USER', tenantId: newId(), role },
    systemClock,
    TOKEN_SECONDS,
  )

const bareServer = async (graph: WideGraph) => {
  const { sdl } = securedSupergraph(graph.supergraphSdl)
  const log = createLog('silent')
  const registry = metricsRegistry()
  const metrics = gatewayMetrics(registry)
  const planner = createPlanner({
    ...graph,
    supergraphSdl: sdl,
    log,
    clock: systemClock,
    metrics,
    stages: stageClock(registry, noTracer),
    tracer: noTracer,
    fetchMilliseconds: 8_000,
  })
  const server = new ApolloServer<GatewayContext>({ gateway: planner, stopOnTerminationSignals: false })
  await server.start()
  return {
    stop: () => server.stop(),
    ask: (query: string, actor: Actor) => {
      const contextValue: GatewayContext = {
        actor,
        refreshToken: null,
        clientAddress: null,
        userAgent: null,
        requestId: 'bench-0001',
        deadline: Date.now() + 10_000,
        readOnly: false,
        named: null,
        facts: noFacts(),
      }
      return server.executeOperation({ query, variables: VARIABLES }, { contextValue })
    },
  }
}

const fullGateway = async (graph: WideGraph, settings: LimitSettings): Promise<Gateway> => {
  const log = createLog('silent')
  const registry = metricsRegistry()
  const tierOf = async () => 'ENTERPRISE'
  const shared = await openSharedStore({ url: null, log, registry })
  return createGateway({
    ...graph,
    log,
    clock: systemClock,
    registry,
    tierOf,
    limits: createLimits({ ...settings, shared, tierOf, registry }),
  })
}

/** What answered errors would be fast. */
const refuseOtherAnswers = async (sides: readonly Side[]): Promise<void> => {
  for (const { what, ask } of sides) {
    const answer = JSON.stringify(await ask())
    const expected = what.endsWith('denied')
      ? 'FORBIDDEN'
      : what.endsWith('limited')
        ? 'RATE_LIMITED'
        : '"homes":420'
    if (!answer.includes(expected)) throw new Error(`${what}: not the answer expected: ${answer}`)
  }
}

const measure = async (sides: readonly Side[], perTurn: number): Promise<void> => {
  for (let turn = -WARM_UP_TURNS; turn < TURNS; turn += 1) {
    for (const { ask, wall, cpu } of sides) {
      const before = process.cpuUsage()
      const started = performance.now()
      for (let asked = 0; asked < perTurn; asked += 1) await ask()
      const milliseconds = performance.now() - started
      const { user, system } = process.cpuUsage(before)
      if (turn < 0) continue
      wall.push((milliseconds * 1_000) / perTurn)
      cpu.push((user + system) / perTurn)
    }
  }
}

const resultOf = (wide: readonly [Side, Side, Side, Side], small: readonly [Side, Side]): BenchResult => {
  const [bare, full, denied, limited] = wide.map(({ wall }) => median(wall)) as [
    number,
    number,
    number,
    number,
  ]
  const [smallBare, smallFull] = small.map(({ cpu }) => median(cpu)) as [number, number]
  const share = 1 - bare / full
  const added = smallFull - smallBare
  const refusal = Math.max(denied, limited) / full
  return {
    name: 'gateway-pipeline',
    rows: [
      ...wide.map(({ what, wall }) => ({ what, value: median(wall), unit: 'µs' })),
      { what: 'throughput that the stages cost', value: share * 100, unit: '%' },
      ...small.map(({ what, cpu }) => ({ what, value: median(cpu), unit: 'µs of CPU' })),
      { what: 'CPU that the stages cost on a small query', value: added, unit: 'µs' },
      { what: 'a refusal, of an answer', value: refusal, unit: '×' },
    ],
    ratio: full / bare,
    goal: 'at most 15 % of the throughput, 300 µs of CPU, and a refusal a tenth of an answer',
    met: share <= GOAL_SHARE && added <= GOAL_MICROSECONDS && refusal <= GOAL_REFUSAL,
  }
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await benchGatewayPipeline(), null, 2)}\n`)
