import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { auditEventIds } from '../context.ts'
import type { AuditEvent } from '../domain/audit-event.ts'
import type { AuditEventResolvers } from '../generated/resolvers.ts'

export const auditEventResolvers: FieldsBeyond<AuditEvent, AuditEventResolvers> = {
  id: ({ id }) => auditEventIds.encode(id),
  sealedAt: async ({ id }, _arguments, context) => (await context.sealOfEvent.load(id))?.sealedAt ?? null,
  hash: async ({ id }, _arguments, context) => (await context.sealOfEvent.load(id))?.hash ?? null,
  actor: ({ actorId, actorKind }) => ({ id: actorId, kind: actorKind }),
}
