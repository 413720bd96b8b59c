import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { jobIds, tenantIds } from '../context.ts'
import type { OperationsContext } from '../context.ts'
import {
  durationSeconds,
  isDead,
  queuedForSeconds,
  subjectsOf,
  whyNoCancel,
  whyNoRerun,
} from '../domain/job-run.ts'
import type { JobRun } from '../domain/job-run.ts'
import type { JobRunResolvers } from '../generated/resolvers.ts'

export const jobRunResolvers: FieldsBeyond<JobRun, JobRunResolvers> = {
  id: ({ id }) => jobIds.encode(id),
  tenantId: ({ tenantId }) => (tenantId === PLATFORM_TENANT_ID ? null : tenantIds.encode(tenantId)),
  cell: ({ id }, _arguments, { cellOf }) => cellOf(id),
  payload: ({ payload }) => JSON.stringify(payload),
  isDead: (job) => isDead(job),
  queuedForSeconds: (job, _arguments, { now }) => queuedForSeconds(job, now()),
  durationSeconds: (job, _arguments, { now }) => durationSeconds(job, now()),
  rerunOf: ({ rerunOf }, _arguments, context) => (rerunOf === null ? null : context.jobRunById.load(rerunOf)),
  reruns: async (job, _arguments, context) => [...(await rerunsOf(job, context))],
  canRerun: async (job, _arguments, context) => whyNoRerun(job, await rerunsOf(job, context)) === null,
  rerunRefusal: async (job, _arguments, context) => whyNoRerun(job, await rerunsOf(job, context)),
  canCancel: (job) => whyNoCancel(job) === null,
  cancelRefusal: (job) => whyNoCancel(job),
  steps: async (job, _arguments, { stepsOf }) =>
    (await Promise.all(subjectsOf(job.payload).map((subject) => stepsOf(job, subject)))).flat(),
  events: async ({ id }, _arguments, context) => [...((await context.eventsByJob.load(id)) ?? [])],
}

const rerunsOf = async ({ id }: JobRun, { rerunsByJob }: OperationsContext): Promise<readonly JobRun[]> =>
  (await rerunsByJob.load(id)) ?? []
