import { defineCommand } from '@stormops/chassis/command'
import type { TenancyStores } from '../context.ts'

export type RevokeApiKey = { readonly apiKeyId: string }

export type RevokeApiKeyResult =
  | { readonly kind: 'ok'; readonly apiKeyId: string }
  | { readonly kind: 'not-found' }

export const revokeApiKey = defineCommand<RevokeApiKey, RevokeApiKeyResult, TenancyStores>({
  name: 'tenancy.revokeApiKey',
  permission: 'tenant:manage',
  duringSuspension: true,
  audit: (_input, { apiKeyId }) => ({ subjectKind: 'apiKey', subjectId: apiKeyId, detail: {} }),
  run: async ({ stores, clock }, { apiKeyId }) => {
    if ((await stores.apiKeys.maybeByIdToChange(apiKeyId)) === null) return { kind: 'not-found' }
    await stores.apiKeys.revoke(apiKeyId, clock.now())
    return { kind: 'ok', apiKeyId }
  },
})
