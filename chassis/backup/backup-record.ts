/** What became of each backup, as the database keeps it: for metrics, for alerts, and for a pilot that begins. */
import type { Database } from '../database/database.ts'
import type { Tx } from '../database/transaction.ts'
import { newId } from '../values/ids.ts'

/** `base` is of the whole server, `logical` of every company; `verify` is a base backup that was restored and compared. */
export const BACKUP_KINDS = ['base', 'logical', 'verify'] as const
export type BackupKind = (typeof BACKUP_KINDS)[number]

export type BackupRecord = {
  readonly kind: BackupKind
  readonly subject: string | null
  readonly outcome: 'SUCCEEDED' | 'FAILED'
  readonly bytes: number
  /** What a person should know of it; no personal data. */
  readonly detail: string
  readonly startedAt: Date
  readonly endedAt: Date
}

/** Longest text kept of a failure; the log has the rest. */
const DETAIL_LENGTH = 1_000

/** Lines older than this are forgotten; a year of nights is enough to see a trend. */
const KEPT_DAYS = 400

export const recordBackup = (database: Database, record: BackupRecord): Promise<void> =>
  database.withLedger(async (tx) => {
    await tx.change(
      `insert into chassis.backup (id, kind, subject, outcome, bytes, detail, started_at, ended_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        newId(),
        record.kind,
        record.subject,
        record.outcome,
        record.bytes,
        record.detail.slice(0, DETAIL_LENGTH),
        record.startedAt,
        record.endedAt,
      ],
    )
    await tx.change(`delete from chassis.backup where ended_at < now() - make_interval(days => $1)`, [
      KEPT_DAYS,
    ])
  })

/** The last of a kind that succeeded. */
export type LastBackup = { readonly kind: BackupKind; readonly endedAt: Date; readonly bytes: number }

export const lastBackups = (database: Database): Promise<readonly LastBackup[]> =>
  database.withPlatform(async (tx) => {
    const rows = await tx.rows<{ kind: BackupKind; endedAt: Date; bytes: string }>(
      `select distinct on (kind) kind, ended_at as "endedAt", bytes from chassis.backup
       where outcome = 'SUCCEEDED' order by kind, ended_at desc`,
    )
    return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
  })

/** When the first backup of the data was tried; null when none ever was. */
export const firstTriedAt = (database: Database): Promise<Date | null> =>
  database.withPlatform(async (tx) => {
    const [row] = await tx.rows<{ at: Date | null }>(
      `select min(started_at) as at from chassis.backup where kind in ('base', 'logical')`,
    )
    return row?.at ?? null
  })

/** When the last good backup of the data ended, whoever asks; null when there was none. */
export const lastGoodBackupAt = async (tx: Tx): Promise<Date | null> => {
  const [row] = await tx.rows<{ at: Date | null }>(
    `select max(ended_at) as at from chassis.backup where outcome = 'SUCCEEDED' and kind in ('base', 'logical')`,
  )
  return row?.at ?? null
}
