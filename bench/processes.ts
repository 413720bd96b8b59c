/**
 * What it costs to run as separate processes: the same question over several subgraphs, asked over HTTP of a platform in
 * one process and of one in eight, on the same database. And a million rows, scored by a call of a function and over
 * the port. Both sides take turns, so that a busy machine slows both alike.
 */
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '@stormops/chassis/clock'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { contextSigner, subgraphIssuer } from '@stormops/chassis/graphql/signed-seal'
import { privateClient } from '@stormops/chassis/http/private-client'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId, privateId } from '@stormops/chassis/values/ids'
import { graphClient } from '@stormops/cli/client'
import { PROVISION, READY } from '@stormops/cli/demo/documents'
import { startAllInOne, startProcesses } from '@stormops/cli/testing/platform-processes'
import type { PlatformProcesses } from '@stormops/cli/testing/platform-processes'
import { openModels } from '@stormops/models'
import type { ModelsPort } from '@stormops/models/port'
import { remoteModelsPort } from '@stormops/models/remote-port'
import { sdlOf } from '@stormops/schema/subgraphs.ts'
import { withBenchDatabase } from './bench-database.ts'
import type { BenchDatabase } from './bench-database.ts'
import { median, timed } from './bench-result.ts'
import type { BenchResult, BenchRow } from './bench-result.ts'

const ACROSS = `{
  viewer { tenant { name plan { tier } } }
  activeModel(name: "uplift", environment: PRODUCTION) { version }
  storms(first: 1) { edges { node { name } } }
}`
const ONE = '{ viewer { tenant { name } } }'
const COMPANY = 'Bench Roofing'

const WARM_UP = 200
const ITERATIONS = 600
const GOAL_RATIO = 2
const TOKEN_SECONDS = 3_600
const ROWS = 1_000_000
/** As a storm is scored. */
const PAGE = 10_000
const READY_EVERY_MS = 100

type Ask = (query: string) => Promise<void>

export const benchProcesses = (): Promise<BenchResult> =>
  withBenchDatabase(async (database) => {
    const place = { admin: database.adminSettings, secret: database.secret, home: database.home }
    const processes = await startProcesses(place)
    try {
      const whole = await startAllInOne(place)
      try {
        const keys = await signingKeys(database.home)
        const tenantId = await openCompany(processes.url, keys)
        const taken = await latencies([
          await asker(whole.url, keys, tenantId),
          await asker(processes.url, keys, tenantId),
        ])
        return result(taken, await scoring(database, processes, keys, tenantId))
      } finally {
        await whole.close()
      }
    } finally {
      await processes.close()
    }
  })

const openCompany = async (url: string, keys: SigningKeys): Promise<string> => {
  const staff = { subject: 'stf_bench', kind: 'STAFF', tenantId: null, role: 'STAFF' } as const
  const client = graphClient(url, await signToken(keys, staff, systemClock, TOKEN_SECONDS))
  const input = { name: COMPANY, tier: 'ENTERPRISE', adminEmail: 'owner@example.com' }
  const { provisionTenant } = await client.ask<{ provisionTenant: { tenant: { id: string } } }>(PROVISION, {
    input,
  })
  const { id } = provisionTenant.tenant
  const tenantId = privateId(id.split('_')[0] ?? '', id) ?? ''
  const owner = graphClient(url, await tokenOf(keys, tenantId))
  for (;;) {
    const { activeModel } = await owner.ask<{ activeModel: object | null }>(READY)
    if (activeModel !== null) return tenantId
    await sleep(READY_EVERY_MS)
  }
}

/** People who ask in turn, since one may ask ten times a second. */
const PEOPLE = 200

const tokenOf = (keys: SigningKeys, tenantId: string, person = 0): Promise<string> => {
  const claims = { subject: `usr_bench_${person}`, kind: 'USER', tenantId, role: 'OWNER' } as const
  return signToken(keys, claims, systemClock, TOKEN_SECONDS)
}

