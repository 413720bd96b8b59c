/**
 * Steps make a long job resumable. A step's effect and the record that it happened commit together, so a crash
 * between them cannot exist, and a later attempt gets the stored output instead of doing it again.
 */
import type { Database, Tx } from '../database/database.ts'
import { BULK_DEADLINE_MS } from '../database/database.ts'
import { failpoint } from '../failpoint.ts'
import { tellable } from '../fault.ts'

export type StepStatus = 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED'

export type StepRecord = {
  readonly name: string
  readonly status: StepStatus
  readonly attempts: number
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly error: string | null
}

/** `output` must be JSON; the same value comes back on every later call. */
export type RunStep = <Output>(step: string, work: (tx: Tx) => Promise<Output>) => Promise<Output>

type StepRow = {
  readonly step: string
  readonly status: 'RUNNING' | 'DONE' | 'FAILED'
  readonly attempts: number
  readonly output: unknown
  readonly error: string | null
  readonly started_at: Date
  readonly ended_at: Date | null
}

/** Longest error text kept with a step; the log has the rest. */
const ERROR_LENGTH = 500

/** Another worker may be in the middle of the same step; whoever comes second waits for its end. */
const PATIENT = { statementTimeoutMs: BULK_DEADLINE_MS, lockTimeoutMs: BULK_DEADLINE_MS }

/** `subject` names what the steps belong to, e.g. `pilot:<id>`, across all jobs and attempts that work on it. */
export const stepRunner =
  (database: Database, tenantId: string, subject: string): RunStep =>
  async (step, work) => {
    const begun = await database.withTenant(tenantId, (tx) => begin(tx, subject, step), PATIENT)
    // The stored output is what this very step returned, so it has the type the step has.
    if (begun.done) return begun.output as Awaited<ReturnType<typeof work>>
    await failpoint(`step.${step}.begun`)
    try {
      const given = await database.withTenant(
        tenantId,
        async (tx) => {
          const held = await lock(tx, subject, step)
          if (held.status === 'DONE') return held.output as Awaited<ReturnType<typeof work>>
          const output = await work(tx)
          await tx.change(
            `update chassis.job_step set status = 'DONE', output = $4, error = null, ended_at = clock_timestamp()
             where tenant_id = $1 and subject = $2 and step = $3`,
            [tenantId, subject, step, JSON.stringify(output ?? null)],
          )
          await failpoint(`step.${step}.worked`)
          return output
        },
        PATIENT,
      )
      await failpoint(`step.${step}.done`)
      return given
    } catch (error) {
      await database.withTenant(tenantId, (tx) =>
        tx.change(
          `update chassis.job_step set status = 'FAILED', error = $4, ended_at = clock_timestamp()
           where tenant_id = $1 and subject = $2 and step = $3 and status <> 'DONE'`,
          [tenantId, subject, step, tellable(error).slice(0, ERROR_LENGTH)],
        ),
      )
      throw error
    }
  }

const begin = async (tx: Tx, subject: string, step: string): Promise<{ done: boolean; output: unknown }> => {
  const [row] = await tx.rows<StepRow>(
    `insert into chassis.job_step (tenant_id, subject, step, status, attempts, started_at)
     values ($1, $2, $3, 'RUNNING', 1, clock_timestamp())
     on conflict (tenant_id, subject, step) do update set
       status = case when job_step.status = 'DONE' then 'DONE' else 'RUNNING' end,
       attempts = job_step.attempts + case when job_step.status = 'DONE' then 0 else 1 end,
       started_at = case when job_step.status = 'DONE' then job_step.started_at else clock_timestamp() end
     returning status, output`,
    [tx.tenantId, subject, step],
  )
  return { done: row?.status === 'DONE', output: row?.output ?? null }
}

/** Two workers that believe they own the same job do the step one after the other, and the second finds it done. */
const lock = async (tx: Tx, subject: string, step: string): Promise<Pick<StepRow, 'status' | 'output'>> => {
  const [row] = await tx.rows<StepRow>(
    `select status, output from chassis.job_step where tenant_id = $1 and subject = $2 and step = $3 for update`,
    [tx.tenantId, subject, step],
  )
  return row ?? { status: 'RUNNING', output: null }
}

/** The steps of a subject in the order of `names`; one that has not begun is PENDING. */
export const stepRecords = async (
  tx: Tx,
  subject: string,
  names: readonly string[],
): Promise<readonly StepRecord[]> => {
  const rows = await tx.rows<StepRow>(
    `select step, status, attempts, error, started_at, ended_at from chassis.job_step where tenant_id = $1 and subject = $2`,
    [tx.tenantId, subject],
  )
  return names.map((name) => {
    const row = rows.find((candidate) => candidate.step === name)
    if (row === undefined)
      return { name, status: 'PENDING', attempts: 0, startedAt: null, endedAt: null, error: null }
    return {
      name,
      status: row.status,
      attempts: row.attempts,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      error: row.error,
    }
  })
}
