/** Beginning, changing and ending a session: the graph's mutations, as functions that throw what it says instead. */
import {
  END_IMPERSONATION,
  OPEN_SANDBOX_SESSION,
  REFRESH_SESSION,
  REQUEST_MAGIC_LINK,
  SIGN_OUT,
  START_IMPERSONATION,
} from './documents.ts'
import { ask, refusalIn } from './graph.ts'
import type { Impersonation } from './session.ts'
import type { GivenToken } from './settings.ts'

/** The sentence to show whoever asked for the link. */
export const requestMagicLink = async (email: string): Promise<string> =>
  (await change<{ readonly message: string }>(null, REQUEST_MAGIC_LINK, { email })).message

/** Without a token: the cookie, which no script can read, says who asks. */
export const refreshSession = async (): Promise<GivenToken> =>
  (await change<{ readonly session: GivenToken }>(null, REFRESH_SESSION)).session

/** Ends the session of the cookie, and the cookie. */
export const signOut = async (): Promise<void> => {
  await change(null, SIGN_OUT)
}

export const openSandboxSession = (token: string, role: string): Promise<GivenToken> =>
  change(token, OPEN_SANDBOX_SESSION, { role })

export type StartImpersonation = {
  readonly tenantId: string
  readonly role: string
  readonly reason: string
  readonly readOnly: boolean
}

export const startImpersonation = (
  token: string,
  input: StartImpersonation,
): Promise<GivenToken & { readonly impersonation: Impersonation }> =>
  change(token, START_IMPERSONATION, input)

export const endImpersonation = async (token: string, impersonationId: string): Promise<void> => {
  await change(token, END_IMPERSONATION, { impersonationId })
}

type Result = { readonly __typename: string; readonly message?: string }

/** The documents have one mutation each, whose success is what its caller says. */
const change = async <Success>(
  token: string | null,
  document: string,
  input: object | null = null,
): Promise<Success> => {
  const answer = await ask(token, document, input === null ? {} : { input })
  const [result] = Object.values(answer.data ?? {}) as readonly (Result | null)[]
  if (result === null || result === undefined) throw refusalIn(answer)
  if (!result.__typename.endsWith('Success'))
    throw new Error(result.message ?? 'The graph refused without a reason.')
  return result as Success
}
