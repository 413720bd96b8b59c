/** What the platform reads of itself. The ledger's role writes it, the platform's role reads it, no company may do either. */
import type { LedgerTx, PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { PlatformAlert } from '../domain/platform-alert.ts'
import type { InARow, ProbeReading, Severity } from '../domain/probe-reading.ts'

const ALERTS = `select id, key, severity, summary, runbook, opened_at as "openedAt", last_breached_at as "lastBreachedAt",
                       closed_at as "closedAt", value, threshold, detail, acknowledged_by as "acknowledgedBy",
                       acknowledged_at as "acknowledgedAt"
                  from operations.platform_alert`

export type PlatformAlertFilter = {
  readonly isOpen: boolean | null
  readonly key: string | null
  readonly severity: Severity | null
}

/** Newest first, one more than the page holds. */
export const pageOfAlerts = (
  tx: PlatformTx,
  { isOpen, key, severity }: PlatformAlertFilter,
  { first, after }: PageRequest,
): Promise<readonly PlatformAlert[]> =>
  tx.rows<PlatformAlert>(
    `${ALERTS}
      where ($1::boolean is null or (closed_at is null) = $1) and ($2::text is null or key = $2)
        and ($3::text is null or severity = $3) and ($4::uuid is null or id < $4)
      order by id desc limit $5`,
    [isOpen, key, severity, after, first + 1],
  )

export const openAlerts = (tx: PlatformTx): Promise<readonly PlatformAlert[]> =>
  tx.rows<PlatformAlert>(`${ALERTS} where closed_at is null order by id desc`)

export const maybeAlert = async (tx: PlatformTx, id: string): Promise<PlatformAlert | null> => {
  const [alert] = await tx.rows<PlatformAlert>(`${ALERTS} where id = $1`, [id])
  return alert ?? null
}

export type KeptReading = ProbeReading & { readonly readAt: Date; readonly inARow: InARow }

type ReadingRow = Omit<KeptReading, 'inARow'> & { readonly breached: number; readonly good: number }

export const readings = async (tx: PlatformTx): Promise<readonly KeptReading[]> => {
  const rows = await tx.rows<ReadingRow>(
    `select key, severity, summary, runbook, value, threshold, is_breached as "isBreached", detail,
            read_at as "readAt", breached_in_row as breached, good_in_row as good
       from operations.probe_reading order by key`,
  )
  return rows.map(({ breached, good, ...reading }) => ({ ...reading, inARow: { breached, good } }))
}

/** Waits for whoever watches at the same time, who would count the same minute twice. */
export const watchAlone = async (tx: LedgerTx): Promise<void> => {
  await tx.rows(`select pg_advisory_xact_lock(hashtextextended('operations.watch-platform', 0))`)
}

export const keepReading = async (
  tx: LedgerTx,
  { key, severity, summary, runbook, value, threshold, isBreached, detail, readAt, inARow }: KeptReading,
): Promise<void> => {
  await tx.change(
    `insert into operations.probe_reading
       (key, severity, summary, runbook, value, threshold, is_breached, detail, read_at, breached_in_row, good_in_row)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (key) do update set severity = $2, summary = $3, runbook = $4, value = $5, threshold = $6,
       is_breached = $7, detail = $8, read_at = $9, breached_in_row = $10, good_in_row = $11`,
    [
      key,
      severity,
      summary,
      runbook,
      value,
      threshold,
      isBreached,
      detail,
      readAt,
      inARow.breached,
      inARow.good,
    ],
  )
}

/** Returns the alert's id. */
export const openAlert = async (tx: LedgerTx, reading: ProbeReading, at: Date): Promise<string | null> => {
  const { key, severity, summary, runbook, value, threshold, detail } = reading
  const [row] = await tx.rows<{ id: string }>(
    `insert into operations.platform_alert
       (key, severity, summary, runbook, opened_at, last_breached_at, value, threshold, detail)
     values ($1, $2, $3, $4, $5, $5, $6, $7, $8) returning id`,
    [key, severity, summary, runbook, at, value, threshold, detail],
  )
  return row?.id ?? null
}

/** Of an open alert: what is out of bounds still. */
export const noteBreach = async (
  tx: LedgerTx,
  { key, value, threshold, detail }: ProbeReading,
  at: Date,
): Promise<void> => {
  await tx.change(
    `update operations.platform_alert set last_breached_at = $2, value = $3, threshold = $4, detail = $5
      where key = $1 and closed_at is null`,
    [key, at, value, threshold, detail],
  )
}

/** Returns the id of the alert that closed. */
export const closeAlert = async (tx: LedgerTx, key: string, at: Date): Promise<string | null> => {
  const [row] = await tx.rows<{ id: string }>(
    `update operations.platform_alert set closed_at = $2 where key = $1 and closed_at is null returning id`,
    [key, at],
  )
  return row?.id ?? null
}

/** A probe that nobody brings any more reads nothing, so what it opened would stay open. */
export const forgetReadings = async (tx: LedgerTx, keys: readonly string[]): Promise<void> => {
  await tx.change(`delete from operations.probe_reading where key = any ($1)`, [[...keys]])
}

export type AlertStore = {
  /** Whether it is this one who took note first. */
  readonly acknowledge: (id: string, who: string, at: Date) => Promise<boolean>
}

/** In the platform's own transaction. */
export const alertStore = (tx: Tx): AlertStore => ({
  acknowledge: async (id, who, at) => {
    const [row] = await tx.rows<{ first: boolean }>(
      `select operations.acknowledge_alert($1, $2, $3) as first`,
      [id, who, at],
    )
    return row?.first ?? false
  },
})
