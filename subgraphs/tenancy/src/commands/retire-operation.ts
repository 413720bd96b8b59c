import { defineCommand } from '@stormops/chassis/command'
import type { TenancyStores } from '../context.ts'

export type RetireOperation = { readonly operationId: string }

export type RetireOperationResult =
  | { readonly kind: 'ok'; readonly operationId: string; readonly documentId: string }
  | { readonly kind: 'not-found' }

export const retireOperation = defineCommand<RetireOperation, RetireOperationResult, TenancyStores>({
  name: 'tenancy.retireOperation',
  permission: 'tenant:manage',
  audit: (_input, { operationId, documentId }) => ({
    subjectKind: 'persisted-operation',
    subjectId: operationId,
    detail: { documentId },
  }),
  run: async ({ stores, clock }, { operationId }) => {
    const operation = await stores.persistedOperations.maybeById(operationId)
    if (operation === null) return { kind: 'not-found' }
    await stores.persistedOperations.retire(operationId, clock.now())
    return { kind: 'ok', operationId, documentId: operation.documentId }
  },
})
