import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import type { IdempotencyKeyReused } from '@stormops/chassis/command'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { provisionTenant } from '../commands/provision-tenant.ts'
import { reactivateTenant, suspendTenant } from '../commands/set-tenant-status.ts'
import type { SetTenantStatusResult } from '../commands/set-tenant-status.ts'
import { tenantIds } from '../context.ts'
import type { TenancyContext } from '../context.ts'
import type { Tenant } from '../domain/tenant.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'
import { apiKeyMutations } from './api-key.ts'
import { impersonationMutations } from './impersonation.ts'
import { memberMutations } from './member.ts'
import { persistedOperationMutations } from './persisted-operation.ts'
import { placementMutations } from './placement.ts'
import { sandboxSessionMutations } from './sandbox-session.ts'
import { sessionMutations } from './session.ts'

export const mutationResolvers: EveryField<MutationResolvers> = {
  ...sessionMutations,
  ...memberMutations,
  ...apiKeyMutations,
  ...impersonationMutations,
  ...placementMutations,
  ...persistedOperationMutations,
  ...sandboxSessionMutations,
  provisionTenant: async (_root, { input, idempotencyKey }, context) => {
    const command = {
      name: input.name,
      tier: input.tier,
      adminEmail: input.adminEmail,
      timeZone: input.timeZone ?? null,
      cell: input.cell ?? null,
    }
    const result = await context.run(
      provisionTenant(context.ports.openAccount, {
        cells: context.placements.where.cells,
        ofEnterprise: context.ports.enterpriseCell,
      }),
      command,
      idempotencyKey,
      tenantIdFor(context, idempotencyKey),
    )
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'ProvisionTenantSuccess',
          tenant: await tenantOfStaff(context, result.tenantId),
          apiKey: await context.maybeApiKey(result.tenantId, result.apiKeyId),
          secret: result.secret,
        }
      case 'name-taken':
        return {
          __typename: 'TenantNameTaken',
          message: `Another company has the short name ${result.slug}. Choose another name.`,
          slug: result.slug,
        }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  suspendTenant: async (_root, { input, idempotencyKey }, context) => {
    const tenantId = tenantIds.decode(input.tenantId)
    if (tenantId === null) return notFound('company', input.tenantId)
    const result = await context.run(suspendTenant, { reason: input.reason }, idempotencyKey, tenantId)
    return statusResult(context, 'SuspendTenantSuccess', input.tenantId, result)
  },
  reactivateTenant: async (_root, { input, idempotencyKey }, context) => {
    const tenantId = tenantIds.decode(input.tenantId)
    if (tenantId === null) return notFound('company', input.tenantId)
    const result = await context.run(
      reactivateTenant,
      { reason: input.reason ?? null },
      idempotencyKey,
      tenantId,
    )
    return statusResult(context, 'ReactivateTenantSuccess', input.tenantId, result)
  },
}

const statusResult = async <Success extends string>(
  context: TenancyContext,
  success: Success,
  publicId: string,
  result: SetTenantStatusResult | IdempotencyKeyReused,
) => {
  switch (result.kind) {
    case 'ok':
      return { __typename: success, tenant: await tenantOfStaff(context, result.tenantId) }
    case 'not-found':
      return notFound('company', publicId)
    case 'invalid':
      return invalidInput(result)
    case 'idempotency-key-reused':
      return keyReused(result)
    default:
      return unreachable(result)
  }
}

/** Keys are kept per tenant, and a tenant to be has none yet: the key itself names it, so that a repeat finds it. */
const tenantIdFor = (context: TenancyContext, idempotencyKey: string | null | undefined): string =>
  idempotencyKey === null || idempotencyKey === undefined
    ? context.newId()
    : context.idFromKey(`provision:${context.actor().id}:${idempotencyKey}`)

const tenantOfStaff = async (context: TenancyContext, tenantId: string): Promise<Tenant> => {
  const tenant = await context.maybeTenant(tenantId)
  if (tenant === null) throw new Fault('INTERNAL', 'The company that was just changed is not there.')
  return tenant
}
