import type { Tx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { AuditEvent } from '../domain/audit-event.ts'
import { AuditEventEntity } from './entities.ts'

export type AuditStore = {
  /** Newest first, from after the event with this id, one more than the page holds. */
  readonly page: (page: PageRequest) => Promise<readonly AuditEvent[]>
}

export const auditStore = ({ em, tenantId }: Tx): AuditStore => ({
  page: (page) =>
    em.find(
      AuditEventEntity,
      { tenantId, ...(page.after === null ? {} : { id: { $lt: page.after } }) },
      { orderBy: { id: 'desc' }, limit: page.first + 1 },
    ),
})
