import { defineCommand } from '@stormops/chassis/command'
import type { OperationsStores } from '../context.ts'
import { unlessRefused } from './job-refusal.ts'
import type { JobRefused } from './job-refusal.ts'

export type CancelJob = { readonly jobId: string; readonly reason: string | null }

export type CancelJobResult =
  | {
      readonly kind: 'ok'
      readonly name: string
      /** Whether a worker has yet to learn of it. */ readonly isUnderWay: boolean
    }
  | JobRefused
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

const REASON_LENGTH = 500

export const cancelJob = defineCommand<CancelJob, CancelJobResult, OperationsStores>({
  name: 'operations.cancelJob',
  permission: 'jobs:manage',
  orStaff: true,
  audit: ({ jobId, reason }, { name, isUnderWay }) => ({
    subjectKind: 'job',
    subjectId: jobId,
    detail: { name, isUnderWay, ...(reason === null ? {} : { reason }) },
  }),
  run: async ({ tx, stores, queue }, { jobId, reason }) => {
    if (reason !== null && reason.length > REASON_LENGTH) {
      return { kind: 'invalid', field: 'reason', message: `Say why, in at most ${REASON_LENGTH} characters.` }
    }
    return unlessRefused(stores.jobRuns, jobId, async ({ name }) => ({
      kind: 'ok',
      name,
      isUnderWay: (await queue.cancel(tx, jobId)).kind === 'asked',
    }))
  },
})
