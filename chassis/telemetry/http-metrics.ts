/** What every HTTP server of the platform counts. */
import { Counter, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'

/** Seconds. A planned query of one fetch takes about 1 ms; the gateway gives up after 10 s. */
export const DURATION_BUCKETS: number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
]

export type HttpMetrics = {
  readonly record: (route: string, status: number, seconds: number) => void
}

export const httpMetrics = (registry: Registry): HttpMetrics => {
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'HTTP requests answered, by route and status.',
    labelNames: ['route', 'status'] as const,
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['route'] as const,
    buckets: DURATION_BUCKETS,
    registers: [registry],
  })
  return {
    record: (route, status, seconds) => {
      requests.inc({ route, status: String(status) })
      durations.observe({ route }, seconds)
    },
  }
}
