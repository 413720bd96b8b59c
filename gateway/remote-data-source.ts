/**
 * How the gateway asks a subgraph in another process: with a signed context over what it sends. What comes back is
 * read as from a stranger, and one that does not answer costs its own fields alone.
 */
import type { GraphQLDataSource } from '@apollo/gateway'
import { Kind } from 'graphql'
import type { DocumentNode } from 'graphql'
import type { Clock } from '@stormops/chassis/clock'
import { unanswered } from '@stormops/chassis/graphql/answer-fetch'
import type { AnsweredFetch, AskedFetch, FetchOutcome } from '@stormops/chassis/graphql/answer-fetch'
import { notAvailable, tooLate } from '@stormops/chassis/graphql/patience'
import { subgraphAudience } from '@stormops/chassis/graphql/signed-seal'
import type { SignContext } from '@stormops/chassis/graphql/signed-seal'
import { GRAPHQL_PATH } from '@stormops/chassis/graphql/subgraph-server'
import { readAnswer } from '@stormops/chassis/graphql/wire-answer'
import { JSON_TYPE } from '@stormops/chassis/http/private-call'
import type { PrivateAnswer, PrivateClient } from '@stormops/chassis/http/private-client'
import type { Log } from '@stormops/chassis/telemetry/log'
import { noTracer } from '@stormops/chassis/telemetry/tracer'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'
import { fetchOf } from './fetch.ts'
import type { OperationContext } from './fetch.ts'
import { fetchInTrace } from './fetch-in-trace.ts'

/** A subgraph that is reached over HTTP. */
export type RemoteSubgraph = {
  readonly name: string
  readonly client: PrivateClient
  readonly sign: SignContext
}

export type RemoteDataSourceOptions = {
  readonly subgraph: RemoteSubgraph
  readonly parsed: (text: string) => DocumentNode
  readonly log: Log
  readonly clock: Clock
  readonly fetchMilliseconds: number
  /** Default nothing is traced. */
  readonly tracer?: Tracer
  readonly record: (outcome: FetchOutcome, seconds: number) => void
}

/** Of one answer. The largest that the limits of the graph allow is far below. */
const MOST_BYTES = 33_554_432

export const remoteDataSource = (options: RemoteDataSourceOptions): GraphQLDataSource<OperationContext> => ({
  process: async (request) => {
    const { operation, asked, gone } = fetchOf(options.subgraph.name, request, options)
    const started = performance.now()
    const { outcome, answer, notes } = await fetchInTrace(
      options.tracer ?? noTracer,
      options.subgraph.name,
      true,
      () => answerOf(asked, gone, options),
    )
    options.record(outcome, (performance.now() - started) / 1000)
    if (notes.refreshToken !== undefined) operation.facts.refreshToken = notes.refreshToken
    return answer
  },
})

const answerOf = async (
  asked: AskedFetch,
  gone: AbortSignal | undefined,
  options: RemoteDataSourceOptions,
): Promise<AnsweredFetch> => {
  const { requestId } = asked.context
  let document: DocumentNode | null = null
  try {
    document = options.parsed(asked.text)
    return answerIn(await posted(asked, isQuery(document), gone, options))
  } catch (cause) {
    const scene = { subgraph: options.subgraph.name, requestId, log: options.log }
    return unanswered(cause, document, asked.variables, scene)
  }
}

const posted = async (
  { text, operationName, variables, context }: AskedFetch,
  isRepeatable: boolean,
  gone: AbortSignal | undefined,
  { subgraph, clock }: RemoteDataSourceOptions,
): Promise<PrivateAnswer> => {
  const milliseconds = context.deadline - clock.now().getTime()
  if (milliseconds <= 0) throw tooLate()
  const body = Buffer.from(JSON.stringify({ query: text, operationName, variables }))
  return subgraph.client.post({
    path: GRAPHQL_PATH,
    mediaType: JSON_TYPE,
    body,
    token: () => subgraph.sign(subgraphAudience(subgraph.name), context, body),
    milliseconds,
    isRepeatable,
    mostBytes: MOST_BYTES,
    ...(gone === undefined ? {} : { gone }),
  })
}

/** What a mutation did before its connection broke is not known, so it is not done again. */
const isQuery = ({ definitions }: DocumentNode): boolean =>
  definitions.every(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'query',
  )

const STATUS_OK = 200

/** Throws UNAVAILABLE for all that no subgraph of ours says; a refusal of our own proof is our fault, not the client's. */
const answerIn = ({ status, mediaType, body }: PrivateAnswer): AnsweredFetch => {
  if (status !== STATUS_OK) throw notAvailable(new Error(`The subgraph answered with the status ${status}.`))
  if (mediaType !== JSON_TYPE) throw notAvailable(new Error(`The subgraph answered ${mediaType}.`))
  try {
    return readAnswer(body.toString('utf8'))
  } catch (cause) {
    throw notAvailable(cause)
  }
}
