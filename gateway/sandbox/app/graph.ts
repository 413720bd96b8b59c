/** Asking the graph: for the page's own questions, and as GraphiQL's fetcher. */
import type { Fetcher } from '@graphiql/toolkit'
import { keptSession } from './session.ts'

type GraphError = { readonly message: string; readonly extensions?: { readonly code?: string } }

export type Answer = {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly GraphError[]
}

type Operation = {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: unknown
}

const send = async (
  operation: Operation,
  token: string | null,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> => {
  const sent = new Headers({ 'content-type': 'application/json', accept: 'application/json' })
  if (token !== null) sent.set('authorization', `Bearer ${token}`)
  // What the header editor says goes before the bar: whoever writes an Authorization there means it.
  for (const [name, value] of Object.entries(headers)) sent.set(name, value)
  const response = await fetch('/graphql', { method: 'POST', headers: sent, body: JSON.stringify(operation) })
  // The graph answers errors in the same shape, whatever the status.
  return (await response.json()) as Answer
}

export const ask = (token: string | null, query: string, variables: object = {}): Promise<Answer> =>
  send({ query, variables }, token, {})

/** What the graph said in place of data, with its code. */
export class GraphRefusal extends Error {
  readonly code: string | null
  constructor({ message, extensions }: GraphError) {
    super(message)
    this.name = 'GraphRefusal'
    this.code = extensions?.code ?? null
  }
}

export const refusalIn = ({ errors }: Answer): GraphRefusal =>
  new GraphRefusal(errors?.[0] ?? { message: 'The graph did not answer.' })

/** Asks with the token that the tab holds at that moment. */
export const graphiqlFetcher: Fetcher = async (parameters, options) => {
  const answer = await send(parameters, keptSession()?.accessToken ?? null, options?.headers ?? {})
  // A fetcher may return anything; GraphiQL prints it.
  return answer as Awaited<ReturnType<Fetcher>> & object
}
