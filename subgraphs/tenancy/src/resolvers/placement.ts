import { unreachable } from '@stormops/chassis/fault'
import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { requireScope } from '@stormops/chassis/identity'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { moveTenant } from '../commands/move-tenant.ts'
import { moveIds, tenantIds } from '../context.ts'
import { fencedForSeconds, queuedMove } from '../domain/placement.ts'
import type { CompanyMove } from '../domain/placement.ts'
import type { MutationResolvers, QueryResolvers, TenantMoveResolvers } from '../generated/resolvers.ts'

export const tenantMoveResolvers: FieldsBeyond<CompanyMove, TenantMoveResolvers> = {
  id: ({ id }) => moveIds.encode(id),
  tenantId: ({ tenantId }) => tenantIds.encode(tenantId),
  tables: ({ tables }) =>
    tables.map(({ table, rows, hash, caughtUp }) => ({
      name: table,
      rowCount: rows,
      caughtUpCount: caughtUp,
      hash,
    })),
  fencedForSeconds,
}

export const placementQueries: Pick<EveryField<QueryResolvers>, 'cells' | 'placement' | 'tenantMove'> = {
  cells: async (_root, _arguments, context) => {
    requireScope(context.actor(), 'platform:staff')
    return [...(await context.placements.cells())]
  },
  placement: async (_root, { tenantId: publicId }, context) => {
    requireScope(context.actor(), 'platform:staff')
    const tenantId = tenantIds.decode(publicId)
    const tenant = tenantId === null ? null : await context.maybeTenant(tenantId)
    if (tenant === null) return null
    return {
      tenant,
      cell: context.placements.cellOf(tenant.id),
      move: await context.placements.maybeMoveUnderWay(tenant.id),
    }
  },
  tenantMove: async (_root, { id: publicId }, context) => {
    requireScope(context.actor(), 'platform:staff')
    const id = moveIds.decode(publicId)
    return id === null ? null : context.placements.maybeMove(id)
  },
}

export const placementMutations: Pick<EveryField<MutationResolvers>, 'moveTenant'> = {
  moveTenant: async (_root, { input, idempotencyKey }, context) => {
    const tenantId = tenantIds.decode(input.tenantId)
    if (tenantId === null) return notFound('company', input.tenantId)
    const result = await context.run(
      moveTenant(context.placements.where),
      { tenantId, cell: input.cell },
      idempotencyKey,
      PLATFORM_TENANT_ID,
    )
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'MoveTenantSuccess',
          move:
            (await context.placements.maybeMove(result.moveId)) ??
            queuedMove(result.moveId, tenantId, input.cell),
        }
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
}
