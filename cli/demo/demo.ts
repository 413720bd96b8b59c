/** The demo: two companies, each with a storm and a measured pilot. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { signToken } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Clock } from '@stormops/chassis/clock'
import { SCHEMA_DIRECTORY } from '@stormops/schema/subgraphs.ts'
import { tenantUuid } from '@stormops/tenancy/port'
import { z } from 'zod'
import { fetchReport, graphClient, succeeded } from '../client.ts'
import type { GraphClient } from '../client.ts'
import { readOperations } from '../operation-files.ts'
import { publishAll } from '../publish-operations.ts'
import type { Progress } from '../running.ts'
import { CREATE_KEY, PROVISION, READY } from './documents.ts'
import { pilotRun } from './pilot-run.ts'
import type { MeasuredPilot, PilotPlan } from './pilot-run.ts'

type DemoCompany = {
  /** Appended to the names in demo.env. */
  readonly suffix: '' | '_B'
  readonly name: string
  readonly adminEmail: string
  readonly plan: PilotPlan
}

/** $180,000 for crews that work about 3,600 roofs at three hours for every four of them. */
const DFW: DemoCompany = {
  suffix: '',
  name: 'DFW Elite Roofing',
  adminEmail: 'owner@dfw-elite.example',
  plan: {
    storm: 'dfw',
    eventId: 'SYN-DFW-2026',
    name: 'DFW hail storm (synthetic)',
    properties: 6_000,
    policyMode: 'MODERATE',
    costMinorUnits: 18_000_000,
    crewHours: 2_700,
  },
}

const LONE_STAR: DemoCompany = {
  suffix: '_B',
  name: 'Lone Star Exteriors',
  adminEmail: 'owner@lone-star.example',
  plan: {
    storm: 'lone-star',
    eventId: 'SYN-LSR-2026',
    name: 'Hill Country hail storm (synthetic)',
    properties: 2_400,
    policyMode: 'CONSERVATIVE',
    costMinorUnits: 6_000_000,
    crewHours: 900,
  },
}

export type DemoResult = {
  readonly company: string
  readonly suffix: string
  readonly tenantId: string
  /** The secret of a key, which the platform shows once and the demo keeps. */
  readonly apiKey: string
  readonly stormId: string
  readonly pilotId: string
  readonly pilot: MeasuredPilot
  readonly pdfFile: string
}

/** Demo tokens are for a machine of one's own; each start writes new ones. */
const TOKEN_SECONDS = 7 * 24 * 3_600

export type Demo = {
  readonly url: string
  readonly home: string
  readonly keys: SigningKeys
  readonly clock: Clock
}

const ownerToken = (demo: Demo, tenantId: string): Promise<string> => {
  const claims = { subject: 'usr_demo_owner', kind: 'USER' as const, tenantId, role: 'OWNER' as const }
  return signToken(demo.keys, claims, demo.clock, TOKEN_SECONDS)
}

const staffToken = (demo: Demo): Promise<string> =>
  signToken(
    demo.keys,
    { subject: 'stf_demo', kind: 'STAFF', tenantId: null, role: 'STAFF' },
    demo.clock,
    TOKEN_SECONDS,
  )

/** Whether this home has its demo already. */
export const demoExists = (home: string): boolean => existsSync(join(home, 'demo.json'))

/** Opens both companies and measures both pilots; can be broken off and run again. */
export const seedDemo = async (demo: Demo, progress: Progress): Promise<readonly DemoResult[]> => {
  const results: DemoResult[] = []
  for (const company of [DFW, LONE_STAR]) results.push(await seedCompany(demo, company, progress))
  keep(
    demo.home,
    results.map(({ suffix, tenantId, apiKey, stormId, pilotId }) => ({
      suffix,
      tenantId,
      apiKey,
      stormId,
      pilotId,
    })),
  )
  return results
}

/** Keys ask published operations and nothing else, so without these the demo's would be good for nothing. */
const partnerOperations = () => readOperations(join(SCHEMA_DIRECTORY, 'operations', 'partner'))

const seedCompany = async (demo: Demo, company: DemoCompany, progress: Progress): Promise<DemoResult> => {
  const { plan } = company
  const titled = <T>(title: string, work: () => Promise<T>): Promise<T> =>
    progress(`${company.name}: ${title}`, work)
  const { tenantId, secret } = await titled('opened with plan STANDARD', () => provision(demo, company))
  const client = graphClient(demo.url, await ownerToken(demo, tenantUuid(tenantId)))
  await titled('what a partner may ask published', () => publishAll(client, partnerOperations(), null))
  const run = pilotRun(client, plan, demo.clock.now())
  const stormId = await titled('storm created', run.createStorm)
  await titled(`${count(plan.properties)} synthetic properties imported`, () => run.importProperties(stormId))
  await titled('scored by the uplift model', () => run.score(stormId))
  const pilotId = await titled(`${plan.policyMode.toLowerCase()} policy applied, pilot started`, () =>
    run.start(stormId),
  )
  await titled('crews at work, outcomes recorded', () => run.work(stormId))
  const pilot = await titled('pilot measured, report written', () => run.complete(pilotId))
  const pdfFile = await keepReport(demo.home, company, pilot)
  // Opened before by a start that was broken off, the company does not show its first key again.
  const apiKey = secret ?? (await demoKey(demo, tenantId))
  return { company: company.name, suffix: company.suffix, tenantId, apiKey, stormId, pilotId, pilot, pdfFile }
}

