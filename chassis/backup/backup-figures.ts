/** What is measured of backups: how old the last good ones are, how large, and how far the log is behind. */
import { Gauge } from 'prom-client'
import type { GaugeConfiguration, Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { PlatformProbe, ProbeReading } from '../platform-probe.ts'
import type { Log } from '../telemetry/log.ts'
import { firstTriedAt, lastBackups } from './backup-record.ts'
import type { BackupKind, LastBackup } from './backup-record.ts'
import { archiveLagSeconds } from './wal-archive.ts'

export type BackupFigures = {
  readonly last: readonly LastBackup[]
  /** Null where the log is not ours to keep. */
  readonly archiveLagSeconds: number | null
}

export type FiguresSource = {
  readonly database: Database
  readonly clock: Clock
  /** Of the embedded server; null for a server elsewhere. */
  readonly dataDirectory: string | null
  /** Companies live in other databases too, of which only their files are ours. */
  readonly hasOtherCells: boolean
}

export const readBackupFigures = async (source: FiguresSource): Promise<BackupFigures> => ({
  last: await lastBackups(source.database),
  archiveLagSeconds: lagOf(source),
})

const lagOf = ({ dataDirectory }: FiguresSource): number | null =>
  // The files' own clock.
  dataDirectory === null ? null : archiveLagSeconds(dataDirectory, Date.now())

const MILLISECONDS = 1_000
const HOUR_SECONDS = 3_600

/** The registry holds it; nobody else needs to. */
const gauge = <Label extends string = never>(of: GaugeConfiguration<Label>): Gauge<Label> => new Gauge(of)

/** A figure that cannot be read is not shown, rather than shown as it was; the log says why. */
export const backupGauges = (registry: Registry, read: () => Promise<BackupFigures>, log: Log): void => {
  const reading = sharedReading(read, log)
  gauge({
    name: 'backup_last_success_timestamp_seconds',
    help: 'When the last good backup of each kind ended.',
    labelNames: ['kind'] as const,
    registers: [registry],
    async collect() {
      const last = (await reading())?.last ?? []
      this.reset()
      for (const { kind, endedAt } of last) this.set({ kind }, endedAt.getTime() / MILLISECONDS)
    },
  })
  gauge({
    name: 'backup_size_bytes',
    help: 'How large the last good backup of each kind is.',
    labelNames: ['kind'] as const,
    registers: [registry],
    async collect() {
      const last = (await reading())?.last ?? []
      this.reset()
      for (const { kind, bytes } of last.filter((one) => one.kind !== 'verify')) this.set({ kind }, bytes)
    },
  })
  gauge({
    name: 'wal_archive_lag_seconds',
    help: 'For how long the oldest finished piece of the write-ahead log has waited to be kept; 0 when none waits.',
    registers: [registry],
    async collect() {
      const lag = (await reading())?.archiveLagSeconds ?? null
      if (lag === null) this.remove()
      else this.set(lag)
    },
  })
}

/** All gauges are collected at once; one reading is enough for them. Null when it failed. */
const sharedReading = (
  read: () => Promise<BackupFigures>,
  log: Log,
): (() => Promise<BackupFigures | null>) => {
  let underWay: Promise<BackupFigures | null> | null = null
  return () => {
    underWay ??= read()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the figures of backups cannot be read')
        return null
      })
      .finally(() => {
        underWay = null
      })
    return underWay
  }
}

/** A night, and two hours for a backup that begins late or takes long. */
export const OLDEST_BACKUP_SECONDS = 26 * HOUR_SECONDS
/** A week, and two days for the one who looks into it. */
const OLDEST_VERIFICATION_SECONDS = 9 * 24 * HOUR_SECONDS
/** The log is handed over once a minute; a quarter of an hour is no hiccup. */
const LONGEST_LAG_SECONDS = 900

/** `openedAt` is when this process began: what was never tried is as old as that. */
export const backupProbes = (source: FiguresSource, openedAt: Date): readonly PlatformProbe[] => {
  const ageOf = async (kind: BackupKind): Promise<number> => {
    const last = (await lastBackups(source.database)).find((one) => one.kind === kind)
    const since = last?.endedAt ?? (await firstTriedAt(source.database)) ?? openedAt
    return (source.clock.now().getTime() - since.getTime()) / MILLISECONDS
  }
  const age: PlatformProbe = {
    key: 'backup-age',
    severity: 'CRITICAL',
    summary: 'Seconds since the last good backup ended.',
    runbook: 'backup-too-old',
    measure: async () => {
      const { dataDirectory, hasOtherCells } = source
      const files = dataDirectory === null || hasOtherCells ? await ageOf('logical') : 0
      const base = dataDirectory === null ? 0 : await ageOf('base')
      const subject =
        hasOtherCells && files >= base
          ? 'The last night of which every company in every cell has a file is'
          : 'The last good backup is'
      return reading(Math.max(files, base), OLDEST_BACKUP_SECONDS, subject)
    },
  }
  if (source.dataDirectory === null) return [age]
  const verified: PlatformProbe = {
    key: 'backup-verification-age',
    severity: 'WARNING',
    summary: 'Seconds since a backup was last restored and compared.',
    runbook: 'backup-too-old',
    measure: async () =>
      reading(await ageOf('verify'), OLDEST_VERIFICATION_SECONDS, 'The last restore that was compared is'),
  }
  const lag: PlatformProbe = {
    key: 'wal-archive-lag',
    severity: 'CRITICAL',
    summary: 'Seconds for which the write-ahead log has waited to be kept.',
    runbook: 'backup-too-old',
    measure: async () => {
      const value = lagOf(source) ?? 0
      return {
        value,
        threshold: LONGEST_LAG_SECONDS,
        isBreached: value > LONGEST_LAG_SECONDS,
        detail:
          `The log has waited ${Math.round(value)} seconds to be kept. While it waits it fills the disk of the ` +
          'database, and what is in it is lost with that disk.',
      }
    },
  }
  return [age, verified, lag]
}

const reading = (value: number, threshold: number, subject: string): ProbeReading => ({
  value,
  threshold,
  isBreached: value > threshold,
  detail: `${subject} ${(value / HOUR_SECONDS).toFixed(1)} hours old; ${threshold / HOUR_SECONDS} are allowed.`,
})
