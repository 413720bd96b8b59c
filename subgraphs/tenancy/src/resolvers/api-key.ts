import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { connectionById } from '@stormops/chassis/graphql/page'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { requireScope, tenantOf } from '@stormops/chassis/identity'
import { createApiKey } from '../commands/create-api-key.ts'
import type { ScopesRefused } from '../commands/create-api-key.ts'
import { revokeApiKey } from '../commands/revoke-api-key.ts'
import { rotateApiKey } from '../commands/rotate-api-key.ts'
import { apiKeyIds } from '../context.ts'
import type { TenancyContext } from '../context.ts'
import { statusOfKey, USUAL_GRACE_HOURS } from '../domain/api-key.ts'
import type { ApiKey } from '../domain/api-key.ts'
import type { ApiKeyResolvers, MutationResolvers, QueryResolvers } from '../generated/resolvers.ts'

export const apiKeyResolvers: FieldsBeyond<ApiKey, ApiKeyResolvers> = {
  id: ({ id }) => apiKeyIds.encode(id),
  scopes: ({ scopes }) => [...scopes],
  status: (key, _arguments, context) => statusOfKey(key, context.now()),
}

export const apiKeyQueries: EveryField<Pick<QueryResolvers, 'apiKeys'>> = {
  apiKeys: async (_root, { first, after }, context) => {
    requireScope(context.actor(), 'tenant:manage')
    return connectionById(first, after, (page) => context.read(({ apiKeys }) => apiKeys.page(page)))
  },
}

export const apiKeyMutations: EveryField<
  Pick<MutationResolvers, 'createApiKey' | 'rotateApiKey' | 'revokeApiKey'>
> = {
  createApiKey: async (_root, { input, idempotencyKey }, context) => {
    const command = {
      name: input.name,
      scopes: input.scopes ?? null,
      expiresAt: input.expiresAt ?? null,
      environment: input.environment ?? 'PRODUCTION',
    }
    const result = await context.run(createApiKey, command, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'CreateApiKeySuccess',
          apiKey: await keyOf(context, result.apiKeyId),
          secret: result.secret,
        }
      case 'scopes-refused':
        return scopesNotGranted(result)
      case 'too-many':
        return {
          __typename: 'TooManyApiKeys',
          message: `Your company has ${result.limit} keys in use, which is the most. Revoke one that is not needed.`,
          limit: result.limit,
        }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  rotateApiKey: async (_root, { input, idempotencyKey }, context) => {
    requireScope(context.actor(), 'tenant:manage')
    const apiKeyId = apiKeyIds.decode(input.apiKeyId)
    if (apiKeyId === null) return notFound('API key', input.apiKeyId)
    const command = { apiKeyId, graceHours: input.graceHours ?? USUAL_GRACE_HOURS }
    const result = await context.run(rotateApiKey, command, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'RotateApiKeySuccess',
          apiKey: await keyOf(context, apiKeyId),
          secret: result.secret,
          oldSecretEndsAt: new Date(result.oldSecretEndsAt),
        }
      case 'not-found':
        return notFound('API key', input.apiKeyId)
      case 'ended':
        return {
          __typename: 'ApiKeyEnded',
          message: 'This key has ended, and cannot be used again. Make a new one.',
          apiKey: await keyOf(context, apiKeyId),
        }
      case 'scopes-refused':
        return scopesNotGranted(result)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  revokeApiKey: async (_root, { input, idempotencyKey }, context) => {
    requireScope(context.actor(), 'tenant:manage')
    const apiKeyId = apiKeyIds.decode(input.apiKeyId)
    if (apiKeyId === null) return notFound('API key', input.apiKeyId)
    const result = await context.run(revokeApiKey, { apiKeyId }, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return { __typename: 'RevokeApiKeySuccess', apiKey: await keyOf(context, apiKeyId) }
      case 'not-found':
        return notFound('API key', input.apiKeyId)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

const keyOf = async (context: TenancyContext, id: string): Promise<ApiKey> => {
  const key = await context.maybeApiKey(tenantOf(context.actor()), id)
  if (key === null) throw new Fault('INTERNAL', 'The key that was just changed is not there.')
  return key
}

const scopesNotGranted = ({ refused }: ScopesRefused) => {
  const scopes = [...refused.scopes]
  const named = scopes.join(', ')
  const message =
    refused.kind === 'never-a-keys'
      ? `No API key can be given ${named}.`
      : `You may not do ${named} yourself, so you cannot hold a key that may.`
  return { __typename: 'ScopesNotGranted' as const, message, scopes }
}
