import { systemClock } from '@stormops/chassis/clock'
import { signToken } from '@stormops/chassis/identity'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { openWorld, uuidOf } from '../world/world.ts'
import type { World } from '../world/world.ts'

let world: World
let rows: Rows
beforeAll(async () => {
  world = await openWorld()
  rows = await openRows(world.database.admin)
})
afterAll(async () => {
  await rows.close()
  await world.close()
})

const PROVISION = `mutation ($input: ProvisionTenantInput!, $key: String) {
  provisionTenant(input: $input, idempotencyKey: $key) {
    __typename
    ... on ProvisionTenantSuccess { tenant { id slug name status timeZone currency } }
    ... on TenantNameTaken { slug message }
    ... on InvalidInput { field message }
    ... on UserError { message }
  }
}`
const anInput = (change: object = {}) => ({
  name: 'Plains Roofing',
  tier: 'TRIAL',
  adminEmail: 'a@example.com',
  ...change,
})

describe('opening a company', () => {
  it('gives it a short name, a time zone and a plan', async () => {
    const { provisionTenant } = await world.staff.data(PROVISION, {
      input: anInput({ name: 'Gulf Coast Roofing' }),
    })
    expect(provisionTenant).toMatchObject({
      __typename: 'ProvisionTenantSuccess',
      tenant: { slug: 'gulf-coast-roofing', status: 'ACTIVE', timeZone: 'America/Chicago', currency: 'USD' },
    })
  })

  it.each(['TRIAL', 'STANDARD', 'ENTERPRISE'] as const)('puts it on %s before it answers', async (tier) => {
    const { provisionTenant } = await world.staff.data(PROVISION, {
      input: anInput({ name: `At Once on ${tier}`, tier }),
    })
    const tenantId = uuidOf(provisionTenant.tenant.id)
    const owner = { subject: 'usr_owner', kind: 'USER', tenantId, role: 'OWNER' } as const
    const client = world.client(await signToken(world.keys, owner, systemClock, 60))
    expect(await client.data('{ plan { tier } }')).toEqual({ plan: { tier } })
  })

  it('signs it for the newest version on offer, and not for one of tomorrow', async () => {
    const offer = (version: number, offeredFrom: string) =>
      rows.many(
        `with copy as (
           insert into billing.plan_version (name, tier, version, currency, monthly_price, offered_from)
             values ('Standard', 'STANDARD', $1, 'USD', 60000, $2)
         )
         insert into billing.plan_charge (tier, version, metric, included, unit_size, unit_price, limit_kind)
           select tier, $1, metric, included, unit_size, unit_price, limit_kind
           from billing.plan_charge where catalogue = 'stormops' and tier = 'STANDARD' and version = 1`,
        [version, offeredFrom],
      )
    await offer(2, '2026-01-01T00:00:00Z')
    await offer(3, '9999-01-01T00:00:00Z')
    const tenant = await world.tenant({ tier: 'STANDARD' })
    expect(await tenant.as('OWNER').data('{ plan { version } }')).toEqual({ plan: { version: 2 } })
  })

  it('leaves nothing behind when no version of the plan is on offer', async () => {
    const input = anInput({ name: 'Nowhere Roofing', tier: 'ENTERPRISE' })
    const offeredFrom = (from: string) =>
      rows.many(`update billing.plan_version set offered_from = $1 where tier = 'ENTERPRISE'`, [from])
    await offeredFrom('9999-01-01T00:00:00Z')
    const { data, errors } = await world.staff.send(PROVISION, { input })
    await offeredFrom('1970-01-01T00:00:00Z')
    expect(data?.provisionTenant ?? null).toBeNull()
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL'])
    const { tenants } = await world.staff.data(`{ tenants(first: 100) { edges { node { name } } } }`)
    expect(tenants.edges.length).toBeGreaterThan(0)
    expect(tenants.edges.map(({ node }: any) => node.name)).not.toContain('Nowhere Roofing')
    // The name is free, and so is everything else that a company holds.
    const again = await world.staff.data(PROVISION, { input })
    expect(again.provisionTenant.__typename).toBe('ProvisionTenantSuccess')
  })

  it('refuses a name whose short name is taken', async () => {
    await world.staff.data(PROVISION, { input: anInput({ name: 'Twice Roofing' }) })
    const { provisionTenant } = await world.staff.data(PROVISION, {
      input: anInput({ name: 'twice  ROOFING!' }),
    })
    expect(provisionTenant).toMatchObject({ __typename: 'TenantNameTaken', slug: 'twice-roofing' })
  })

  it('is done once for the same key, and refused for another request with it', async () => {
    const variables = { input: anInput({ name: 'Once Roofing' }), key: 'open-once' }
    const first = await world.staff.data(PROVISION, variables)
    const second = await world.staff.data(PROVISION, variables)
    expect(second).toEqual(first)
    const other = await world.staff.data(PROVISION, {
      input: anInput({ name: 'Other Roofing' }),
      key: 'open-once',
    })
    expect(other.provisionTenant.__typename).toBe('IdempotencyKeyReused')
  })

  it.each([
    ['name', { name: '!' }],
    ['adminEmail', { adminEmail: 'nobody' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
  ])('says that the %s is wrong', async (field, change) => {
    const { provisionTenant } = await world.staff.data(PROVISION, { input: anInput(change) })
    expect(provisionTenant).toMatchObject({ __typename: 'InvalidInput', field })
  })

  it('is for staff alone', async () => {
    const tenant = await world.tenant()
    const { errors, data } = await tenant.as('OWNER').send(PROVISION, { input: anInput() })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect(data).toBeNull()
  })
})
