/** Everything one does with backups, for jobs and for whoever types: each act leaves a line that says what became of it. */
import { existsSync } from 'node:fs'
import { systemIdentifier, walDirectory } from '../database/embedded/archive.ts'
import type { Clock } from '../clock.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { HOME_CELL } from '../database/database.ts'
import type { Database } from '../database/database.ts'
import { Fault, tellable } from '../fault.ts'
import type { Log } from '../telemetry/log.ts'
import { recordBackup } from './backup-record.ts'
import type { BackupKind } from './backup-record.ts'
import { takeBaseBackup } from './base-backup.ts'
import { baseBackups } from './base-manifest.ts'
import type { BaseBackup, BaseManifest } from './base-manifest.ts'
import { companyExports, exportCompanies } from './company-exports.ts'
import type { CellExports, CompanyExports, ExportSource } from './company-exports.ts'
import { pruneBases, pruneExports } from './prune.ts'
import type { Pruned } from './prune.ts'
import { requireGood, verifyBackup } from './verify.ts'
import type { RestoredCheck, Verified } from './verify.ts'
import { packWal } from './wal-archive.ts'

/** The clock by which nights are counted: that of most of the companies. */
export const BACKUP_TIME_ZONE = 'America/Chicago'

/** Pilots look into their own cell for the last backup of their company. */
export type CompaniesSource = ExportSource & { readonly database: Database }

export type BackupDeskOptions = {
  readonly root: string
  /** As a superuser of the embedded server; elsewhere as somebody who may do what the owner may. */
  readonly admin: ConnectionSettings
  /** What became of every backup is written here. */
  readonly database: Database
  /** Of the embedded server; null for a server elsewhere, whose base backups its provider takes. */
  readonly dataDirectory: string | null
  /** Every database in which companies live, the home cell first. */
  readonly sources: readonly CompaniesSource[]
  readonly checks: readonly RestoredCheck[]
  readonly clock: Clock
  readonly log: Log
}

export type BackupDesk = {
  /** Whether there are base backups, and with them any moment to go back to. */
  readonly hasBase: boolean
  readonly backUpBase: (signal: AbortSignal) => Promise<BaseManifest>
  /** Throws when a cell could not be exported, with the files of all others written. */
  readonly exportCompanies: (signal: AbortSignal) => Promise<CompanyExports>
  /** Throws `Fault` for a backup that is not what it should be. Without an id the newest. */
  readonly verify: (backupId: string | null, signal: AbortSignal) => Promise<Verified>
  readonly prune: () => Pruned
  readonly bases: () => readonly BaseBackup[]
  readonly exports: () => readonly CompanyExports[]
  /** Packs what the log handed over since the last time; returns how many pieces. */
  readonly packLog: () => Promise<number>
}

export const openBackupDesk = (options: BackupDeskOptions): BackupDesk => {
  const { root, admin, dataDirectory, sources, checks, clock } = options
  const now = (): Date => clock.now()
  const identifier = (): string => systemIdentifier(embeddedData(dataDirectory))
  const recorded = recordedBy(options)
  return {
    hasBase: dataDirectory !== null,
    backUpBase: (signal) =>
      recorded('base', async () => {
        const data = embeddedData(dataDirectory)
        const manifest = await takeBaseBackup({ admin, dataDirectory: data, root, now, signal })
        return { result: manifest, subject: manifest.id, bytes: manifest.archive.bytes, detail: '' }
      }),
    exportCompanies: (signal) =>
      recorded('logical', async () => {
        const startedAt = now()
        const { exports: result, cells } = await exportCompanies({ sources, root, now, signal })
        const { id: subject, bytes } = result
        await tellCells(options, cells, { subject, startedAt })
        requireWhole(result, cells)
        return { result, subject, bytes, detail: `${result.companies.length} companies` }
      }),
    verify: (backupId, signal) =>
      recorded('verify', async () => {
        const data = embeddedData(dataDirectory)
        const result = await verifyBackup({ admin, dataDirectory: data, root, backupId, checks, now, signal })
        requireGood(result)
        const detail = `${result.tables} tables, ${result.rows} rows`
        return { result, subject: result.backup.manifest.id, bytes: 0, detail }
      }),
    prune: () => ({
      ...(dataDirectory === null ? { bases: [], wal: 0 } : pruneBases(root, identifier(), BACKUP_TIME_ZONE)),
      exports: pruneExports(root, BACKUP_TIME_ZONE, now()),
    }),
    bases: () => (dataDirectory === null ? [] : baseBackups(root, identifier())),
    exports: () => companyExports(root),
    packLog: async () => {
      if (dataDirectory === null) return 0
      const wal = walDirectory(root, identifier())
      return existsSync(wal) ? packWal(wal, Date.now()) : 0
    },
  }
}

/** A line in each cell but the home cell's own, which has one of them all. */
const tellCells = async (
  { sources, clock, log }: BackupDeskOptions,
  cells: readonly CellExports[],
  { subject, startedAt }: { readonly subject: string; readonly startedAt: Date },
): Promise<void> => {
  for (const { cell, companies, bytes, failure } of cells) {
    const source = sources.find((one) => one.cell === cell)
    if (failure !== null) log.error({ cell, err: failure }, 'the companies of a cell could not be exported')
    else if (source !== undefined && cell !== HOME_CELL) {
      const told = { kind: 'logical', outcome: 'SUCCEEDED', subject, bytes, startedAt } as const
      await recordBackup(source.database, {
        ...told,
        detail: `${companies} companies`,
        endedAt: clock.now(),
      })
    }
  }
}

const requireWhole = ({ companies, missing }: CompanyExports, cells: readonly CellExports[]): void => {
  if (missing.length === 0) return
  throw new Fault(
    'UNAVAILABLE',
    `Companies of ${missing.join(', ')} have no file of this night; ${companies.length} of others have.`,
    { cause: cells.find(({ failure }) => failure !== null)?.failure },
  )
}

const embeddedData = (dataDirectory: string | null): string => {
  if (dataDirectory !== null) return dataDirectory
  throw new Fault(
    'BAD_INPUT',
    'The database is a server of its own: its base backups and its log are its provider’s. Here are exports of companies.',
  )
}

type Done<Result> = {
  readonly result: Result
  readonly subject: string
  readonly bytes: number
  readonly detail: string
}

const recordedBy =
  ({ database, clock, log }: BackupDeskOptions) =>
  async <Result>(kind: BackupKind, work: () => Promise<Done<Result>>): Promise<Result> => {
    const startedAt = clock.now()
    try {
      const { result, ...told } = await work()
      await recordBackup(database, { kind, outcome: 'SUCCEEDED', ...told, startedAt, endedAt: clock.now() })
      log.info({ kind, ...told }, 'backup done')
      return result
    } catch (error) {
      log.error({ err: error, kind }, 'backup failed')
      const told = { subject: null, bytes: 0, detail: tellable(error) }
      await recordBackup(database, {
        kind,
        outcome: 'FAILED',
        ...told,
        startedAt,
        endedAt: clock.now(),
      }).catch((cause: unknown) =>
        log.error({ err: cause }, 'what became of a backup could not be written down'),
      )
      throw error
    }
  }
