/**
 * A job is work that the platform does for a company outside of a request: importing a file, running a pilot.
 * Its run says where it stands; its events say everything that happened to it, attempt by attempt.
 */

export type JobState = 'QUEUED' | 'RUNNING' | 'RETRYING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'

export type JobRun = {
  readonly id: string
  readonly tenantId: string
  readonly name: string
  readonly state: JobState
  readonly attempts: number
  /** Why the last attempt failed, null after one that did not. */
  readonly error: string | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly endedAt: Date | null
}

export type JobEventKind = 'QUEUED' | 'STARTED' | 'STEP' | 'SUCCEEDED' | 'FAILED' | 'GAVE_UP'

export type JobEvent = {
  readonly at: Date
  /** 0 before the first. */
  readonly attempt: number
  readonly kind: JobEventKind
  readonly message: string | null
}
