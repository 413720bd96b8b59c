import { setTimeout as sleep } from 'node:timers/promises'
import { clientConfig } from '@stormops/chassis/database/connection'
import { signToken } from '@stormops/chassis/identity'
import type { TokenClaims } from '@stormops/chassis/identity'
import { ROLE_SCOPES } from '@stormops/chassis/permission'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANSWER_MS } from '../../subgraphs/tenancy/src/verification/brief-answers.ts'
import { openSubgraphs } from '../invariants/open-subgraphs.ts'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import {
  codesOf,
  CREATE_KEY,
  createKey,
  END,
  impersonate,
  movableClock,
  REASON,
  REVOKE_KEY,
  START,
} from './access-builders.ts'

const MINUTE_MS = 60_000

const clock = movableClock()
let world: World
beforeAll(async () => {
  world = await openWorld({ clock })
})
afterAll(() => world.close())

const VIEWER = '{ viewer { actor { id kind } tenant { id } roles scopes } }'
const CREATE_STORM = `mutation ($input: CreateStormInput!) { createStorm(input: $input) { __typename } }`
const aStorm = {
  input: { eventId: 'E-1', name: 'Hail', startsAt: '2026-03-01T00:00:00Z', endsAt: '2026-03-02T00:00:00Z' },
}
const start = async (tenant: TestTenant, input: object = {}, client: Client = world.staff) =>
  client.send(START, { input: { tenantId: tenant.id, role: 'ADMIN', reason: REASON, ...input } })

/** The detail of the audit's newest lines, which the graph does not show. */
const auditDetails = async (tenant: TestTenant): Promise<readonly object[]> => {
  const client = new pg.Client(clientConfig(world.database.admin))
  await client.connect()
  try {
    const { rows } = await client.query(
      `select action, actor_kind, actor_id, detail from tenancy.audit_event where tenant_id = $1 order by id desc`,
      [tenant.uuid],
    )
    return rows
  } finally {
    await client.end()
  }
}

describe('staff who act in a company’s place', () => {
  it.each(['OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER'] as const)(
    'may do what its %s may, and nothing of staff’s',
    async (role) => {
      const tenant = await world.tenant()
      const { client } = await impersonate(world, tenant, { role })
      const { viewer } = await client.data(VIEWER)
      expect(viewer).toMatchObject({
        actor: { id: 'stf_test', kind: 'STAFF' },
        tenant: { id: tenant.id },
        roles: [role],
      })
      expect(viewer.scopes.toSorted()).toEqual([...ROLE_SCOPES[role]].toSorted())
      expect(codesOf(await client.send('{ tenants { edges { node { id } } } }'))).toEqual(['FORBIDDEN'])
      expect(codesOf(await start(tenant, {}, client))).toEqual(['FORBIDDEN'])
    },
  )

  it('say why, for how long and whether only to look, and the company sees it', async () => {
    const tenant = await world.tenant()
    const { id, expiresAt } = await impersonate(world, tenant, { role: 'ANALYST' })
    const { impersonations, auditEvents } = await tenant.as('OWNER').data(`{
      impersonations { edges { node { id tenant { id } role reason readOnly staffId startedAt expiresAt endedAt } } }
      auditEvents(first: 1) { edges { node { action actor { id kind } subjectKind } } }
    }`)
    const [{ node }] = impersonations.edges
    expect(node).toMatchObject({
      id,
      tenant: { id: tenant.id },
      role: 'ANALYST',
      reason: REASON,
      readOnly: true,
      staffId: 'stf_test',
      expiresAt,
      endedAt: null,
    })
    expect(Date.parse(node.expiresAt) - Date.parse(node.startedAt)).toBe(30 * MINUTE_MS)
    expect(auditEvents.edges[0].node).toEqual({
      action: 'tenancy.startImpersonation',
      actor: { id: 'stf_test', kind: 'STAFF' },
      subjectKind: 'impersonation',
    })
  })

  it('are seen by nobody else', async () => {
    const [us, them] = [await world.tenant(), await world.tenant()]
    await impersonate(world, us)
    const query = '{ impersonations { edges { node { id } } } }'
    expect((await them.as('OWNER').data(query)).impersonations.edges).toEqual([])
    expect(codesOf(await us.as('ANALYST').send(query))).toEqual(['FORBIDDEN'])
  })

  it('leave their name and the impersonation’s with what they change', async () => {
    const tenant = await world.tenant()
    const { id, client } = await impersonate(world, tenant, { readOnly: false })
    const { createStorm } = await client.data(CREATE_STORM, aStorm)
    expect(createStorm.__typename).toBe('CreateStormSuccess')
    const [newest] = await auditDetails(tenant)
    expect(newest).toMatchObject({
      action: 'storms.createStorm',
      actor_kind: 'STAFF',
      actor_id: 'stf_test',
      detail: { impersonationId: id },
    })
  })

  it('change nothing in a suspended company, where staff as themselves could', async () => {
    const tenant = await world.tenant()
    const { id, client } = await impersonate(world, tenant, { readOnly: false })
    await world.staff.data(
      `mutation ($input: SuspendTenantInput!) { suspendTenant(input: $input) { __typename } }`,
      { input: { tenantId: tenant.id, reason: 'unpaid' } },
    )
    expect(codesOf(await client.send(CREATE_STORM, aStorm))).toEqual(['TENANT_SUSPENDED'])
    const { endImpersonation } = await client.data(END, { input: { impersonationId: id } })
    expect(endImpersonation.__typename).toBe('EndImpersonationSuccess')
  })
})

