/** How long each stage of the gateway takes, and its place in the trace. It is asked several times in every operation. */
import type { Registry } from 'prom-client'
import { bucketCounts } from '@stormops/chassis/telemetry/bucket-counts'
import { DURATION_BUCKETS } from '@stormops/chassis/telemetry/http-metrics'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'

/** In the order in which an operation passes them. `execution` includes `plan` and every fetch. */
export type GatewayStage =
  | 'claims'
  | 'parse'
  | 'validation'
  | 'persisted'
  | 'operation'
  | 'variables'
  | 'permissions'
  | 'read-only'
  | 'disk'
  | 'limits'
  | 'other'
  | 'plan'
  | 'execution'

export type StageClock = {
  readonly run: <Result>(stage: GatewayStage, work: () => Promise<Result>) => Promise<Result>
  /** A stage that is over; it began at `startedAt` by `performance.now()`. */
  readonly past: (stage: GatewayStage, startedAt: number) => void
}

/** Most stages end within microseconds, which is what is to be seen of them. */
const BOUNDS = [0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, ...DURATION_BUCKETS]

export const stageClock = (registry: Registry, tracer: Tracer): StageClock => {
  const durations = bucketCounts(registry, {
    name: 'gateway_stage_duration_seconds',
    help: 'Time operations spent in one stage of the gateway, refused ones too.',
    label: 'stage',
    bounds: BOUNDS,
  })
  // An operation passes here many times, so a stage costs two looks at the clock and no further turn of the loop.
  const timed = async <Result>(stage: GatewayStage, work: () => Promise<Result>): Promise<Result> => {
    const observe = durations.of(stage)
    const startedAt = performance.now()
    try {
      return await work()
    } finally {
      observe((performance.now() - startedAt) / 1_000)
    }
  }
  return {
    run: (stage, work) =>
      tracer.isOn ? tracer.span(`stage ${stage}`, {}, () => timed(stage, work)) : timed(stage, work),
    past: (stage, startedAt) => {
      durations.of(stage)((performance.now() - startedAt) / 1_000)
      tracer.past(`stage ${stage}`, startedAt)
    },
  }
}
