/**
 * A subgraph as a server of its own. Without a fresh signed context over the very bytes of a request it answers
 * nothing, not even its shape: no query is parsed before.
 */
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { Fault } from '../fault.ts'
import { bare, JSON_TYPE } from '../http/private-call.ts'
import type { PrivateRoute } from '../http/private-call.ts'
import type { Log } from '../telemetry/log.ts'
import { fetchAnswerer } from './answer-fetch.ts'
import { parsedDocuments } from './parsed-documents.ts'
import type { Seal } from './seal.ts'
import type { VerifyContext } from './signed-seal.ts'
import type { Subgraph } from './subgraph.ts'
import { writtenAnswer } from './wire-answer.ts'

export const GRAPHQL_PATH = '/graphql'

/** Bytes. A client's operation has a megabyte at most; what a plan makes of it also names a thousand entities. */
const MOST_BYTES = 4_194_304

export type SubgraphRouteOptions = {
  readonly subgraph: Subgraph
  /** Of this process: what came in with a signature goes on under its own seal. */
  readonly seal: Seal
  readonly verify: VerifyContext
  readonly log: Log
  readonly clock: Clock
}

const asked = z.object({
  query: z.string().min(1),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

export const subgraphRoute = (options: SubgraphRouteOptions): PrivateRoute => {
  const answerOf = fetchAnswerer({ ...options, parsed: parsedDocuments() })
  return {
    path: GRAPHQL_PATH,
    mediaType: JSON_TYPE,
    mostBytes: MOST_BYTES,
    verify: options.verify,
    answer: async (body, context, gone) => {
      const { query, operationName, variables } = readAsked(body)
      const fetch = {
        text: query,
        operationName: operationName ?? undefined,
        variables: variables ?? {},
        context,
      }
      return bare(200, writtenAnswer(await answerOf(fetch, gone)))
    },
  }
}

const readAsked = (body: Buffer): z.infer<typeof asked> => {
  try {
    return asked.parse(JSON.parse(body.toString('utf8')))
  } catch (cause) {
    throw new Fault('BAD_INPUT', 'The body must be a JSON object with a query.', { cause })
  }
}
