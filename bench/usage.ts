/**
 * How fast is usage counted exactly once? The product's side writes a batch through row security, with its counters,
 * limits and de-duplication, in one statement of the app's role; the other side is a plain multi-row INSERT of the same
 * rows into the same table by the server's administrator, whom no policy binds, and counts nothing. Both commit each
 * batch; both take turns.
 */
import { clientConfig } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import { systemClock } from '@stormops/chassis/clock'
import { signToken, temporaryKeys } from '@stormops/chassis/identity'
import { newId } from '@stormops/chassis/values/ids'
import pg from 'pg'
import { writeUsage } from '../subgraphs/billing/src/store/ledger-write.ts'
import type { TenantUsage } from '../subgraphs/billing/src/store/ledger-write.ts'
import { withBenchDatabase } from './bench-database.ts'
import type { BenchDatabase } from './bench-database.ts'
import { openBenchPlatform } from './bench-platform.ts'
import { median } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'

const ROWS_OF_A_BATCH = 1_000
const BATCHES_OF_A_ROUND = 20
const ROUNDS = 9
const GOAL_RATIO = 0.85
const MILLISECONDS_PER_SECOND = 1_000

const METRICS = ['STORMS', 'PROPERTIES', 'MODEL_CALLS', 'JOURNEY_EVENTS'] as const

/** Takes about a minute. */
export const benchUsage = (): Promise<BenchResult> =>
  withBenchDatabase(async (bench) => {
    const tenantId = newId()
    await insertCompany(bench, tenantId)
    const database = await openDatabase({ name: 'bench', connection: bench.app, entities: [], poolSize: 1 })
    const plain = new pg.Client(clientConfig(bench.adminSettings))
    await plain.connect()
    try {
      const counted = await contest(() => batchesOf(tenantId), {
        ours: (batch) => database.withTenant(tenantId, (tx) => writeUsage(tx, batch, new Date())),
        plain: (batch) => insertPlainly(plain, batch),
        beforeRound: () => bench.admin.query('checkpoint'),
      })
      const mixed = await mixedContest(bench, database, plain)
      const graph = await graphContest(bench, tenantId, plain)
      return resultOf(counted, mixed, graph)
    } finally {
      await plain.end()
      await database.close()
    }
  })

export const insertCompany = async ({ admin }: BenchDatabase, tenantId: string): Promise<void> => {
  await admin.query(
    `with account as (insert into billing.account (tenant_id, time_zone, currency, opened_at)
       values ($1, 'America/Chicago', 'USD', now()))
     insert into billing.subscription (tenant_id, starts_at, tier, version) values ($1, now(), 'ENTERPRISE', 1)`,
    [tenantId],
  )
}

const batchesOf = (...tenants: readonly string[]): readonly (readonly TenantUsage[])[] =>
  Array.from({ length: BATCHES_OF_A_ROUND }, () =>
    Array.from({ length: ROWS_OF_A_BATCH }, (_, place) => ({
      tenantId: tenants[place % tenants.length] ?? '',
      eventId: newId(),
      clientEventId: null,
      metric: METRICS[place % METRICS.length] ?? 'STORMS',
      quantity: BigInt(1 + (place % 9)),
      occurredAt: new Date(),
      source: 'bench',
      subject: null,
      corrects: null,
      detail: null,
    })),
  )

const COLUMNS = 9

/** As somebody writes it who thinks of nothing else: the rows, as they are. */
const insertPlainly = (client: pg.Client, batch: readonly TenantUsage[]): Promise<unknown> => {
  const places = batch.map((_, row) => {
    const first = row * COLUMNS
    return `(${Array.from({ length: COLUMNS }, (_unused, column) => `$${first + column + 1}`).join(',')})`
  })
  const now = new Date()
  return client.query(
    `insert into billing.usage_event (tenant_id, event_id, metric, quantity, occurred_at, month, source, subject, recorded_at)
     values ${places.join(',')}`,
    batch.flatMap(({ tenantId, eventId, metric, quantity, occurredAt, source, subject }) => [
      tenantId,
      eventId,
      metric,
      String(quantity),
      occurredAt,
      '2026-11-01',
      source,
      subject,
      now,
    ]),
  )
}

type Contest = {
  readonly ours: (batch: readonly TenantUsage[]) => Promise<unknown>
  readonly plain: (batch: readonly TenantUsage[]) => Promise<unknown>
  readonly beforeRound: () => Promise<unknown>
}
type RowsPerSecond = { readonly ours: number; readonly plain: number }

