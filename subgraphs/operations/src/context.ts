import type { PlatformTx } from '@stormops/chassis/database/database'
import type { Actor } from '@stormops/chassis/identity'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { JobEvent } from './domain/job-run.ts'

/** What the resolvers of one fetch work with. */
export type OperationsContext = {
  /** Throws UNAUTHENTICATED for nobody. */
  readonly actor: () => Actor
  /** Reads the actor's tenant, or all tenants for staff who chose none. */
  readonly readJobs: <T>(work: (tx: PlatformTx) => Promise<T>) => Promise<T>
  /** By the job's id. */
  readonly eventsByJob: DataLoader<string, readonly JobEvent[] | null>
}

export const jobIds = idCodec('job')
