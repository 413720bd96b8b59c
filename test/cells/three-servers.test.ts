import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import type { EmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import type { CellAdmin } from '@stormops/cli/cell-databases'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStorm } from '../storms/storm-builders.ts'
import { INVITE } from '../tenancy/browser.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'

const THROWAWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

type Server = { readonly home: string; postgres: EmbeddedPostgres }

const homeDirectories: string[] = []
const aServer = async (): Promise<Server> => {
  const home = mkdtempSync(join(tmpdir(), 'stormops-cell-'))
  homeDirectories.push(home)
  return { home, postgres: await startEmbeddedPostgres({ home, settings: THROWAWAY }) }
}

const cellOn = (name: string, { postgres }: Server): CellAdmin => ({
  name,
  admin: { ...postgres.connection('stormops', 'postgres'), password: null, tls: false },
  secret: `secret of ${name}`,
})

let gulf: Server
let acme: Server
let world: World
let here: TestTenant
let there: TestTenant
let apart: TestTenant
let keys: Readonly<Record<string, string>>

beforeAll(async () => {
  ;[gulf, acme] = await Promise.all([aServer(), aServer()])
  world = await openWorld({ cells: [cellOn('gulf', gulf), cellOn('acme', acme)] })
  ;[here, there, apart] = [await world.tenant(), await world.tenant(), await world.tenant()]
  const made = await Promise.all([here, there, apart].map(keyOf))
  keys = { here: made[0] ?? '', there: made[1] ?? '', apart: made[2] ?? '' }
  await moveTo(there, 'gulf')
  await moveTo(apart, 'acme')
})
afterAll(async () => {
  await world.close()
  await Promise.all([gulf, acme].map(({ postgres }) => postgres.stop('immediate')))
  for (const home of homeDirectories) rmSync(home, { recursive: true, force: true })
})

const WHO = 'query Who { viewer { tenant { id } } }'

const keyOf = async (tenant: TestTenant): Promise<string> => {
  await tenant.publish(WHO)
  const { createApiKey } = await tenant
    .as('OWNER')
    .data(
      `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreateApiKeySuccess { secret } } }`,
      { input: { name: 'A key', scopes: ['storms:read'] } },
    )
  return createApiKey.secret
}

const moveTo = async (tenant: TestTenant, cell: string): Promise<void> => {
  const { moveTenant } = await world.staff.data(
    `mutation ($input: MoveTenantInput!) {
      moveTenant(input: $input) { ... on MoveTenantSuccess { move { id } } ... on UserError { message } }
    }`,
    { input: { tenantId: tenant.id, cell } },
  )
  await until(async () => {
    const { tenantMove } = await world.staff.data(`query ($id: ID!) { tenantMove(id: $id) { state } }`, {
      id: moveTenant.move.id,
    })
    return tenantMove.state === 'SWITCHED'
  })
  await until(async () => (await codeOf(tenant.as('OWNER'))) === 'fine')
}

const codeOf = async (client: Client): Promise<string> =>
  (await client.send(`{ storms(first: 1) { edges { node { id } } } }`)).errors[0]?.extensions.code ?? 'fine'

const byKey = async (name: string): Promise<string> => {
  const { data, errors } = await world.client(keys[name] ?? '').named(WHO)
  return errors[0]?.extensions.code ?? data.viewer.tenant.id
}

describe('companies on three servers', () => {
  it('work as ever, each by its people and its keys', async () => {
    for (const tenant of [here, there, apart]) await createStorm(tenant.as('OWNER'))
    expect([await byKey('here'), await byKey('there'), await byKey('apart')]).toEqual([
      here.id,
      there.id,
      apart.id,
    ])
    const { cells } = await world.staff.data(`{ cells { name isReachable companyCount } }`)
    expect(cells).toEqual([
      { name: 'home', isReachable: true, companyCount: 1 },
      { name: 'gulf', isReachable: true, companyCount: 1 },
      { name: 'acme', isReachable: true, companyCount: 1 },
    ])
  })

  it('lose nothing but their own, when one server is gone, and have it back with it', async () => {
    await gulf.postgres.stop('immediate')
    expect(await codeOf(there.as('OWNER'))).toBe('UNAVAILABLE')
    for (const tenant of [here, apart]) {
      await createStorm(tenant.as('OWNER'))
      // A job of the cell, from its queue to its end.
      await tenant.as('OWNER').data(INVITE, { email: 'new@example.com', role: 'CREW' })
      await until(async () => {
        const { jobRuns } = await tenant
          .as('OWNER')
          .data(`{ jobRuns(first: 20) { edges { node { name state } } } }`)
        return jobRuns.edges.some(
          ({ node }: { node: { name: string; state: string } }) =>
            node.name === 'tenancy.send-invitation' && node.state === 'SUCCEEDED',
        )
      })
    }
    // What was known a second ago is known no more.
    await until(async () => (await byKey('there')) === 'UNAVAILABLE')
    expect([await byKey('here'), await byKey('apart')]).toEqual([here.id, apart.id])
    const stranger = await world.client(`so_live_${'x'.repeat(43)}`).named(WHO)
    expect(stranger.errors[0]?.extensions.code).not.toBe('INTERNAL')
    const { cells } = await world.staff.data(`{ cells { name isReachable } }`)
    expect(cells).toEqual([
      { name: 'home', isReachable: true },
      { name: 'gulf', isReachable: false },
      { name: 'acme', isReachable: true },
    ])
    // A sum or a list of all without some would be wrong.
    const { errors } = await world.staff.send(`{ tenants(first: 5) { edges { node { id } } } }`)
    expect(errors[0]?.extensions.code).toBe('UNAVAILABLE')

    gulf.postgres = await startEmbeddedPostgres({ home: gulf.home, settings: THROWAWAY })
    await until(async () => (await codeOf(there.as('OWNER'))) === 'fine', 20_000)
    await createStorm(there.as('OWNER'))
    await until(async () => (await byKey('there')) === there.id)
  })
})
