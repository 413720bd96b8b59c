import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { connectionById } from '@stormops/chassis/graphql/page'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { requireScope } from '@stormops/chassis/identity'
import { endImpersonation, requireMayEnd, startImpersonation } from '../commands/impersonation.ts'
import { impersonationIds, tenantIds } from '../context.ts'
import type { TenancyContext } from '../context.ts'
import type { Impersonation } from '../domain/impersonation.ts'
import type { ImpersonationResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers.ts'

export const impersonationResolvers: FieldsBeyond<Impersonation, ImpersonationResolvers> = {
  id: ({ id }) => impersonationIds.encode(id),
  tenant: async ({ tenantId }, _arguments, context) => {
    const tenant =
      context.actor().tenantId === tenantId
        ? await context.tenantById.load(tenantId)
        : await context.maybeTenant(tenantId)
    if (tenant === null) throw new Fault('INTERNAL', 'The company of an impersonation is not there.')
    return tenant
  },
}

export const impersonationQueries: EveryField<Pick<QueryResolvers, 'impersonations'>> = {
  impersonations: async (_root, { first, after }, context) => {
    requireScope(context.actor(), 'audit:read')
    return connectionById(first, after, (page) =>
      context.read(({ impersonations }) => impersonations.page(page)),
    )
  },
}

export const impersonationMutations: EveryField<
  Pick<MutationResolvers, 'startImpersonation' | 'endImpersonation'>
> = {
  startImpersonation: async (_root, { input, idempotencyKey }, context) => {
    const actor = context.actor()
    requireScope(actor, 'platform:staff')
    const tenantId = tenantIds.decode(input.tenantId)
    if (tenantId === null) return notFound('company', input.tenantId)
    const command = {
      role: input.role,
      reason: input.reason,
      readOnly: input.readOnly ?? true,
      staffId: actor.id,
    }
    const result = await context.run(startImpersonation, command, idempotencyKey, tenantId)
    switch (result.kind) {
      case 'ok':
        return started(context, tenantId, result.impersonationId)
      case 'not-found':
        return notFound('company', input.tenantId)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  endImpersonation: async (_root, { input, idempotencyKey }, context) => {
    const id = impersonationIds.decode(input.impersonationId)
    if (id === null) return notFound('impersonation', input.impersonationId)
    requireMayEnd(context.actor(), id)
    const tenantId = await context.maybeTenantOfImpersonation(id)
    if (tenantId === null) return notFound('impersonation', input.impersonationId)
    const result = await context.run(endImpersonation, { impersonationId: id }, idempotencyKey, tenantId)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'EndImpersonationSuccess',
          id: input.impersonationId,
          endedAt: new Date(result.endedAt),
        }
      case 'not-found':
        return notFound('impersonation', input.impersonationId)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

/** A repeat signs the same grant again, which ends when it ends. */
const started = async (context: TenancyContext, tenantId: string, id: string) => {
  const impersonation = await context.maybeImpersonation(tenantId, id)
  if (impersonation === null) throw new Fault('INTERNAL', 'The impersonation that began is not there.')
  const { staffId, role, readOnly, expiresAt } = impersonation
  const accessToken = await context.signToken(
    {
      subject: staffId,
      kind: 'STAFF',
      tenantId,
      role,
      impersonation: { id: impersonationIds.encode(id), readOnly },
    },
    expiresAt,
  )
  return { __typename: 'StartImpersonationSuccess' as const, impersonation, accessToken, expiresAt }
}
