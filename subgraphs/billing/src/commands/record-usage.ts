import { defineCommand } from '@stormops/chassis/command'
import type { BillingStores } from '../context.ts'
import type { UsageMetric } from '../domain/plan.ts'
import { reportFault } from '../domain/usage.ts'
import type { ReportedUsage } from '../domain/usage.ts'

export type RecordUsage = ReportedUsage & { readonly metric: UsageMetric }

export type RecordUsageResult =
  | { readonly kind: 'ok'; readonly eventId: string; readonly repeated: boolean }
  | { readonly kind: 'conflict'; readonly eventId: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Work that the platform does itself is counted by whoever does it; this is for work done outside. */
export const recordUsage = defineCommand<RecordUsage, RecordUsageResult, BillingStores>({
  name: 'billing.recordUsage',
  permission: 'usage:write',
  audit: ({ metric, quantity }, { eventId, repeated }) => ({
    subjectKind: 'usage-event',
    subjectId: eventId,
    detail: { metric, quantity, repeated },
  }),
  run: async ({ stores, actor, clock, newId }, input) => {
    const now = clock.now()
    const fault = reportFault(input, now)
    if (fault !== null) return { kind: 'invalid', ...fault }
    if (input.metric === 'API_CALLS') {
      return {
        kind: 'invalid',
        field: 'metric',
        message: 'API calls are counted by the platform, and by nobody else.',
      }
    }
    const [recorded] = await stores.ledger.record(
      [
        {
          eventId: newId(),
          clientEventId: input.clientEventId,
          metric: input.metric,
          quantity: BigInt(input.quantity),
          occurredAt: input.at,
          source: 'billing.recordUsage',
          subject: actor.id,
          corrects: null,
          detail: null,
        },
      ],
      now,
    )
    const { outcome, eventId } = recorded ?? { outcome: 'CONFLICTING', eventId: '' }
    return outcome === 'CONFLICTING'
      ? { kind: 'conflict', eventId }
      : { kind: 'ok', eventId, repeated: outcome === 'REPEATED' }
  },
})
