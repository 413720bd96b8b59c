/** Keys and impersonations as tests of them ask for them. */
import type { Answer, Client, TestTenant, World } from '../world/world.ts'

export const CREATE_KEY = `mutation ($input: CreateApiKeyInput!, $key: String) {
  createApiKey(input: $input, idempotencyKey: $key) {
    __typename
    ... on CreateApiKeySuccess { secret apiKey { id name prefix scopes environment status expiresAt lastUsedAt revokedAt } }
    ... on ScopesNotGranted { message scopes }
    ... on TooManyApiKeys { message limit }
    ... on InvalidInput { field message }
    ... on UserError { message }
  }
}`
export const ROTATE_KEY = `mutation ($input: RotateApiKeyInput!, $key: String) {
  rotateApiKey(input: $input, idempotencyKey: $key) {
    __typename
    ... on RotateApiKeySuccess { secret oldSecretEndsAt apiKey { id prefix status } }
    ... on ApiKeyEnded { message apiKey { status } }
    ... on InvalidInput { field }
    ... on UserError { message }
  }
}`
export const REVOKE_KEY = `mutation ($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    __typename
    ... on RevokeApiKeySuccess { apiKey { id status revokedAt } }
    ... on UserError { message }
  }
}`
export const KEYS = `{ apiKeys(first: 100) { edges { node { id name status lastUsedAt } } } }`

export type MadeKey = { readonly id: string; readonly secret: string; readonly prefix: string }

/** Throws unless a key came of it. */
export const createKey = async (client: Client, input: object = {}): Promise<MadeKey> => {
  const { createApiKey } = await client.data(CREATE_KEY, { input: { name: 'CRM', ...input } })
  if (createApiKey.__typename !== 'CreateApiKeySuccess') throw new Error(JSON.stringify(createApiKey))
  const { secret, apiKey } = createApiKey
  return { id: apiKey.id, secret, prefix: apiKey.prefix }
}

export const START = `mutation ($input: StartImpersonationInput!, $key: String) {
  startImpersonation(input: $input, idempotencyKey: $key) {
    __typename
    ... on StartImpersonationSuccess {
      accessToken expiresAt
      impersonation { id tenant { id } role reason readOnly startedAt expiresAt endedAt staffId }
    }
    ... on InvalidInput { field message }
    ... on UserError { message }
  }
}`
export const END = `mutation ($input: EndImpersonationInput!) {
  endImpersonation(input: $input) {
    __typename
    ... on EndImpersonationSuccess { id endedAt }
    ... on UserError { message }
  }
}`

export const REASON = 'They cannot find their storm, ticket 4711'

/** Throws unless it began. */
export const impersonate = async (
  world: World,
  tenant: TestTenant,
  input: object = {},
): Promise<{ readonly id: string; readonly client: Client; readonly expiresAt: string }> => {
  const { startImpersonation: answer } = await world.staff.data(START, {
    input: { tenantId: tenant.id, role: 'ADMIN', reason: REASON, ...input },
  })
  if (answer.__typename !== 'StartImpersonationSuccess') throw new Error(JSON.stringify(answer))
  return {
    id: answer.impersonation.id,
    client: world.client(answer.accessToken),
    expiresAt: answer.expiresAt,
  }
}

export const codesOf = ({ errors }: Answer): readonly string[] =>
  errors.map(({ extensions }) => extensions.code)

/** What a refusal says, without what differs from request to request. */
export const told = ({ status, data, errors }: Answer): unknown => ({
  status,
  data,
  errors: errors.map(({ message, extensions }) => [message, { ...extensions, requestId: undefined }]),
})

/** A clock that runs, and that a test can put forward. */
export const movableClock = () => {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    passes: (milliseconds: number): void => {
      ahead += milliseconds
    },
  }
}
