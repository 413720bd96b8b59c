import type { Command, CommandResult, IdempotencyKeyReused } from '@stormops/chassis/command'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import type { RateLimitState } from '@stormops/chassis/graphql/subgraph'
import { idCodec } from '@stormops/chassis/values/ids'
import type { PlatformAlert } from './domain/platform-alert.ts'
import type { PlatformStats } from './domain/platform-figures.ts'
import type { JobEvent, JobRun, JobStep } from './domain/job-run.ts'
import type { DeadLetterFilter, JobRunFilter, JobRunStore } from './store/job-run-store.ts'
import type { AlertStore, KeptReading, PlatformAlertFilter } from './store/platform-alert-store.ts'

export type OperationsStores = { readonly jobRuns: JobRunStore; readonly alerts: AlertStore }

/** The platform's own affairs, for staff; whoever asks has been asked for that right. */
export type PlatformView = {
  readonly stats: () => Promise<PlatformStats>
  readonly readings: () => Promise<readonly KeptReading[]>
  readonly openAlerts: () => Promise<readonly PlatformAlert[]>
  readonly pageOfAlerts: (filter: PlatformAlertFilter, page: PageRequest) => Promise<readonly PlatformAlert[]>
  readonly maybeAlert: (id: string) => Promise<PlatformAlert | null>
}

/** As a DataLoader loads: null for what is not there. */
export type Loads<Value> = { readonly load: (key: string) => Promise<Value | null> }

export type JobReads = {
  /** Newest first, one more than the page holds. */
  readonly pageOfJobRuns: (filter: JobRunFilter, page: PageRequest) => Promise<readonly JobRun[]>
  /** The latest failure first, one more than the page holds. */
  readonly pageOfDeadLetters: (filter: DeadLetterFilter, page: PageRequest) => Promise<readonly JobRun[]>
  readonly jobRunById: Loads<JobRun>
  /** By the id of the job that is done again, oldest first. */
  readonly rerunsByJob: Loads<readonly JobRun[]>
  /** By the job's id. */
  readonly eventsByJob: Loads<readonly JobEvent[]>
  /** What is kept of the steps of a subject that a job works on. */
  readonly stepsOf: (job: Pick<JobRun, 'id' | 'tenantId'>, subject: string) => Promise<readonly JobStep[]>
  /** The cell that a job was found in by these reads. */
  readonly cellOf: (jobId: string) => string
  /** What was read of jobs before a command is not what they are after it. */
  readonly forget: () => void
}

/**
 * Whose jobs a command is about. A company is found wherever it lives; the platform itself is in every cell, and has
 * jobs of its own in each.
 */
export type ActedOn =
  | { readonly kind: 'own' }
  | { readonly kind: 'company'; readonly tenantId: string }
  | { readonly kind: 'platform'; readonly cell: string }

/**
 * What the resolvers of one fetch work with. Jobs are those of the actor's tenant, or of all tenants for staff who
 * chose none.
 */
export type OperationsContext = SessionContext<OperationsStores> &
  Omit<JobReads, 'forget'> & {
    /** As the gateway sealed it; null where nothing is limited. */
    readonly rateLimit: RateLimitState | null
    readonly now: () => Date
    /** As `run`, where the jobs are. */
    readonly runOn: <Input, Result extends CommandResult>(
      on: ActedOn,
      command: Command<Input, Result, OperationsStores>,
      input: Input,
      idempotencyKey: string | null | undefined,
    ) => Promise<Result | IdempotencyKeyReused>
    /** Every cell, the home cell first. */
    readonly cells: readonly string[]
    readonly platform: PlatformView
  }

export const jobIds = idCodec('job')
export const tenantIds = idCodec('ten')
export const alertIds = idCodec('palert')
export const workerIds = idCodec('worker')
