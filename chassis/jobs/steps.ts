/**
 * Steps make a long job resumable. A step's effect and the record that it happened commit together, so a crash
 * between them cannot exist, and a later attempt gets the stored output instead of doing it again.
 */
import type { Database } from '../database/database.ts'
import type { Tx } from '../database/transaction.ts'
import { BULK_DEADLINE_MS } from '../database/database.ts'
import { failpoint } from '../failpoint.ts'
import { Fault, tellable } from '../fault.ts'

export type StepStatus = 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED'

export type StepRecord = {
  readonly name: string
  readonly status: StepStatus
  readonly attempts: number
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly error: string | null
  /** What the step says of itself: the `note` of its output. */
  readonly note: string | null
}

/**
 * `work` is given the step's transaction, and a signal that aborts when the step is too long or its job is called off;
 * its statements are ended then, too. What it returns must be JSON; the same value comes back on every later call.
 */
export type RunStep = <Output>(
  step: string,
  work: (tx: Tx, signal: AbortSignal) => Promise<Output>,
  options?: StepOptions,
) => Promise<Output>

/** Default the step time-out of the job. */
export type StepOptions = { readonly timeoutSeconds?: number }

/** The attempt that a step is part of. */
export type StepsOfAttempt = {
  readonly job: { readonly id: string; readonly name: string; readonly attempt: number } | null
  readonly signal: AbortSignal
  readonly timeoutSeconds: number
  readonly ended: (step: string, isDone: boolean, seconds: number) => void
}

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

/** Steps that are part of no job. */
const ON_THEIR_OWN: StepsOfAttempt = {
  job: null,
  signal: new AbortController().signal,
  timeoutSeconds: BULK_DEADLINE_MS / 1_000,
  ended: () => undefined,
}

/** `subject` names what the steps belong to, e.g. `pilot:<id>`, across all jobs and attempts that work on it. */
export const stepRunner =
  (database: Database, tenantId: string, subject: string, part: StepsOfAttempt = ON_THEIR_OWN): RunStep =>
  async (step, work, { timeoutSeconds = part.timeoutSeconds } = {}) => {
    part.signal.throwIfAborted()
    const named = { subject, step, part }
    const begun = await database.withTenant(tenantId, (tx) => begin(tx, named), PATIENT)
    // The stored output is what this very step returned, so it has the type the step has.
    if (begun.done) return begun.output as Awaited<ReturnType<typeof work>>
    await failpoint(`step.${step}.begun`)
    const startedAt = performance.now()
    const seconds = (): number => (performance.now() - startedAt) / 1_000
    const limit = limitOf(part.signal, step, timeoutSeconds)
    const { signal } = limit
    try {
      const output = await database.withTenant(
        tenantId,
        async (tx) => {
          const held = await lock(tx, subject, step)
          if (held.status === 'DONE') return held.output as Awaited<ReturnType<typeof work>>
          const made = await unlessAborted(work(tx, signal), signal)
          await record(tx, named, { status: 'DONE', output: made ?? null, error: null, seconds: seconds() })
          await failpoint(`step.${step}.worked`)
          return made
        },
        { ...PATIENT, signal },
      )
      await failpoint(`step.${step}.done`)
      part.ended(step, true, seconds())
      return output
    } catch (cause) {
      // Why it was broken off says more than what broke by it.
      const error: unknown = signal.aborted ? signal.reason : cause
      const told = tellable(error).slice(0, ERROR_LENGTH)
      await database.withTenant(tenantId, (tx) =>
        record(tx, named, { status: 'FAILED', output: null, error: told, seconds: seconds() }),
      )
      part.ended(step, false, seconds())
      throw error
    } finally {
      limit.clear()
    }
  }

type NamedStep = { readonly subject: string; readonly step: string; readonly part: StepsOfAttempt }

const limitOf = (outer: AbortSignal, step: string, timeoutSeconds: number) => {
  const controller = new AbortController()
  const timer = setTimeout(
    () =>
      controller.abort(new Fault('TIMEOUT', `The step ${step} took longer than ${timeoutSeconds} seconds.`)),
    timeoutSeconds * 1_000,
  )
  return {
    signal: AbortSignal.any([outer, controller.signal]),
    clear: () => clearTimeout(timer),
  }
}

/** Rejects with the signal's reason as soon as it aborts, whatever the work does by then. */
export const unlessAborted = async <Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> => {
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => aborted.reject(signal.reason)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

type Ended = {
  readonly status: 'DONE' | 'FAILED'
  readonly output: unknown
  readonly error: string | null
  readonly seconds: number
}

/** What is done stays done. */
const record = async (tx: Tx, { subject, step, part }: NamedStep, ended: Ended): Promise<void> => {
  await tx.change(
    `update chassis.job_step set status = $4, output = $5, error = $6, ended_at = clock_timestamp()
     where tenant_id = $1 and subject = $2 and step = $3 and status <> 'DONE'`,
    [tx.tenantId, subject, step, ended.status, JSON.stringify(ended.output), ended.error],
  )
  if (part.job === null) return
  const detail = { subject, step, status: ended.status, seconds: Number(ended.seconds.toFixed(3)) }
  await tx.change(
    `insert into chassis.job_event (tenant_id, job_id, attempt, kind, detail, at)
     values ($1, $2, $3, 'STEP', $4, clock_timestamp())`,
    [tx.tenantId, part.job.id, part.job.attempt, JSON.stringify(detail)],
  )
}

const begin = async (
  tx: Tx,
  { subject, step, part }: NamedStep,
): Promise<{ done: boolean; output: unknown }> => {
  const [row] = await tx.rows<StepRow>(
    `insert into chassis.job_step (tenant_id, subject, step, status, attempts, started_at, job)
     values ($1, $2, $3, 'RUNNING', 1, clock_timestamp(), $4)
     on conflict (tenant_id, subject, step) do update set
       status = case when job_step.status = 'DONE' then 'DONE' else 'RUNNING' end,
       job = coalesce(excluded.job, job_step.job),
       attempts = job_step.attempts + case when job_step.status = 'DONE' then 0 else 1 end,
       started_at = case when job_step.status = 'DONE' then job_step.started_at else clock_timestamp() end
     returning status, output`,
    [tx.tenantId, subject, step, part.job?.name ?? null],
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

const NOT_BEGUN = {
  status: 'PENDING',
  attempts: 0,
  startedAt: null,
  endedAt: null,
  error: null,
  note: null,
} as const

/** The steps of a subject in the order of `names`; one that has not begun is PENDING. */
export const stepRecords = async (
  tx: Tx,
  subject: string,
  names: readonly string[],
): Promise<readonly StepRecord[]> => {
  const rows = await tx.rows<StepRow & { readonly note: string | null }>(
    `select step, status, attempts, error, started_at, ended_at, output ->> 'note' as note from chassis.job_step where tenant_id = $1 and subject = $2`,
    [tx.tenantId, subject],
  )
  return names.map((name) => {
    const row = rows.find((candidate) => candidate.step === name)
    if (row === undefined) return { ...NOT_BEGUN, name }
    return {
      name,
      status: row.status,
      attempts: row.attempts,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      error: row.error,
      note: row.note,
    }
  })
}
