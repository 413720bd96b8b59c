/** A new secret, and a new key with one. The secret goes to whoever asked; only its hash is kept. */
import { randomBytes } from 'node:crypto'
import type { ApiKey } from '../domain/api-key.ts'
import { hashOfSecret, prefixOf, SECRET_RANDOM_BYTES, secretOf } from '../domain/api-key-secret.ts'
import type { ApiKeyEnvironment } from '../domain/api-key-secret.ts'
import type { TenancyStores } from '../context.ts'

export type NewSecret = { readonly secret: string; readonly prefix: string; readonly hash: string }

export const newSecret = (environment: ApiKeyEnvironment, keyId: string): NewSecret => {
  const secret = secretOf(environment, keyId, randomBytes(SECRET_RANDOM_BYTES))
  return { secret, prefix: prefixOf(secret), hash: hashOfSecret(secret) }
}

export type KeyToIssue = Pick<
  ApiKey,
  'id' | 'name' | 'environment' | 'scopes' | 'createdAt' | 'createdBy' | 'expiresAt'
>

/** Returns the secret, for this once. */
export const issueKey = async ({ apiKeys }: TenancyStores, key: KeyToIssue): Promise<string> => {
  const { secret, prefix, hash } = newSecret(key.environment, key.id)
  await apiKeys.insert({ ...key, prefix, lastUsedAt: null, revokedAt: null }, hash)
  return secret
}
