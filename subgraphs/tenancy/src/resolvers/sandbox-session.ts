import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { keyReused } from '@stormops/chassis/graphql/results'
import { unreachable } from '@stormops/chassis/fault'
import { tenantOf } from '@stormops/chassis/identity'
import { openSandboxSession } from '../commands/open-sandbox-session.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'

export const sandboxSessionMutations: EveryField<Pick<MutationResolvers, 'openSandboxSession'>> = {
  openSandboxSession: async (_root, { input, idempotencyKey }, context) => {
    const actor = context.actor()
    const command = { role: input.role, actorId: actor.id }
    const result = await context.run(openSandboxSession, command, idempotencyKey)
    switch (result.kind) {
      case 'ok': {
        const expiresAt = new Date(result.expiresAt)
        const claims = {
          subject: actor.id,
          kind: 'USER' as const,
          tenantId: tenantOf(actor),
          role: result.role,
        }
        return {
          __typename: 'OpenSandboxSessionSuccess',
          accessToken: await context.signToken(claims, expiresAt),
          expiresAt,
        }
      }
      case 'not-lesser':
        return {
          __typename: 'RoleNotLesser',
          message: `A sandbox session cannot be of the role ${input.role}: it manages the company, or may do what you may not.`,
          role: input.role,
        }
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}
