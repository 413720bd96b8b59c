/** Asking the graph: for the page's own questions, and as GraphiQL's fetcher. */
import type { Fetcher } from '@graphiql/toolkit'

export type Answer = {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string }[]
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

const INTROSPECTION = 'IntrospectionQuery'

/** For the answer pane, in place of an error of the schema's that says nothing to a person. */
const NOT_SHOWN: Answer = {
  errors: [{ message: 'Sign in first: this server shows how the graph is shaped to staff and admins only.' }],
}

/** `onHidden` is told when the server does not say how the graph is shaped. */
export const fetcherOf =
  (token: string | null, onHidden: () => void): Fetcher =>
  async (parameters, options) => {
    const answer = await send(parameters, token, options?.headers ?? {})
    const hidden = parameters.operationName === INTROSPECTION && (answer.data ?? null) === null
    if (hidden) onHidden()
    // A fetcher may return anything; GraphiQL prints it.
    return (hidden && token === null ? NOT_SHOWN : answer) as Awaited<ReturnType<Fetcher>> & object
  }
