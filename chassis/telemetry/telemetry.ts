/**
 * What one process counts, traces and writes down. It is made where the process is put together, and handed to every part
 * that has something to tell.
 */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { JobObserver } from '../jobs/job-observer.ts'
import { databaseMetrics } from './database-metrics.ts'
import type { DatabaseMetrics } from './database-metrics.ts'
import { jobMetrics } from './job-metrics.ts'
import { logScene } from './log-scene.ts'
import type { LogFields, LogScene } from './log-scene.ts'
import type { Log } from './log.ts'
import type { TraceSettings } from './trace-settings.ts'
import { noTracer } from './tracer.ts'
import type { Tracer } from './tracer.ts'
import { webhookMetrics } from './webhook-metrics.ts'
import type { CountWebhook } from './webhook-metrics.ts'

export type Telemetry = {
  /** What `/metrics` prints. */
  readonly registry: Registry
  readonly tracer: Tracer
  readonly scene: LogScene
  readonly database: DatabaseMetrics
  readonly jobs: JobObserver
  readonly countWebhook: CountWebhook
  /** What every line of the log has beside its own: the request it is of, and the trace. */
  readonly marks: () => LogFields
  /** What there is to say of telemetry itself goes to this log from now on. */
  readonly tellTo: (log: Pick<Log, 'info' | 'warn'>) => void
  /** Sends what was traced. Never rejects. */
  readonly close: () => Promise<void>
}

export type TelemetryOptions = {
  /** Which process of the platform this is. */
  readonly process: string
  readonly version: string
  /** Default nothing is traced. */
  readonly tracing?: TraceSettings | null
}

/** Loads the tracing only where it is wanted. */
export const openTelemetry = async (options: TelemetryOptions): Promise<Telemetry> => {
  const { process, version, tracing = null } = options
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'stormops_build_info',
    help: '1, with the version of the platform and the process it is.',
    labelNames: ['version', 'process'] as const,
    registers: [registry],
  }).set({ version, process }, 1)
  let log: Pick<Log, 'info' | 'warn'> | null = null
  const otlp =
    tracing === null
      ? null
      : (await import('./otlp-tracer.ts')).otlpTracer({
          settings: tracing,
          process,
          version,
          told: (news) => {
            if (news.kind === 'away')
              log?.warn({ err: news.cause }, 'The collector of traces does not take them: spans are lost.')
            else log?.info({ lostSpans: news.lostSpans }, 'The collector of traces takes them again.')
          },
        })
  return telemetryOf(
    registry,
    otlp?.tracer ?? noTracer,
    (given) => (log = given),
    async () => otlp?.close(),
  )
}

/** Counts for whoever reads the registry, and traces nothing: for commands, and for parts that are opened alone. */
export const quietTelemetry = (registry: Registry = new Registry()): Telemetry =>
  telemetryOf(
    registry,
    noTracer,
    () => undefined,
    async () => undefined,
  )

const telemetryOf = (
  registry: Registry,
  tracer: Tracer,
  tellTo: Telemetry['tellTo'],
  close: Telemetry['close'],
): Telemetry => {
  const scene = logScene()
  return {
    registry,
    tracer,
    scene,
    database: databaseMetrics(registry),
    jobs: jobMetrics(registry),
    countWebhook: webhookMetrics(registry),
    marks: () => {
      const traceId = tracer.traceId()
      return traceId === null ? scene.fields() : { ...scene.fields(), traceId }
    },
    tellTo,
    close,
  }
}
