/** How the gateway asks a subgraph that lives in the same process: no HTTP hop, the same rules. */
import type { GraphQLDataSource } from '@apollo/gateway'
import { fetchAnswerer } from '@stormops/chassis/graphql/answer-fetch'
import type { AnswererOptions, FetchOutcome } from '@stormops/chassis/graphql/answer-fetch'
import { noTracer } from '@stormops/chassis/telemetry/tracer'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'
import { fetchOf } from './fetch.ts'
import type { OperationContext } from './fetch.ts'
import { fetchInTrace } from './fetch-in-trace.ts'

export type DataSourceOptions = AnswererOptions & {
  /** Milliseconds one fetch may take, within the deadline of its operation. */
  readonly fetchMilliseconds: number
  /** Default nothing is traced. */
  readonly tracer?: Tracer
  readonly record: (outcome: FetchOutcome, seconds: number) => void
}

export const subgraphDataSource = (options: DataSourceOptions): GraphQLDataSource<OperationContext> => {
  const answerOf = fetchAnswerer(options)
  const { tracer = noTracer, subgraph } = options
  return {
    process: async (request) => {
      const { operation, asked, gone } = fetchOf(options.subgraph.name, request, options)
      const started = performance.now()
      const { outcome, answer, notes } = await fetchInTrace(tracer, subgraph.name, false, () =>
        answerOf(asked, gone),
      )
      options.record(outcome, (performance.now() - started) / 1000)
      if (notes.refreshToken !== undefined) operation.facts.refreshToken = notes.refreshToken
      return answer
    },
  }
}
