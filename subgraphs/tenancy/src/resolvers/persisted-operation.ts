import { connectionById } from '@stormops/chassis/graphql/page'
import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { unreachable } from '@stormops/chassis/fault'
import { requireScope } from '@stormops/chassis/identity'
import { publishOperations } from '../commands/publish-operations.ts'
import type { PublishOperationsResult } from '../commands/publish-operations.ts'
import { retireOperation } from '../commands/retire-operation.ts'
import { apiKeyIds, operationIds } from '../context.ts'
import type { TenancyContext } from '../context.ts'
import type { PersistedOperation } from '../domain/persisted-operation.ts'
import type {
  MutationResolvers,
  PersistedOperationResolvers,
  QueryResolvers,
} from '../generated/resolvers.ts'

export const persistedOperationResolvers: FieldsBeyond<PersistedOperation, PersistedOperationResolvers> = {
  id: ({ id }) => operationIds.encode(id),
  documentId: ({ documentId }) => `sha256:${documentId}`,
  apiKeyId: ({ apiKeyId }) => (apiKeyId === null ? null : apiKeyIds.encode(apiKeyId)),
}

type Queries = Required<Pick<QueryResolvers, 'persistedOperations'>>

export const persistedOperationQueries: Queries = {
  persistedOperations: async (_root, { first, after, includeRetired }, context) => {
    requireScope(context.actor(), 'tenant:manage')
    return connectionById(first, after, (page) =>
      context.read((stores) => stores.persistedOperations.page(page, includeRetired ?? false)),
    )
  },
}

type Mutations = Required<Pick<MutationResolvers, 'publishOperations' | 'retireOperation'>>

export const persistedOperationMutations: Mutations = {
  publishOperations: async (_root, { input, idempotencyKey }, context) => {
    const apiKeyId = input.apiKeyId ?? null
    const keyId = apiKeyId === null ? null : apiKeyIds.decode(apiKeyId)
    if (apiKeyId !== null && keyId === null) return notFound('API key', apiKeyId)
    const result = await context.run(
      publishOperations(context.ports.checkOperation),
      { operations: input.operations.map(({ id, document }) => ({ id, document })), apiKeyId: keyId },
      idempotencyKey,
    )
    switch (result.kind) {
      case 'ok':
        return published(context, result)
      case 'no-key':
        return notFound('API key', apiKeyId ?? '')
      case 'refused':
        return {
          __typename: 'OperationsRefused',
          message: refusedInWords(result.rejections),
          rejections: [...result.rejections],
        }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  retireOperation: async (_root, { input, idempotencyKey }, context) => {
    const operationId = operationIds.decode(input.operationId)
    if (operationId === null) return notFound('published operation', input.operationId)
    const result = await context.run(retireOperation, { operationId }, idempotencyKey)
    switch (result.kind) {
      case 'ok': {
        const [operation] = await context.read(({ persistedOperations }) =>
          persistedOperations.manyById([operationId]),
        )
        return operation === undefined
          ? notFound('published operation', input.operationId)
          : { __typename: 'RetireOperationSuccess', operation }
      }
      case 'not-found':
        return notFound('published operation', input.operationId)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

const published = async (
  context: TenancyContext,
  { published: count, unchanged, operationIds: ids }: Extract<PublishOperationsResult, { kind: 'ok' }>,
) => {
  const operations = await context.read(({ persistedOperations }) => persistedOperations.manyById(ids))
  for (const { document } of operations) context.ports.warmOperation(document)
  return {
    __typename: 'PublishOperationsSuccess' as const,
    published: count,
    unchanged,
    operations: [...operations],
  }
}

const refusedInWords = (rejections: readonly { readonly index: number }[]): string => {
  const count = new Set(rejections.map(({ index }) => index)).size
  return count === 1
    ? 'One operation cannot be published, so none was.'
    : `${count.toLocaleString('en')} operations cannot be published, so none was.`
}
