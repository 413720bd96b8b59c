/** Every operation that the gateway answers is a line of the usage ledger. */
import type { Billing } from '@stormops/billing'
import type { MeteredOperation, MeterWriter } from '@stormops/gateway/metering/metered-operation'

const SOURCE = 'gateway'

export const ledgerMeter = ({ recordUsage }: Pick<Billing, 'recordUsage'>): MeterWriter => ({
  write: async (batch) => {
    await recordUsage(batch.map(usageOf))
  },
})

const usageOf = (operation: MeteredOperation) => ({
  tenantId: operation.tenantId,
  eventId: operation.eventId,
  clientEventId: null,
  metric: 'API_CALLS' as const,
  quantity: 1n,
  occurredAt: new Date(operation.at),
  source: SOURCE,
  subject: operation.operationName,
  corrects: null,
  detail: {
    actorKind: operation.actorKind,
    actorId: operation.actorId,
    operationType: operation.operationType,
    cost: operation.cost,
    outcome: operation.outcome,
  },
})
