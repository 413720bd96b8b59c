import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

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
