/**
 * What the gateway adds to a small query of the product: who am I, and what is my company called? The query goes through
 * the gateway of the whole platform, and to the tenancy subgraph's schema directly, which reads the same row in a session
 * of its own. Both have the same bearer, whose token is verified again by the subgraph, and the same database.
 */
import { execute, parse, print } from 'graphql'
import type { ExecutionResult } from 'graphql'
import { systemClock } from '@stormops/chassis/clock'
import { processSeal } from '@stormops/chassis/graphql/seal'
import { signToken, temporaryKeys, tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import type { Platform } from '@stormops/cli/all-in-one'
import { sdlOf } from '@stormops/schema/subgraphs.ts'
import { openTenancy } from '@stormops/tenancy'
import { withBenchDatabase } from './bench-database.ts'
import type { BenchDatabase } from './bench-database.ts'
import { openBenchPlatform } from './bench-platform.ts'
import { median } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'

const DOCUMENT = parse('{ viewer { tenant { name } } }')
const QUERY = print(DOCUMENT)
const COMPANY = 'Bench Roofing'

const WARM_UP = 300
const ITERATIONS = 1_000
const GOAL_RATIO = 5
const DEADLINE_MILLISECONDS = 10_000
const TOKEN_SECONDS = 3_600
const MICROSECONDS_PER_MILLISECOND = 1_000

type Side = { readonly ask: () => Promise<unknown>; readonly microseconds: number[] }
type Sides = { readonly direct: Side; readonly through: Side; readonly close: () => Promise<void> }

/** Takes about a quarter of a minute. */
export const benchGatewayQuery = (): Promise<BenchResult> =>
  withBenchDatabase(async (database) => {
    const keys = await temporaryKeys()
    const platform = await openBenchPlatform(database, keys)
    try {
      const sides = await sidesOf(database, platform, keys)
      try {
        return await contest(sides)
      } finally {
        await sides.close()
      }
    } finally {
      await platform.close()
    }
  })

/** The company is inserted as it is, without the jobs that follow on one that is opened through the graph. */
const insertCompany = async ({ admin }: BenchDatabase, tenantId: string): Promise<void> => {
  await admin.query(
    `insert into tenancy.tenant (id, slug, name, status, time_zone, currency, created_at)
     values ($1, 'bench-roofing', $2, 'ACTIVE', 'America/Chicago', 'USD', now())`,
    [tenantId, COMPANY],
  )
}

const sidesOf = async (database: BenchDatabase, platform: Platform, keys: SigningKeys): Promise<Sides> => {
  const tenantId = newId()
  await insertCompany(database, tenantId)
  const claims = { subject: 'usr_bench', kind: 'USER', tenantId, role: 'OWNER' } as const
  const bearer = await signToken(keys, claims, systemClock, TOKEN_SECONDS)
  const verify = tokenVerifier(keys, systemClock)
  const { seal, unseal } = processSeal()
  const tenancy = await openTenancy(
    {
      connection: platform.connection,
      poolSize: 2,
      sdl: sdlOf('tenancy'),
      queue: {
        enqueue: () => Promise.reject(new Error('A query enqueues nothing.')),
        publish: () => Promise.reject(new Error('A query publishes nothing.')),
        publishMany: () => Promise.reject(new Error('A query publishes nothing.')),
        cancel: () => Promise.reject(new Error('A query cancels nothing.')),
        rerun: () => Promise.reject(new Error('A query runs nothing again.')),
        redrive: () => Promise.reject(new Error('A query runs nothing again.')),
      },
      unseal,
      clock: systemClock,
      newId,
      log: createLog('silent'),
    },
    {
      signToken: () => Promise.reject(new Error('A query signs nothing.')),
      checkOperation: () => Promise.reject(new Error('A query publishes nothing.')),
      warmOperation: () => undefined,
      accessChanged: () => undefined,
      openAccount: () => Promise.reject(new Error('A query opens no company.')),
      moves: null,
      enterpriseCell: null,
      sendMail: () => Promise.reject(new Error('Nobody gets mail.')),
      publicUrl: () => 'http://localhost',
      secret: 'bench',
    },
  )
  const { subgraph } = tenancy
  const direct = async (): Promise<ExecutionResult> => {
    const deadline = Date.now() + DEADLINE_MILLISECONDS
    const context = {
      actor: await verify(bearer),
      requestId: newId(),
      deadline,
      refreshToken: null,
      userAgent: null,
      rateLimit: null,
      tier: null,
    }
    const body = { document: DOCUMENT, operationName: undefined, variables: {} }
    const session = await subgraph.open({ ...body, sealed: seal(subgraph.name, context, body) })
    try {
      return await execute({ schema: subgraph.schema, document: DOCUMENT, contextValue: session.context })
    } finally {
      await session.close()
    }
  }
  const through = async (): Promise<unknown> => {
    const actor = await verify(bearer)
    return platform.gateway.execute({ query: QUERY, actor, requestId: newId() })
  }
  return {
    direct: { ask: direct, microseconds: [] },
    through: { ask: through, microseconds: [] },
    close: tenancy.close,
  }
}

const contest = async ({ direct, through }: Sides): Promise<BenchResult> => {
  for (const { ask } of [direct, through]) {
    // A side that answered errors would be fast.
    const answer = JSON.stringify(await ask())
    if (!answer.includes(`{"viewer":{"tenant":{"name":"${COMPANY}"}}}`))
      throw new Error(`Not the answer expected: ${answer}`)
  }
  for (let iteration = -WARM_UP; iteration < ITERATIONS; iteration += 1) {
    for (const { ask, microseconds } of [direct, through]) {
      const started = performance.now()
      await ask()
      if (iteration >= 0) microseconds.push((performance.now() - started) * MICROSECONDS_PER_MILLISECOND)
    }
  }
  const [alone, passedOn] = [median(direct.microseconds), median(through.microseconds)]
  const ratio = passedOn / alone
  return {
    name: 'gateway-query',
    rows: [
      { what: 'graphql.execute on the subgraph, median', value: alone, unit: 'µs' },
      { what: 'Gateway.execute, median', value: passedOn, unit: 'µs' },
      { what: 'added by the gateway', value: passedOn - alone, unit: 'µs' },
    ],
    ratio,
    goal: `a small query in at most ${GOAL_RATIO}× its time on the subgraph`,
    met: ratio <= GOAL_RATIO,
  }
}