const asker = async (url: string, keys: SigningKeys, tenantId: string): Promise<Ask> => {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port } = new URL(url)
  const people = Array.from({ length: PEOPLE }, (_, person) => tokenOf(keys, tenantId, person))
  const tokens = await Promise.all(people)
  let turn = 0
  return async (query) => {
    turn = (turn + 1) % PEOPLE
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens[turn]}` }
    const text = await new Promise<string>((resolve, reject) => {
      const asking = request(
        { agent, hostname, port, path: '/graphql', method: 'POST', headers },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('error', reject)
          response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
        },
      )
      asking.once('error', reject)
      asking.end(JSON.stringify({ query }))
    })
    // A side that answered errors would be fast.
    if (!text.includes(`"name":"${COMPANY}"`) || text.includes('"errors"')) {
      throw new Error(`Not the answer expected: ${text}`)
    }
  }
}

type Latencies = { readonly across: readonly number[]; readonly one: readonly number[] }

/** Medians in milliseconds, of each side in turn. */
const latencies = async (sides: readonly Ask[]): Promise<Latencies> => {
  const medians = async (query: string): Promise<readonly number[]> => {
    const taken = sides.map((): number[] => [])
    for (let iteration = -WARM_UP; iteration < ITERATIONS; iteration += 1) {
      for (const [side, ask] of sides.entries()) {
        const { milliseconds } = await timed(() => ask(query))
        if (iteration >= 0) taken[side]?.push(milliseconds)
      }
    }
    return taken.map(median)
  }
  return { across: await medians(ACROSS), one: await medians(ONE) }
}

/** Seconds for a million rows, in pages as a storm is scored: near and far. */
const scoring = async (
  { app }: BenchDatabase,
  processes: PlatformProcesses,
  keys: SigningKeys,
  tenantId: string,
): Promise<readonly number[]> => {
  const refused = () => Promise.reject(new Error('Scoring enqueues nothing.'))
  const models = await openModels({
    connection: app,
    poolSize: 2,
    sdl: sdlOf('models'),
    queue: {
      enqueue: refused,
      publish: refused,
      publishMany: refused,
      cancel: refused,
      rerun: refused,
      redrive: refused,
    },
    unseal: processSeal().unseal,
    clock: systemClock,
    newId,
    log: createLog('silent'),
  })
  const client = privateClient(processes.urlOf('models'))
  const far = remoteModelsPort({
    client,
    sign: contextSigner(keys, systemClock, newId, subgraphIssuer('storms')),
    asker: 'storms',
    clock: systemClock,
    newId,
  })
  try {
    const near = await scoreAll(models.port, tenantId)
    const over = await scoreAll(far, tenantId)
    if (near.sum !== over.sum) throw new Error('The two sides score differently.')
    return [near.seconds, over.seconds]
  } finally {
    client.close()
    await models.close()
  }
}

const scoreAll = async (
  port: ModelsPort,
  tenantId: string,
): Promise<{ readonly seconds: number; readonly sum: number }> => {
  const model = await port.activeUpliftModel(tenantId)
  if (model === null) throw new Error('The company has no model.')
  const columns = model.features.map((_name, feature) =>
    Float32Array.from({ length: PAGE }, (_value, row) => ((row * (feature + 1) * 7_919) % 1_000) / 10),
  )
  let sum = 0
  const { milliseconds } = await timed(async () => {
    for (let page = 0; page < ROWS / PAGE; page += 1) {
      const batch = { tenantId, versionId: model.versionId, names: model.features, columns, rowCount: PAGE }
      const scored = await port.scoreUplift(batch)
      if (scored.kind !== 'scored') throw new Error(`Not scored: ${scored.kind}`)
      for (const score of scored.scores) sum += score
    }
  })
  return { seconds: milliseconds / 1_000, sum }
}

const result = ({ across, one }: Latencies, seconds: readonly number[]): BenchResult => {
  const [whole = Number.NaN, apart = Number.NaN] = across
  const rows: readonly BenchRow[] = [
    { what: 'a question over four subgraphs, one process, median', value: whole, unit: 'ms' },
    { what: 'a question over four subgraphs, eight processes, median', value: apart, unit: 'ms' },
    { what: 'a question to one subgraph, one process, median', value: one[0] ?? Number.NaN, unit: 'ms' },
    { what: 'a question to one subgraph, eight processes, median', value: one[1] ?? Number.NaN, unit: 'ms' },
    { what: '1,000,000 rows scored by a call of a function', value: seconds[0] ?? Number.NaN, unit: 's' },
    { what: '1,000,000 rows scored over the port', value: seconds[1] ?? Number.NaN, unit: 's' },
  ]
  const ratio = apart / whole
  return {
    name: 'processes',
    rows,
    ratio,
    goal: `a question over four subgraphs in at most ${GOAL_RATIO}× its time in one process`,
    met: ratio <= GOAL_RATIO,
  }
}
