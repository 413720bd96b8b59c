import type { Database } from '@stormops/chassis/database/database'
import { billingRecipients, tenantProfile } from '@stormops/tenancy/port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'

let world: World
let database: Database
beforeAll(async () => {
  world = await openWorld()
  database = await world.database.open()
})
afterAll(() => world.close())

const invite = async (tenant: TestTenant, email: string, role: string): Promise<string> => {
  const { inviteMember } = await tenant.as('OWNER').data(
    `mutation ($input: InviteMemberInput!) {
      inviteMember(input: $input) { ... on InviteMemberSuccess { member { id } } ... on UserError { message } }
    }`,
    { input: { email, role } },
  )
  return inviteMember.member.id
}

const recipientsOf = ({ uuid }: TestTenant) => database.withTenant(uuid, billingRecipients)

describe('the bills of a company', () => {
  it('go to its owners and to who does its billing, and to nobody else', async () => {
    const [tenant, other] = [await world.tenant(), await world.tenant()]
    for (const role of ['ADMIN', 'ANALYST', 'CREW', 'VIEWER']) {
      await invite(tenant, `${role.toLowerCase()}@example.com`, role)
    }
    await invite(tenant, 'books@example.com', 'BILLING')
    await invite(tenant, 'second-owner@example.com', 'OWNER')
    await invite(other, 'stranger@example.com', 'BILLING')
    expect(await recipientsOf(tenant)).toEqual([
      'owner@example.com',
      'books@example.com',
      'second-owner@example.com',
    ])
  })

  it('follow a member’s role and membership', async () => {
    const tenant = await world.tenant()
    const memberId = await invite(tenant, 'books@example.com', 'BILLING')
    const owner = tenant.as('OWNER')
    const changed = (role: string) =>
      owner.data(
        `mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { __typename } }`,
        { input: { memberId, role } },
      )
    await changed('VIEWER')
    expect(await recipientsOf(tenant)).toEqual(['owner@example.com'])
    await changed('BILLING')
    expect(await recipientsOf(tenant)).toEqual(['owner@example.com', 'books@example.com'])
    await owner.data(`mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { __typename } }`, {
      input: { memberId },
    })
    expect(await recipientsOf(tenant)).toEqual(['owner@example.com'])
  })

  it('say its name, in its currency, by its days', async () => {
    const tenant = await world.tenant({ name: 'Billed Roofing' })
    expect(await database.withTenant(tenant.uuid, tenantProfile)).toEqual({
      name: 'Billed Roofing',
      timeZone: 'America/Chicago',
      currency: 'USD',
    })
  })
})
