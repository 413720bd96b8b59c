/**
 * A gateway that counts into a table, in a process of its own, which a test may kill without warning. Its ledger takes a
 * moment before and after each batch, and now and then fails on either side. Prints its address and a token.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { systemClock } from '@stormops/chassis/clock'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { createGateway } from '@stormops/gateway'
import { createHttpServer } from '@stormops/gateway/http/server'
import { openMeter } from '@stormops/gateway/metering/meter'
import type { MeteredOperation } from '@stormops/gateway/metering/metered-operation'
import { meteringPlugin } from '@stormops/gateway/metering/metering-plugin'
import { metricsRegistry } from '@stormops/gateway/metrics'
import { sampleGraph } from '@stormops/gateway/testing/sample-graph'

export type MeteredGatewayPlace = {
  readonly admin: ConnectionSettings
  readonly directory: string
  /** A ledger that is `stuck` never answers; one that is `forgetful` writes its first batch and says that it failed. */
  readonly ledger: 'unreliable' | 'stuck' | 'forgetful'
}
export type MeteredGatewayAddress = { readonly url: string; readonly token: string }

// What the test passes is what the type says.
const { admin, directory, ledger } = JSON.parse(process.argv[2] ?? '{}') as MeteredGatewayPlace

const MOMENT_MS = 15
const FAILURES = 0.1

const pool = new pg.Pool({ ...clientConfig(admin), max: 1 })
const something = async (): Promise<void> => {
  await sleep(Math.random() * MOMENT_MS)
  if (Math.random() < FAILURES) throw new Error('The ledger is away.')
}

let hasForgotten = false

const write = async (batch: readonly MeteredOperation[]): Promise<void> => {
  if (ledger === 'stuck') return new Promise(() => undefined)
  if (ledger === 'unreliable') await something()
  const ids = batch.map(({ eventId }) => eventId)
  const names = batch.map(({ operationName }) => operationName)
  // Every attempt is kept, to see that some were repeated.
  await pool.query(
    `with tried as (insert into attempt select unnest($1::uuid[]))
     insert into metered select * from unnest($1::uuid[], $2::text[]) on conflict do nothing`,
    [ids, names],
  )
  if (ledger === 'unreliable') await something()
  if (ledger === 'forgetful' && !hasForgotten) {
    hasForgotten = true
    throw new Error('The ledger has written it, and does not know.')
  }
}

const log = createLog('silent')
const registry = metricsRegistry()
const graph = await sampleGraph({}, systemClock)
const meter = await openMeter({
  directory,
  writer: { write },
  clock: systemClock,
  newId,
  log,
  registry,
  bounds: { segmentBytes: 4_000, held: 50 },
  adoptionMilliseconds: 250,
})
const gateway = await createGateway({
  supergraphSdl: graph.supergraphSdl,
  subgraphs: [graph.storms, graph.crews],
  seal: graph.seal,
  log,
  clock: graph.clock,
  registry,
  plugins: [meteringPlugin(meter, log)],
})
const server = await createHttpServer({
  gateway,
  verify: graph.verify,
  jwks: () => ({ keys: [] }),
  log,
  newRequestId: newId,
  readiness: async () => ({ ready: true, checks: {} }),
})
const { url } = await server.listen('127.0.0.1', 0)
const address: MeteredGatewayAddress = { url, token: await graph.tokenFor() }
process.stdout.write(`${JSON.stringify(address)}\n`)
