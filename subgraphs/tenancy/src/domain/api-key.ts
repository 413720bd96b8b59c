/**
 * With an API key an outside system acts for a company. It is given no more than its maker may do, and of that only
 * what outside systems are ever given. It ends when it is revoked or its time is over.
 */
import type { ApiKeyEnvironment } from './api-key-secret.ts'

export type { ApiKeyEnvironment }

export type ApiKey = {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly environment: ApiKeyEnvironment
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly createdBy: string
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

export type ApiKeyStatus = 'ACTIVE' | 'EXPIRED' | 'REVOKED'

export const statusOfKey = (
  { expiresAt, revokedAt }: Pick<ApiKey, 'expiresAt' | 'revokedAt'>,
  now: Date,
): ApiKeyStatus => {
  if (revokedAt !== null) return 'REVOKED'
  return expiresAt !== null && expiresAt <= now ? 'EXPIRED' : 'ACTIVE'
}

/** One for each system a company works with and each of its environments; more is a program that makes keys. */
export const KEYS_PER_COMPANY = 100

export const FIRST_KEY_NAME = 'First key'

const LONGEST_NAME = 100

export type KeyFault = { readonly field: string; readonly message: string }

/** What is wrong with a new key, or null. `name` has no space around it. */
export const newKeyFault = (name: string, expiresAt: Date | null, now: Date): KeyFault | null => {
  const { length } = [...name]
  if (length < 1 || length > LONGEST_NAME) {
    return { field: 'name', message: `A key's name has 1 to ${LONGEST_NAME} characters; this has ${length}.` }
  }
  return expiresAt !== null && expiresAt <= now
    ? { field: 'expiresAt', message: 'A key ends in the future, or it could never be used.' }
    : null
}

export type ScopeGrant =
  | { readonly kind: 'granted' }
  | { readonly kind: 'never-a-keys'; readonly scopes: readonly string[] }
  | { readonly kind: 'not-the-makers'; readonly scopes: readonly string[] }

/** `grantable` is what keys can ever have, and `held` what the one who asks may do. */
export const grantOf = (
  scopes: readonly string[],
  grantable: readonly string[],
  held: ReadonlySet<string>,
): ScopeGrant => {
  const never = scopes.filter((scope) => !grantable.includes(scope))
  if (never.length > 0) return { kind: 'never-a-keys', scopes: never }
  const lacking = scopes.filter((scope) => !held.has(scope))
  return lacking.length > 0 ? { kind: 'not-the-makers', scopes: lacking } : { kind: 'granted' }
}

/** Two working days across a weekend and some; a week at most, since an old secret may be why one rotates. */
export const LONGEST_GRACE_HOURS = 168
export const USUAL_GRACE_HOURS = 24

export const graceFault = (hours: number): KeyFault | null =>
  Number.isInteger(hours) && hours >= 0 && hours <= LONGEST_GRACE_HOURS
    ? null
    : { field: 'graceHours', message: `The old secret goes on for 0 to ${LONGEST_GRACE_HOURS} hours.` }

const HOUR_MS = 3_600_000

export const endOfGrace = (now: Date, hours: number): Date => new Date(now.getTime() + hours * HOUR_MS)
