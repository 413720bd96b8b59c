/**
 * A trace is the way of one request through every process and job, as a tree of spans. This is what the platform's code
 * knows of it; who sends spans to a collector is decided where a process is put together, and by default nobody does.
 */

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>

/** As OpenTelemetry has them: who asks and who answers, who leaves work behind and who takes it up. */
export type SpanRole = 'inside' | 'answers' | 'asks' | 'enqueues' | 'works'

export type SpanStart = {
  /** Default `inside`. */
  readonly role?: SpanRole
  readonly attributes?: SpanAttributes
  /** By `performance.now()`. Default now. */
  readonly startedAt?: number
  /** What it goes on with. Default the span under way, if there is one. */
  readonly after?: EarlierSpan
}

/** A `traceparent` as W3C Trace Context has it. One that cannot be read is as good as none. */
export type EarlierSpan = {
  readonly traceparent: string | null | undefined
  /** From a process of ours, whose word is taken on whether the trace is kept. */
  readonly isOurs: boolean
}

export type Span = {
  readonly set: (attributes: SpanAttributes) => void
  /** It came to nothing, though it did not throw; `why` is a code or a name, and never what somebody sent. */
  readonly fail: (why: string) => void
}

export type Tracer = {
  /** Whether anybody looks. Where nobody does, whatever only describes a span need not be made. */
  readonly isOn: boolean
  /** Runs `work` as a span, under which everything that it does finds itself. */
  readonly span: <Result>(
    name: string,
    start: SpanStart,
    work: (span: Span) => Promise<Result>,
  ) => Promise<Result>
  /** A span that is over: `startedAt` by `performance.now()`, the end is now. */
  readonly past: (name: string, startedAt: number, attributes?: SpanAttributes) => void
  /** Of the span under way, for another process or a job that goes on with it; null for none. */
  readonly traceparent: () => string | null
  /** Of the span under way, for lines of the log; null for none. */
  readonly traceId: () => string | null
}

const SILENT_SPAN: Span = { set: () => undefined, fail: () => undefined }

/** Nobody looks, which costs a call of a function. */
export const noTracer: Tracer = {
  isOn: false,
  span: (_name, _start, work) => work(SILENT_SPAN),
  past: () => undefined,
  traceparent: () => null,
  traceId: () => null,
}

export const TRACE_HEADER = 'traceparent'

export type SpanName = { readonly traceId: string; readonly spanId: string; readonly isKept: boolean }

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const NOTHING = /^0+$/
const KEPT = 1

/** Null for what is no `traceparent` of the version that is in use. */
export const readTraceparent = (text: string | null | undefined): SpanName | null => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(text ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return null
  if (NOTHING.test(traceId) || NOTHING.test(spanId)) return null
  return { traceId, spanId, isKept: (Number.parseInt(flags, 16) & KEPT) === KEPT }
}

export const writtenTraceparent = ({ traceId, spanId, isKept }: SpanName): string =>
  `00-${traceId}-${spanId}-0${isKept ? KEPT : 0}`
