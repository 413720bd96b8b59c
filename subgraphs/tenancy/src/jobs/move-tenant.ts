/** Moves a company, and tells its audit; the work itself is done by whoever may go into both databases. */
import type { WriteAudit } from '@stormops/chassis/command'
import type { Database } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { handleEvent, handleJob } from '@stormops/chassis/jobs/worker'
import type { JobContext, JobHandler } from '@stormops/chassis/jobs/worker'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { idFromKey, PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { tenantIds, tenantProvisioned } from '../port.ts'
import type { TenantMoves, WantedMove } from '../ports.ts'
import { moveTenantJob, placeTenantJob, tendMovesJob } from './move-jobs.ts'

export type MoveJobs = {
  readonly database: Database
  readonly queue: Queue
  readonly writeAudit: WriteAudit
  /** Null where all companies live in one database. */
  readonly moves: TenantMoves | null
}

export const moveTenantHandler = (jobs: MoveJobs): JobHandler =>
  handleJob(moveTenantJob, async (context, { moveId, tenantId, cell }) => {
    const { moves } = jobs
    if (moves === null) throw new Fault('UNAVAILABLE', 'This process was told of no database to move to.')
    const wanted = { id: moveId, company: tenantId, to: cell }
    try {
      if ((await moves.move(wanted)) === 'moved') await tellCompany(jobs, context, wanted)
    } catch (error) {
      const isLast = context.attempt > moveTenantJob.retries
      // Whoever has it in hand ends it; a mover that is gone is followed by the job that looks after orphaned moves.
      if (isLast && (await moves.abandon(wanted)) === 'in-hand') {
        context.log.warn({ move: moveId }, 'a move of a company is left to whoever has it in hand')
      }
      throw error
    }
  })

/** With the first line that the company writes where it now lives. */
const tellCompany = (
  { database, writeAudit }: MoveJobs,
  { actor, jobId }: Pick<JobContext, 'actor' | 'jobId'>,
  { company, to }: WantedMove,
): Promise<void> =>
  database.withTenant(company, (tx) =>
    writeAudit(tx, {
      action: 'tenancy.moveTenant',
      actor: { ...actor, tenantId: company },
      requestId: jobId,
      subjectKind: 'tenant',
      subjectId: tenantIds.encode(company),
      detail: { cell: to },
    }),
  )

export const tendMovesHandler = (jobs: MoveJobs): JobHandler =>
  handleJob(tendMovesJob, async (context) => {
    for (const moved of (await jobs.moves?.tend(context.log)) ?? []) await tellCompany(jobs, context, moved)
  })

/** A company begins in the home cell, where its short name is taken, and goes on at once. */
export const placeTenantHandler = ({ database, queue }: MoveJobs): JobHandler =>
  handleEvent(tenantProvisioned, placeTenantJob, async (_context, { tenantId, cell }) => {
    if (cell === null) return
    const moveId = idFromKey(`place:${tenantId}`)
    await database.withTenant(PLATFORM_TENANT_ID, (tx) =>
      queue.enqueue(tx, moveTenantJob, { moveId, tenantId, cell }),
    )
  })
