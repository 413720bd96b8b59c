import { defineCommand } from '@stormops/chassis/command'
import { Fault } from '@stormops/chassis/fault'
import type { BillingStores } from '../context.ts'
import type { UsageMetric } from '../domain/plan.ts'
import { reportFault } from '../domain/usage.ts'
import type { ReportedUsage, UsageFault, UsageRecord } from '../domain/usage.ts'

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
  run: async ({ stores, actor, clock }, input) => {
    const now = clock.now()
    const fault = faultOf(input, now)
    if (fault !== null) return { kind: 'invalid', ...fault }
    const [recorded] = await stores.ledger.record(
      [eventOf(input, stores.ledger.newEventId(), actor.id, 'billing.recordUsage')],
      now,
    )
    if (recorded === undefined) throw new Fault('INTERNAL', 'The ledger did not say what became of an event.')
    const { outcome, eventId } = recorded
    return outcome === 'CONFLICTING'
      ? { kind: 'conflict', eventId }
      : { kind: 'ok', eventId, repeated: outcome === 'REPEATED' }
  },
})

/** What is wrong with a report, or null. */
export const faultOf = (report: RecordUsage, now: Date): UsageFault | null =>
  report.metric === 'API_CALLS'
    ? { field: 'metric', message: 'API calls are counted by the platform, and by nobody else.' }
    : reportFault(report, now)

/** `reporter` is who reported it. */
export const eventOf = (
  { metric, quantity, clientEventId, at }: RecordUsage,
  eventId: string,
  reporter: string,
  source: string,
): UsageRecord => ({
  eventId,
  clientEventId,
  metric,
  quantity: BigInt(quantity),
  occurredAt: at,
  source,
  subject: reporter,
  corrects: null,
  detail: null,
})
