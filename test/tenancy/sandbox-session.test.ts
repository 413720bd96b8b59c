import { ROLE_SCOPES } from '@stormops/chassis/permission'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { Client, World } from '../world/world.ts'
import { codesOf, CREATE_KEY, impersonate, movableClock } from './access-builders.ts'

const MINUTE_MS = 60_000

const clock = movableClock()
let world: World
beforeAll(async () => {
  world = await openWorld({ clock })
})
afterAll(() => world.close())

const OPEN = `mutation ($input: OpenSandboxSessionInput!) {
  openSandboxSession(input: $input) {
    __typename
    ... on OpenSandboxSessionSuccess { accessToken expiresAt }
    ... on RoleNotLesser { message role }
  }
}`
const VIEWER = '{ viewer { actor { id kind } tenant { id } roles scopes } }'
const open = async (client: Client, role: string) =>
  (await client.data(OPEN, { input: { role } })).openSandboxSession

describe('a sandbox session', () => {
  it.each(['ANALYST', 'CREW', 'VIEWER', 'PARTNER', 'BILLING'] as const)(
    'is oneself with what the role %s may do',
    async (role) => {
      const tenant = await world.tenant()
      const { accessToken } = await open(tenant.as('OWNER'), role)
      const { viewer } = await world.client(accessToken).data(VIEWER)
      expect(viewer).toMatchObject({
        actor: { id: 'usr_owner', kind: 'USER' },
        tenant: { id: tenant.id },
        roles: [role],
      })
      expect(viewer.scopes.toSorted()).toEqual([...ROLE_SCOPES[role]].toSorted())
    },
  )

  it('lasts a quarter of an hour', async () => {
    const tenant = await world.tenant()
    const { accessToken, expiresAt } = await open(tenant.as('OWNER'), 'VIEWER')
    expect(Date.parse(expiresAt) - clock.now().getTime()).toBeLessThanOrEqual(15 * MINUTE_MS)
    clock.passes(14 * MINUTE_MS)
    expect((await world.client(accessToken).send(VIEWER)).status).toBe(200)
    clock.passes(MINUTE_MS)
    expect((await world.client(accessToken).send(VIEWER)).status).toBe(401)
  })

  it('is told by the audit, with who opened it', async () => {
    const tenant = await world.tenant()
    await open(tenant.as('ADMIN'), 'CREW')
    const { auditEvents } = await tenant
      .as('OWNER')
      .data(`{ auditEvents(first: 1) { edges { node { action subjectId actor { id } } } } }`)
    expect(auditEvents.edges[0].node).toEqual({
      action: 'tenancy.openSandboxSession',
      subjectId: 'CREW',
      actor: { id: 'usr_admin' },
    })
  })

  it.each([
    ['ADMIN', 'OWNER'],
    ['ADMIN', 'BILLING'],
    ['ADMIN', 'STAFF'],
    ['OWNER', 'STAFF'],
    // Who manages the company could open the next one, and the next.
    ['OWNER', 'ADMIN'],
    ['OWNER', 'OWNER'],
  ] as const)('gives an %s no role %s', async (own, role) => {
    const tenant = await world.tenant()
    expect(await open(tenant.as(own), role)).toMatchObject({ __typename: 'RoleNotLesser', role })
  })

  it('opens no other one, and makes no key', async () => {
    const tenant = await world.tenant()
    const { accessToken } = await open(tenant.as('OWNER'), 'ANALYST')
    const tried = world.client(accessToken)
    expect(codesOf(await tried.send(OPEN, { input: { role: 'VIEWER' } }))).toEqual(['FORBIDDEN'])
    expect(codesOf(await tried.send(CREATE_KEY, { input: { name: 'Mine' } }))).toEqual(['FORBIDDEN'])
  })

  it('is not for lesser roles, staff, or staff in the company’s place', async () => {
    const tenant = await world.tenant()
    const { client } = await impersonate(world, tenant, { role: 'OWNER', readOnly: false })
    for (const each of [tenant.as('ANALYST'), tenant.as('VIEWER'), world.staff, client]) {
      expect(codesOf(await each.send(OPEN, { input: { role: 'VIEWER' } }))).toEqual(['FORBIDDEN'])
    }
  })
})
