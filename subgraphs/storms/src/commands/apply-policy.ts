import { defineCommand } from '@stormops/chassis/command'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import { assigned } from '../domain/assign.ts'
import { OUTREACH } from '../domain/journey-event.ts'
import type { PolicyMode } from '../domain/pilot-measurements.ts'
import { capacityOf, POLICIES } from '../domain/policy.ts'
import { takesProperties } from '../domain/storm.ts'
import type { Storm, StormStatus } from '../domain/storm.ts'
import type { DecisionCounts } from '../store/assignment-store.ts'
import type { StormsStores } from '../stores.ts'

export type ApplyPolicy = { readonly stormId: string; readonly mode: PolicyMode }

export type ApplyPolicyResult =
  | { readonly kind: 'ok'; readonly stormId: string; readonly counts: DecisionCounts }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong-status'; readonly status: StormStatus }
  | { readonly kind: 'not-scored' }
  | { readonly kind: 'frozen'; readonly mode: PolicyMode }

const PAGE_SIZE = 10_000

export const applyPolicy = defineCommand<ApplyPolicy, ApplyPolicyResult, StormsStores>({
  name: 'storms.applyPolicy',
  permission: 'pilots:run',
  statementTimeoutMs: BULK_DEADLINE_MS,
  audit: ({ mode }, { stormId, counts }) => ({
    subjectKind: 'storm',
    subjectId: stormId,
    detail: { mode, ...counts },
  }),
  run: async ({ stores, clock }, { stormId, mode }) => {
    const storm = await stores.storms.lockById(stormId)
    if (storm === null) return { kind: 'not-found' }
    if (!takesProperties(storm.status)) return { kind: 'wrong-status', status: storm.status }
    if (storm.modelVersion === null || !(await stores.scores.any(stormId))) return { kind: 'not-scored' }
    const fixed = await fixedMode(stores, storm)
    if (fixed !== null && fixed !== mode) return { kind: 'frozen', mode: fixed }
    const counts = await assignStorm(stores, storm, mode, clock.now())
    return { kind: 'ok', stormId, counts }
  },
})

/** The mode that can no longer be changed: that of the storm's pilot, or the one under which outcomes came in. */
export const fixedMode = async (stores: StormsStores, storm: Storm): Promise<PolicyMode | null> => {
  const pilot = await stores.pilots.maybeByStorm(storm.id)
  if (pilot !== null) return pilot.design.policyMode
  return storm.policyMode !== null && (await stores.assignments.anyOutcome(storm.id))
    ? storm.policyMode
    : null
}

/** The caller holds the storm's row, and has made sure that another mode may still be chosen. */
export const assignStorm = async (
  stores: StormsStores,
  storm: Storm,
  mode: PolicyMode,
  now: Date,
): Promise<DecisionCounts> => {
  const frozen = storm.policyMode !== null && (await stores.assignments.anyOutcome(storm.id))
  if (frozen) return stores.assignments.counts(storm.id)
  const policy = POLICIES[mode]
  await stores.assignments.clear(storm.id)
  let eligible = 0
  for await (const page of stores.assignments.scoredPages(storm.id, PAGE_SIZE)) {
    const decided = page.map((property) => assigned(policy, storm.salt, property))
    eligible += decided.filter(({ decision }) => decision !== 'EXCLUDED').length
    await stores.assignments.insert(storm.id, policy, storm.modelVersion ?? '', decided)
  }
  await stores.assignments.markTouched(storm.id, OUTREACH)
  const capacity = capacityOf(policy, eligible)
  const capacityCut = capacity === null ? null : await stores.assignments.cutToCapacity(storm.id, capacity)
  const sameAsBefore = storm.policyMode === mode
  await stores.storms.update(storm.id, {
    policyMode: mode,
    policyAppliedAt: sameAsBefore ? storm.policyAppliedAt : now,
    capacityCut,
  })
  return stores.assignments.counts(storm.id)
}
