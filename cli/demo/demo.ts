/** The demo: two companies, each with a storm and a measured pilot. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { signToken } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Clock } from '@stormops/chassis/clock'
import { tenantUuid } from '@stormops/tenancy/port'
import { z } from 'zod'
import { fetchReport, graphClient, succeeded } from '../client.ts'
import type { GraphClient } from '../client.ts'
import type { Progress } from '../running.ts'
import { PROVISION, READY } from './documents.ts'
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
  const kept = results.map(({ suffix, tenantId, stormId, pilotId }) => ({
    suffix,
    tenantId,
    stormId,
    pilotId,
  }))
  writeFileSync(join(demo.home, 'demo.json'), JSON.stringify(kept, null, 2))
  return results
}

const seedCompany = async (demo: Demo, company: DemoCompany, progress: Progress): Promise<DemoResult> => {
  const { plan } = company
  const titled = <T>(title: string, work: () => Promise<T>): Promise<T> =>
    progress(`${company.name}: ${title}`, work)
  const tenantId = await titled('opened with plan STANDARD', () => provision(demo, company))
  const client = graphClient(demo.url, await ownerToken(demo, tenantUuid(tenantId)))
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
  return { company: company.name, suffix: company.suffix, tenantId, stormId, pilotId, pilot, pdfFile }
}

const count = (n: number): string => n.toLocaleString('en-US')

const provision = async (demo: Demo, company: DemoCompany): Promise<string> => {
  const staff = graphClient(demo.url, await staffToken(demo))
  type Answer = { provisionTenant: { __typename: string; message?: string; tenant: { id: string } } }
  const { provisionTenant } = await staff.ask<Answer>(PROVISION, {
    input: { name: company.name, tier: 'STANDARD', adminEmail: company.adminEmail },
    key: `demo${company.suffix}`,
  })
  const { id } = succeeded(provisionTenant).tenant
  await ready(graphClient(demo.url, await ownerToken(demo, tenantUuid(id))))
  return id
}

const READY_LOOKS = 200

/** A new company's plan and models are made by jobs of their own, a moment later. */
const ready = async (client: GraphClient): Promise<void> => {
  for (let look = 0; look < READY_LOOKS; look++) {
    const { plan, activeModel } = await client.ask<{ plan: object | null; activeModel: object | null }>(READY)
    if (plan !== null && activeModel !== null) return
    await sleep(50)
  }
  throw new Error('The company did not get its plan and its models within ten seconds.')
}

const keepReport = async (home: string, company: DemoCompany, pilot: MeasuredPilot): Promise<string> => {
  if (pilot.reportPdf === null) throw new Error('The pilot has no report to fetch.')
  const directory = join(home, 'demo')
  mkdirSync(directory, { recursive: true })
  const file = join(directory, `${company.name.toLowerCase().replaceAll(' ', '-')}-pilot.pdf`)
  await fetchReport(pilot.reportPdf.url, file)
  return file
}

const keptDemo = z.array(
  z.object({ suffix: z.string(), tenantId: z.string(), stormId: z.string(), pilotId: z.string() }),
)

/** Writes demo.env for scripts and people; tokens are new on every start. */
export const writeDemoEnv = async (demo: Demo): Promise<string> => {
  const kept = keptDemo.parse(JSON.parse(readFileSync(join(demo.home, 'demo.json'), 'utf8')))
  const lines = [`STORMOPS_URL=${demo.url}`, `STORMOPS_STAFF_TOKEN=${await staffToken(demo)}`]
  for (const { suffix, tenantId, stormId, pilotId } of kept) {
    lines.push(
      `STORMOPS_TENANT_ID${suffix}=${tenantId}`,
      `STORMOPS_OWNER_TOKEN${suffix}=${await ownerToken(demo, tenantUuid(tenantId))}`,
      `STORMOPS_STORM_ID${suffix}=${stormId}`,
      `STORMOPS_PILOT_ID${suffix}=${pilotId}`,
    )
  }
  const file = join(demo.home, 'demo.env')
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return file
}
