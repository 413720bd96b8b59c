/** Whoever counts or traces jobs is told of each attempt: metrics, traces, the line a worker keeps of itself. */

export type JobAttempt = {
  readonly jobId: string
  readonly name: string
  readonly tenantId: string
  /** 1 on the first try. */
  readonly attempt: number
  /** Seconds from when it could have started to when it did. */
  readonly waitedSeconds: number
}

/** `failed` will be tried again, `gave-up` will not. */
export type AttemptOutcome = 'succeeded' | 'failed' | 'gave-up' | 'cancelled'

export type JobObserver = {
  readonly started: (attempt: JobAttempt) => void
  readonly ended: (attempt: JobAttempt, outcome: AttemptOutcome, seconds: number) => void
  /** Seconds that one step of a job took, with the step's own name. */
  readonly stepEnded: (job: string, step: string, isDone: boolean, seconds: number) => void
}

export const nobodyWatches: JobObserver = {
  started: () => undefined,
  ended: () => undefined,
  stepEnded: () => undefined,
}
