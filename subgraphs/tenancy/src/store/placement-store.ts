/** Moves of companies, as the home cell keeps them; all of it needs the platform's rights. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { queuedMove } from '../domain/placement.ts'
import type { CompanyMove } from '../domain/placement.ts'

const COLUMNS = `id, company as "tenantId", from_cell as "fromCell", to_cell as "toCell", state, tables, error,
  started_at as "startedAt", fenced_at as "fencedAt", switched_at as "switchedAt", ended_at as "endedAt"`

/** `job` is the name of the job that moves: until it begins, it alone knows of the move. */
export const maybeMove = async (tx: PlatformTx, id: string, job: string): Promise<CompanyMove | null> => {
  const [move] = await tx.rows<CompanyMove>(`select ${COLUMNS} from chassis.tenant_move where id = $1`, [id])
  if (move !== undefined) return move
  const [asked] = await tx.rows<{ tenantId: string; cell: string; error: string | null }>(
    `select payload ->> 'tenantId' as "tenantId", payload ->> 'cell' as cell, error from chassis.job_run
      where tenant_id = $1 and name = $2 and payload ->> 'moveId' = $3 limit 1`,
    [PLATFORM_TENANT_ID, job, id],
  )
  return asked === undefined ? null : { ...queuedMove(id, asked.tenantId, asked.cell), error: asked.error }
}

export const maybeMoveUnderWay = async (tx: PlatformTx, tenantId: string): Promise<CompanyMove | null> => {
  const [move] = await tx.rows<CompanyMove>(
    `select ${COLUMNS} from chassis.tenant_move where company = $1 and state not in ('CLEANED', 'ABANDONED')`,
    [tenantId],
  )
  return move ?? null
}

/** Companies of the transaction's own cell. */
export const countCompanies = async (tx: PlatformTx): Promise<number> => {
  const [row] = await tx.rows<{ companies: number }>(
    `select count(*)::integer as companies from tenancy.tenant`,
  )
  return row?.companies ?? 0
}
