import { defineCommand } from '@stormops/chassis/command'
import type { CommandContext } from '@stormops/chassis/command'
import { scopesOf } from '@stormops/chassis/permission'
import type { TenancyStores } from '../context.ts'
import { isEmail } from '../domain/email.ts'
import { memberIds } from '../domain/ids.ts'
import { decideMemberChange, missingScopes } from '../domain/member.ts'
import type { MemberDecision, MemberRole } from '../domain/member.ts'
import { sendInvitation } from '../jobs/mail-jobs.ts'

export type InviteMember = { readonly email: string; readonly role: MemberRole }

type RoleNotYours = { readonly kind: 'role-not-yours'; readonly missingScopes: readonly string[] }

export type InviteMemberResult =
  | { readonly kind: 'ok'; readonly memberId: string }
  | { readonly kind: 'already-member' }
  | RoleNotYours
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

export const inviteMember = defineCommand<InviteMember, InviteMemberResult, TenancyStores>({
  name: 'tenancy.inviteMember',
  permission: 'tenant:manage',
  audit: ({ role }, { memberId }) => ({
    subjectKind: 'member',
    subjectId: memberIds.encode(memberId),
    detail: { role },
  }),
  run: async ({ tx, stores, actor, clock, newId, queue }, { email: given, role }) => {
    const email = given.trim()
    if (!isEmail(email)) return { kind: 'invalid', field: 'email', message: 'This is not an e-mail address.' }
    const missing = missingScopes(actor.scopes, role, scopesOf)
    if (missing.length > 0) return { kind: 'role-not-yours', missingScopes: missing }
    const memberId = newId()
    if (!(await stores.members.insert({ id: memberId, email, role, createdAt: clock.now() }))) {
      return { kind: 'already-member' }
    }
    await queue.enqueue(tx, sendInvitation, { memberId })
    return { kind: 'ok', memberId }
  },
})

export type ChangeMemberResult =
  | { readonly kind: 'ok'; readonly memberId: string }
  | { readonly kind: 'not-found' }
  | Exclude<MemberDecision, { readonly kind: 'allowed' }>

export type ChangeMemberRole = { readonly memberId: string; readonly role: MemberRole }

/** The member's sessions in this company end by themselves when the new role may do less than the one they came with. */
export const changeMemberRole = defineCommand<ChangeMemberRole, ChangeMemberResult, TenancyStores>({
  name: 'tenancy.changeMemberRole',
  permission: 'tenant:manage',
  audit: ({ memberId, role }) => ({
    subjectKind: 'member',
    subjectId: memberIds.encode(memberId),
    detail: { role },
  }),
  run: async (context, { memberId, role }) => {
    const refusal = await refusalOf(context, memberId, role)
    if (refusal !== null) return refusal
    await context.stores.members.setRole(memberId, role)
    return { kind: 'ok', memberId }
  },
})

/** So do the sessions of who is no member any more. */
export const removeMember = defineCommand<{ readonly memberId: string }, ChangeMemberResult, TenancyStores>({
  name: 'tenancy.removeMember',
  permission: 'tenant:manage',
  audit: ({ memberId }) => ({
    subjectKind: 'member',
    subjectId: memberIds.encode(memberId),
    detail: {},
  }),
  run: async (context, { memberId }) => {
    const refusal = await refusalOf(context, memberId, null)
    if (refusal !== null) return refusal
    await context.stores.members.remove(memberId)
    return { kind: 'ok', memberId }
  },
})

type Refusal = Exclude<ChangeMemberResult, { readonly kind: 'ok' }>

/** Changes of one company's members are decided one after the other: two owners may not each leave the other the last. */
const refusalOf = async (
  { stores: { members }, actor }: CommandContext<TenancyStores>,
  memberId: string,
  newRole: MemberRole | null,
): Promise<Refusal | null> => {
  await members.lockAll()
  const member = await members.maybe(memberId)
  if (member === null) return { kind: 'not-found' }
  const owners = await members.countOwners()
  const decision = decideMemberChange({ granted: actor.scopes, member, newRole, owners }, scopesOf)
  return decision.kind === 'allowed' ? null : decision
}
