/**
 * What the gateway adds to a query that one subgraph answers. Twice: from memory, the worst case for the gateway, since
 * there is nothing to hide behind; and after one round trip to a database, the least that a query of the product takes.
 * Both sides of a contest are measured in turns, so that a busy machine slows both alike.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execute, parse } from 'graphql'
import { Pool } from 'pg'
import { systemClock } from '@stormops/chassis/clock'
import { startEmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { createLog } from '@stormops/chassis/telemetry/log'
import { createGateway } from '@stormops/gateway'
import { sampleGraph, sampleStorm } from '@stormops/gateway/testing/sample-graph'
import type { SampleBehaviour } from '@stormops/gateway/testing/sample-graph'

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

/** A query of the product may take this many times what its subgraph alone takes for it. */
const GOAL_RATIO = 5

type Side = { readonly what: string; readonly ask: () => Promise<unknown>; readonly microseconds: number[] }
type Outcome = { readonly rows: BenchResult['rows']; readonly ratio: number }

/** Microseconds for each query, the median of the turns; the ratio is that of the query that reads the database. */
export const benchGatewayOverhead = async (): Promise<BenchResult> => {
  const memory = await compete('from memory', {})
  const database = await withDatabase((pool) =>
    compete('one round trip', {
      storm: async (id) => {
        await pool.query('select 1')
        return sampleStorm(id)
      },
    }),
  )
  return {
    name: 'gateway-overhead',
    rows: [...memory.rows, ...database.rows],
    ratio: database.ratio,
    goal: `at most ${GOAL_RATIO}× for a query that reads the database`,
    met: database.ratio <= GOAL_RATIO,
  }
}

const compete = async (name: string, behaviour: SampleBehaviour): Promise<Outcome> => {
  const graph = await sampleGraph(behaviour, systemClock)
  const gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs: [graph.storms, graph.crews],
    seal: graph.seal,
    log: createLog('silent'),
    clock: graph.clock,
  })
  const actor = await graph.verify(await graph.tokenFor())
  const document = parse(QUERY)
  const request = { query: QUERY, variables: VARIABLES, actor, requestId: 'bench-0001' }
  const { schema } = graph.storms
  const direct: Side = {
    what: `${name}: graphql.execute on the subgraph`,
    ask: async () => execute({ schema, document, variableValues: VARIABLES, contextValue: {} }),
    microseconds: [],
  }
  const through: Side = {
    what: `${name}: Gateway.execute`,
    ask: () => gateway.execute(request),
    microseconds: [],
  }
  await refuseDifferentAnswers(direct, through)
  await measure([direct, through])
  await gateway.stop()
  const [before, after] = [medianOf(direct.microseconds), medianOf(through.microseconds)]
  const rows = [
    { what: direct.what, value: before, unit: 'µs' },
    { what: through.what, value: after, unit: 'µs' },
    { what: `${name}: added by the gateway`, value: after - before, unit: 'µs' },
    { what: `${name}: ratio`, value: after / before, unit: '×' },
  ]
  return { rows, ratio: after / before }
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

/** A database of its own, gone afterwards, on the socket of this machine: no network makes the round trip longer. */
const withDatabase = async (work: (pool: Pool) => Promise<Outcome>): Promise<Outcome> => {
  const home = await mkdtemp(join(tmpdir(), 'stormops-bench-'))
  // Run by root, the database steps down to an account that must reach what is in there.
  await chmod(home, 0o755)
  const database = await startEmbeddedPostgres({ home, systemDirectory: home, settings: { fsync: 'off' } })
  const pool = new Pool(database.connection('postgres', database.adminUser))
  // A connection may still be closing when the database ends, and then says so to whoever listens.
  pool.on('error', () => {})
  try {
    return await work(pool)
  } finally {
    await pool.end()
    await database.stop()
    await rm(home, { recursive: true, force: true })
  }
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await benchGatewayOverhead(), null, 2)}\n`)
