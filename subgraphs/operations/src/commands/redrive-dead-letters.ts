import { defineCommand } from '@stormops/chassis/command'
import { Fault } from '@stormops/chassis/fault'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { tenantProfile } from '@stormops/tenancy/port'
import type { Tx } from '@stormops/chassis/database/transaction'
import type { OperationsStores } from '../context.ts'
import { unlessRefused } from './job-refusal.ts'
import type { JobRefused } from './job-refusal.ts'

/** Either the jobs, or the oldest of a kind. */
export type RedriveDeadLetters =
  | { readonly by: 'ids'; readonly jobIds: readonly string[] }
  | { readonly by: 'name'; readonly name: string; readonly limit: number }

export type RedriveDeadLettersResult =
  | { readonly kind: 'ok'; readonly jobIds: readonly string[]; readonly newJobIds: readonly string[] }
  | JobRefused
  | { readonly kind: 'no-company' }

/** A hundred jobs at once are as many as somebody can look after; whoever has more asks again. */
export const MOST_REDRIVEN = 100

export const redriveDeadLetters = defineCommand<
  RedriveDeadLetters,
  RedriveDeadLettersResult,
  OperationsStores
>({
  name: 'operations.redriveDeadLetters',
  permission: 'jobs:manage',
  orStaff: true,
  audit: (input, { jobIds, newJobIds }) => ({
    subjectKind: 'job',
    subjectId: input.by === 'ids' && jobIds.length === 1 ? (jobIds[0] ?? '') : 'dead letters',
    detail: { ...(input.by === 'name' ? { name: input.name } : {}), jobIds, newJobIds },
  }),
  run: async ({ tx, stores, queue }, input) => {
    if (!(await isThere(tx))) return { kind: 'no-company' }
    const jobIds =
      input.by === 'ids' ? [...new Set(input.jobIds)] : await stores.jobRuns.takeDead(input.name, input.limit)
    const newJobIds: string[] = []
    // In one order for all, so that two people who take up the same letters do not wait for each other.
    for (const jobId of jobIds.toSorted()) {
      const taken = await unlessRefused(stores.jobRuns, jobId, async () => ({
        kind: 'ok' as const,
        reruns: await queue.redrive(tx, [jobId]),
      }))
      if (taken.kind !== 'ok') return taken
      newJobIds.push(...taken.reruns.map((rerun) => rerun.jobId))
    }
    return { kind: 'ok', jobIds, newJobIds }
  },
})

/** Staff may name a company that is none. The platform itself is none, and has jobs. */
const isThere = async (tx: Tx): Promise<boolean> => {
  if (tx.tenantId === PLATFORM_TENANT_ID) return true
  try {
    await tenantProfile(tx)
    return true
  } catch (error) {
    if (error instanceof Fault && error.code === 'NOT_FOUND') return false
    throw error
  }
}
