import { defineCommand } from '@stormops/chassis/command'
import { KEY_SCOPES } from '@stormops/chassis/permission'
import { endOfGrace, graceFault, grantOf, statusOfKey } from '../domain/api-key.ts'
import type { TenancyStores } from '../context.ts'
import type { ScopesRefused } from './create-api-key.ts'
import { newSecret } from './issue-key.ts'

export type RotateApiKey = { readonly apiKeyId: string; readonly graceHours: number }

export type RotateApiKeyResult =
  | {
      readonly kind: 'ok'
      readonly apiKeyId: string
      readonly secret: string | null
      /** RFC 3339. */
      readonly oldSecretEndsAt: string
    }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'ended'; readonly apiKeyId: string }
  | ScopesRefused
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

export const rotateApiKey = defineCommand<RotateApiKey, RotateApiKeyResult, TenancyStores>({
  name: 'tenancy.rotateApiKey',
  permission: 'tenant:manage',
  audit: (input, { apiKeyId }) => ({
    subjectKind: 'apiKey',
    subjectId: apiKeyId,
    detail: { graceHours: input.graceHours },
  }),
  kept: (result) => ({ ...result, secret: null }),
  run: async ({ stores, actor, clock }, { apiKeyId, graceHours }) => {
    const now = clock.now()
    const fault = graceFault(graceHours)
    if (fault !== null) return { kind: 'invalid', ...fault }
    const key = await stores.apiKeys.maybeByIdToChange(apiKeyId)
    if (key === null) return { kind: 'not-found' }
    if (statusOfKey(key, now) !== 'ACTIVE') return { kind: 'ended', apiKeyId }
    // Whoever rotates a key holds its secret, and must not get with it what they may not do.
    const grant = grantOf(key.scopes, KEY_SCOPES, actor.scopes)
    if (grant.kind !== 'granted') return { kind: 'scopes-refused', refused: grant }
    const { secret, hash, prefix } = newSecret(key.environment, apiKeyId)
    const oldEndsAt = endOfGrace(now, graceHours)
    await stores.apiKeys.replaceSecret(apiKeyId, { hash, prefix, now, oldEndsAt })
    return { kind: 'ok', apiKeyId, secret, oldSecretEndsAt: oldEndsAt.toISOString() }
  },
})
