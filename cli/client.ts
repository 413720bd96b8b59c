/** A client of the graph, as any other: over HTTP, with a token. */
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export class GraphFault extends Error {
  override readonly name = 'GraphFault'
}

type GraphError = { readonly message: string; readonly extensions?: { readonly code?: string } }

export type GraphClient = {
  /** `Data` is what the document asks for. Throws `GraphFault` with every error of the answer. */
  readonly ask: <Data>(document: string, variables?: object) => Promise<Data>
  readonly url: string
  readonly token: string
}

export const graphClient = (url: string, token: string): GraphClient => ({
  url,
  token,
  ask: async <Data>(document: string, variables: object = {}): Promise<Data> => {
    const response = await patiently(() =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: document, variables }),
      }),
    )
    // The graph's own answer format; what `Data` is, the document says.
    const answer = (await response.json()) as { data?: Data | null; errors?: readonly GraphError[] }
    if (answer.errors !== undefined || answer.data === undefined || answer.data === null) {
      const messages = (answer.errors ?? []).map(
        ({ message, extensions }) => `${extensions?.code ?? 'ERROR'}: ${message}`,
      )
      throw new GraphFault(messages.join('\n') || `The platform answered ${response.status} without data.`)
    }
    return answer.data
  },
})

const TOO_MANY_REQUESTS = 429
const UNAVAILABLE = 503

/** A minute's limit and the platform's own restarts are waited out; what lasts longer is told. */
const LONGEST_WAIT_MS = 90_000

/** Asks again when the platform says it will be ready: nothing was done by a request that it turned away so. */
const patiently = async (ask: () => Promise<Response>): Promise<Response> => {
  const end = performance.now() + LONGEST_WAIT_MS
  for (;;) {
    const response = await ask()
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    const isTurnedAway = response.status === TOO_MANY_REQUESTS || response.status === UNAVAILABLE
    if (!isTurnedAway || Number.isNaN(seconds) || performance.now() + seconds * 1000 > end) return response
    await response.body?.cancel()
    await sleep(seconds * 1000)
  }
}

type Union = { readonly __typename: string; readonly message?: string }

/** The success member of a mutation's result, or one that is as good; throws `GraphFault` with the message of any other. */
export const succeeded = <Result extends Union>(
  result: Result | null,
  ...asGood: readonly string[]
): Result => {
  if (result === null || !(result.__typename.endsWith('Success') || asGood.includes(result.__typename))) {
    throw new GraphFault(result?.message ?? 'The platform gave no result.')
  }
  return result
}

/** Sends a file to an upload of its own, and returns the upload's id. */
export const upload = async (client: GraphClient, body: Blob): Promise<string> => {
  const { createUpload } = await client.ask<{
    createUpload: Union & { upload: { id: string; url: string } }
  }>(
    `mutation { createUpload { __typename ... on CreateUploadSuccess { upload { id url } } ... on UserError { message } } }`,
  )
  const { id, url } = succeeded(createUpload).upload
  const sent = await fetch(url, {
    method: 'PUT',
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  })
  if (!sent.ok) throw new GraphFault(`The upload was refused: ${await sent.text()}`)
  return id
}

/** Writes the report behind a signed link to a file. */
export const fetchReport = async (url: string, file: string): Promise<void> => {
  const response = await fetch(url)
  if (!response.ok) throw new GraphFault(`The report could not be fetched: ${response.status}.`)
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
}
