/** What is counted of the limits, beside the refusals that every stage counts. */
import { Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { SlotCounts } from './overload/slots.ts'

/** A small query costs 1 to 10, a page of fifty 100 to 500, the largest operation 50,000. */
const COST_BUCKETS = [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000]

export type LimitMetrics = {
  readonly estimated: (cost: number) => void
  readonly answered: (cost: number) => void
  readonly slots: (counts: SlotCounts) => void
}

export const limitMetrics = (registry: Registry): LimitMetrics => {
  const costs = new Histogram({
    name: 'graphql_operation_cost',
    help: 'Cost of operations: estimated before they are planned, and actual for what was answered.',
    labelNames: ['kind'] as const,
    buckets: COST_BUCKETS,
    registers: [registry],
  })
  const inFlight = new Gauge({
    name: 'graphql_operations_in_flight',
    help: 'Operations under way, and waiting for a slot.',
    labelNames: ['state'] as const,
    registers: [registry],
  })
  const estimated = costs.labels('estimated')
  const actual = costs.labels('actual')
  const executing = inFlight.labels('executing')
  const waiting = inFlight.labels('waiting')
  return {
    estimated: (cost) => estimated.observe(cost),
    answered: (cost) => actual.observe(cost),
    slots: (counts) => {
      executing.set(counts.executing)
      waiting.set(counts.waiting)
    },
  }
}
