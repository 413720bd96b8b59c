/** A client that takes every answer as it comes, none included: what was not answered may or may not have been done. */

import { isPassing } from '../world/passing.ts'

export type Said =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly data: any
      readonly codes: readonly string[]
    }
  /** The connection broke, or nothing came in time, or it was no answer of a graph. */
  | { readonly kind: 'lost'; readonly reason: string }

/** Longer than the platform may take for any operation. */
const PATIENCE_MS = 30_000

export type AskedFor = {
  readonly url: string
  readonly token: string
  readonly query: string
  readonly variables?: object
}

export const ask = async ({ url, token, query, variables = {} }: AskedFor): Promise<Said> => {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const body: any = await response.json()
    const codes = (body.errors ?? []).map((error: any) => String(error.extensions?.code ?? 'NONE'))
    return { kind: 'answered', status: response.status, data: body.data ?? null, codes }
  } catch (error) {
    return { kind: 'lost', reason: reasonOf(error) }
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : `${error.name}: ${error.message}`
}

/** A client tries it again, with the same key. */
export const mayPass = (said: Said): boolean => said.kind === 'lost' || said.codes.some(isPassing)
