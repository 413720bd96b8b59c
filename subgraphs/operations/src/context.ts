import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { RateLimitState } from '@stormops/chassis/graphql/subgraph'
import type { Actor } from '@stormops/chassis/identity'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { JobEvent, JobRun } from './domain/job-run.ts'
import type { JobRunFilter } from './store/job-run-store.ts'

/** What the resolvers of one fetch work with. */
export type OperationsContext = {
  /** Throws UNAUTHENTICATED for nobody. */
  readonly actor: () => Actor
  /** As the gateway sealed it; null where nothing is limited. */
  readonly rateLimit: RateLimitState | null
  /** Of the actor's tenant, or of all tenants for staff who chose none; newest first, one more than the page holds. */
  readonly pageOfJobRuns: (filter: JobRunFilter, page: PageRequest) => Promise<readonly JobRun[]>
  readonly maybeJobRun: (id: string) => Promise<JobRun | null>
  /** By the job's id. */
  readonly eventsByJob: DataLoader<string, readonly JobEvent[] | null>
}

export const jobIds = idCodec('job')
export const tenantIds = idCodec('ten')
