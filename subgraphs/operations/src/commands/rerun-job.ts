import { defineCommand } from '@stormops/chassis/command'
import type { OperationsStores } from '../context.ts'
import { unlessRefused } from './job-refusal.ts'
import type { JobRefused } from './job-refusal.ts'

export type RerunJob = { readonly jobId: string }

export type RerunJobResult =
  | { readonly kind: 'ok'; readonly name: string; readonly newJobId: string }
  | JobRefused

export const rerunJob = defineCommand<RerunJob, RerunJobResult, OperationsStores>({
  name: 'operations.rerunJob',
  permission: 'jobs:manage',
  orStaff: true,
  audit: ({ jobId }, { name, newJobId }) => ({
    subjectKind: 'job',
    subjectId: jobId,
    detail: { name, newJobId },
  }),
  run: ({ tx, stores, queue }, { jobId }) =>
    unlessRefused(stores.jobRuns, jobId, async ({ name }) => ({
      kind: 'ok',
      name,
      newJobId: (await queue.rerun(tx, jobId)).jobId,
    })),
})
