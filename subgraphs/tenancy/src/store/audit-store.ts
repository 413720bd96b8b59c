import type { Tx } from '@stormops/chassis/database/database'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { AuditEvent } from '../domain/audit-event.ts'
import { AuditEventEntity } from './entities.ts'

/** Newest first, from after the event with this id, one more than the page holds. */
export const pageOfAuditEvents = async (tx: Tx, page: PageRequest): Promise<readonly AuditEvent[]> =>
  tx.em.find(
    AuditEventEntity,
    { tenantId: tx.tenantId, ...(page.after === null ? {} : { id: { $lt: page.after } }) },
    { orderBy: { id: 'desc' }, limit: page.first + 1 },
  )
