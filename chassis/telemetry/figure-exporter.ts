/**
 * Prints figures of the platform with the metrics of a process. A scrape reads them anew after some seconds at the
 * earliest, waits a second for them at most, and is never failed by them.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Metric, Registry } from 'prom-client'
import type { FigureValue, PlatformFigures } from '../platform-figures.ts'
import type { Log } from './log.ts'

const DEFAULT_EVERY_SECONDS = 5
/** A scrape has ten seconds by default, and everything else to print. */
const PATIENCE_MS = 1_000
/** Figures that could not be read for so long are no figures of now. */
const STALE_AFTER_READINGS = 6

export const exportFigures = (
  registry: Registry,
  figures: readonly PlatformFigures[],
  log: Pick<Log, 'warn'>,
): void => {
  for (const source of figures) {
    const latest = latestReading(source, log)
    for (const { name, help, kind } of source.definitions) {
      // The registry asks a metric for its name and values and nothing more; its type has all that the library's own can do.
      registry.registerMetric({
        name,
        get: async () => ({ name, help, type: kind, aggregator: 'max', values: of(await latest(), name) }),
      } as unknown as Metric)
    }
  }
}

const of = (values: readonly FigureValue[], wanted: string): readonly object[] =>
  values.filter(({ name }) => name === wanted).map(({ labels = {}, value }) => ({ labels, value }))

const latestReading = (
  { read, everySeconds = DEFAULT_EVERY_SECONDS }: PlatformFigures,
  log: Pick<Log, 'warn'>,
): (() => Promise<readonly FigureValue[]>) => {
  const everyMs = everySeconds * 1_000
  let values: readonly FigureValue[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> = Promise.resolve()
  const ask = async (): Promise<void> => {
    try {
      values = await read()
      readAt = performance.now()
    } catch (cause) {
      log.warn({ err: cause }, 'Figures of the platform could not be read.')
    }
  }
  return async () => {
    const now = performance.now()
    if (now - askedAt >= everyMs) {
      askedAt = now
      reading = ask()
    }
    const patience = new AbortController()
    const given = sleep(PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).catch(
      () => undefined,
    )
    await Promise.race([reading, given])
    patience.abort()
    return performance.now() - readAt > everyMs * STALE_AFTER_READINGS ? [] : values
  }
}
