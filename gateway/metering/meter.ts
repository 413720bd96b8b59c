/**
 * Counts operations: listens (`metering-plugin.ts`), keeps what it heard on disk before the answer leaves, and carries
 * it to the ledger. What finishes in one turn of the event loop goes to disk in one write.
 */
import { setTimeout as timer } from 'node:timers/promises'
import type { Registry } from 'prom-client'
import type { Clock } from '@stormops/chassis/clock'
import { failpoint } from '@stormops/chassis/failpoint'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import { eventIds } from '@stormops/chassis/values/event-ids'
import { startFlush } from './flush.ts'
import type { FlushOptions } from './flush.ts'
import type { MeteredOperation, MeterWriter } from './metered-operation.ts'
import { meteringMetrics } from './metering-metrics.ts'
import type { MeteringMetrics } from './metering-metrics.ts'
import { openSpool } from './spool.ts'
import type { Held, Spool, SpoolBounds } from './spool.ts'
import { LEASE_BEAT_MS } from './spool-owner.ts'

/** How long the end waits for the ledger; what is left then waits on disk for the next start. */
export const CLOSE_MS = 5_000

const ADOPTION_MS = 30_000

/** The first failure of a batch is told, then every so many, since others say the same. */
const TOLD_EVERY = 20

export type MeterOptions = {
  /** Gateways of one machine may share it. */
  readonly directory: string
  readonly writer: MeterWriter
  readonly clock: Clock
  /** Of files; events have ids of their own. */
  readonly newId: NewId
  readonly log: Log
  readonly registry: Registry
  readonly bounds?: Partial<SpoolBounds>
  readonly closeMilliseconds?: number
  /** Between two looks for what others left. */
  readonly adoptionMilliseconds?: number
  readonly sleep?: FlushOptions<Held>['sleep']
  readonly random?: () => number
}

export type Heard = Omit<MeteredOperation, 'eventId' | 'at'>

export type Meter = {
  /** Resolves once it is on disk, or known to be in memory alone. Never rejects. */
  readonly record: (heard: Heard) => Promise<void>
  readonly metrics: Pick<MeteringMetrics, 'failed'>
  /** Resolves when the ledger has all that was recorded before. */
  readonly drained: () => Promise<void>
  /** Takes no more than it has, waits for the ledger so long as it may, and leaves the rest on disk. */
  readonly close: () => Promise<void>
}

/** Never rejects: a gateway whose spool cannot be opened answers all the same, and says so in log and metrics. */
export const openMeter = async (options: MeterOptions): Promise<Meter> => {
  const { writer, clock, log, registry, sleep = patiently, random = Math.random } = options
  const now = (): number => clock.now().getTime()
  const eventId = eventIds(now)
  const metrics = meteringMetrics(registry, () => spool.state(), now)
  const spool = openSpool({ ...options, metrics, now: () => performance.now() })
  const flush = startFlush<Held>({
    next: spool.next,
    write: async (batch) => {
      try {
        await writer.write(batch.map(({ operation }) => operation))
        await failpoint('metering.written')
      } catch (cause) {
        metrics.failed('write')
        throw cause
      }
    },
    acknowledge: (batch) => {
      spool.acknowledge(batch)
      metrics.written(batch.length)
    },
    onFailure: (cause, attempt) => {
      if (attempt % TOLD_EVERY !== 1) return
      log.error({ err: cause, attempt }, 'What was counted does not reach the ledger; it is tried again.')
    },
    sleep,
    random,
  })
  const turn = turns((operations) => {
    spool.append(operations)
    metrics.counted(operations.length)
  }, flush.wake)
  const watch = watching(spool, flush.wake, log, options.adoptionMilliseconds ?? ADOPTION_MS)
  await watch.adopt()
  return {
    record: async (heard) => {
      await turn.add({ eventId: eventId(), ...heard, at: now() })
      await failpoint('metering.kept')
    },
    metrics,
    drained: flush.idle,
    close: async () => {
      watch.stop()
      turn.end()
      flush.hurry()
      await Promise.race([flush.idle(), timer(options.closeMilliseconds ?? CLOSE_MS, undefined, UNNOTICED)])
      flush.stop()
      spool.close()
    },
  }
}

/** No timer of ours keeps a process from ending. */
const UNNOTICED = { ref: false }

const patiently: FlushOptions<Held>['sleep'] = (milliseconds, signal) =>
  timer(milliseconds, undefined, { ...UNNOTICED, signal }).catch(() => undefined)

type Turns = {
  readonly add: (operation: MeteredOperation) => Promise<void>
  /** Does not wait for the turn to end. */
  readonly end: () => void
}

/** `keep` gets all that is added in one turn of the event loop, and `kept` is told when those who wait may go on. */
const turns = (keep: (operations: readonly MeteredOperation[]) => void, kept: () => void): Turns => {
  let heard: MeteredOperation[] = []
  let waiting: PromiseWithResolvers<void> | null = null
  const end = (): void => {
    if (waiting === null) return
    const [operations, { resolve }] = [heard, waiting]
    heard = []
    waiting = null
    keep(operations)
    resolve()
    kept()
  }
  return {
    add: (operation) => {
      heard.push(operation)
      if (waiting === null) {
        waiting = Promise.withResolvers<void>()
        setImmediate(end)
      }
      return waiting.promise
    },
    end,
  }
}

/** Says that we live, and looks for what those left who do not. */
const watching = (spool: Spool, wake: () => void, log: Log, adoptionMilliseconds: number) => {
  const quietly = async (work: () => unknown): Promise<void> => {
    try {
      await work()
    } catch (cause) {
      log.error({ err: cause }, 'The directory of the spool cannot be used.')
    }
  }
  const adopt = () => quietly(async () => void ((await spool.adopt()) && wake()))
  const beat = setInterval(() => void quietly(spool.touch), LEASE_BEAT_MS).unref()
  const look = setInterval(() => void adopt(), adoptionMilliseconds).unref()
  return {
    adopt,
    stop: () => {
      clearInterval(beat)
      clearInterval(look)
    },
  }
}
