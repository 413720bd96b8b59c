import type { IdempotencyKeyReused } from '@stormops/chassis/command'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { cancelJob } from '../commands/cancel-job.ts'
import type { JobRefused } from '../commands/job-refusal.ts'
import { MOST_REDRIVEN, redriveDeadLetters } from '../commands/redrive-dead-letters.ts'
import type { RedriveDeadLetters } from '../commands/redrive-dead-letters.ts'
import { rerunJob } from '../commands/rerun-job.ts'
import { jobIds, tenantIds } from '../context.ts'
import type { OperationsContext } from '../context.ts'
import type { JobRun } from '../domain/job-run.ts'
import type { MutationResolvers, RedriveDeadLettersInput } from '../generated/resolvers.ts'

export const jobMutations: Pick<
  EveryField<MutationResolvers>,
  'rerunJob' | 'cancelJob' | 'redriveDeadLetters'
> = {
  rerunJob: async (_root, { input, idempotencyKey }, context) => {
    const job = await jobOf(context, input.jobId)
    if (job === null) return notFound('job', input.jobId)
    const result = await context.run(rerunJob, { jobId: job.id }, idempotencyKey, actedOn(context, job))
    if (result.kind === 'ok')
      return { __typename: 'RerunJobSuccess', job: await currentJob(context, result.newJobId) }
    return refusal(result)
  },
  cancelJob: async (_root, { input, idempotencyKey }, context) => {
    const job = await jobOf(context, input.jobId)
    if (job === null) return notFound('job', input.jobId)
    const command = { jobId: job.id, reason: input.reason ?? null }
    const result = await context.run(cancelJob, command, idempotencyKey, actedOn(context, job))
    if (result.kind === 'ok')
      return { __typename: 'CancelJobSuccess', job: await currentJob(context, job.id) }
    return result.kind === 'invalid' ? invalidInput(result) : refusal(result)
  },
  redriveDeadLetters: async (_root, { input, idempotencyKey }, context) => {
    const asked = await askedFor(context, input)
    if (!Array.isArray(asked)) return asked
    const newJobIds: string[] = []
    for (const { tenantId, command } of asked) {
      const result = await context.run(redriveDeadLetters, command, idempotencyKey, tenantId)
      if (result.kind === 'no-company') return notFound('company', input.tenantId ?? '')
      if (result.kind !== 'ok') return refusal(result)
      newJobIds.push(...result.newJobIds)
    }
    const jobs = await Promise.all(newJobIds.map((id) => currentJob(context, id)))
    return { __typename: 'RedriveDeadLettersSuccess', jobs }
  },
}

/** Null for what is not a job, or not one of the actor's. */
const jobOf = async (context: OperationsContext, publicId: string): Promise<JobRun | null> => {
  context.actor()
  const id = jobIds.decode(publicId)
  return id === null ? null : context.jobRunById.load(id)
}

const currentJob = async (context: OperationsContext, id: string): Promise<JobRun> => {
  const job = await context.jobRunById.load(id)
  if (job === null) throw new Fault('INTERNAL', 'The job that was just changed is not there.')
  return job
}

/** Staff act on the company whose job it is, in whose audit it stands; everybody else on their own. */
const actedOn = (context: OperationsContext, { tenantId }: JobRun): string | undefined =>
  context.actor().tenantId === null ? tenantId : undefined

const refusal = (refused: JobRefused | IdempotencyKeyReused) => {
  switch (refused.kind) {
    case 'not-found':
      return notFound('job', jobIds.encode(refused.jobId))
    case 'refused':
      return {
        __typename: 'JobRefused' as const,
        message: refused.message,
        jobId: jobIds.encode(refused.jobId),
        state: refused.state,
      }
    case 'idempotency-key-reused':
      return keyReused(refused)
    default:
      return unreachable(refused)
  }
}

/** One company's share of what is asked for. */
type Share = { readonly tenantId: string | undefined; readonly command: RedriveDeadLetters }

const askedFor = (context: OperationsContext, input: RedriveDeadLettersInput) => {
  const { jobIds: named, name } = input
  const isByIds = named !== null && named !== undefined
  const isByName = name !== null && name !== undefined
  if (isByIds === isByName) return invalid('jobIds', 'Give either jobIds or a name.')
  return isByIds ? sharesOfJobs(context, named) : shareOfName(context, input, name ?? '')
}

const sharesOfJobs = async (context: OperationsContext, publicIds: readonly string[]) => {
  if (publicIds.length === 0 || publicIds.length > MOST_REDRIVEN)
    return invalid('jobIds', `Give 1 to ${MOST_REDRIVEN} jobs.`)
  const jobs: JobRun[] = []
  for (const publicId of publicIds) {
    const job = await jobOf(context, publicId)
    if (job === null) return notFound('job', publicId)
    jobs.push(job)
  }
  return [...Map.groupBy(jobs, (job) => actedOn(context, job))].map(([tenantId, ofTenant]): Share => ({
    tenantId,
    command: { by: 'ids', jobIds: ofTenant.map(({ id }) => id) },
  }))
}

const shareOfName = (context: OperationsContext, input: RedriveDeadLettersInput, name: string) => {
  const { tenantId: actorsOwn } = context.actor()
  const limit = input.limit ?? MOST_REDRIVEN
  if (limit < 1 || limit > MOST_REDRIVEN) return invalid('limit', `Take up 1 to ${MOST_REDRIVEN} at once.`)
  const publicTenant = input.tenantId ?? null
  // Staff have no company; the platform's own jobs are theirs to look after.
  const own = actorsOwn === null ? PLATFORM_TENANT_ID : undefined
  const tenantId = publicTenant === null ? own : tenantIds.decode(publicTenant)
  if (tenantId === null) return notFound('company', publicTenant ?? '')
  const share: Share = { tenantId, command: { by: 'name', name, limit } }
  return [share]
}

const invalid = (field: string, message: string) => invalidInput({ field, message })
