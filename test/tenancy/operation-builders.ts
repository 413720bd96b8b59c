/** Operations to publish, and clients that name them instead of sending them. */
import { sha256Hex } from '@stormops/chassis/values/canonical'
import { publicId } from '@stormops/chassis/values/ids'
import { systemClock } from '@stormops/chassis/clock'
import { signToken } from '@stormops/chassis/identity'
import type { Client, TestTenant, World } from '../world/world.ts'

export const PUBLISH = `mutation Publish($input: PublishOperationsInput!, $key: String) {
  publishOperations(input: $input, idempotencyKey: $key) {
    __typename
    ... on PublishOperationsSuccess {
      published unchanged
      operations { id documentId name document apiKeyId publishedAt publishedBy retiredAt }
    }
    ... on OperationsRefused { message rejections { index reason } }
    ... on InvalidInput { field message }
    ... on UserError { message }
  }
}`

export const RETIRE = `mutation Retire($input: RetireOperationInput!) {
  retireOperation(input: $input) {
    __typename
    ... on RetireOperationSuccess { operation { id retiredAt } }
    ... on UserError { message }
  }
}`

export const idOf = (document: string): string => `sha256:${sha256Hex(document)}`

export const given = (documents: readonly string[]) =>
  documents.map((document) => ({ id: idOf(document), document }))

/** Publishes documents that must be taken, and returns what the platform says of them. */
export const publish = async (
  owner: Client,
  documents: readonly string[],
  apiKeyId: string | null = null,
): Promise<any> => {
  const { publishOperations } = await owner.data(PUBLISH, {
    input: { operations: given(documents), apiKeyId },
  })
  if (publishOperations.__typename !== 'PublishOperationsSuccess') {
    throw new Error(JSON.stringify(publishOperations))
  }
  return publishOperations
}

export const keyIdOf = (uuid: string): string => publicId('key', uuid)

const TOKEN_SECONDS = 3_600

/** The bearer of one API key of a company. */
export const keyToken = (world: World, tenant: TestTenant, keyUuid: string): Promise<string> =>
  signToken(
    world.keys,
    { subject: keyIdOf(keyUuid), kind: 'API_KEY', tenantId: tenant.uuid, role: 'PARTNER' },
    systemClock,
    TOKEN_SECONDS,
  )

export type Reply = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // What a reply holds depends on the request; tests say what they expect of it.
  readonly body: any
}

export type Ask = {
  readonly path?: string
  readonly body?: object
  readonly parameters?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

const read = async (response: Response): Promise<Reply> => {
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text === '' ? null : JSON.parse(text),
  }
}

const bearer = (token: string | null) => (token === null ? {} : { authorization: `Bearer ${token}` })

export const post = async (
  url: string,
  token: string | null,
  { path = '', body = {}, headers = {} }: Ask,
): Promise<Reply> =>
  read(
    await fetch(`${url}/graphql${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(token), ...headers },
      body: JSON.stringify(body),
    }),
  )

export const get = async (
  url: string,
  token: string | null,
  { path = '', parameters = {}, headers = {} }: Ask,
): Promise<Reply> =>
  read(
    await fetch(`${url}/graphql${path}?${new URLSearchParams(parameters).toString()}`, {
      headers: { 'apollo-require-preflight': 'true', ...bearer(token), ...headers },
    }),
  )

/** The code of a reply's first error, or undefined. */
export const codeOf = ({ body }: Reply): string | undefined => body?.errors?.[0]?.extensions.code
