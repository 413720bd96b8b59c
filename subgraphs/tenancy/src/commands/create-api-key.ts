import { defineCommand } from '@stormops/chassis/command'
import { KEY_SCOPES, ROLE_SCOPES } from '@stormops/chassis/permission'
import { grantOf, KEYS_PER_COMPANY, newKeyFault } from '../domain/api-key.ts'
import type { ApiKeyEnvironment, ScopeGrant } from '../domain/api-key.ts'
import type { TenancyStores } from '../context.ts'
import { issueKey } from './issue-key.ts'

export type CreateApiKey = {
  readonly name: string
  /** Null for what an outside system usually needs. */
  readonly scopes: readonly string[] | null
  readonly expiresAt: Date | null
  readonly environment: ApiKeyEnvironment
}

export type ScopesRefused = {
  readonly kind: 'scopes-refused'
  readonly refused: Exclude<ScopeGrant, { readonly kind: 'granted' }>
}

export type CreateApiKeyResult =
  | { readonly kind: 'ok'; readonly apiKeyId: string; readonly secret: string | null }
  | ScopesRefused
  | { readonly kind: 'too-many'; readonly limit: number }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

export const createApiKey = defineCommand<CreateApiKey, CreateApiKeyResult, TenancyStores>({
  name: 'tenancy.createApiKey',
  permission: 'tenant:manage',
  audit: (input, { apiKeyId }) => ({
    subjectKind: 'apiKey',
    subjectId: apiKeyId,
    detail: {
      scopes: input.scopes ?? ROLE_SCOPES.PARTNER,
      environment: input.environment,
      expiresAt: input.expiresAt,
    },
  }),
  kept: (result) => ({ ...result, secret: null }),
  run: async ({ stores, actor, clock, newId }, input) => {
    const now = clock.now()
    const name = input.name.trim()
    const fault = newKeyFault(name, input.expiresAt, now)
    if (fault !== null) return { kind: 'invalid', ...fault }
    const scopes = [...new Set(input.scopes ?? ROLE_SCOPES.PARTNER)]
    if (scopes.length === 0) {
      return { kind: 'invalid', field: 'scopes', message: 'A key needs at least one permission.' }
    }
    const grant = grantOf(scopes, KEY_SCOPES, actor.scopes)
    if (grant.kind !== 'granted') return { kind: 'scopes-refused', refused: grant }
    await stores.apiKeys.holdOthers()
    if ((await stores.apiKeys.countLive(now)) >= KEYS_PER_COMPANY) {
      return { kind: 'too-many', limit: KEYS_PER_COMPANY }
    }
    const id = newId()
    const { expiresAt, environment } = input
    const secret = await issueKey(stores, {
      id,
      name,
      environment,
      scopes,
      createdAt: now,
      createdBy: actor.id,
      expiresAt,
    })
    return { kind: 'ok', apiKeyId: id, secret }
  },
})
