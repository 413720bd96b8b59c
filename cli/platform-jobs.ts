/** What looks after a database's own jobs. */
import type { Database } from '@stormops/chassis/database/database'
import { forgetJobsHandler } from '@stormops/chassis/jobs/forget-jobs'
import { reconcileJobsHandler } from '@stormops/chassis/jobs/reconcile-jobs'
import type { JobHandler } from '@stormops/chassis/jobs/worker'

/** `journal` and `boss` are of one database; `jobs` are those of the whole platform. */
export const platformJobs = (
  journal: Database,
  boss: Parameters<typeof reconcileJobsHandler>[1],
  jobs: readonly JobHandler[],
): readonly JobHandler[] => [reconcileJobsHandler(journal, boss), forgetJobsHandler(journal, jobs)]
