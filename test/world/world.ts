/**
 * The whole platform for one test file: a database of its own, every subgraph, the gateway and the worker, reached
 * over HTTP as a client reaches it, in one process or in the shape of many (`STORMOPS_TEST_SHAPE=processes`).
 *
 *     const world = await openWorld()          // in beforeAll; close it in afterAll
 *     const tenant = await world.tenant()      // a company with its plan and its models
 *     const { data } = await tenant.as('OWNER').send(`{ viewer { tenant { name } } }`)
 *
 * Each test makes its own tenant, so tests of a file may run in any order.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@stormops/chassis/clock'
import type { Clock } from '@stormops/chassis/clock'
import { signToken, temporaryKeys } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Role } from '@stormops/chassis/permission'
import { createLog } from '@stormops/chassis/telemetry/log'
import { until } from '@stormops/chassis/testing/until'
import type { PlatformOptions } from '@stormops/cli/all-in-one'
import { DRIVEN_HARD } from './driven-hard.ts'
import type { MailSettings } from '@stormops/cli/mail'
import { openLoopbackStripe } from '@stormops/cli/stripe'
import type { StripeLoopback } from '@stormops/stripe-loopback'
import { cloneDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'
import { chosenShape, openShape } from './shapes.ts'
import type { OpenShape, Shape } from './shapes.ts'

export type Answer = {
  readonly status: number
  // What a query returns depends on the query; tests say what they expect of it.
  readonly data: any
  readonly errors: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: { readonly code: string; readonly requestId: string }
  }[]
  readonly extensions: { readonly requestId: string }
}

export type Client = {
  readonly token: string
  /** Posts an operation and returns whatever came back. */
  readonly send: (query: string, variables?: object) => Promise<Answer>
  /** Names a document that the company has published, as partners do. */
  readonly named: (document: string, variables?: object) => Promise<Answer>
  /** The data of an operation that must not fail; throws with the errors otherwise. */
  readonly data: (query: string, variables?: object) => Promise<any>
}

export type TestTenant = {
  /** As clients see it. */
  readonly id: string
  /** As the database keeps it. */
  readonly uuid: string
  readonly name: string
  readonly as: (role: Role) => Client
  /** Publishes documents that every key of the company may name. */
  readonly publish: (...documents: readonly string[]) => Promise<void>
}

export type World = {
  readonly url: string
  readonly platform: OpenShape
  readonly database: TestDatabase
  readonly keys: SigningKeys
  readonly home: string
  /** What plays Stripe for this platform. */
  readonly stripe: StripeLoopback
  readonly staff: Client
  readonly anonymous: Client
  readonly client: (token: string) => Client
  readonly tenant: (options?: {
    readonly name?: string
    readonly tier?: 'TRIAL' | 'STANDARD' | 'ENTERPRISE'
  }) => Promise<TestTenant>
  readonly close: () => Promise<void>
}

/** A month: a test may put its clock forward. */
const TOKEN_SECONDS = 30 * 24 * 3_600
const PROVISION = `mutation ($input: ProvisionTenantInput!) {
  provisionTenant(input: $input) { __typename ... on ProvisionTenantSuccess { tenant { id name } } ... on UserError { message } }
}`

let names = 0

export type WorldOptions = {
  /** Default the one that the run is about; for a test that is about one of them. */
  readonly shape?: Shape
  readonly clock?: Clock
  /** Default none, since tests drive one company harder than any plan allows. */
  readonly limits?: NonNullable<PlatformOptions['limits']>
  /** The mailbox of development unless told otherwise. */
  readonly mail?: MailSettings
  /** Who is written to of the platform's alerts. Default nobody. */
  readonly operationsMail?: string
  /** Keys of the test's own, for one that rotates them. */
  readonly keys?: SigningKeys
  /** Default whoever is signed in, as while somebody develops. */
  readonly introspection?: PlatformOptions['introspection']
  /** Databases beside the world's own, which companies may live in. Default none. */
  readonly cells?: NonNullable<PlatformOptions['cells']>
  /** Default none. */
  readonly trustProxy?: PlatformOptions['trustProxy']
  /** Default a loopback of Stripe. */
  readonly payments?: 'none'
  /** Default none. */
  readonly sandbox?: PlatformOptions['sandbox']
  /** Takes what the gateway counts. Default nothing is: only tests of the ledger need every request to be in it. */
  readonly meter?: 'ledger' | PlatformOptions['meter']
}

