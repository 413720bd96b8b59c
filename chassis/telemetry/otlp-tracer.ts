/**
 * Spans for a collector, by the SDK of OpenTelemetry, in batches and beside the work. It is loaded only where a collector
 * is named. One that is down, slow or full costs the spans and nothing else: what waits for it is bounded.
 */
import { hostname } from 'node:os'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api'
import type { Context, Span as OtelSpan, SpanOptions } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor, SamplingDecision } from '@opentelemetry/sdk-trace-base'
import type { Sampler, SpanExporter } from '@opentelemetry/sdk-trace-base'
import { ATTR_ERROR_TYPE, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions'
import { GraphQLError } from 'graphql'
import { Fault } from '../fault.ts'
import type { TraceSettings } from './trace-settings.ts'
import { readTraceparent, writtenTraceparent } from './tracer.ts'
import type { EarlierSpan, Span, SpanRole, SpanStart, Tracer } from './tracer.ts'

/** Spans that wait for the collector; beyond them the newest are lost. */
const MOST_WAITING = 4_096
const BATCH = 512
const EVERY_MS = 2_000
/** A collector that takes longer is down. Closing a process waits for it this long at most. */
const COLLECTOR_MS = 3_000

/** A text in a span is a name or a code; nothing longer is of any use there. */
const LONGEST_TEXT = 500

export type OtlpTracer = {
  readonly tracer: Tracer
  /** Sends what waits. Never rejects. */
  readonly close: () => Promise<void>
}

export type OtlpOptions = {
  readonly settings: TraceSettings
  /** Which process of the platform this is: `gateway`, `subgraph storms`, `worker`. */
  readonly process: string
  readonly version: string
  /** Is told when the collector stops taking spans, and when it takes them again. */
  readonly told: (news: CollectorNews) => void
}

export type CollectorNews =
  | { readonly kind: 'away'; readonly cause: unknown }
  | { readonly kind: 'back'; readonly lostSpans: number }

export const otlpTracer = (options: OtlpOptions): OtlpTracer => {
  const { settings, version } = options
  const exporter = new OTLPTraceExporter({
    url: `${settings.endpoint.replace(/\/$/, '')}/v1/traces`,
    headers: { ...settings.headers.reveal() },
    timeoutMillis: COLLECTOR_MS,
  })
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: `stormops-${options.process.replaceAll(' ', '-')}`,
      [ATTR_SERVICE_VERSION]: version,
      'service.namespace': 'stormops',
      'service.instance.id': `${hostname()}:${process.pid}`,
      'host.name': hostname(),
      'process.pid': process.pid,
    }),
    sampler: samplerOf(settings),
    spanLimits: { attributeValueLengthLimit: LONGEST_TEXT },
    spanProcessors: [
      new BatchSpanProcessor(patient(exporter, options.told), {
        maxQueueSize: MOST_WAITING,
        maxExportBatchSize: BATCH,
        scheduledDelayMillis: EVERY_MS,
        exportTimeoutMillis: COLLECTOR_MS + 1_000,
      }),
    ],
  })
  const spans = provider.getTracer('stormops', version)
  return {
    tracer: tracerOf((name, start, context) => spans.startSpan(name, start, context)),
    close: async () => {
      // What the collector does not take now is lost, which was told already.
      await provider.shutdown().catch(() => undefined)
    },
  }
}

/** A batch that is not taken is lost and forgotten, so that nothing is sent twice and nothing piles up. */
const patient = (exporter: SpanExporter, told: OtlpOptions['told']): SpanExporter => {
  let lost = 0
  return {
    export: (batch, done) =>
      exporter.export(batch, (result) => {
        if (result.error !== undefined || result.code !== EXPORTED) {
          if (lost === 0) told({ kind: 'away', cause: result.error })
          lost += batch.length
        } else if (lost > 0) {
          told({ kind: 'back', lostSpans: lost })
          lost = 0
        }
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush === undefined ? {} : { forceFlush: () => exporter.forceFlush?.() ?? NOTHING }),
  }
}

const EXPORTED = 0
const NOTHING = Promise.resolve()

/** A stranger's trace is gone on with under its name, but the stranger does not say whether it is kept. */
const STRANGER = Symbol('begun by a stranger')

const samplerOf = ({ share, callersDecide }: TraceSettings): Sampler => ({
  shouldSample: (context) => {
    const before = trace.getSpanContext(context)
    const isDecided = before !== undefined && (callersDecide || context.getValue(STRANGER) !== true)
    // Not by the trace's id, which a stranger chooses.
    const isKept = isDecided
      ? (before.traceFlags & TraceFlags.SAMPLED) === TraceFlags.SAMPLED
      : Math.random() < share
    return { decision: isKept ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD }
  },
  toString: () => `share ${share}`,
})

const KINDS: Readonly<Record<SpanRole, SpanKind>> = {
  inside: SpanKind.INTERNAL,
  answers: SpanKind.SERVER,
  asks: SpanKind.CLIENT,
  enqueues: SpanKind.PRODUCER,
  works: SpanKind.CONSUMER,
}

type Begin = (name: string, options: SpanOptions, context: Context) => OtelSpan

const tracerOf = (begin: Begin): Tracer => {
  const scenes = new AsyncLocalStorageContextManager()
  const current = () => trace.getSpanContext(scenes.active())
  return {
    isOn: true,
    span: async (name, start, work) => {
      const context = start.after === undefined ? scenes.active() : after(scenes.active(), start.after)
      const span = begin(name, optionsOf(start), context)
      try {
        return await scenes.with(trace.setSpan(context, span).deleteValue(STRANGER), () => work(told(span)))
      } catch (cause) {
        failed(span, typeOf(cause))
        throw cause
      } finally {
        span.end()
      }
    },
    past: (name, startedAt, attributes) =>
      begin(name, optionsOf({ startedAt, ...(attributes && { attributes }) }), scenes.active()).end(),
    traceparent: () => {
      const span = current()
      return span === undefined
        ? null
        : writtenTraceparent({ ...span, isKept: (span.traceFlags & TraceFlags.SAMPLED) !== 0 })
    },
    traceId: () => current()?.traceId ?? null,
  }
}

const optionsOf = ({ role = 'inside', attributes, startedAt }: SpanStart): SpanOptions => ({
  kind: KINDS[role],
  ...(attributes === undefined ? {} : { attributes }),
  ...(startedAt === undefined ? {} : { startTime: Date.now() - (performance.now() - startedAt) }),
})

/** A span that cannot be read is none: what comes then begins a trace of its own. */
const after = (context: Context, { traceparent, isOurs }: EarlierSpan): Context => {
  const before = readTraceparent(traceparent)
  if (before === null) return isOurs ? context : ROOT_CONTEXT
  const { traceId, spanId, isKept } = before
  const traceFlags = isKept ? TraceFlags.SAMPLED : TraceFlags.NONE
  const remote = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
  return isOurs ? remote : remote.setValue(STRANGER, true)
}

const told = (span: OtelSpan): Span => ({
  set: (attributes) => void span.setAttributes({ ...attributes }),
  fail: (why) => failed(span, why),
})

const failed = (span: OtelSpan, why: string): void => {
  span.setAttribute(ATTR_ERROR_TYPE, why)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** What an error says may hold what somebody sent, so a span has its kind alone. */
const typeOf = (cause: unknown): string => {
  if (cause instanceof Fault) return cause.code
  if (!(cause instanceof Error)) return 'unknown'
  if (cause instanceof GraphQLError && typeof cause.extensions['code'] === 'string') {
    return cause.extensions['code']
  }
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
