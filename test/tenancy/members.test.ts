import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { anEmail, INVITE, mailsTo, REFRESH, SECOND, signIn, VIEWER } from './browser.ts'
import type { SignedIn } from './browser.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const MEMBERS = `query ($first: Int, $after: String) {
  members(first: $first, after: $after) { edges { cursor node { id email role } } pageInfo { hasNextPage } }
}`
const CHANGE = `mutation ($id: ID!, $role: MemberRole!, $key: String) {
  changeMemberRole(input: { memberId: $id, role: $role }, idempotencyKey: $key) {
    __typename
    ... on ChangeMemberRoleSuccess { member { id role } }
    ... on RoleNotYours { missingScopes }
    ... on UserError { message }
  }
}`
const REMOVE = `mutation ($id: ID!, $key: String) {
  removeMember(input: { memberId: $id }, idempotencyKey: $key) {
    __typename ... on RemoveMemberSuccess { memberId } ... on UserError { message }
  }
}`

const invite = async (tenant: TestTenant, role: string, email = anEmail()) => {
  const { inviteMember } = await tenant.as('OWNER').data(INVITE, { email, role })
  expect(inviteMember.__typename).toBe('InviteMemberSuccess')
  return { email, id: inviteMember.member.id as string }
}

const rolesOf = async (tenant: TestTenant): Promise<readonly string[]> => {
  const { members } = await tenant.as('OWNER').data(MEMBERS)
  return members.edges.map(({ node }: any) => node.role).toSorted()
}

const firstOwner = async (tenant: TestTenant): Promise<string> => {
  const { members } = await tenant.as('OWNER').data(MEMBERS)
  return members.edges.find(({ node }: any) => node.email === 'owner@example.com').node.id
}

const linesOf = async (tenant: TestTenant) => {
  const { auditEvents } = await tenant
    .as('OWNER')
    .data(`{ auditEvents { edges { node { action subjectKind subjectId } } } }`)
  return auditEvents.edges.map(({ node }: any) => node)
}

const isAnswered = async ({ browser, token }: SignedIn): Promise<boolean> =>
  (await browser.send(VIEWER, {}, token)).status === 200

describe('inviting a member', () => {
  it('takes them in, tells them by mail where to sign in, and lets them', async () => {
    const tenant = await world.tenant()
    const email = anEmail('Crew')
    const { inviteMember } = await tenant.as('ADMIN').data(INVITE, { email: ` ${email} `, role: 'CREW' })
    expect(inviteMember.member).toMatchObject({ email, role: 'CREW' })
    await until(async () => (await mailsTo(world, email)).length > 0)
    const [mail] = await mailsTo(world, email)
    expect(mail?.subject).toContain(tenant.name)
    expect(mail?.text).toContain(`${world.url}/sign-in\n`)
    const { token, browser } = await signIn(world, email)
    expect((await browser.data(VIEWER, {}, token)).viewer.roles).toEqual(['CREW'])
    const line = { action: 'tenancy.inviteMember', subjectKind: 'member', subjectId: inviteMember.member.id }
    expect(await linesOf(tenant)).toContainEqual(line)
  })

  it('is done once for each address, whatever letters are capitals, and once for each key', async () => {
    const tenant = await world.tenant()
    const { email } = await invite(tenant, 'VIEWER')
    const again = await tenant.as('OWNER').data(INVITE, { email: email.toUpperCase(), role: 'CREW' })
    expect(again.inviteMember.__typename).toBe('AlreadyMember')
    const keyed = { email: anEmail(), role: 'VIEWER', key: 'invite-once' }
    const [first, second] = [
      await tenant.as('OWNER').data(INVITE, keyed),
      await tenant.as('OWNER').data(INVITE, keyed),
    ]
    expect(second).toEqual(first)
    const other = await tenant.as('OWNER').data(INVITE, { ...keyed, role: 'CREW' })
    expect(other.inviteMember.__typename).toBe('IdempotencyKeyReused')
    expect(await rolesOf(tenant)).toEqual(['OWNER', 'VIEWER', 'VIEWER'])
  })

  it.each(['nobody', 'a@example.com\nBcc: all@example.com', ''])(
    'refuses %j, which is no address',
    async (email) => {
      const tenant = await world.tenant()
      const { inviteMember } = await tenant.as('OWNER').data(INVITE, { email, role: 'VIEWER' })
      expect(inviteMember).toMatchObject({ __typename: 'InvalidInput', field: 'email' })
    },
  )

  it.each(['OWNER', 'BILLING'])(
    'gives no role of %s to be given by an admin, who may not pay',
    async (role) => {
      const tenant = await world.tenant()
      const { inviteMember } = await tenant.as('ADMIN').data(INVITE, { email: anEmail(), role })
      expect(inviteMember).toMatchObject({ __typename: 'RoleNotYours', missingScopes: ['billing:manage'] })
      expect(await rolesOf(tenant)).toEqual(['OWNER'])
    },
  )
})

describe('members', () => {
  it('are listed to who manages them, page by page, and to nobody else', async () => {
    const tenant = await world.tenant()
    for (const role of ['CREW', 'VIEWER', 'ANALYST']) await invite(tenant, role)
    const { members } = await tenant.as('ADMIN').data(MEMBERS, { first: 3 })
    expect(members.edges.map(({ node }: any) => node.role)).toEqual(['ANALYST', 'VIEWER', 'CREW'])
    expect(members.pageInfo.hasNextPage).toBe(true)
    const rest = await tenant.as('ADMIN').data(MEMBERS, { first: 3, after: members.edges[2].cursor })
    expect(rest.members.edges.map(({ node }: any) => node.email)).toEqual(['owner@example.com'])
    for (const role of ['ANALYST', 'CREW', 'BILLING', 'VIEWER'] as const) {
      const { data, errors } = await tenant.as(role).send(MEMBERS)
      expect([role, data?.members ?? null, errors[0]?.extensions.code]).toEqual([role, null, 'FORBIDDEN'])
    }
  })

  it.each([
    ['inviteMember', INVITE, { email: 'x@example.com', role: 'VIEWER' }],
    ['changeMemberRole', CHANGE, { id: 'mem_00000000000070008000000000000001', role: 'VIEWER' }],
    ['removeMember', REMOVE, { id: 'mem_00000000000070008000000000000001' }],
  ])('are changed by nobody else, with %s', async (_name, mutation, variables) => {
    const tenant = await world.tenant()
    for (const role of ['ANALYST', 'CREW', 'BILLING', 'VIEWER'] as const) {
      const { errors } = await tenant.as(role).send(mutation, variables)
      expect([role, errors[0]?.extensions.code]).toEqual([role, 'FORBIDDEN'])
    }
    expect(await rolesOf(tenant)).toEqual(['OWNER'])
  })
})

describe('changing a role', () => {
  it('takes effect within a second, and a smaller one ends the sessions', async () => {
    const tenant = await world.tenant()
    const { email, id } = await invite(tenant, 'ADMIN')
    const member = await signIn(world, email)
    expect(await isAnswered(member)).toBe(true)
    const { changeMemberRole } = await tenant.as('OWNER').data(CHANGE, { id, role: 'VIEWER' })
    expect(changeMemberRole.member).toEqual({ id, role: 'VIEWER' })
    await sleep(SECOND)
    expect(await isAnswered(member)).toBe(false)
    const { errors } = await member.browser.send(REFRESH)
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    await tenant.as('OWNER').data(CHANGE, { id, role: 'ADMIN' })
    expect((await member.browser.send(REFRESH)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    const actions = (await linesOf(tenant)).map(({ action }: any) => action)
    expect(actions).toEqual(expect.arrayContaining(['tenancy.changeMemberRole', 'tenancy.endSession']))
  })

  it('to a larger one goes on with the next token', async () => {
    const tenant = await world.tenant()
    const { email, id } = await invite(tenant, 'VIEWER')
    const { browser } = await signIn(world, email)
    await tenant.as('OWNER').data(CHANGE, { id, role: 'ADMIN' })
    const { refreshSession } = await browser.data(REFRESH)
    expect(refreshSession.session.tenant.role).toBe('ADMIN')
    const { viewer } = await browser.data(VIEWER, {}, refreshSession.session.accessToken)
    expect(viewer.roles).toEqual(['ADMIN'])
  })

  it('is not for an admin to give what they lack, nor to take it from who has it', async () => {
    const tenant = await world.tenant()
    const [crew, billing] = [await invite(tenant, 'CREW'), await invite(tenant, 'BILLING')]
    const owner = await firstOwner(tenant)
    const admin = tenant.as('ADMIN')
    for (const variables of [
      { id: crew.id, role: 'OWNER' },
      { id: billing.id, role: 'VIEWER' },
      { id: owner, role: 'VIEWER' },
    ]) {
      const { changeMemberRole } = await admin.data(CHANGE, variables)
      expect(changeMemberRole).toMatchObject({
        __typename: 'RoleNotYours',
        missingScopes: ['billing:manage'],
      })
    }
    for (const id of [billing.id, owner]) {
      expect((await admin.data(REMOVE, { id })).removeMember.__typename).toBe('RoleNotYours')
    }
    expect(await rolesOf(tenant)).toEqual(['BILLING', 'CREW', 'OWNER'])
    expect((await admin.data(CHANGE, { id: crew.id, role: 'ADMIN' })).changeMemberRole.member.role).toBe(
      'ADMIN',
    )
  })

  it('is done once for each key', async () => {
    const tenant = await world.tenant()
    const { id } = await invite(tenant, 'CREW')
    const owner = tenant.as('OWNER')
    await owner.data(CHANGE, { id, role: 'VIEWER', key: 'once' })
    await owner.data(CHANGE, { id, role: 'ANALYST' })
    const repeated = await owner.data(CHANGE, { id, role: 'VIEWER', key: 'once' })
    expect(repeated.changeMemberRole.__typename).toBe('ChangeMemberRoleSuccess')
    expect(await rolesOf(tenant)).toEqual(['ANALYST', 'OWNER'])
  })
})

describe('removing a member', () => {
  it('ends their sessions in this company within a second, and not in another', async () => {
    const [tenant, other] = [await world.tenant(), await world.tenant()]
    const { email, id } = await invite(tenant, 'ADMIN')
    await invite(other, 'ADMIN', email)
    const [here, there] = [await signIn(world, email, tenant.id), await signIn(world, email, other.id)]
    const { removeMember } = await tenant.as('OWNER').data(REMOVE, { id })
    expect(removeMember).toEqual({ __typename: 'RemoveMemberSuccess', memberId: id })
    await sleep(SECOND)
    expect([await isAnswered(here), await isAnswered(there)]).toEqual([false, true])
    // Taken in again, they sign in again: what ended stays ended.
    await invite(tenant, 'ADMIN', email)
    expect((await here.browser.send(REFRESH)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await there.browser.send(REFRESH)).errors).toEqual([])
    expect(await linesOf(tenant)).toContainEqual({
      action: 'tenancy.removeMember',
      subjectKind: 'member',
      subjectId: id,
    })
  })

  it('of another company, or of none, finds nobody', async () => {
    const [tenant, other] = [await world.tenant(), await world.tenant()]
    const { id } = await invite(other, 'CREW')
    for (const unknown of [id, 'mem_018f', id.replace('mem_', 'ses_')]) {
      expect((await tenant.as('OWNER').data(REMOVE, { id: unknown })).removeMember.__typename).toBe(
        'NotFound',
      )
    }
    expect(await rolesOf(other)).toEqual(['CREW', 'OWNER'])
  })
})

describe('the last owner', () => {
  it('is neither removed nor made less', async () => {
    const tenant = await world.tenant()
    const id = await firstOwner(tenant)
    const owner = tenant.as('OWNER')
    expect((await owner.data(REMOVE, { id })).removeMember.__typename).toBe('LastOwner')
    const { changeMemberRole } = await owner.data(CHANGE, { id, role: 'ADMIN' })
    expect(changeMemberRole.__typename).toBe('LastOwner')
    expect((await owner.data(CHANGE, { id, role: 'OWNER' })).changeMemberRole.member.role).toBe('OWNER')
  })

  it('stays when all owners are taken away at once', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const tenant = await world.tenant()
      const ids = [await firstOwner(tenant)]
      for (let count = 0; count < 3; count += 1) ids.push((await invite(tenant, 'OWNER')).id)
      const answers = await Promise.all(
        ids.map((id, place) =>
          place % 2 === 0
            ? tenant.as('OWNER').data(REMOVE, { id })
            : tenant.as('OWNER').data(CHANGE, { id, role: 'CREW' }),
        ),
      )
      const kinds = answers.map(
        ({ removeMember, changeMemberRole }) => (removeMember ?? changeMemberRole).__typename,
      )
      expect(kinds.filter((kind) => kind === 'LastOwner')).toHaveLength(1)
      expect((await rolesOf(tenant)).filter((role) => role === 'OWNER')).toHaveLength(1)
    }
  })
})
