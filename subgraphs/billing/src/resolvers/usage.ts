import { Fault, unreachable } from '@stormops/chassis/fault'
import { connectionById } from '@stormops/chassis/graphql/page'
import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { tenantOf } from '@stormops/chassis/identity'
import { instantOf } from '@stormops/chassis/values/days'
import { correctUsage } from '../commands/correct-usage.ts'
import { recordUsageBatch } from '../commands/record-usage-batch.ts'
import { recordUsage } from '../commands/record-usage.ts'
import { tenantIds, usageEventIds } from '../context.ts'
import type { BillingContext } from '../context.ts'
import type { UsageEvent } from '../domain/usage.ts'
import type { MutationResolvers, QueryResolvers, UsageEventResolvers } from '../generated/resolvers.ts'

export const usageEventResolvers: FieldsBeyond<UsageEvent, UsageEventResolvers> = {
  id: ({ id }) => usageEventIds.encode(id),
  correctsEventId: ({ corrects }) => (corrects === null ? null : usageEventIds.encode(corrects)),
  monthStartsOn: ({ month }) => month,
  lateForMonthOn: ({ lateFor }) => lateFor,
}

export const usageQueries: Pick<EveryField<QueryResolvers>, 'usage' | 'usageEvents'> = {
  usage: async (_root, { periodStart, periodEnd }, context) => {
    tenantOf(context.actor())
    const timeZone = await context.timeZone()
    const [from, to] = [instantOf(periodStart, timeZone), instantOf(periodEnd, timeZone)]
    if (from >= to) {
      throw new Fault('BAD_INPUT', 'The period ends before it begins, or when it begins.', {
        facts: { field: 'periodEnd' },
      })
    }
    return context.read(async ({ ledger }) => [...(await ledger.totalsBetween(from, to))])
  },
  usageEvents: (_root, { metric, first, after }, context) => {
    tenantOf(context.actor())
    return connectionById(first, after, (page) =>
      context.read(({ ledger }) => ledger.page(page, metric ?? null)),
    )
  },
}

export const usageMutations: Pick<
  EveryField<MutationResolvers>,
  'recordUsage' | 'recordUsageBatch' | 'correctUsage'
> = {
  recordUsage: async (_root, { input, idempotencyKey }, context) => {
    const { metric, quantity, clientEventId } = input
    const result = await context.run(
      recordUsage,
      { metric, quantity, clientEventId, at: input.at ?? null },
      idempotencyKey,
    )
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'RecordUsageSuccess',
          event: await ownEvent(context, result.eventId),
          repeated: result.repeated,
        }
      case 'conflict':
        return {
          __typename: 'UsageEventConflict',
          message: `The id ${clientEventId} stands for another event. Give every event an id of its own.`,
          recorded: await ownEvent(context, result.eventId),
        }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  recordUsageBatch: async (_root, { input, idempotencyKey }, context) => {
    const events = input.events.map((event) => ({ ...event, at: event.at ?? null }))
    const result = await context.run(recordUsageBatch, { events }, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'RecordUsageBatchSuccess',
          recorded: result.recorded,
          repeated: result.repeated,
        }
      case 'refused':
        return {
          __typename: 'UsageRefused',
          message: `${result.refused} of the events cannot be recorded, so none was. The first: ${result.rejections[0]?.reason ?? ''}`,
          refused: result.refused,
          rejections: [...result.rejections],
        }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  correctUsage: async (_root, { input, idempotencyKey }, context) => {
    const tenantId = tenantIds.decode(input.tenantId)
    if (tenantId === null) return notFound('company', input.tenantId)
    const eventId = usageEventIds.decode(input.eventId)
    if (eventId === null) return notFound('usage event', input.eventId)
    const command = { eventId, quantity: input.quantity, reason: input.reason }
    const result = await context.run(correctUsage, command, idempotencyKey, tenantId)
    switch (result.kind) {
      case 'ok':
        return { __typename: 'CorrectUsageSuccess', eventId: usageEventIds.encode(result.eventId) }
      case 'not-found':
        return notFound('usage event', input.eventId)
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

const ownEvent = async (context: BillingContext, id: string): Promise<UsageEvent> => {
  const event = await context.read(({ ledger }) => ledger.maybeEvent(id))
  if (event === null) throw new Fault('INTERNAL', 'An event that was just recorded is not there.')
  return event
}
