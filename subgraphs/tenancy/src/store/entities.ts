import { defineEntity, p } from '@mikro-orm/core'
import { CURRENT_TENANT_SQL, tenantRowSecurity } from '@stormops/chassis/database/tenant-entity'

export const TenantEntity = defineEntity({
  name: 'Tenant',
  schema: 'tenancy',
  tableName: 'tenant',
  properties: {
    id: p.uuid().primary(),
    slug: p.text().unique(),
    name: p.text(),
    status: p.text().$type<'ACTIVE' | 'SUSPENDED'>(),
    timeZone: p.text(),
    currency: p.text(),
    createdAt: p.datetime(),
  },
  rowLevelSecurity: 'force',
  policies: [
    { name: 'tenant_isolation', using: `id = ${CURRENT_TENANT_SQL}`, check: `id = ${CURRENT_TENANT_SQL}` },
  ],
})

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
