/** What is counted of the counting. */
import { Counter, Gauge } from 'prom-client'
import type { Registry } from 'prom-client'

/**
 * `spool`: lines the disk did not take. `read`: a file that could not be read back. `damaged`: lines that were put
 * aside. `write`: batches the ledger did not take, each of which is tried again. `lost`: operations that neither the
 * disk nor the memory took. `hook`: operations that could not be counted at all.
 */
export const METERING_FAILURES = ['spool', 'read', 'damaged', 'write', 'lost', 'hook'] as const
export type MeteringFailure = (typeof METERING_FAILURES)[number]

export type MeteringState = {
  /** Operations. */
  readonly waiting: number
  readonly spoolBytes: number
  /** Milliseconds since the epoch; null while nothing waits. */
  readonly oldestAt: number | null
}

export type MeteringMetrics = {
  readonly counted: (operations: number) => void
  readonly written: (operations: number) => void
  readonly failed: (what: MeteringFailure, times?: number) => void
}

/** `state` and `now` are asked whenever somebody reads the metrics. */
export const meteringMetrics = (
  registry: Registry,
  state: () => MeteringState,
  now: () => number,
): MeteringMetrics => {
  const registers = [registry]
  const counted = new Counter({
    name: 'stormops_metering_counted_total',
    help: 'Operations that were executed and answered.',
    registers,
  })
  const written = new Counter({
    name: 'stormops_metering_written_total',
    help: 'Counted operations that the ledger has taken.',
    registers,
  })
  const failures = new Counter({
    name: 'stormops_metering_failures_total',
    help: 'What went wrong while counting, by what it was.',
    labelNames: ['what'] as const,
    registers,
  })
  for (const what of METERING_FAILURES) failures.inc({ what }, 0)
  gauge(registry, 'waiting', 'Counted operations that the ledger has not taken yet.', () => state().waiting)
  gauge(registry, 'spool_bytes', 'Bytes of the spool on disk.', () => state().spoolBytes)
  gauge(registry, 'oldest_unwritten_seconds', 'Age of the oldest operation that waits.', () => {
    const { oldestAt } = state()
    return oldestAt === null ? 0 : Math.max(0, (now() - oldestAt) / 1000)
  })
  return {
    counted: (operations) => counted.inc(operations),
    written: (operations) => written.inc(operations),
    failed: (what, times = 1) => failures.inc({ what }, times),
  }
}

const gauge = (registry: Registry, name: string, help: string, read: () => number): void => {
  const made: Gauge = new Gauge({
    name: `stormops_metering_${name}`,
    help,
    registers: [registry],
    collect: () => made.set(read()),
  })
}