export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const clock = options.clock ?? systemClock
  const database = await cloneDatabase()
  const home = mkdtempSync(join(tmpdir(), 'stormops-world-'))
  const keys = options.keys ?? (await temporaryKeys())
  const log = createLog(process.env['TEST_LOG_LEVEL'] ?? 'silent')
  const stripe = await openLoopbackStripe({ clock, log, lookEveryMs: null })
  const platform = await openShape(options.shape ?? chosenShape(), {
    database,
    cells: options.cells ?? [],
    home,
    keys,
    clock,
    log,
    mail: options.mail ?? { kind: 'mailbox' },
    operationsMail: options.operationsMail ?? null,
    stripe: options.payments === 'none' ? null : stripe.client,
    gateway: {
      introspection: options.introspection ?? 'signed-in',
      limits: options.limits ?? DRIVEN_HARD,
      trustProxy: options.trustProxy ?? null,
      sandbox: options.sandbox ?? { mode: 'off', development: false },
      ...(options.meter === 'ledger' ? {} : { meter: options.meter ?? null }),
    },
  })
  const { url } = platform
  stripe.tell(url)
  const client = (token: string): Client => clientOf(url, token)
  const staff = client(
    await signToken(
      keys,
      { subject: 'stf_test', kind: 'STAFF', tenantId: null, role: 'STAFF' },
      clock,
      TOKEN_SECONDS,
    ),
  )
  return {
    url,
    platform,
    database,
    keys,
    home,
    stripe: stripe.loopback,
    staff,
    anonymous: client(''),
    client,
    tenant: async ({ name = `Test Roofing ${process.pid} ${++names}`, tier = 'STANDARD' } = {}) => {
      const { provisionTenant } = await staff.data(PROVISION, {
        input: { name, tier, adminEmail: 'owner@example.com' },
      })
      if (provisionTenant.__typename !== 'ProvisionTenantSuccess') throw new Error(provisionTenant.message)
      const { id } = provisionTenant.tenant
      const uuid = uuidOf(id)
      const tokens = await tokensOf(keys, clock, uuid)
      const as = (role: Role): Client => client(tokens.get(role) ?? '')
      await until(async () => {
        const data = await as('OWNER').data(`{ activeModel(name: "uplift", environment: PRODUCTION) { id } }`)
        return data.activeModel !== null
      })
      return { id, uuid, name, as, publish: (...documents) => publish(as('OWNER'), documents) }
    },
    close: async () => {
      await platform.close()
      await stripe.close()
      await database.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** The UUID inside a public id. */
export const uuidOf = (id: string): string =>
  (id.split('_').at(-1) ?? '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const TENANT_ROLES: readonly Role[] = ['OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER', 'PARTNER']

const tokensOf = async (keys: SigningKeys, clock: Clock, tenantId: string): Promise<Map<Role, string>> => {
  const entries = await Promise.all(
    TENANT_ROLES.map(async (role): Promise<[Role, string]> => {
      const kind = role === 'PARTNER' ? 'API_KEY' : 'USER'
      return [
        role,
        await signToken(
          keys,
          { subject: `usr_${role.toLowerCase()}`, kind, tenantId, role },
          clock,
          TOKEN_SECONDS,
        ),
      ]
    }),
  )
  return new Map(entries)
}

const documentIdOf = (document: string): string =>
  `sha256:${createHash('sha256').update(document).digest('hex')}`

const PUBLISH = `mutation ($input: PublishOperationsInput!) {
  publishOperations(input: $input) { __typename ... on UserError { message } }
}`

const publish = async (owner: Client, documents: readonly string[]): Promise<void> => {
  const operations = documents.map((document) => ({ id: documentIdOf(document), document }))
  const { publishOperations } = await owner.data(PUBLISH, { input: { operations } })
  if (publishOperations.__typename !== 'PublishOperationsSuccess') throw new Error(publishOperations.message)
}

export const clientOf = (url: string, token: string): Client => {
  const send = (query: string, variables: object = {}): Promise<Answer> => post({ query, variables })
  const post = async (asked: object): Promise<Answer> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(asked),
    })
    // The graph's answer format; the tests of the gateway hold it to that.
    const body = (await response.json()) as Partial<Answer>
    return { data: null, errors: [], extensions: { requestId: '' }, ...body, status: response.status }
  }
  return {
    token,
    send,
    named: (document, variables = {}) => post({ documentId: documentIdOf(document), variables }),
    data: async (query, variables) => {
      const { data, errors } = await send(query, variables)
      if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2))
      return data
    },
  }
}
