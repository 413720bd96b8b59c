import { clientConfig } from '@stormops/chassis/database/connection'
import { signToken } from '@stormops/chassis/identity'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { codesOf, createKey, movableClock, REVOKE_KEY } from './access-builders.ts'

const HOUR_MS = 3_600_000

const clock = movableClock()
let world: World
let owner: pg.Client
beforeAll(async () => {
  world = await openWorld({ clock })
  owner = new pg.Client(clientConfig(world.database.owner))
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const INTERNALS = `{ tenants(first: 100) { edges { node {
  id internals { memberCount apiKeyCount adminEmails auditLength }
} } } }`

const staffNamed = async (subject: string): Promise<Client> =>
  world.client(
    await signToken(world.keys, { subject, kind: 'STAFF', tenantId: null, role: 'STAFF' }, clock, 60),
  )
const seen = async (staff: Client, tenant: TestTenant) => {
  const { tenants } = await staff.data(INTERNALS)
  return tenants.edges.find(({ node }: any) => node.id === tenant.id).node.internals
}
const looksInAudit = async (tenant: TestTenant): Promise<readonly string[]> => {
  const client = tenant.as('OWNER')
  const { auditEvents } = await client.data(
    `{ auditEvents(first: 100) { edges { node { action actor { id } } } } }`,
  )
  return auditEvents.edges
    .filter(({ node }: any) => node.action === 'tenancy.staffAccess')
    .map(({ node }: any) => node.actor.id)
}

describe('a company’s inside', () => {
  it('is how many belong to it, its keys in use, who manages it and how long its audit is', async () => {
    const tenant = await world.tenant()
    const client = tenant.as('OWNER')
    await createKey(client)
    const { id } = await createKey(client)
    await client.data(REVOKE_KEY, { input: { apiKeyId: id } })
    const internals = await seen(await staffNamed('stf_one'), tenant)
    expect(internals).toMatchObject({ memberCount: 1, apiKeyCount: 2, adminEmails: ['owner@example.com'] })
    const { auditChain } = await client.data('{ auditChain { length unsealed } }')
    // Nothing is added in between: staff's look wrote its line before it counted.
    expect(internals.auditLength).toBe(auditChain.length + auditChain.unsealed)
  })

  it('is shown beside a company that was just opened', async () => {
    const { provisionTenant } = await world.staff.data(
      `mutation { provisionTenant(input: { name: "Seen At Once", tier: TRIAL, adminEmail: "a@example.com" }) {
        ... on ProvisionTenantSuccess { tenant { internals { memberCount apiKeyCount } } }
      } }`,
    )
    expect(provisionTenant.tenant.internals).toEqual({ memberCount: 1, apiKeyCount: 1 })
  })

  it('is for staff alone: not for its owner, nor for staff in the owner’s place', async () => {
    const tenant = await world.tenant()
    const client = tenant.as('OWNER')
    const answer = await client.send('{ tenant { id internals { memberCount } } }')
    expect(codesOf(answer)).toEqual(['FORBIDDEN'])
    expect(answer.data?.tenant?.internals ?? null).toBeNull()
    const { startImpersonation } = await (
      await staffNamed('stf_one')
    ).data(
      `mutation ($input: StartImpersonationInput!) {
        startImpersonation(input: $input) { ... on StartImpersonationSuccess { accessToken } }
      }`,
      { input: { tenantId: tenant.id, role: 'OWNER', reason: 'To see what they see' } },
    )
    const asOwner = world.client(startImpersonation.accessToken)
    expect(codesOf(await asOwner.send('{ tenant { internals { memberCount } } }'))).toEqual(['FORBIDDEN'])
  })
})

describe('a look of staff into a company', () => {
  it('is told to it once an hour for each who looks', async () => {
    const tenant = await world.tenant()
    const look = async (subject: string) => seen(await staffNamed(subject), tenant)
    await Promise.all([look('stf_one'), look('stf_one'), look('stf_two')])
    await look('stf_one')
    expect((await looksInAudit(tenant)).toSorted()).toEqual(['stf_one', 'stf_two'])
    clock.passes(HOUR_MS - 60_000)
    await look('stf_one')
    expect(await looksInAudit(tenant)).toHaveLength(2)
    clock.passes(60_000)
    await look('stf_one')
    expect((await looksInAudit(tenant)).filter((id) => id === 'stf_one')).toHaveLength(2)
  })

  it('is not told when staff only list companies', async () => {
    const tenant = await world.tenant()
    await (await staffNamed('stf_one')).data('{ tenants { edges { node { name status } } } }')
    expect(await looksInAudit(tenant)).toEqual([])
  })

  it('shows nothing where it cannot be told', async () => {
    const tenant = await world.tenant()
    await owner.query(
      `create function tenancy.refuse_looks() returns trigger language plpgsql as $$
       begin
         if new.action = 'tenancy.staffAccess' then raise 'no line is written'; end if;
         return new;
       end $$`,
    )
    await owner.query(
      `create trigger refuse_looks before insert on tenancy.audit_event
       for each row execute function tenancy.refuse_looks()`,
    )
    try {
      const answer = await (await staffNamed('stf_three')).send(INTERNALS)
      const node = answer.data.tenants.edges.find((edge: any) => edge.node.id === tenant.id).node
      expect(node.internals).toBeNull()
      expect(codesOf(answer)).toContain('INTERNAL')
    } finally {
      await owner.query('drop trigger refuse_looks on tenancy.audit_event')
      await owner.query('drop function tenancy.refuse_looks()')
    }
    // What was not told does not count as told.
    await seen(await staffNamed('stf_three'), tenant)
    expect(await looksInAudit(tenant)).toEqual(['stf_three'])
  })
})
