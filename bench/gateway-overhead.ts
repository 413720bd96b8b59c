/**
 * What the gateway adds to a query that one subgraph answers from memory: the worst case for it, since there is no
 * database to hide behind. Both sides are measured in turns, so that a busy machine slows both alike.
 */
import { execute, parse } from 'graphql'
import { systemClock } from '@stormops/chassis/clock'
import { createLog } from '@stormops/chassis/telemetry/log'
import { createGateway } from '@stormops/gateway'
import { sampleGraph } from '@stormops/gateway/testing/sample-graph'

export type BenchResult = {
  readonly name: string
  readonly rows: readonly { readonly what: string; readonly value: number; readonly unit: string }[]
  readonly ratio: number
  readonly goal: string
  readonly met: boolean
}

const QUERY = 'query Storm($id: ID!) { storm(id: $id) { id name county homes } }'
const VARIABLES = { id: 'a' }

/** Turns before the figures count, so that the compiler is done with both sides. */
const WARM_UP_TURNS = 20
const TURNS = 60
const QUERIES_PER_TURN = 250

/** The gateway plans, passes on and shapes the answer again; five times a bare execution is what that may cost. */
const GOAL_RATIO = 5

type Side = { readonly what: string; readonly ask: () => Promise<unknown>; readonly microseconds: number[] }

/** Microseconds for each query, the median of the turns; the ratio is gateway over direct. */
export const benchGatewayOverhead = async (): Promise<BenchResult> => {
  const graph = await sampleGraph({}, systemClock)
  const gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs: [graph.storms, graph.crews],
    log: createLog('silent'),
    clock: graph.clock,
  })
  const bearer = await graph.tokenFor()
  const actor = await graph.verify(bearer)
  const document = parse(QUERY)
  const request = { query: QUERY, variables: VARIABLES, actor, bearer, requestId: 'bench-0001' }
  const { schema } = graph.storms
  const direct: Side = {
    what: 'graphql.execute on the subgraph',
    ask: async () => execute({ schema, document, variableValues: VARIABLES, contextValue: {} }),
    microseconds: [],
  }
  const through: Side = { what: 'Gateway.execute', ask: () => gateway.execute(request), microseconds: [] }
  await refuseDifferentAnswers(direct, through)
  await measure([direct, through])
  await gateway.stop()
  const [before, after] = [medianOf(direct.microseconds), medianOf(through.microseconds)]
  const ratio = after / before
  return {
    name: 'gateway-overhead',
    rows: [
      { what: direct.what, value: before, unit: 'µs' },
      { what: through.what, value: after, unit: 'µs' },
      { what: 'added by the gateway', value: after - before, unit: 'µs' },
    ],
    ratio,
    goal: `at most ${GOAL_RATIO}×`,
    met: ratio <= GOAL_RATIO,
  }
}

/** A gateway that answered errors would be fast. */
const refuseDifferentAnswers = async (direct: Side, through: Side): Promise<void> => {
  const [alone, passedOn] = await Promise.all([direct.ask(), through.ask()])
  const storm = '{"storm":{"id":"a","name":"Storm a","county":"Collin","homes":420}}'
  for (const answer of [alone, passedOn]) {
    if (!JSON.stringify(answer).includes(storm))
      throw new Error(`Not the answer expected: ${JSON.stringify(answer)}`)
  }
}

const measure = async (sides: readonly Side[]): Promise<void> => {
  for (let turn = 0; turn < WARM_UP_TURNS + TURNS; turn += 1) {
    for (const side of sides) {
      const started = performance.now()
      for (let query = 0; query < QUERIES_PER_TURN; query += 1) await side.ask()
      const each = ((performance.now() - started) * 1_000) / QUERIES_PER_TURN
      if (turn >= WARM_UP_TURNS) side.microseconds.push(each)
    }
  }
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN

if (import.meta.main) process.stdout.write(`${JSON.stringify(await benchGatewayOverhead(), null, 2)}\n`)
