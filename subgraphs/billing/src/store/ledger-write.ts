/** Writes into the ledger, and counts, in the caller's transaction. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import { formatMoney, money } from '@stormops/chassis/values/money'
import type { RecordOutcome, UsageRecord } from '../domain/usage.ts'

export type RecordedUsage = {
  readonly outcome: RecordOutcome
  /** Another than was given where a client's own id stands for one already. */
  readonly eventId: string
}

export type TenantUsage = UsageRecord & { readonly tenantId: string }

type Odd = { readonly place: number; readonly event_id: string; readonly outcome: RecordOutcome }

/**
 * One statement, whatever the number of records; outcomes come in their order. Throws QUOTA_EXHAUSTED when a plan or
 * a cap does not allow it, and the transaction must then be given up: the database takes nothing more in it.
 */
export const writeUsage = async (
  tx: Pick<PlatformTx, 'rows'>,
  records: readonly TenantUsage[],
  now: Date,
): Promise<readonly RecordedUsage[]> => {
  if (records.length === 0) return []
  const odd = await tx
    .rows<Odd>(
      `select place, event_id, outcome from billing.record_usage(
         $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::text[], $8::text[],
         $9::uuid[], $10::jsonb[], $11::timestamptz)`,
      [
        arrayOf(records, ({ tenantId }) => tenantId),
        arrayOf(records, ({ eventId }) => eventId),
        unlessEmpty(records.map(({ clientEventId }) => clientEventId)),
        arrayOf(records, ({ metric }) => metric),
        arrayOf(records, ({ quantity }) => quantity),
        arrayOf(records, ({ occurredAt }) => occurredAt?.toISOString() ?? null),
        records.map(({ source }) => source),
        unlessEmpty(records.map(({ subject }) => subject)),
        unlessEmpty(records.map(({ corrects }) => corrects)),
        unlessEmpty(records.map(({ detail }) => (detail === null ? null : JSON.stringify(detail)))),
        now.toISOString(),
      ],
    )
    .catch((cause: unknown) => {
      throw quotaFault(cause) ?? cause
    })
  const outcomes = records.map(({ eventId }): RecordedUsage => ({ outcome: 'RECORDED', eventId }))
  for (const { place, event_id: eventId, outcome } of odd) outcomes[place - 1] = { outcome, eventId }
  return outcomes
}

/**
 * An array as PostgreSQL reads it, of values without a quote, a comma, a brace or a space: the driver would look at
 * every character of them, which takes longer than all else that is done for a batch.
 */
const arrayOf = (
  records: readonly TenantUsage[],
  column: (record: TenantUsage) => string | bigint | null,
): string => `{${records.map((record) => column(record) ?? 'NULL').join(',')}}`

/** What the statement takes for a column of nulls alone. */
const unlessEmpty = (column: readonly (string | null)[]): readonly (string | null)[] | null =>
  column.every((value) => value === null) ? null : column

/** Codes of our own, raised by `billing.record_usage`. */
const OVER_PLAN = 'SO001'
const OVER_CAP = 'SO002'

type Refusal = {
  readonly metric: string
  readonly used: number
  readonly requested: number
  readonly allowed?: number
  readonly renewsAt: string
  readonly liftedBy?: string | null
  /** Minor units of the currency, as is what the month would cost. */
  readonly cap?: string
  readonly cost?: string
  readonly currency?: string
}

const quotaFault = (cause: unknown): Fault | null => {
  if (!(cause instanceof Error) || !('code' in cause) || !('detail' in cause)) return null
  if (cause.code !== OVER_PLAN && cause.code !== OVER_CAP) return null
  // What `billing.record_usage` raises.
  const figures = JSON.parse(String(cause.detail)) as Refusal
  const { metric, used, requested, allowed, renewsAt, liftedBy } = figures
  const what = metric.toLowerCase().replaceAll('_', ' ')
  const renews = new Date(renewsAt).toISOString()
  if (cause.code === OVER_CAP) {
    const { cap = '0', cost = '0', currency = 'USD' } = figures
    const most = formatMoney(money(BigInt(cap), currency))
    const message = `This would cost more than your company’s spend cap of ${most} a month: ${used} ${what} are used, and this needs ${requested}.`
    const amount = (minorUnits: string) => ({ minorUnits: Number(minorUnits), currency })
    const facts = { metric, used, requested, allowed: null, renewsAt: renews, liftedBy: null }
    return new Fault('QUOTA_EXHAUSTED', message, {
      cause,
      facts: { ...facts, cap: amount(cap), wouldCost: amount(cost) },
    })
  }
  const instead = liftedBy === null ? '' : ` The plan ${liftedBy} allows it.`
  return new Fault(
    'QUOTA_EXHAUSTED',
    `Your plan includes ${allowed} ${what} a month, ${used} are used, and this needs ${requested}.${instead}`,
    { cause, facts: { metric, used, requested, allowed, renewsAt: renews, liftedBy } },
  )
}
