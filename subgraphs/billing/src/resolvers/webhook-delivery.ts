import { unreachable } from '@stormops/chassis/fault'
import { connectionById, connectionOf, pageRequest } from '@stormops/chassis/graphql/page'
import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { keyReused, notFound } from '@stormops/chassis/graphql/results'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { replayWebhook } from '../commands/replay-webhook.ts'
import { jobIds, reconciliationIds, tenantIds } from '../context.ts'
import type { Difference, Reconciliation } from '../domain/reconciliation.ts'
import type { WebhookDelivery } from '../domain/webhook.ts'
import type {
  MutationResolvers,
  QueryResolvers,
  ReconciliationDifferenceResolvers,
  ReconciliationResolvers,
  WebhookDeliveryResolvers,
} from '../generated/resolvers.ts'
import { notConfigured } from './payment.ts'

const publicTenant = ({ tenantId }: { readonly tenantId: string | null }): string | null =>
  tenantId === null ? null : tenantIds.encode(tenantId)

export const webhookDeliveryResolvers: FieldsBeyond<WebhookDelivery, WebhookDeliveryResolvers> = {
  tenantId: publicTenant,
  object: ({ objectId }) => objectId,
  customer: ({ customerId }) => customerId,
}

export const differenceResolvers: FieldsBeyond<Difference, ReconciliationDifferenceResolvers> = {
  tenantId: publicTenant,
}

export const reconciliationResolvers: FieldsBeyond<Reconciliation, ReconciliationResolvers> = {
  id: ({ id }) => reconciliationIds.encode(id),
  customers: ({ compared }) => compared.customers,
  subscriptions: ({ compared }) => compared.subscriptions,
  invoices: ({ compared }) => compared.invoices,
  differences: ({ differences }) => [...differences],
}

export const webhookQueries: Pick<EveryField<QueryResolvers>, 'webhookDeliveries' | 'reconciliations'> = {
  webhookDeliveries: async (_root, { filter, first, after }, context) => {
    context.actor()
    const page = pageRequest(first, after, 'text')
    const asked = filter?.tenantId ?? null
    const tenantId = asked === null ? null : tenantIds.decode(asked)
    // Nobody has what is no company's id.
    const isNobodys = asked !== null && tenantId === null
    const { state = null, type = null } = filter ?? {}
    const found = isNobodys ? [] : await context.webhooks.page(page, { state, type, tenantId })
    return connectionOf(
      found,
      page,
      ({ eventId }) => eventId,
      (delivery) => delivery,
    )
  },
  reconciliations: (_root, { first, after }, context) => {
    context.actor()
    return connectionById(first, after, context.webhooks.reconciliations)
  },
}

export const webhookMutations: Pick<EveryField<MutationResolvers>, 'replayWebhook'> = {
  replayWebhook: async (_root, { input: { eventId }, idempotencyKey }, context) => {
    context.actor()
    if (context.payments === null) return notConfigured
    const delivery = await context.webhooks.maybe(eventId)
    if (delivery === null) return notFound('webhook', eventId)
    // Whose it is, or the platform's own: in whose audit the replay stands.
    const tenantId = delivery.tenantId ?? PLATFORM_TENANT_ID
    const result = await context.run(replayWebhook, { eventId }, idempotencyKey, tenantId)
    switch (result.kind) {
      case 'ok':
        return { __typename: 'ReplayWebhookSuccess', eventId, jobId: jobIds.encode(result.jobId) }
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}
