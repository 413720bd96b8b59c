import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import type { RateLimitState } from '@stormops/chassis/graphql/subgraph'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { JobEvent, JobRun, JobStep } from './domain/job-run.ts'
import type { PlatformAlert } from './domain/platform-alert.ts'
import type { PlatformStats } from './domain/platform-figures.ts'
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

/**
 * What the resolvers of one fetch work with. Jobs are those of the actor's tenant, or of all tenants for staff who
 * chose none.
 */
export type OperationsContext = SessionContext<OperationsStores> & {
  /** As the gateway sealed it; null where nothing is limited. */
  readonly rateLimit: RateLimitState | null
  readonly now: () => Date
  /** Newest first, one more than the page holds. */
  readonly pageOfJobRuns: (filter: JobRunFilter, page: PageRequest) => Promise<readonly JobRun[]>
  /** The latest failure first, one more than the page holds. */
  readonly pageOfDeadLetters: (filter: DeadLetterFilter, page: PageRequest) => Promise<readonly JobRun[]>
  readonly jobRunById: DataLoader<string, JobRun | null>
  /** By the id of the job that is done again, oldest first. */
  readonly rerunsByJob: DataLoader<string, readonly JobRun[] | null>
  /** By the job's id. */
  readonly eventsByJob: DataLoader<string, readonly JobEvent[] | null>
  /** What is kept of a subject's steps. */
  readonly stepsOf: (tenantId: string, subject: string) => Promise<readonly JobStep[]>
  readonly platform: PlatformView
}

export const jobIds = idCodec('job')
export const tenantIds = idCodec('ten')
export const alertIds = idCodec('palert')
export const workerIds = idCodec('worker')
