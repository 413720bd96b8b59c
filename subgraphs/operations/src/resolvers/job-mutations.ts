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
import type { ActedOn, OperationsContext } from '../context.ts'
import type { JobRun } from '../domain/job-run.ts'
import type { MutationResolvers, RedriveDeadLettersInput } from '../generated/resolvers.ts'

export const jobMutations: Pick<
  EveryField<MutationResolvers>,
  'rerunJob' | 'cancelJob' | 'redriveDeadLetters'
> = {
  rerunJob: async (_root, { input, idempotencyKey }, context) => {
    const job = await jobOf(context, input.jobId)
    if (job === null) return notFound('job', input.jobId)
    const result = await context.runOn(actedOn(context, job), rerunJob, { jobId: job.id }, idempotencyKey)
    if (result.kind === 'ok')
      return { __typename: 'RerunJobSuccess', job: await currentJob(context, result.newJobId) }
    return refusal(result)
  },
  cancelJob: async (_root, { input, idempotencyKey }, context) => {
    const job = await jobOf(context, input.jobId)
    if (job === null) return notFound('job', input.jobId)
    const command = { jobId: job.id, reason: input.reason ?? null }
    const result = await context.runOn(actedOn(context, job), cancelJob, command, idempotencyKey)
    if (result.kind === 'ok')
      return { __typename: 'CancelJobSuccess', job: await currentJob(context, job.id) }
    return result.kind === 'invalid' ? invalidInput(result) : refusal(result)
  },
  redriveDeadLetters: async (_root, { input, idempotencyKey }, context) => {
    const asked = await askedFor(context, input)
    if (!Array.isArray(asked)) return asked
    const newJobIds: string[] = []
    for (const { on, command } of asked) {
      const left = leftOf(command, newJobIds.length)
      if (left === null) break
      const result = await context.runOn(on, redriveDeadLetters, left, idempotencyKey)
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

/**
 * Staff act on the company whose job it is, in whose audit it stands, or on the platform's own where it lies; everybody
 * else on their own.
 */
const actedOn = (context: OperationsContext, { id, tenantId }: JobRun): ActedOn => {
  if (context.actor().tenantId !== null) return { kind: 'own' }
  return tenantId === PLATFORM_TENANT_ID
    ? { kind: 'platform', cell: context.cellOf(id) }
    : { kind: 'company', tenantId }
}

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

/** One company's share of what is asked for, or that of the platform in one cell. */
type Share = { readonly on: ActedOn; readonly command: RedriveDeadLetters }

/** So many of a kind are asked for, from wherever they are; null when there are as many. */
const leftOf = (command: RedriveDeadLetters, taken: number): RedriveDeadLetters | null => {
  if (command.by === 'ids') return command
  return taken < command.limit ? { ...command, limit: command.limit - taken } : null
}

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
  const shares = Map.groupBy(jobs, (job) => JSON.stringify(actedOn(context, job)))
  return [...shares.values()].flatMap(([first, ...more]): readonly Share[] =>
    first === undefined
      ? []
      : [
          {
            on: actedOn(context, first),
            command: { by: 'ids', jobIds: [first, ...more].map(({ id }) => id) },
          },
        ],
  )
}

const shareOfName = (context: OperationsContext, input: RedriveDeadLettersInput, name: string) => {
  const { tenantId: actorsOwn } = context.actor()
  const limit = input.limit ?? MOST_REDRIVEN
  if (limit < 1 || limit > MOST_REDRIVEN) return invalid('limit', `Take up 1 to ${MOST_REDRIVEN} at once.`)
  const publicTenant = input.tenantId ?? null
  const command: RedriveDeadLetters = { by: 'name', name, limit }
  if (publicTenant === null) {
    if (actorsOwn !== null) return [{ on: { kind: 'own' }, command }] satisfies Share[]
    // Staff have no company; the platform's own jobs are theirs to look after, in every cell.
    return context.cells.map((cell): Share => ({ on: { kind: 'platform', cell }, command }))
  }
  const tenantId = tenantIds.decode(publicTenant)
  if (tenantId === null) return notFound('company', publicTenant)
  return [{ on: { kind: 'company', tenantId }, command }] satisfies Share[]
}

const invalid = (field: string, message: string) => invalidInput({ field, message })
