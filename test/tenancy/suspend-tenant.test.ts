import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const SUSPEND = `mutation ($input: SuspendTenantInput!) {
  suspendTenant(input: $input) { __typename ... on SuspendTenantSuccess { tenant { status } } ... on UserError { message } }
}`
const REACTIVATE = `mutation ($input: ReactivateTenantInput!) {
  reactivateTenant(input: $input) { __typename ... on ReactivateTenantSuccess { tenant { status } } }
}`
const CREATE_STORM = `mutation ($input: CreateStormInput!) {
  createStorm(input: $input) { __typename ... on UserError { message } }
}`
const aStorm = (eventId: string) => ({
  input: { eventId, name: 'Hail', startsAt: '2026-03-01T00:00:00Z', endsAt: '2026-03-15T00:00:00Z' },
})
const suspend = (tenant: TestTenant, reason = 'Three invoices are unpaid.') =>
  world.staff.data(SUSPEND, { input: { tenantId: tenant.id, reason } })

describe('suspending a company', () => {
  it('leaves it reading and stops it changing anything', async () => {
    const tenant = await world.tenant()
    const { suspendTenant } = await suspend(tenant)
    expect(suspendTenant.tenant.status).toBe('SUSPENDED')

    const read = await tenant
      .as('OWNER')
      .data(`{ viewer { tenant { status } } storms { edges { node { id } } } }`)
    expect(read.viewer.tenant.status).toBe('SUSPENDED')
    const { data, errors } = await tenant.as('OWNER').send(CREATE_STORM, aStorm('A'))
    expect(data.createStorm).toBeNull()
    expect(errors[0]?.extensions.code).toBe('TENANT_SUSPENDED')
    const after = await tenant.as('OWNER').data(`{ storms { edges { node { id } } } }`)
    expect(after.storms.edges).toEqual([])
  })

  it('is lifted by reactivating it', async () => {
    const tenant = await world.tenant()
    await suspend(tenant)
    const { reactivateTenant } = await world.staff.data(REACTIVATE, { input: { tenantId: tenant.id } })
    expect(reactivateTenant.tenant.status).toBe('ACTIVE')
    const { createStorm } = await tenant.as('OWNER').data(CREATE_STORM, aStorm('B'))
    expect(createStorm.__typename).toBe('CreateStormSuccess')
  })

  it('leaves a line in the company’s own audit, with who did it', async () => {
    const tenant = await world.tenant()
    await suspend(tenant)
    const { auditEvents } = await tenant
      .as('OWNER')
      .data(`{ auditEvents(first: 1) { edges { node { action actor { id kind } } } } }`)
    expect(auditEvents.edges[0].node).toEqual({
      action: 'tenancy.suspendTenant',
      actor: { id: 'stf_test', kind: 'STAFF' },
    })
  })

  it('needs a reason, and a company that exists', async () => {
    const tenant = await world.tenant()
    expect((await suspend(tenant, ' ')).suspendTenant.__typename).toBe('InvalidInput')
    const nobody = { ...tenant, id: 'ten_00000000000000000000000000000000' }
    expect((await suspend(nobody)).suspendTenant.__typename).toBe('NotFound')
  })

  it('is for staff alone', async () => {
    const tenant = await world.tenant()
    const { errors } = await tenant.as('OWNER').send(SUSPEND, { input: { tenantId: tenant.id, reason: 'x' } })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })
})
