/** What a process prints at `/metrics`, and to whom. */
import { PROVISION } from '@stormops/cli/demo/documents'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@stormops/chassis/testing/until'
import { openTracedPlatform } from './traced-platform.ts'
import type { TracedPlatform } from './traced-platform.ts'

const TOKEN = 'a-token-of-the-test'

let traced: TracedPlatform
let companyId: string

beforeAll(async () => {
  traced = await openTracedPlatform({ METRICS_TOKEN: TOKEN }, {})
  const staff = await traced.client({ kind: 'STAFF', tenantId: null, role: 'STAFF' })
  const input = { name: 'Counted Roofing', tier: 'STANDARD', adminEmail: 'owner@example.com' }
  companyId = (await staff.data(PROVISION, { input })).provisionTenant.tenant.id
  await until(async () =>
    /jobs_ended_total\{job="billing.open-plan",outcome="succeeded"\} 1/.test(await printed()),
  )
})
afterAll(() => traced?.close())

const asked = (headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${traced.url}/metrics`, { headers })

const printed = async (): Promise<string> => (await asked()).text()

/** Names with what stands before the braces; a histogram has its name and three endings. */
const namesIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name))

const PROMISED = [
  'queue_depth',
  'queue_oldest_seconds',
  'worker_busy_count',
  'worker_capacity',
  'worker_busy_ratio',
  'jobs_ended_total',
  'job_duration_seconds',
  'job_wait_seconds',
  'jobs_last_ended_timestamp_seconds',
  'dead_letters',
  'step_duration_seconds',
  'webhook_deliveries_total',
  'gateway_stage_duration_seconds',
  'database_pool_connections',
  'database_transactions_total',
  'database_transaction_duration_seconds',
  'disk_free_ratio',
  'platform_alerts',
  'kg_messages_processed_total',
  'billing_events_ingested_total',
  'billing_rca_queries_total',
  'billing_storage_used_bytes',
  'stormops_build_info',
  'process_resident_memory_bytes',
  'nodejs_eventloop_lag_p99_seconds',
  'subgraph_fetch_duration_seconds',
  'graphql_operations_total',
  'graphql_refusals_total',
  'http_requests_total',
]

describe('what is printed', () => {
  it('has every name that rules and dashboards ask for', async () => {
    const names = namesIn(await printed())
    expect(PROMISED.filter((name) => !names.has(name))).toEqual([])
  })

  it('says of every queue how many wait, of one where nothing waits too', async () => {
    const text = await printed()
    expect(text).toMatch(/^queue_depth\{queue="storms\.open-pilot"\} 0$/m)
    expect(text).toMatch(/^dead_letters 0$/m)
  })

  it('times every stage that an operation passed, and the pool that it used', async () => {
    const text = await printed()
    for (const stage of ['claims', 'parse', 'validation', 'permissions', 'limits', 'plan', 'execution']) {
      expect(text).toMatch(
        new RegExp(`^gateway_stage_duration_seconds_count\\{stage="${stage}"\\} [1-9]`, 'm'),
      )
    }
    expect(text).toMatch(/^database_transactions_total\{pool="tenancy",outcome="committed"\} [1-9]/m)
    // Whichever of the two its connections are in just now.
    expect(text).toMatch(/^database_pool_connections\{pool="tenancy",state="(?:used|idle)"\} [1-9]/m)
    expect(text).toMatch(/^database_pool_connections\{pool="tenancy",state="waiting"\} 0$/m)
  })

  it('times jobs, and says how long they waited', async () => {
    const text = await printed()
    expect(text).toMatch(/^job_duration_seconds_count\{job="billing\.open-plan"\} 1$/m)
    expect(text).toMatch(/^job_wait_seconds_count\{job="billing\.open-plan"\} 1$/m)
  })

  it('says what it is', async () => {
    expect(await printed()).toMatch(
      /^stormops_build_info\{version="\d+\.\d+\.\d+",process="all-in-one"\} 1$/m,
    )
  })

  it('counts what a company used under its own id, and holds nothing else of it', async () => {
    const text = await printed()
    expect(text).not.toContain('Counted Roofing')
    const series = [...text.matchAll(/client_id="([^"]+)"/g)].map(([, id]) => id)
    expect(series.every((id) => id === 'other' || /^ten_[0-9a-f]{32}$/.test(id ?? ''))).toBe(true)
    expect(companyId).toMatch(/^ten_[0-9a-f]{32}$/)
  })
})

describe('where a token is set', () => {
  it('answers this machine, and whoever brings it', async () => {
    expect((await asked()).status).toBe(200)
    const passedOn = { 'x-forwarded-for': '203.0.113.7', authorization: `Bearer ${TOKEN}` }
    expect((await asked(passedOn)).status).toBe(200)
  })

  it('answers nobody whom a proxy speaks for', async () => {
    const response = await asked({ 'x-forwarded-for': '127.0.0.1' })
    expect(response.status).toBe(403)
    const body: any = await response.json()
    expect(body.errors[0].extensions.code).toBe('FORBIDDEN')
    expect((await asked({ via: '1.1 proxy', authorization: 'Bearer something-else' })).status).toBe(403)
  })
})
