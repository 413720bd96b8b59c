import type { IdempotencyKeyReused } from '@stormops/chassis/command'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { connectionById } from '@stormops/chassis/graphql/page'
import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { requireScope } from '@stormops/chassis/identity'
import { changeMemberRole, inviteMember, removeMember } from '../commands/change-members.ts'
import type { ChangeMemberResult } from '../commands/change-members.ts'
import { memberIds } from '../context.ts'
import type { TenancyContext } from '../context.ts'
import type { Member } from '../domain/member.ts'
import type { MemberResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers.ts'

export const memberQueries: Pick<EveryField<QueryResolvers>, 'members'> = {
  members: async (_root, { first, after }, context) => {
    requireScope(context.actor(), 'tenant:manage')
    return connectionById(first, after, (page) => context.read(({ members }) => members.page(page)))
  },
}

export const memberResolvers: FieldsBeyond<Member, MemberResolvers> = {
  id: ({ id }) => memberIds.encode(id),
}

type Mutations = 'inviteMember' | 'changeMemberRole' | 'removeMember'

export const memberMutations: Pick<EveryField<MutationResolvers>, Mutations> = {
  inviteMember: async (_root, { input, idempotencyKey }, context) => {
    const result = await context.run(inviteMember, input, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return { __typename: 'InviteMemberSuccess', member: await oneMember(context, result.memberId) }
      case 'already-member':
        return {
          __typename: 'AlreadyMember',
          message: 'Your company has a member with this address already. Change their role instead.',
        }
      case 'role-not-yours':
        return roleNotYours(result.missingScopes)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  changeMemberRole: async (_root, { input, idempotencyKey }, context) => {
    const memberId = memberIds.decode(input.memberId)
    if (memberId === null) return notFound('member', input.memberId)
    const result = await context.run(changeMemberRole, { memberId, role: input.role }, idempotencyKey)
    return result.kind === 'ok'
      ? { __typename: 'ChangeMemberRoleSuccess', member: await oneMember(context, memberId) }
      : refused(result, input.memberId)
  },
  removeMember: async (_root, { input, idempotencyKey }, context) => {
    const memberId = memberIds.decode(input.memberId)
    if (memberId === null) return notFound('member', input.memberId)
    const result = await context.run(removeMember, { memberId }, idempotencyKey)
    return result.kind === 'ok'
      ? { __typename: 'RemoveMemberSuccess', memberId: input.memberId }
      : refused(result, input.memberId)
  },
}

const refused = (
  result: Exclude<ChangeMemberResult, { readonly kind: 'ok' }> | IdempotencyKeyReused,
  publicId: string,
) => {
  switch (result.kind) {
    case 'not-found':
      return notFound('member', publicId)
    case 'role-not-yours':
      return roleNotYours(result.missingScopes)
    case 'last-owner':
      return {
        __typename: 'LastOwner' as const,
        message: 'This is the last owner of your company. Make somebody else an owner first.',
      }
    case 'idempotency-key-reused':
      return keyReused(result)
    default:
      return unreachable(result)
  }
}

const roleNotYours = (missingScopes: readonly string[]) => ({
  __typename: 'RoleNotYours' as const,
  message: `This role may do something that yours may not: ${missingScopes.join(', ')}.`,
  missingScopes: [...missingScopes],
})

const oneMember = async (context: TenancyContext, id: string): Promise<Member> => {
  const member = await context.read(({ members }) => members.maybe(id))
  if (member === null) throw new Fault('INTERNAL', 'The member who was just changed is not there.')
  return member
}
