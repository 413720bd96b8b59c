/** What the gateway counts, on a registry of its own that `/metrics` prints. */
import { Counter, Histogram, Registry } from 'prom-client'
import type { FetchOutcome } from '@stormops/chassis/graphql/answer-fetch'
import { DURATION_BUCKETS } from '@stormops/chassis/telemetry/http-metrics'
import type { OperationType } from './context.ts'
import { codeLabel } from './refusal-stage.ts'
import type { RefusalStage } from './refusal-stage.ts'

export { httpMetrics } from '@stormops/chassis/telemetry/http-metrics'

/** `refused` before any subgraph was asked; `partial` with data and errors; `failed` with errors alone. */
export type OperationOutcome = 'ok' | 'partial' | 'failed' | 'refused'

/** For whatever counts beside the gateway and is printed with it. */
export const metricsRegistry = (): Registry => new Registry()

export type GatewayMetrics = {
  readonly countOperation: (type: OperationType | 'unknown', outcome: OperationOutcome) => void
  readonly countRefusal: (stage: RefusalStage, code: unknown) => void
  /** The recorder of one subgraph's fetches; `seconds` from asking to the whole answer. */
  readonly fetchesOf: (subgraph: string) => (outcome: FetchOutcome, seconds: number) => void
}

export const gatewayMetrics = (registry: Registry): GatewayMetrics => {
  const operations = new Counter({
    name: 'graphql_operations_total',
    help: 'Operations answered, by type and outcome.',
    labelNames: ['operation_type', 'outcome'] as const,
    registers: [registry],
  })
  const fetches = new Counter({
    name: 'subgraph_fetches_total',
    help: 'Fetches from subgraphs, by subgraph and outcome.',
    labelNames: ['subgraph', 'outcome'] as const,
    registers: [registry],
  })
  const refusals = new Counter({
    name: 'graphql_refusals_total',
    help: 'Operations refused before any subgraph was asked, by stage and code.',
    labelNames: ['stage', 'code'] as const,
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'subgraph_fetch_duration_seconds',
    help: 'Time a subgraph took to answer one fetch.',
    labelNames: ['subgraph'] as const,
    buckets: DURATION_BUCKETS,
    registers: [registry],
  })
  return {
    countOperation: (type, outcome) => operations.inc({ operation_type: type, outcome }),
    countRefusal: (stage, code) => refusals.inc({ stage, code: codeLabel(code) }),
    fetchesOf: (subgraph) => {
      const duration = durations.labels(subgraph)
      return (outcome, seconds) => {
        fetches.inc({ subgraph, outcome })
        duration.observe(seconds)
      }
    },
  }
}