describe('an impersonation to look', () => {
  it('changes nothing: the gateway refuses it before any subgraph is asked', async () => {
    const tenant = await world.tenant()
    const { client } = await impersonate(world, tenant, { role: 'OWNER' })
    const before = await auditDetails(tenant)
    const hidden = `
      fragment Change on Mutation { createApiKey(input: { name: "Mine" }) { __typename } }
      mutation ($id: ID!) { endImpersonation(input: { impersonationId: $id }) { __typename } ...Change }`
    for (const [query, variables] of [
      [CREATE_STORM, aStorm],
      [CREATE_KEY, { input: { name: 'Mine' } }],
      [REVOKE_KEY, { input: { apiKeyId: 'key_00000000000000000000000000000000' } }],
      [hidden, { id: 'imp_00000000000000000000000000000000' }],
    ] as const) {
      const answer = await client.send(query, variables)
      expect([answer.status, answer.data, codesOf(answer)]).toEqual([403, null, ['FORBIDDEN']])
      expect(answer.errors[0]?.path).toBeUndefined()
    }
    expect(await auditDetails(tenant)).toEqual(before)
    expect((await client.data('{ storms { edges { node { id } } } }')).storms.edges).toEqual([])
  })

  it('changes nothing in a subgraph that is asked without that gateway, either', async () => {
    const tenant = await world.tenant()
    const direct = await openSubgraphs(world)
    try {
      const { client } = await impersonate(world, tenant, { role: 'OWNER' })
      const writing = await impersonate(world, tenant, { role: 'OWNER', readOnly: false })
      const subgraph = (name: string) => {
        const found = direct.subgraphs.find((each) => each.name === name)
        if (found === undefined) throw new Error(`There is no subgraph ${name}.`)
        return found
      }
      const input = { input: { name: 'Mine' } }
      const refused = await direct.ask(subgraph('tenancy'), client.token, CREATE_KEY, input)
      expect([refused.data.createApiKey, refused.codes]).toEqual([null, ['FORBIDDEN']])
      expect((await direct.ask(subgraph('storms'), client.token, CREATE_STORM, aStorm)).codes).toEqual([
        'FORBIDDEN',
      ])
      const { id } = await createKey(tenant.as('OWNER'))
      const revoke = { input: { apiKeyId: id } }
      expect((await direct.ask(subgraph('tenancy'), client.token, REVOKE_KEY, revoke)).codes).toEqual([
        'FORBIDDEN',
      ])
      const allowed = await direct.ask(subgraph('tenancy'), writing.client.token, CREATE_KEY, input)
      expect(allowed.codes).toEqual([])
    } finally {
      await direct.close()
    }
  })
})

describe('the end of an impersonation', () => {
  it('comes within a second when whoever acts in it ends it, though it was only to look', async () => {
    const tenant = await world.tenant()
    const { id, client } = await impersonate(world, tenant)
    const { endImpersonation } = await client.data(END, { input: { impersonationId: id } })
    expect(endImpersonation).toMatchObject({ __typename: 'EndImpersonationSuccess', id })
    await sleep(ANSWER_MS)
    const answer = await client.send(VIEWER)
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']])
    const { impersonations, auditEvents } = await tenant.as('OWNER').data(`{
      impersonations { edges { node { endedAt } } } auditEvents(first: 1) { edges { node { action } } }
    }`)
    expect(impersonations.edges[0].node.endedAt).toBe(endImpersonation.endedAt)
    expect(auditEvents.edges[0].node.action).toBe('tenancy.endImpersonation')
  })

  it('comes from other staff too, and not from another impersonation or the company', async () => {
    const tenant = await world.tenant()
    const { id, client } = await impersonate(world, tenant)
    const other = await impersonate(world, tenant, { role: 'OWNER' })
    const input = { impersonationId: id }
    for (const stranger of [other.client, tenant.as('OWNER')]) {
      expect(codesOf(await stranger.send(END, { input }))).toEqual(['FORBIDDEN'])
    }
    expect((await client.send(VIEWER)).status).toBe(200)
    expect((await world.staff.data(END, { input })).endImpersonation.__typename).toBe(
      'EndImpersonationSuccess',
    )
    await sleep(ANSWER_MS)
    expect((await client.send(VIEWER)).status).toBe(401)
    expect((await other.client.send(VIEWER)).status).toBe(200)
  })

  it('comes by itself after half an hour', async () => {
    const tenant = await world.tenant()
    const { client } = await impersonate(world, tenant)
    clock.passes(29 * MINUTE_MS)
    expect((await client.send(VIEWER)).status).toBe(200)
    clock.passes(MINUTE_MS)
    expect((await client.send(VIEWER)).status).toBe(401)
  })
})

