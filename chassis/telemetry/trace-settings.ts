/** Where traces go, as the environment says it, under the names that OpenTelemetry has for it. */
import { z } from 'zod'
import { secret } from '../secret.ts'
import type { Secret } from '../secret.ts'

export type TraceSettings = {
  /** The base of a collector's OTLP over HTTP; traces go to `/v1/traces` under it. */
  readonly endpoint: string
  /** Headers for the collector, such as a key. */
  readonly headers: Secret<Readonly<Record<string, string>>>
  /** Of the traces that begin here, 0 to 1. */
  readonly share: number
  /** Whether callers decide by the flag in their `traceparent` what is kept. */
  readonly callersDecide: boolean
}

/** `key=value,other=value`, with values as in an address. The values are secrets, so a fault does not repeat them. */
const headers = z.string().transform((text, context): Readonly<Record<string, string>> => {
  const read: Record<string, string> = {}
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, name, value] = /^([\w-]+)=(.*)$/.exec(entry) ?? []
    if (name === undefined || value === undefined) {
      context.addIssue('must be a list like name=value,other=value')
      return z.NEVER
    }
    read[name] = decoded(value)
  }
  return read
})

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    // A percent sign that stands for itself.
    return value
  }
}

export const traceVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine((value) => URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol), {
      error: 'must be a URL that starts with http:// or https://',
    })
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: headers.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: 'must be a share from 0 to 1' })
    .min(0, { error: 'must be a share from 0 to 1' })
    .max(1, { error: 'must be a share from 0 to 1' })
    .default(1),
  TRACE_CALLERS_DECIDE: z.enum(['true', 'false']).default('false'),
}

type TraceValues = z.output<z.ZodObject<typeof traceVariables>>

/** Null where nothing is traced. */
export const readTraceSettings = (value: TraceValues): TraceSettings | null =>
  value.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
    ? null
    : {
        endpoint: value.OTEL_EXPORTER_OTLP_ENDPOINT,
        headers: secret(value.OTEL_EXPORTER_OTLP_HEADERS ?? {}),
        share: value.OTEL_TRACES_SAMPLER_ARG,
        callersDecide: value.TRACE_CALLERS_DECIDE === 'true',
      }
