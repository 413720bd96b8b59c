import { defineCommand } from '@stormops/chassis/command'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import { tenantProfile } from '@stormops/tenancy/port'
import { outcomeFault } from '../domain/outcome.ts'
import type { GivenOutcome } from '../domain/outcome.ts'
import { takesOutcomes } from '../domain/storm.ts'
import type { StormStatus } from '../domain/storm.ts'
import type { StormsStores } from '../stores.ts'

export type RecordOutcomes = { readonly stormId: string; readonly outcomes: readonly GivenOutcome[] }

export type PlacedRejection = { readonly index: number; readonly reason: string }

export type RecordOutcomesResult =
  | { readonly kind: 'ok'; readonly stormId: string; readonly recorded: number }
  | { readonly kind: 'refused'; readonly rejections: readonly PlacedRejection[]; readonly refused: number }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong-status'; readonly status: StormStatus }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** What one request may carry; more would not fit into a request's time. */
export const MOST_ROWS_OF_A_REQUEST = 5_000
/** Enough to see a pattern; the count says the rest. */
export const MOST_REJECTIONS_SHOWN = 100

export const recordOutcomes = defineCommand<RecordOutcomes, RecordOutcomesResult, StormsStores>({
  name: 'storms.recordOutcomes',
  permission: 'outcomes:write',
  statementTimeoutMs: BULK_DEADLINE_MS,
  audit: (_input, { stormId, recorded }) => ({
    subjectKind: 'storm',
    subjectId: stormId,
    detail: { recorded },
  }),
  run: async ({ tx, stores, clock }, { stormId, outcomes }) => {
    if (outcomes.length === 0 || outcomes.length > MOST_ROWS_OF_A_REQUEST) {
      return {
        kind: 'invalid',
        field: 'outcomes',
        message: `Give 1 to ${MOST_ROWS_OF_A_REQUEST} outcomes; these are ${outcomes.length}.`,
      }
    }
    const storm = await stores.storms.lockById(stormId)
    if (storm === null) return { kind: 'not-found' }
    if (!takesOutcomes(storm.status)) return { kind: 'wrong-status', status: storm.status }
    const pilot = await stores.pilots.maybeByStorm(stormId)
    if (pilot?.status === 'MEASURING' || pilot?.status === 'COMPLETED')
      return refused(outcomes.map(measuredAlready))
    const { currency } = await tenantProfile(tx)
    const now = clock.now()
    const rejections: PlacedRejection[] = outcomes.flatMap((outcome, index) => {
      const reason = outcomeFault(outcome, storm, currency, now)
      return reason === null ? [] : [{ index, reason }]
    })
    for (const index of await stores.outcomes.repeated(stormId, outcomes)) {
      rejections.push({ index, reason: 'The request names this property twice.' })
    }
    for (const index of await stores.outcomes.unassigned(stormId, outcomes)) {
      rejections.push({ index, reason: 'The storm has no such property, or no policy has decided over it.' })
    }
    if (rejections.length > 0) return refused(rejections)
    const recorded = await stores.outcomes.record(stormId, outcomes)
    return { kind: 'ok', stormId, recorded }
  },
})

/** A report could not be computed again from outcomes that changed after it. */
const measuredAlready = (_outcome: GivenOutcome, index: number): PlacedRejection => ({
  index,
  reason: 'The storm’s pilot has been measured, and what it was measured from stays as it is.',
})

export const refused = (rejections: readonly PlacedRejection[]) => {
  const firstOfEach = [
    ...new Map(rejections.toReversed().map((rejection) => [rejection.index, rejection])).values(),
  ]
  return {
    kind: 'refused' as const,
    refused: firstOfEach.length,
    rejections: firstOfEach.toSorted((a, b) => a.index - b.index).slice(0, MOST_REJECTIONS_SHOWN),
  }
}
