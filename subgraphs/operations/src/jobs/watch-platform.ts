/**
 * Asks every probe, and opens and closes the platform's alerts by the answers. The readings, the alerts and the news of
 * them commit together, so that a watch that is killed midway has read nothing.
 */
import type { Clock } from '@stormops/chassis/clock'
import type { LedgerTx } from '@stormops/chassis/database/transaction'
import { unreachable } from '@stormops/chassis/fault'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import type { Log } from '@stormops/chassis/telemetry/log'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import type { AlertNews, PlatformAlert } from '../domain/platform-alert.ts'
import { judge, NO_READINGS } from '../domain/probe-reading.ts'
import type { ProbeReading } from '../domain/probe-reading.ts'
import type { KeptReading } from '../store/platform-alert-store.ts'
import { platformAlertChanged, watchPlatform } from './watch-jobs.ts'

/** What the watch keeps, in one transaction of the ledger's role. */
export type WatchBook = {
  readonly watchAlone: (tx: LedgerTx) => Promise<void>
  readonly readings: (tx: LedgerTx) => Promise<readonly KeptReading[]>
  readonly openAlerts: (tx: LedgerTx) => Promise<readonly Pick<PlatformAlert, 'key'>[]>
  readonly keepReading: (tx: LedgerTx, reading: KeptReading) => Promise<void>
  readonly forgetReadings: (tx: LedgerTx, keys: readonly string[]) => Promise<void>
  readonly openAlert: (tx: LedgerTx, reading: ProbeReading, at: Date) => Promise<string | null>
  readonly noteBreach: (tx: LedgerTx, reading: ProbeReading, at: Date) => Promise<void>
  readonly closeAlert: (tx: LedgerTx, key: string, at: Date) => Promise<string | null>
}

export type WatchDependencies = {
  readonly probes: () => readonly PlatformProbe[]
  readonly inLedger: <T>(work: (tx: LedgerTx) => Promise<T>) => Promise<T>
  readonly book: WatchBook
  readonly queue: Queue
  readonly clock: Clock
}

export const watchPlatformHandler = (dependencies: WatchDependencies): JobHandler =>
  handleJob(watchPlatform, async ({ log }) => {
    const { inLedger, book, clock } = dependencies
    const probes = dependencies.probes()
    const { read, failed } = await measureAll(probes, log)
    const news = await inLedger(async (tx) => {
      await book.watchAlone(tx)
      return writeDown(dependencies, tx, [...read, failureReading(probes, failed)], {
        // What could not be read is as it was.
        untouched: new Set(failed),
        at: clock.now(),
      })
    })
    for (const { key, change } of news) log.warn({ alert: key, change }, 'a platform alert changed')
  })

const measureAll = async (
  probes: readonly PlatformProbe[],
  log: Log,
): Promise<{ readonly read: readonly ProbeReading[]; readonly failed: readonly string[] }> => {
  const read: ProbeReading[] = []
  const failed: string[] = []
  for (const { key, severity, summary, runbook, measure } of probes) {
    try {
      read.push({ key, severity, summary, runbook, ...(await measure()) })
    } catch (error) {
      // The others are asked nevertheless, and that it failed is an alert of its own.
      log.error({ err: error, probe: key }, 'a probe of the platform failed')
      failed.push(key)
    }
  }
  return { read, failed }
}

const PROBE_FAILED = 'probe-failed'

const failureReading = (probes: readonly PlatformProbe[], failed: readonly string[]): ProbeReading => ({
  key: PROBE_FAILED,
  severity: 'WARNING',
  summary: 'Probes that could not be read',
  runbook: 'database-down',
  value: failed.length,
  threshold: 0,
  isBreached: failed.length > 0,
  detail:
    failed.length === 0
      ? `All ${probes.length} probes were read.`
      : `${failed.length} of ${probes.length} probes could not be read: ${failed.join(', ')}. The log says why.`,
})

type Change = { readonly key: string; readonly change: AlertNews }

const writeDown = async (
  { book, queue }: WatchDependencies,
  tx: LedgerTx,
  read: readonly ProbeReading[],
  { untouched, at }: { readonly untouched: ReadonlySet<string>; readonly at: Date },
): Promise<readonly Change[]> => {
  const before = new Map((await book.readings(tx)).map(({ key, inARow }) => [key, inARow]))
  const open = new Set((await book.openAlerts(tx)).map(({ key }) => key))
  const changes: (Change & { readonly alertId: string })[] = []
  const note = (key: string, change: AlertNews, alertId: string | null): void => {
    if (alertId !== null) changes.push({ key, change, alertId })
  }
  for (const reading of read) {
    const { key } = reading
    const { verdict, inARow } = judge(reading, before.get(key) ?? NO_READINGS, open.has(key))
    await book.keepReading(tx, { ...reading, inARow, readAt: at })
    switch (verdict) {
      case 'open':
        note(key, 'OPENED', await book.openAlert(tx, reading, at))
        break
      case 'close':
        note(key, 'CLOSED', await book.closeAlert(tx, key, at))
        break
      case 'stay-open':
        if (reading.isBreached) await book.noteBreach(tx, reading, at)
        break
      case 'stay-closed':
        break
      default:
        unreachable(verdict)
    }
  }
  const known = new Set([...read.map(({ key }) => key), ...untouched])
  const gone = [...new Set([...before.keys(), ...open])].filter((key) => !known.has(key))
  await book.forgetReadings(tx, gone)
  for (const key of gone) if (open.has(key)) note(key, 'CLOSED', await book.closeAlert(tx, key, at))
  await queue.publishMany(
    tx,
    platformAlertChanged,
    changes.map(({ alertId, change }) => ({ tenantId: PLATFORM_TENANT_ID, alertId, news: change })),
  )
  return changes
}
