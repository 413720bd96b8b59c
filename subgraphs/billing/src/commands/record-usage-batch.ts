import { defineCommand } from '@stormops/chassis/command'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import type { BillingStores } from '../context.ts'
import { eventOf, faultOf } from './record-usage.ts'
import type { RecordUsage } from './record-usage.ts'

export type PlacedRejection = { readonly index: number; readonly reason: string }

export type RecordUsageBatchResult =
  | { readonly kind: 'ok'; readonly recorded: number; readonly repeated: number }
  | { readonly kind: 'refused'; readonly refused: number; readonly rejections: readonly PlacedRejection[] }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** What one request may carry; more would not fit into a request's time. */
const MOST_EVENTS = 5_000
/** Enough to see a pattern; the count says the rest. */
const MOST_REJECTIONS_SHOWN = 100

export const recordUsageBatch = defineCommand<
  { readonly events: readonly RecordUsage[] },
  RecordUsageBatchResult,
  BillingStores
>({
  name: 'billing.recordUsageBatch',
  permission: 'usage:write',
  statementTimeoutMs: BULK_DEADLINE_MS,
  audit: (_input, { recorded, repeated }) => ({
    subjectKind: 'usage-events',
    subjectId: 'batch',
    detail: { recorded, repeated },
  }),
  run: async ({ stores, actor, clock }, { events }) => {
    if (events.length === 0 || events.length > MOST_EVENTS) {
      const message = `Give 1 to ${MOST_EVENTS} events; these are ${events.length}.`
      return { kind: 'invalid', field: 'events', message }
    }
    const now = clock.now()
    const faulty = events.flatMap((event, index) => {
      const fault = faultOf(event, now)
      return fault === null ? [] : [{ index, reason: `${fault.field}: ${fault.message}` }]
    })
    if (faulty.length > 0) return refused(faulty)
    const written = await stores.ledger.record(
      events.map((event) => eventOf(event, stores.ledger.newEventId(), actor.id, 'billing.recordUsageBatch')),
      now,
    )
    const taken = written.flatMap(({ outcome }, index) =>
      outcome === 'CONFLICTING' ? [{ index, reason: 'clientEventId: it stands for another event.' }] : [],
    )
    if (taken.length > 0) return refused(taken)
    const repeated = written.filter(({ outcome }) => outcome === 'REPEATED').length
    return { kind: 'ok', recorded: events.length - repeated, repeated }
  },
})

const refused = (rejections: readonly PlacedRejection[]) => ({
  kind: 'refused' as const,
  refused: rejections.length,
  rejections: rejections.slice(0, MOST_REJECTIONS_SHOWN),
})
