/** A trial's limits, asked for at once through several processes of the platform, each with its own gateway. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@stormops/chassis/clock'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import type { PlatformPlace } from '../world/platform-process.fixture.ts'
import { aProperty, aStorm, CREATE_STORM, createStorm, IMPORT } from '../storms/storm-builders.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { isPassing } from '../world/passing.ts'
import { clientOf, uuidOf } from '../world/world.ts'
import type { Answer, Client } from '../world/world.ts'
import { RECORD } from './plan-builders.ts'

const PROCESSES = 3
const START_MS = 120_000
const TOKEN_SECONDS = 3_600

let database: TestDatabase
let home: string
let children: ChildProcess[] = []
let urls: readonly string[] = []

const start = async (): Promise<string> => {
  const place: PlatformPlace = { admin: database.admin, secret: database.secret, home }
  const program = fileURLToPath(new URL('../world/platform-process.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, [program, JSON.stringify(place)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('The platform did not start.')
}

beforeAll(async () => {
  database = await cloneDatabase()
  home = mkdtempSync(join(tmpdir(), 'stormops-quota-'))
  const first = await start()
  urls = [first, ...(await Promise.all(Array.from({ length: PROCESSES - 1 }, start)))]
}, START_MS)
afterAll(async () => {
  await Promise.all(
    children.map((child) => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      return ended
    }),
  )
  children = []
  await database.close()
  rmSync(home, { recursive: true, force: true })
})

const PROVISION = `mutation ($input: ProvisionTenantInput!) {
  provisionTenant(input: $input) { ... on ProvisionTenantSuccess { tenant { id } } ... on UserError { message } }
}`

/** A trial as its owner reaches it through each process. */
const aTrial = async (name: string): Promise<readonly Client[]> => {
  const keys = await signingKeys(home)
  const token = (tenantId: string | null) =>
    signToken(
      keys,
      tenantId === null
        ? { subject: 'stf_test', kind: 'STAFF', tenantId, role: 'STAFF' }
        : { subject: 'usr_owner', kind: 'USER', tenantId, role: 'OWNER' },
      systemClock,
      TOKEN_SECONDS,
    )
  const staff = clientOf(urls[0] ?? '', await token(null))
  const { provisionTenant } = await staff.data(PROVISION, {
    input: { name, tier: 'TRIAL', adminEmail: 'owner@example.com' },
  })
  const owner = await token(uuidOf(provisionTenant.tenant.id))
  return urls.map((url) => clientOf(url, owner))
}

/** As clients do who waited too long for others: with the same key, until it is said what came of it. */
const persistently = async (client: Client, query: string, variables: object): Promise<Answer> => {
  for (;;) {
    const answer = await client.send(query, variables)
    if (!answer.errors.some(({ extensions }) => isPassing(extensions.code))) return answer
  }
}

type Told = Readonly<Record<string, unknown>>

const refusalsOf = (answers: readonly Answer[]): readonly Told[] =>
  answers.flatMap(({ errors }) => errors.map(({ extensions }): Told => ({ ...extensions })))

const expectRefused = (
  answers: readonly Answer[],
  { taken, ...facts }: { readonly taken: number; readonly metric: string; readonly allowed: number },
): void => {
  const refusals = refusalsOf(answers)
  expect([facts.metric, answers.length - refusals.length]).toEqual([facts.metric, taken])
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ code: 'QUOTA_EXHAUSTED', liftedBy: 'STANDARD', ...facts })
    expect(Number(refusal['used']) + Number(refusal['requested'])).toBeGreaterThan(facts.allowed)
    expect(Date.parse(String(refusal['renewsAt']))).toBeGreaterThan(Date.now())
  }
}

it(
  'are never passed, not by one, and every refusal says what is used, allowed, when it renews and what lifts it',
  async () => {
    const [storms, others] = [await aTrial('Storms Roofing'), await aTrial('Other Roofing')]
    const stormId = await createStorm(others[0] ?? expect.unreachable())
    const through = (clients: readonly Client[], place: number): Client =>
      clients[place % PROCESSES] ?? expect.unreachable()
    const nineProperties = () => toCsv(Array.from({ length: 9 }, () => aProperty()))
    const [created, imported, recorded] = await Promise.all([
      Promise.all(
        Array.from({ length: 40 }, (_, place) =>
          persistently(through(storms, place), CREATE_STORM, { input: aStorm(), key: `storm-${place}` }),
        ),
      ),
      Promise.all(
        Array.from({ length: 60 }, (_, place) =>
          persistently(through(others, place), IMPORT, {
            input: { stormId, csv: nineProperties() },
            key: `import-${place}`,
          }),
        ),
      ),
      Promise.all(
        Array.from({ length: 100 }, (_, place) =>
          persistently(through(others, place), RECORD, {
            input: { metric: 'MODEL_CALLS', quantity: 17, clientEventId: `calls-${place}` },
          }),
        ),
      ),
    ])
    // 1, 500 / 9 and 1,000 / 17.
    expectRefused(created, { taken: 1, metric: 'STORMS', allowed: 1 })
    expectRefused(imported, { taken: 55, metric: 'PROPERTIES', allowed: 500 })
    expectRefused(recorded, { taken: 58, metric: 'MODEL_CALLS', allowed: 1_000 })

    const counted = async (client: Client) => {
      const { quotas } = await client.data(`{ quotas { metric used } }`)
      return Object.fromEntries(quotas.map(({ metric, used }: any) => [metric, used]))
    }
    for (const client of storms) expect(await counted(client)).toMatchObject({ STORMS: 1 })
    for (const client of others) {
      expect(await counted(client)).toMatchObject({ STORMS: 1, PROPERTIES: 495, MODEL_CALLS: 986 })
    }
    const { storms: kept } = await (storms[1] ?? expect.unreachable()).data(
      `{ storms(first: 5) { edges { node { id } } } }`,
    )
    expect(kept.edges).toHaveLength(1)
    const { storm } = await (others[2] ?? expect.unreachable()).data(
      `query ($id: ID!) { storm(id: $id) { propertyCount } }`,
      { id: stormId },
    )
    expect(storm.propertyCount).toBe(495)
  },
  START_MS,
)
