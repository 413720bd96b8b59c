import { defineEntity, p } from '@mikro-orm/core'
import { tenantRowSecurity } from '@stormops/chassis/database/tenant-entity'

export const MemberEntity = defineEntity({
  name: 'Member',
  schema: 'tenancy',
  tableName: 'member',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    email: p.text(),
    role: p.text(),
    createdAt: p.datetime(),
  },
  ...tenantRowSecurity,
})

export const AuditEventEntity = defineEntity({
  name: 'AuditEvent',
  schema: 'tenancy',
  tableName: 'audit_event',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    actorKind: p.text().$type<'USER' | 'API_KEY' | 'STAFF' | 'SYSTEM'>(),
    actorId: p.text(),
    action: p.text(),
    subjectKind: p.text(),
    subjectId: p.text(),
    detail: p.json(),
    requestId: p.text(),
  },
  ...tenantRowSecurity,
})