const count = (n: number): string => n.toLocaleString('en-US')

type Opened = { readonly tenantId: string; readonly secret: string | null }

const provision = async (demo: Demo, company: DemoCompany): Promise<Opened> => {
  const staff = graphClient(demo.url, await staffToken(demo))
  type Result = { __typename: string; message?: string; tenant: { id: string }; secret: string | null }
  const { provisionTenant } = await staff.ask<{ provisionTenant: Result }>(PROVISION, {
    input: { name: company.name, tier: 'STANDARD', adminEmail: company.adminEmail },
    key: `demo${company.suffix}`,
  })
  const { tenant, secret } = succeeded(provisionTenant)
  await ready(graphClient(demo.url, await ownerToken(demo, tenantUuid(tenant.id))))
  return { tenantId: tenant.id, secret }
}

const demoKey = async (demo: Demo, tenantId: string): Promise<string> => {
  const client = graphClient(demo.url, await ownerToken(demo, tenantUuid(tenantId)))
  type Result = { __typename: string; message?: string; secret: string }
  const { createApiKey } = await client.ask<{ createApiKey: Result }>(CREATE_KEY, {
    input: { name: 'Demo key' },
  })
  return succeeded(createApiKey).secret
}

const READY_LOOKS = 200

/** A new company's models are registered by a job, a moment later. */
const ready = async (client: GraphClient): Promise<void> => {
  for (let look = 0; look < READY_LOOKS; look++) {
    const { activeModel } = await client.ask<{ activeModel: object | null }>(READY)
    if (activeModel !== null) return
    await sleep(50)
  }
  throw new Error('The company did not get its models within ten seconds.')
}

const keepReport = async (home: string, company: DemoCompany, pilot: MeasuredPilot): Promise<string> => {
  if (pilot.reportPdf === null) throw new Error('The pilot has no report to fetch.')
  const directory = join(home, 'demo')
  mkdirSync(directory, { recursive: true })
  const file = join(directory, `${company.name.toLowerCase().replaceAll(' ', '-')}-pilot.pdf`)
  await fetchReport(pilot.reportPdf.url, file)
  return file
}

/** A demo of before companies had keys has none. */
const keptDemo = z.array(
  z.object({
    suffix: z.string(),
    tenantId: z.string(),
    apiKey: z.string().optional(),
    stormId: z.string(),
    pilotId: z.string(),
  }),
)
type KeptDemo = z.infer<typeof keptDemo>

/** For its owner alone, a file that was there before included: it holds secrets. */
const writePrivately = (file: string, text: string): void => {
  writeFileSync(file, text, { mode: 0o600 })
  chmodSync(file, 0o600)
}

const keep = (home: string, demo: KeptDemo): void =>
  writePrivately(join(home, 'demo.json'), JSON.stringify(demo, null, 2))

/** What is kept, with a key for every company. */
const keptWithKeys = async (demo: Demo): Promise<readonly Required<KeptDemo[number]>[]> => {
  const kept = keptDemo.parse(JSON.parse(readFileSync(join(demo.home, 'demo.json'), 'utf8')))
  const whole: Required<KeptDemo[number]>[] = []
  for (const company of kept) {
    whole.push({ ...company, apiKey: company.apiKey ?? (await demoKey(demo, company.tenantId)) })
  }
  if (kept.some(({ apiKey }) => apiKey === undefined)) keep(demo.home, whole)
  return whole
}

/** Writes demo.env for scripts and people; tokens are new on every start. */
export const writeDemoEnv = async (demo: Demo): Promise<string> => {
  const staff = await staffToken(demo)
  const lines: string[] = []
  for (const { suffix, tenantId, apiKey, stormId, pilotId } of await keptWithKeys(demo)) {
    lines.push(
      `STORMOPS_URL${suffix}=${demo.url}`,
      `STORMOPS_STAFF_TOKEN${suffix}=${staff}`,
      `STORMOPS_TENANT_ID${suffix}=${tenantId}`,
      `STORMOPS_API_KEY${suffix}=${apiKey}`,
      `STORMOPS_OWNER_TOKEN${suffix}=${await ownerToken(demo, tenantUuid(tenantId))}`,
      `STORMOPS_STORM_ID${suffix}=${stormId}`,
      `STORMOPS_PILOT_ID${suffix}=${pilotId}`,
    )
  }
  const file = join(demo.home, 'demo.env')
  writePrivately(file, `${lines.join('\n')}\n`)
  return file
}

/** The key of the first company, once demo.env is written. */
export const firstDemoKey = (home: string): string =>
  keptDemo.parse(JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8')))[0]?.apiKey ?? ''