const contest = async (
  batches: () => readonly (readonly TenantUsage[])[],
  { ours, plain, beforeRound }: Contest,
): Promise<RowsPerSecond> => {
  const seconds: Record<'ours' | 'plain', number[]> = { ours: [], plain: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    const sides = [['ours', ours] as const, ['plain', plain] as const]
    for (const [name, write] of round % 2 === 0 ? sides : sides.toReversed()) {
      const made = batches()
      await beforeRound()
      const begun = performance.now()
      for (const batch of made) await write(batch)
      const taken = (performance.now() - begun) / MILLISECONDS_PER_SECOND
      // The first round warms both sides up.
      if (round > 0) seconds[name].push(taken)
    }
  }
  const rows = ROWS_OF_A_BATCH * BATCHES_OF_A_ROUND
  return { ours: rows / median(seconds.ours), plain: rows / median(seconds.plain) }
}

const COMPANIES = 50

/** What the gateway flushes: rows of many companies in one batch, by the ledger's role. */
const mixedContest = async (
  bench: BenchDatabase,
  database: Database,
  plain: pg.Client,
): Promise<RowsPerSecond> => {
  const companies = Array.from({ length: COMPANIES }, () => newId())
  for (const company of companies) await insertCompany(bench, company)
  return contest(() => batchesOf(...companies), {
    ours: (batch) => database.withLedger((tx) => writeUsage(tx, batch, new Date())),
    plain: (batch) => insertPlainly(plain, batch),
    beforeRound: () => bench.admin.query('checkpoint'),
  })
}

const REPORT = `mutation ($input: RecordUsageBatchInput!) {
  recordUsageBatch(input: $input) { ... on RecordUsageBatchSuccess { recorded } }
}`
const TOKEN_SECONDS = 3_600

/** From the client's HTTP to the ledger and its audit line, with the client's own ids, a batch a request. */
const graphContest = async (
  bench: BenchDatabase,
  tenantId: string,
  plain: pg.Client,
): Promise<RowsPerSecond> => {
  const keys = await temporaryKeys()
  const platform = await openBenchPlatform(bench, keys)
  try {
    const { url } = await platform.http.listen('127.0.0.1', 0)
    const claims = { subject: 'usr_bench', kind: 'USER', tenantId, role: 'OWNER' } as const
    const authorization = `Bearer ${await signToken(keys, claims, systemClock, TOKEN_SECONDS)}`
    const report = async (batch: readonly TenantUsage[]): Promise<void> => {
      const events = batch.map(({ eventId, metric, quantity, occurredAt }) => ({
        metric,
        quantity: Number(quantity),
        clientEventId: eventId,
        at: occurredAt,
      }))
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: REPORT, variables: { input: { events } } }),
      })
      const text = await answer.text()
      if (!text.includes(`"recorded":${batch.length}`)) throw new Error(text.slice(0, 500))
    }
    return await contest(() => batchesOf(tenantId), {
      ours: report,
      plain: (batch) => insertPlainly(plain, batch),
      beforeRound: () => bench.admin.query('checkpoint'),
    })
  } finally {
    await platform.close()
  }
}

const GRAPH_GOAL_RATIO = GOAL_RATIO / 2

const resultOf = (one: RowsPerSecond, many: RowsPerSecond, graph: RowsPerSecond): BenchResult => {
  const ratio = one.ours / one.plain
  return {
    name: 'usage',
    rows: [
      { what: 'counted exactly once, a company’s rows by the app', value: one.ours, unit: 'rows/s' },
      { what: 'plain multi-row INSERT of such rows', value: one.plain, unit: 'rows/s' },
      { what: 'counted exactly once, rows of 50 companies by the ledger', value: many.ours, unit: 'rows/s' },
      { what: 'plain multi-row INSERT of such rows', value: many.plain, unit: 'rows/s' },
      { what: 'rows of 50 companies, ratio', value: many.ours / many.plain, unit: '×' },
      { what: 'through GraphQL over HTTP, with the client’s own ids', value: graph.ours, unit: 'rows/s' },
      { what: 'plain multi-row INSERT of such rows', value: graph.plain, unit: 'rows/s' },
      { what: 'through GraphQL, ratio', value: graph.ours / graph.plain, unit: '×' },
    ],
    ratio,
    goal: `at least ${GOAL_RATIO}× the rows per second of the plain INSERT, and ${GRAPH_GOAL_RATIO}× through GraphQL`,
    met: ratio >= GOAL_RATIO && graph.ours / graph.plain >= GRAPH_GOAL_RATIO,
  }
}
