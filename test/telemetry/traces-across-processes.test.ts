/** The same across processes: the trace and the number of a request go along with every call and every job. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@stormops/chassis/clock'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import { PROVISION } from '@stormops/cli/demo/documents'
import { startProcesses } from '@stormops/cli/testing/platform-processes'
import type { PlatformProcesses, ProcessName } from '@stormops/cli/testing/platform-processes'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { openCollector, wayTo } from './collector.ts'
import type { Collector, SeenSpan } from './collector.ts'

/** Eight processes start on as many cores as there are. */
const START_MS = 180_000
const TRACE = 'e'.repeat(32)
const REQUEST_ID = 'request-across-processes-1'
const JOB = 'job billing.open-plan'

let database: TestDatabase
let home: string
let collector: Collector
let processes: PlatformProcesses

beforeAll(async () => {
  collector = await openCollector()
  database = await cloneDatabase()
  home = mkdtempSync(join(tmpdir(), 'stormops-traces-'))
  processes = await startProcesses({
    admin: database.admin,
    secret: database.secret,
    home,
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  })
}, START_MS)
afterAll(async () => {
  await processes?.close()
  await database?.close()
  await collector?.close()
  rmSync(home, { recursive: true, force: true })
})

const provision = async (
  name: string,
  headers: Readonly<Record<string, string>>,
  adminEmail = 'owner@example.com',
): Promise<any> => {
  const staff = { subject: 'stf_1', kind: 'STAFF', tenantId: null, role: 'STAFF' } as const
  const token = await signToken(await signingKeys(home), staff, systemClock, 3_600)
  const response = await fetch(`${processes.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query: PROVISION, variables: { input: { name, tier: 'STANDARD', adminEmail } } }),
  })
  return response.json()
}

const spans = (): readonly SeenSpan[] => collector.spans().filter(({ traceId }) => traceId === TRACE)

describe('a mutation that a gateway takes, a subgraph does and a worker follows up', () => {
  it('is one trace over the three processes', async () => {
    const headers = { traceparent: `00-${TRACE}-${'f'.repeat(16)}-01`, 'x-request-id': REQUEST_ID }
    const { data } = await provision('Far Traced Roofing', headers)
    expect(data.provisionTenant.tenant.id).toMatch(/^ten_/)
    await until(async () => spans().some(({ name }) => name === JOB))
    await until(async () =>
      spans().some(({ name, service }) => name === 'POST /graphql' && service.endsWith('gateway')),
    )
    const job = spans().find(({ name }) => name === JOB)
    if (job === undefined) throw new Error('The job left no span.')
    expect(wayTo(job, spans())).toEqual([
      'POST /graphql',
      'stage execution',
      'fetch tenancy',
      'POST /graphql',
      'transaction tenancy',
      'publish tenancy.tenant-provisioned',
      JOB,
    ])
    const services = new Set(spans().map(({ service }) => service))
    expect([...services].toSorted()).toEqual([
      'stormops-gateway',
      'stormops-subgraph-tenancy',
      'stormops-worker',
    ])
    const sql = spans().filter(({ parentSpanId }) => parentSpanId === job.spanId)
    expect(sql.map(({ name }) => name)).toContain('transaction billing')
  })

  it('leaves lines in all three logs under its trace, and in two under its request', async () => {
    const linesOf = (process: ProcessName) =>
      processes.logOf(process).filter(({ traceId }) => traceId === TRACE)
    await until(async () => linesOf('worker').some(({ msg }) => msg === 'job done'))
    expect(linesOf('gateway').find(({ msg }) => msg === 'request')).toMatchObject({ requestId: REQUEST_ID })
    expect(linesOf('worker').find(({ job }) => `job ${String(job)}` === JOB)).toMatchObject({
      jobId: expect.any(String),
      tenantId: expect.any(String),
      attempt: 1,
    })
    // Refused, so that the subgraph has something to say.
    const refusedId = 'request-across-processes-2'
    await provision('Refused Roofing', { 'x-request-id': refusedId }, 'no address')
    const told = () => processes.logOf('tenancy').find(({ requestId }) => requestId === refusedId)
    await until(async () => told() !== undefined)
    expect(told()).toMatchObject({ msg: 'command refused', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) })
  })
})

describe('every process', () => {
  it.each<ProcessName>(['gateway', ...SUBGRAPHS, 'worker'])('prints what it counts: %s', async (name) => {
    const text = await (await fetch(`${processes.urlOf(name)}/metrics`)).text()
    const expected = name === 'gateway' || name === 'worker' ? name : `subgraph ${name}`
    expect(text).toMatch(
      new RegExp(`^stormops_build_info\\{version="[^"]+",process="${expected}"\\} 1$`, 'm'),
    )
    expect(text).toMatch(/^process_cpu_seconds_total /m)
    expect(/^queue_depth\{/m.test(text)).toBe(name === 'worker')
    const passedOn = await fetch(`${processes.urlOf(name)}/metrics`, {
      headers: { 'x-forwarded-for': '::1' },
    })
    expect(passedOn.status).toBe(403)
  })
})