describe('an impersonation that cannot be', () => {
  it.each([
    ['reason', { reason: 'too short' }],
    ['reason', { reason: `   ${'x'.repeat(9)}   ` }],
    ['reason', { reason: 'x'.repeat(501) }],
    ['role', { role: 'PARTNER' }],
    ['role', { role: 'STAFF' }],
  ])('has a wrong %s', async (field, input) => {
    const tenant = await world.tenant()
    const { data } = await start(tenant, input)
    expect(data.startImpersonation).toMatchObject({ __typename: 'InvalidInput', field })
    expect(await auditDetails(tenant)).not.toContainEqual(
      expect.objectContaining({ action: 'tenancy.startImpersonation' }),
    )
  })

  it('is of nobody’s company, or asked for by somebody who is not staff', async () => {
    const tenant = await world.tenant()
    const nobody = { ...tenant, id: 'ten_00000000000000000000000000000000' }
    expect((await start(nobody)).data.startImpersonation.__typename).toBe('NotFound')
    expect(codesOf(await start(tenant, {}, tenant.as('OWNER')))).toEqual(['FORBIDDEN'])
  })

  it('is another one’s with the same key; one’s own is the same again', async () => {
    const tenant = await world.tenant()
    const variables = {
      input: { tenantId: tenant.id, role: 'ADMIN', reason: REASON },
      key: 'one-impersonation',
    }
    const first = await world.staff.data(START, variables)
    const second = await world.staff.data(START, variables)
    expect(second.startImpersonation.impersonation).toEqual(first.startImpersonation.impersonation)
    const claims: TokenClaims = { subject: 'stf_other', kind: 'STAFF', tenantId: null, role: 'STAFF' }
    const other = world.client(await signToken(world.keys, claims, clock, 60))
    expect((await other.data(START, variables)).startImpersonation.__typename).toBe('IdempotencyKeyReused')
  })

  it.each([
    ['was never granted', { id: 'imp_00000000000000000000000000000000' }],
    ['names no grant', { id: 'anything' }],
    ['says that it may change what it may only look at', { readOnly: false }],
  ])('is by a token that %s', async (_name, change) => {
    const tenant = await world.tenant()
    const { id } = await impersonate(world, tenant)
    const claims: TokenClaims = {
      subject: 'stf_test',
      kind: 'STAFF',
      tenantId: tenant.uuid,
      role: 'ADMIN',
      impersonation: { id, readOnly: true },
    }
    const statusWith = async (signed: TokenClaims) =>
      (await world.client(await signToken(world.keys, signed, clock, 60)).send(VIEWER)).status
    expect(await statusWith(claims)).toBe(200)
    expect(await statusWith({ ...claims, impersonation: { id, readOnly: true, ...change } })).toBe(401)
  })

  it('is by a token of another role, company or staff member than was granted', async () => {
    const [tenant, other] = [await world.tenant(), await world.tenant()]
    const { id } = await impersonate(world, tenant)
    const claims: TokenClaims = {
      subject: 'stf_test',
      kind: 'STAFF',
      tenantId: tenant.uuid,
      role: 'ADMIN',
      impersonation: { id, readOnly: true },
    }
    const changes: Partial<TokenClaims>[] = [
      { role: 'OWNER' },
      { tenantId: other.uuid },
      { subject: 'stf_other' },
      { kind: 'USER' },
      { kind: 'API_KEY', role: 'PARTNER' },
      { role: 'STAFF', tenantId: null },
    ]
    for (const change of changes) {
      const token = await signToken(world.keys, { ...claims, ...change }, clock, 60)
      expect([change, (await world.client(token).send(VIEWER)).status]).toEqual([change, 401])
    }
  })
})
